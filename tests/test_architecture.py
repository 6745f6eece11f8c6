"""The shape of the code (docs/architecture.md), held by reading it.

Each rule is a function of a path and a text that yields what is wrong, so that each is shown
here to find what it is for.
"""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NOT_OURS = {".git", ".venv", ".ruff_cache", ".hypothesis", "var", "node_modules", "__pycache__"}
NOT_OURS |= {"static", "LICENSE"}
APPS = ("stories", "resources", "community.moderation", "community.members")
# What each part of the project may not know.  Arrows point one way: stories and resources to
# moderation, moderation to members, and everything to the ground, which knows no app.
UNKNOWN_TO = {
    "stories": ("resources",),
    "resources": ("stories",),
    "community.moderation": ("stories", "resources"),
    "community.members": ("stories", "resources", "community.moderation"),
    # Commands of the whole site: they stand above the apps that need them.
    "community.management": ("stories", "resources"),
    "community": APPS,
}
UNKNOWN_INSIDE = {
    "models": ("forms", "views", "urls", "admin"),
    "forms": ("views", "urls", "admin"),
    "views": ("urls", "admin"),
    "admin": ("views", "urls"),
}
UNKNOWN_TO_MODELS = ("django.http", "django.shortcuts", "django.views", "django.forms")
NAMES_THAT_SAY_NOTHING = {"utils.py", "helpers.py", "core", "common.py", "misc.py", "signals.py"}
TABLES = {Path("resources/countries.py")}  # one row for each country, and little else
LONGEST = {".py": 300, ".html": 120, ".css": 300, ".js": 300}
LONGEST_FUNCTION = 30


def files(*suffixes):
    found = [
        path.relative_to(ROOT)
        for path in ROOT.rglob("*")
        if path.is_file() and not NOT_OURS & set(path.relative_to(ROOT).parts)
    ]
    assert found
    return [path for path in found if not suffixes or path.suffix in suffixes]


def code(*, tests=False):
    return [
        path
        for path in files(".py")
        if "migrations" not in path.parts and (tests or path.parts[0] not in ("tests", "script"))
    ]


def wrong(rule, paths):
    return [
        f"{path}: {problem}"
        for path in paths
        for problem in rule(path, (ROOT / path).read_text(errors="replace"))
    ]


def module(path):
    return ".".join(path.with_suffix("").parts)


def home(name):
    """The app that a dotted name lives in, or the ground, or nothing of ours."""
    for part in (*APPS, "community.management", "community"):
        if name == part or name.startswith(part + "."):
            return part
    return None


