"""Suggesting a place: no account, no script, nothing kept of who did."""

from datetime import timedelta

from allauth.core.internal import ratelimit
from django.core import signing
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django.views.generic import View

from community.moderation import lookout
from resources.models import Suggestion
from resources.suggestion_forms import SuggestionForm

SALT = "resources.suggestion.page"
A_PAGE_COUNTS_FOR = timedelta(days=7)
# Nobody fills the page in within this: what does is a machine, and is asked to press again.
TOO_SOON = timedelta(seconds=2)
LIMIT = {"suggest": "4/m/ip,20/h/ip"}
TOO_MUCH_AT_ONCE = _("That was a lot at once. Wait a minute, then send it again.")
ONCE_MORE = _("Please look it over, and send it once more.")


class Suggest(View):
    def get(self, request):
        return self.show(SuggestionForm(initial={"page": a_page()}))

    def post(self, request):
        form = SuggestionForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        page = opened(form.cleaned_data["page"])
        if page is None or timezone.now().timestamp() - page["at"] < TOO_SOON.total_seconds():
            form.add_error(None, ONCE_MORE)
            return self.show(form, page=a_page() if page is None else None, status=422)
        if not ratelimit.consume(request, app="resources", action="suggest", config=LIMIT):
            form.add_error(None, TOO_MUCH_AT_ONCE)
            return self.show(form, status=429)
        said = {name: form.cleaned_data[name] for name in form.Meta.fields}
        Suggestion.objects.get_or_create(key=page["key"], defaults=said)
        if may_be_in_danger(said["about"]):
            return redirect("resources:suggested_and_more")
        return redirect("resources:suggested")

    def show(self, form, page=None, status=200):
        if page:
            form.data = form.data.copy() | {"page": page}
        return render(self.request, "resources/suggestion_form.html", {"form": form}, status=status)


def a_page():
    """The page somebody opens, signed: when, and the key of the suggestion it may become."""
    said = {"at": timezone.now().timestamp(), "key": get_random_string(32)}
    return signing.dumps(said, salt=SALT)


def opened(text):
    try:
        return signing.loads(text, salt=SALT, max_age=A_PAGE_COUNTS_FOR)
    except (signing.BadSignature, UnicodeError):
        return None


def may_be_in_danger(words):
    """A word list’s guess: it puts the help numbers first on the next page, and does no more."""
    return any(passage.kind == lookout.Kind.DANGER for passage in lookout.look(words, "en"))


@require_safe
def suggested(request, help_first=False):
    return render(request, "resources/suggested.html", {"help_first": help_first})
