"""What goes wrong on a page without a test asking: errors, requests elsewhere, traces, barriers."""

from axe_playwright_python.sync_playwright import Axe

WCAG = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag21aaa", "wcag22aa"]
# Rules that axe leaves off unless they are asked for by name.
ASKED_FOR = ["color-contrast-enhanced", "identical-links-same-purpose", "target-size"]
EVERY_RULE = {
    "runOnly": {"type": "tag", "values": WCAG},
    "rules": {rule: {"enabled": True} for rule in ASKED_FOR},
}
# What another light can change about a page that axe has read already.
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast", "color-contrast-enhanced"]}}
AXE = Axe()

POLICY = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
"""
OVERFLOWS = """
() => document.documentElement.scrollWidth - document.documentElement.clientWidth
"""
LONG_WORDS = """
() => {
  for (const each of document.querySelectorAll("main :is(h1,h2,h3,p,dd,a,bdi,q,summary)"))
    if (!each.children.length && each.textContent.trim())
      each.textContent = "Schwangerschaftsabbruchsberatungsstelle".repeat(2);
}
"""
STORED = "() => localStorage.length + sessionStorage.length"


class Watch:
    """Everything that went wrong on the pages of one person's browser."""

    def __init__(self, context, *, origin, visitor):
        self.context, self.origin, self.visitor = context, origin, visitor
        self.problems = []
        self.navigated = set()
        context.add_init_script(POLICY)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.problems.append(f"script: {error.error}"))
        context.on("request", self._request)
        context.on("dialog", self._dialog)

    def end(self):
        if self.visitor:
            self._look_for_traces()
        self.context.close()
        return self.problems

    def _console(self, message):
        # A page that answers 404 is one we asked for; a picture or a style that does is not.
        # /favicon.ico is Chromium's own guess, where text without HTML names no icon.
        address = message.location["url"]
        asked_for = address in self.navigated or address.endswith("/favicon.ico")
        if "Failed to load resource" in message.text and asked_for:
            return
        if message.type in ("error", "warning"):
            self.problems.append(f"console: {message.text} ({address})")

    def _dialog(self, dialog):
        """Nothing here asks anything in a window of its own, least of all on the way out."""
        self.problems.append(f"dialog: {dialog.type} {dialog.message}")
        dialog.accept()

    def _request(self, request):
        if request.is_navigation_request():
            self.navigated.add(request.url)
        if not request.url.startswith((self.origin + "/", "data:")):
            self.problems.append(f"request elsewhere: {request.url}")

    def _look_for_traces(self):
        self.problems += [f"cookie: {cookie['name']}" for cookie in self.context.cookies()]
        for page in self.context.pages:
            if page.url.startswith(self.origin) and page.evaluate(STORED):
                self.problems.append(f"storage used: {page.url}")


def barriers(page, rules=EVERY_RULE):
    """What axe finds on the page as it is, each as a line naming the rule and the first element."""
    page.wait_for_load_state()  # a press may have committed to a page that holds nothing yet
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE.axe_script)
    options = rules | {"resultTypes": ["violations"], "iframes": False}
    return [
        f"{found['id']}: {found['help']}: {node['target']} {_why(node)}"
        for found in page.evaluate("options => axe.run(options)", options)["violations"]
        for node in found["nodes"][:3]
    ]


def use_long_words(page):
    """Let everything on the page say one word that has no place to break."""
    page.evaluate(LONG_WORDS)


def overflow(page):
    """By how many pixels the page is wider than the window."""
    return page.evaluate(OVERFLOWS)


def _why(node):
    return "; ".join(check["message"] for check in node["any"] + node["all"] + node["none"])
