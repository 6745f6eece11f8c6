"""Putting a name on the wall, and what whoever left it can do with it afterwards."""

from functools import partial

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.core import signing
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community import kept
from community.moderation.sanctions import why_not
from community.moderation.states import Action, State
from community.moderation.waiting import usual_wait_in_words
from stories import letter_desk, standing_by
from stories.desk import answer_invalid, telling_refusals
from stories.finding import random_id
from stories.letter_desk import keep_and_go_on, named_in
from stories.remembrance import Remembrance
from stories.remembrance_forms import RemembranceForm

SALT = "stories.remembrance"
TEMPLATE = "stories/name_desk.html"
LIMIT = {"remembrance": "6/m/user,20/h/user,40/d/user"}

for_members = partial(letter_desk.for_members, kind=Remembrance, home="members:space")


def mine(request):
    return Remembrance.objects.filter(author=request.user).select_related("author", "sent", "shown")


def own(request, pk):
    return get_object_or_404(mine(request), pk=pk)


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def write(request):
    """The page names the entry it will be, so that the same press twice is one."""
    data = request.POST if request.method == "POST" else kept.words(request) or {}
    pk = named_in(data, SALT)
    entry = pk and mine(request).filter(pk=pk).first()
    return at_the_desk(request, entry or Remembrance(pk=pk or random_id(), author=request.user))


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def change(request, pk):
    return at_the_desk(request, own(request, pk))


def at_the_desk(request, entry):
    is_new = entry._state.adding
    if not is_new and not entry.may_be_changed():
        return redirect(entry.get_desk_url())
    returned = kept.words(request)
    last_word = None if is_new else entry.last_word()
    form = RemembranceForm(
        request.POST if request.method == "POST" else returned,
        instance=entry,
        initial={"revision": entry.revision},
        has_been_asked=bool(last_word),
    )
    context = {
        "form": form,
        "named": signing.dumps(entry.pk, salt=SALT),
        "last_word": last_word,
        "was_signed_out": returned is not None,
        "wait": usual_wait_in_words(),
        "template": TEMPLATE,
    }
    if request.method != "POST":
        context["stopped"] = why_not(request.user, entry.SENDING)
        return render(request, TEMPLATE, context)
    if not form.is_valid():
        return answer_invalid(request, form, TEMPLATE, context)
    return keep_and_go_on(request, form, context, send)


def send(request, form, context):
    """Saved already; now whether it can go."""
    entry = form.instance
    if stopped := why_not(request.user, entry.SENDING):
        form.add_error(None, stopped)
        return render(request, TEMPLATE, context, status=403)
    if not form.look_before_sending():
        return render(request, TEMPLATE, context, status=422)
    if not ratelimit.consume(request, app="stories", action="remembrance", config=LIMIT):
        form.add_error(None, _("That was a lot at once. Wait a while, then send it again."))
        return render(request, TEMPLATE, context, status=429)
    with telling_refusals(request):
        entry.send(wording=form.wording, answer=form.cleaned_data.get("answer", ""))
    return redirect(entry.get_desk_url())


# ---- afterwards


@for_members
@require_http_methods(["GET", "HEAD"])
def sent(request, pk):
    """Where it is now, what happens next and how to undo it."""
    entry = own(request, pk)
    context = {"entry": entry, "wait": usual_wait_in_words(), "last_word": entry.last_word()}
    return render(request, "stories/name_sent.html", context)


def authors_move(action, verb):
    """A view that makes one move; a second press finds it made."""

    @for_members
    @require_POST
    def view(request, pk):
        entry = own(request, pk)
        if entry.allows(action):
            with telling_refusals(request):
                verb(entry)
        elif action == Action.TAKE_BACK and entry.state == State.PUBLISHED:
            messages.warning(
                request, _("It was published before you took it back. You can take it down here.")
            )
        return redirect(entry.get_desk_url())

    return view


take_back = authors_move(Action.TAKE_BACK, Remembrance.take_back)
take_down = authors_move(Action.WITHDRAW, Remembrance.withdraw)
accept = authors_move(Action.ACCEPT, Remembrance.accept)


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def stand_by(request, pk):
    return standing_by.keep_as_it_is(request, own(request, pk), "")


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request, pk):
    entry = own(request, pk)
    if request.method != "POST":
        return render(request, "stories/name_erase.html", {"entry": entry})
    entry.delete()
    messages.success(request, _("It is erased, here and in what moderators could see."))
    return redirect("members:space")
