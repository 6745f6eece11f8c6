"""Back to the queue as somebody left it: under the same tab, narrowed alike.

The way is a query that each page on it hands to the next, and nothing is kept of it.
"""

from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from community.moderation.cases import Case
from community.moderation.narrowing import Narrowing

NAME = "back"
KNOWN = ("tab", *Narrowing.base_fields)
LONGEST = 500
# Where a case stands that nobody came to from the queue.
TABS = {Case.Kind.REPORT: "reports", Case.Kind.APPEAL: "appeals"}


def query(request, about=None):
    """The query of the queue that this page was opened from; else of where ``about`` stands."""
    sent = request.POST if NAME in request.POST else request.GET
    asked = QueryDict(sent.get(NAME, "")[:LONGEST])
    chosen = {name: asked[name] for name in KNOWN if asked.get(name)}
    if not chosen and about is not None:
        chosen = {"tab": _tab_of(about)}
    return urlencode(chosen)


def to_queue(request, about=None):
    return _with(reverse("admin:moderation_case_changelist"), query(request, about))


def onward(address, request):
    """``address``, which hands on the way back."""
    way = query(request)
    return _with(address, way and urlencode({NAME: way}))


def shown(request, about=None):
    """What a page says of it."""
    return {"back": query(request, about), "queue_address": to_queue(request, about)}


def _with(address, query):
    return f"{address}?{query}" if query else address


def _tab_of(about):
    """``about`` is a case, or what readers see with no case about it."""
    if not isinstance(about, Case):
        return about._meta.model_name
    return TABS.get(about.kind) or about.content_type.model
