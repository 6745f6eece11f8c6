"""What somebody typed into a form that was open too long, so that it can be sent again.

Django refuses a form whose token is gone or old.  The words in it are still the person's, so the
page that says so carries them.  It must not become a way round the refusal: only a form that our
own pages sent is offered again, and never one that signs somebody in (RFC 6454 § 7 for Origin,
W3C Fetch Metadata for Sec-Fetch-Site).
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

# Anything this long, of more than one word, or with a line break in it, is shown; the rest travels
# hidden.
SHORT = 60


@dataclass(frozen=True)
class Words:
    name: str
    value: str

    @property
    def are_long(self):
        return len(self.value) > SHORT or "\n" in self.value

    @property
    def are_shown(self):
        return self.are_long or self.are_words

    @property
    def are_words(self):
        """Somebody’s own, however few: what our pages send along has no spaces."""
        return len(self.value.split()) > 1


def may_be_offered(request):
    """Not when another site may have sent it, and not where somebody would be signed in by it."""
    return sent_from_here(request) and "accounts/" not in request.resolver_match.route


def what_was_typed(request):
    return fields_of(request.POST)


def fields_of(sent):
    """Every field as it came, passwords left out."""
    return [
        Words(name, value)
        for name, values in sent.lists()
        for value in values
        if name != "csrfmiddlewaretoken" and "password" not in name
    ]


def sent_from_here(request):
    """Whether the browser says that one of our own pages sent this."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    here = f"{request.scheme}://{request.get_host()}"
    origin = request.headers.get("Origin")
    if origin is None:
        came_from = urlsplit(request.headers.get("Referer", ""))
        origin = f"{came_from.scheme}://{came_from.netloc}"
    return origin == here