def imported(path, text):
    """The dotted names that a file imports, ``from a import b`` as ``a.b``."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = module(path).split(".")[: -node.level] if node.level else []
            base = ".".join([*above, *filter(None, [node.module])])
            yield from (f"{base}.{name.name}" for name in node.names)


def imports_against_the_arrows(path, text):
    here = home(module(path))
    for name in imported(path, text):
        if home(name) in UNKNOWN_TO.get(here, ()):
            yield f"imports {name}"


def imports_against_the_layers(path, text):
    here = home(module(path)) or ""
    layer = module(path).removeprefix(here + ".").split(".")[0]
    for name in imported(path, text):
        there = name.removeprefix(here + ".").split(".")[0]
        if home(name) == here and there in UNKNOWN_INSIDE.get(layer, ()):
            yield f"imports {name}"
        if layer == "models" and name.startswith(UNKNOWN_TO_MODELS):
            yield f"imports {name}"


def imports_below_the_top(path, text):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            for inner in ast.walk(node):
                if isinstance(inner, (ast.Import, ast.ImportFrom)):
                    yield f"imports inside {node.name}, line {inner.lineno}"


def changes_of_state(path, text):
    """Anything that moves a contribution without the one guarded method."""
    if path.parts[:2] == ("community", "moderation"):
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.Assign, ast.AugAssign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, ast.Attribute) and target.attr == "state":
                    yield f"assigns state, line {node.lineno}"
        if isinstance(node, ast.Call) and isinstance(node.func, (ast.Attribute, ast.Name)):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if called in ("update", "aupdate") and "state" in {k.arg for k in node.keywords}:
                yield f"updates state, line {node.lineno}"
            said = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
            if called == "setattr" and "state" in said:
                yield f"sets state, line {node.lineno}"


def long_files(path, text):
    if path not in TABLES and len(text.splitlines()) > LONGEST[path.suffix]:
        yield f"{len(text.splitlines())} lines, {LONGEST[path.suffix]} at most"


def long_functions(path, text):
    if path.name == "test_journey.py":
        return  # a person's whole way, told in one go
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            length = node.end_lineno - node.lineno + 1
            if length > LONGEST_FUNCTION:
                yield f"{node.name}: {length} lines, {LONGEST_FUNCTION} at most"


def names_that_say_nothing(path, text):
    yield from sorted(NAMES_THAT_SAY_NOTHING & set(path.parts))


def things_inline(path, text):
    """What the security policy refuses: it would be there and do nothing."""
    text = re.sub(r"\{#.*?#\}", "", text)
    for tag in re.findall(r"<[a-z][^>]*>", text, re.IGNORECASE | re.DOTALL):
        for name in re.findall(r"\s(style|on[a-z]+)\s*=", tag, re.IGNORECASE):
            yield f"{name}= in {tag[:60]}"
        if re.match(r"<style", tag, re.IGNORECASE):
            yield "a <style>"
        if re.match(r"<script(?!.*\bsrc=)(?!.*type=\"application/(ld\+)?json\")", tag, re.DOTALL):
            yield "a <script> without src"
        if re.search(r"(href|src|action)\s*=\s*[\"']?\s*javascript:", tag, re.IGNORECASE):
            yield "a javascript: address"


def things_from_elsewhere(path, text):
    for tag in re.findall(r"<(?:link|script|img|source|iframe)\b[^>]*>", text, re.DOTALL):
        if re.search(r"(?:href|src|srcset)\s*=\s*[\"']?(?:https?:)?//", tag):
            yield tag[:80]


def parts_that_do_not_say_what_they_take(path, text):
    if path.name.startswith("_") and not re.match(r"\{#|\{% comment %\}", text):
        yield "does not open with a comment saying what it takes"


def comments_that_readers_see(path, text):
    """A comment that does not end on its line is no comment: it stands on the page."""
    for found in re.findall(r"\{#(?:(?!#\}).)*$", text, re.MULTILINE):
        yield found[:80]


def things_of_one_machine(path, text):
    for found in re.findall(r"(?<![\w.])/(?:root|work|home)/[\w.]+", text):
        yield found
    for found in re.findall(r"(?:extra-)?index-url|trusted-host|find-links", text):
        if "no-emit-index-url" not in text and path.name != Path(__file__).name:
            yield found


ALL_CODE = code()
ALL_PYTHON = code(tests=True)
ALL_TEMPLATES = [path for path in files(".html") if "templates" in path.parts]


@pytest.mark.parametrize(
    "rule, paths",
    [
        (imports_against_the_arrows, ALL_CODE),
        (imports_against_the_layers, ALL_CODE),
        (imports_below_the_top, ALL_CODE),
        (changes_of_state, ALL_CODE),
        (long_files, ALL_PYTHON + ALL_TEMPLATES),
        (long_files, [p.relative_to(ROOT) for p in (ROOT / "static").rglob("*.[cj]s*")]),
        (long_functions, ALL_PYTHON),
        (names_that_say_nothing, ALL_PYTHON),
        (things_inline, ALL_TEMPLATES),
        (things_from_elsewhere, ALL_TEMPLATES),
        (parts_that_do_not_say_what_they_take, ALL_TEMPLATES),
        (comments_that_readers_see, ALL_TEMPLATES),
        (things_of_one_machine, files()),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_the_code_keeps_the_rule(rule, paths):
    assert wrong(rule, paths) == []


@pytest.mark.parametrize(
    "rule, path, text",
    [
        (imports_against_the_arrows, "stories/views.py", "from resources.models import Place"),
        (imports_against_the_arrows, "resources/admin.py", "import stories"),
        (imports_against_the_arrows, "community/moderation/a.py", "from stories import models"),
        (imports_against_the_arrows, "community/members/a.py", "from ..moderation import states"),
        (imports_against_the_arrows, "community/settings.py", "import community.members"),
        (imports_against_the_arrows, "community/urls.py", "from community import moderation"),
        (imports_against_the_layers, "stories/models.py", "from stories.forms import F"),
        (imports_against_the_layers, "stories/models/story.py", "from stories import views"),
        (imports_against_the_layers, "stories/models.py", "from .admin import A"),
        (imports_against_the_layers, "stories/models.py", "from django.http import Http404"),
        (imports_against_the_layers, "community/members/forms.py", "from . import views"),
        (imports_against_the_layers, "stories/admin.py", "from stories.views import V"),
        (imports_below_the_top, "stories/a.py", "def f():\n    import json"),
        (changes_of_state, "stories/a.py", "story.state = 'published'"),
        (changes_of_state, "stories/a.py", "stories.filter(pk=1).update(state='x')"),
        (changes_of_state, "stories/a.py", "setattr(story, 'state', 'x')"),
        (long_files, "stories/a.py", "a = 1\n" * 301),
        (long_files, "templates/a.html", "<p>\n" * 121),
        (long_files, "static/css/a.css", "\n" * 301),
        (long_functions, "stories/a.py", "def f():\n" + "    a = 1\n" * 30),
        (long_functions, "a.py", "class A:\n  def f():\n" + "    a = 1\n" * 30),
        (names_that_say_nothing, "stories/utils.py", ""),
        (names_that_say_nothing, "core/models.py", ""),
        (things_inline, "a.html", '<p style="color: red">'),
        (things_inline, "a.html", "<a\n onclick=x()>"),
        (things_inline, "a.html", "<style>p {}</style>"),
        (things_inline, "a.html", "<script>alert(1)</script>"),
        (things_inline, "a.html", '<a href="javascript:void(0)">'),
        (things_from_elsewhere, "a.html", '<script src="https://cdn.example/a.js">'),
        (things_from_elsewhere, "a.html", "<img alt='' src=//elsewhere.example/a.png>"),
        (parts_that_do_not_say_what_they_take, "_a.html", "<p>"),
        (comments_that_readers_see, "_a.html", "{# A line.  Takes: story.\n   And more. #}"),
        (things_of_one_machine, "README.md", "see /" + "root/notes"),
        (things_of_one_machine, "a.txt", "--" + "index-url https://registry.example/simple"),
    ],
)
def test_the_rule_finds_what_it_is_for(rule, path, text):
    assert list(rule(Path(path), text))


@pytest.mark.parametrize(
    "rule, path, text",
    [
        (imports_against_the_arrows, "stories/a.py", "from community.moderation import models"),
        (imports_against_the_arrows, "stories/a.py", "from community import jobs"),
        (imports_against_the_layers, "stories/views.py", "from stories.forms import F"),
        (imports_against_the_layers, "stories/urls.py", "from . import views"),
        (changes_of_state, "community/moderation/models.py", "row.update(state=target)"),
        (changes_of_state, "stories/a.py", "Story.objects.filter(state='published')"),
        (things_inline, "a.html", '<script src="a.js" defer></script><p class="style">one=1'),
        (parts_that_do_not_say_what_they_take, "_a.html", "{# A line.  Takes: story. #}"),
        (comments_that_readers_see, "_a.html", "{# A line. #}\n<p>{# Another. #}</p>"),
    ],
)
def test_the_rule_leaves_alone_what_is_right(rule, path, text):
    assert list(rule(Path(path), text)) == []
