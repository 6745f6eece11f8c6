"""Leaving for good: what happens to each kind of thing, exactly what goes, and when."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.numerals import in_words

from .archive import close, leave_now, open_again
from .download_parts import parts
from .leaving import Leaving, kinds
from .leaving_forms import LeavingForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave_for_good(request):
    """The questions; then, with the answers in its address, the list; a press on that does it."""
    if request.method == "POST":
        return done(request)
    asked = LeavingForm(member=request.user)
    if not asked.fields or request.GET:
        asked = LeavingForm(request.GET, member=request.user)
        if asked.is_valid():
            return the_list(request, asked)
    return render(request, "members/leaving.html", {"form": asked})


def the_list(request, form, status=200):
    return render(request, "members/leaving_list.html", what_goes(form), status=status)


@reauthentication_required
def done(request):
    """Both presses stand on the list, so whoever leaves has it before them."""
    form = LeavingForm(request.POST, member=request.user)
    if not form.is_valid() or request.POST.get("when") not in ("now", "later"):
        return render(request, "members/leaving.html", {"form": form}, status=422)
    member, leaving = request.user, None
    if request.POST["when"] == "now":
        leave_now(member, form.chosen())
    else:
        leaving = close(member, form.chosen())
    logout(request)
    return render(request, "members/leaving_done.html", {"leaving": leaving})


def what_goes(form):
    """Everything there is of them, kind by kind, and what of it stays."""
    member, chosen = form.member, form.chosen()
    asked = {kind.model: kind for kind in kinds()}
    goes, stays = [], []
    for part in parts():
        rows, kind = part.found(member), asked.get(part.model) if "author" in part.via else None
        if kind and kind.leaves(chosen):
            staying = set(kind.staying(member))
            stays.append((part.heading, [row.called() for row in rows if row in staying]))
            rows = [row for row in rows if row not in staying]
        if rows and not part.outlives_them:
            called = [row.called() for row in rows] if kind else []
            goes.append((part.heading, in_words(len(rows)), list(filter(None, called))))
    return {"form": form, "goes": goes, "stays": stays}


@require_http_methods(["GET", "HEAD", "POST"])
def stay(request, token):
    """The page that the mail leads to: opening it does nothing, one press stops it."""
    leaving = get_object_or_404(Leaving.objects.with_token(token))
    if request.method != "POST":
        return render(request, "members/stay.html", {"leaving": leaving})
    if open_again(leaving):
        messages.success(request, _("Nothing is deleted. Everything is as it was; sign in."))
    return redirect("account_login")
