"""A member's letters: what came, what they sent, and their say over what comes."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community import kept
from community.moderation.sanctions import Doing, why_not
from stories.letter_desk import for_members
from stories.letter_forms import LetterboxForm
from stories.letterbox import Block, Letterbox
from stories.letters import Letter
from stories.paging import page_of

# Of what somebody sent, so many beside what came; the rest has a page of its own.
FEW = 5


def mine(request):
    return Letter.objects.come_to(request.user)


@for_members
@require_http_methods(["GET", "HEAD"])
def letterbox(request):
    came, earlier = page_of(request, mine(request).for_reading(), "delivered_at")
    written = Letter.objects.written_by(request.user).order_by("-saved_at", "-pk")
    wrote = list(written[: FEW + 1])
    context = {
        "came": [letter.as_read() for letter in came],
        "earlier": earlier,
        "is_first": "after" not in request.GET,
        "box": Letterbox.of(request.user),
        "sent": wrote[:FEW],
        "more": len(wrote) > FEW,
        "has_blocked": Block.objects.filter(by=request.user).exists(),
    }
    return render(request, "stories/letterbox.html", context)


@for_members
@require_http_methods(["GET", "HEAD"])
def read(request, pk):
    """A closed line until it was opened."""
    letter = get_object_or_404(mine(request).for_reading(), pk=pk)
    context = {
        "letter": letter.as_read(),
        "answer": Letter.objects.filter(author=request.user, answers=letter).first(),
        "may_be_answered": letter.may_be_answered(),
        "is_blocked": Block.objects.filter(by=request.user, letter=letter).exists(),
    }
    return render(request, "stories/letter_read.html", context)


@for_members
@require_POST
def open_letter(request, pk):
    get_object_or_404(mine(request), pk=pk)
    mine(request).filter(pk=pk, opened_at=None).update(opened_at=timezone.now())
    return redirect("stories:read-letter", pk=pk)


@for_members
@require_POST
def show(request, pk):
    """Under the story, if who sent it said that it may be; the UPDATE asks once more."""
    get_object_or_404(mine(request), pk=pk)
    if stopped := why_not(request.user, Doing.CHANGE):
        messages.warning(request, stopped)
        return redirect("stories:read-letter", pk=pk)
    allowed = mine(request).filter(pk=pk, may_be_shown=True, story__author=request.user)
    rows = Letter.objects.filter(pk__in=allowed.values("pk"), may_be_shown=True, put_up_at=None)
    if rows.update(put_up_at=timezone.now()):
        messages.success(request, _("It stands under your story now."))
    return redirect("stories:read-letter", pk=pk)


@for_members
@require_POST
def hide(request, pk):
    get_object_or_404(mine(request), pk=pk)
    if mine(request).filter(pk=pk, put_up_at__isnull=False).update(put_up_at=None):
        messages.success(request, _("It no longer stands under your story."))
    return redirect("stories:read-letter", pk=pk)


@for_members
@require_POST
def bring(request):
    """What was kept for them, now."""
    if not Letter.objects.let_in(request.user):
        messages.info(request, _("Nothing else has come so far."))
    return redirect("stories:letterbox")


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def when(request):
    returned = kept.words(request)
    data = request.POST if request.method == "POST" else returned
    form = LetterboxForm(data, instance=Letterbox.of(request.user))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            Letterbox.objects.get_or_create(member=request.user)
            Letterbox.of(request.user, locked=True).choose(form.cleaned_data["when"])
            if form.cleaned_data["when"] == Letterbox.When.COMING:
                Letter.objects.let_in(request.user)
        kept.forget(request)
        messages.success(request, _("Kept. It is so from now on."))
        return redirect("stories:letterbox")
    context = {"form": form, "was_signed_out": returned is not None}
    return render(request, "stories/letterbox_when.html", context)


# ---- who reaches them no more


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def block(request, pk):
    letter = get_object_or_404(mine(request).for_reading(), pk=pk)
    if request.method != "POST":
        return render(request, "stories/letter_block.html", {"letter": letter.as_read()})
    try:
        with transaction.atomic():
            Block.objects.create(
                by=request.user, blocked=letter.author, letter=letter, name=letter.name
            )
    except IntegrityError:
        pass  # pressed twice
    messages.success(request, _("No further letter from them will reach you. They aren’t told."))
    return redirect("stories:letterbox")


@for_members
@require_http_methods(["GET", "HEAD"])
def blocked(request):
    blocks = Block.objects.filter(by=request.user).select_related("letter")
    return render(request, "stories/letters_blocked.html", {"blocks": blocks})


@for_members
@require_POST
def unblock(request, number):
    if Block.objects.filter(by=request.user, pk=min(number, 2**62)).delete()[0]:
        messages.success(request, _("Letters from them can reach you again."))
    return redirect("stories:blocked")
