"""After reading: telling the writer that somebody read to the end, and keeping the story.

A visitor's story page carries no token, so it leads to a small page that does.
"""

import secrets

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.kept import CHOICES, forget, nothing_was_done, sign_in_first, words
from stories.after_reading import Acknowledgement, KeptStory, Reader, as_reader, done_by
from stories.after_reading_forms import AfterReadingForm
from stories.models import Story

# A whole ward may share one network: enough for them, little for a machine.
LIMIT = {"read": "20/m/ip,200/h/ip"}
KEPT_TO_A_PAGE = 50


def there_for(person, pk):
    return Story.objects.visible_to(person).filter(pk=pk)


def back_to(story_pk):
    return redirect(reverse("stories:detail", args=[story_pk]) + "#ack")


# ---- I read this


def reader_on(request):
    """Who presses, as far as one story needs to know: a member, or the browser that this form gave
    its random number to.  "" for a browser that has none yet.
    """
    if request.user.is_authenticated:
        return as_reader(request.user)
    number = request.COOKIES.get(settings.CSRF_COOKIE_NAME)
    return f"visitor {number}" if number else ""


@require_http_methods(["GET", "HEAD", "POST"])
def read(request, pk):
    story = there_for(request.user, pk).for_reading().first()
    if request.method == "POST":
        return press(request, pk, story)
    if story is None:
        raise Http404
    return show_read(request, story)


def show_read(request, story, **more):
    reader = reader_on(request)
    context = {
        "story": story.as_shown(),
        "is_own": story.author_id == request.user.pk,
        "is_acknowledged": bool(reader) and Acknowledgement.was_given(reader, story.pk),
        **more,
    }
    return render(request, "stories/read.html", context, status=429 if more else 200)


def press(request, pk, story):
    reader = reader_on(request)
    if "take-back" in request.POST:
        if reader:
            Acknowledgement.take_back(reader, pk)
    elif story and not within_limits(request):
        return show_read(request, story, too_much=True)
    elif story and story.author_id != request.user.pk:
        tell(request.user, reader or secrets.token_hex(), pk)
    if story is None:
        return render(request, "stories/read_gone.html", status=404)
    is_told = request.user.is_authenticated and story.asks_readers
    return back_to(pk) if is_told else redirect("stories:read", pk=pk)


def within_limits(request):
    return ratelimit.consume(request, app="stories", action="read", config=LIMIT)


@transaction.atomic
def tell(person, reader, pk):
    if person.is_authenticated:
        Reader.of(person)
    Acknowledgement.give(reader, there_for(person, pk))


# ---- Keep this story


@require_safe
def keep(request, pk):
    """For a visitor, what keeping needs; for a member, the button."""
    stories = there_for(request.user, pk).for_reading()
    if request.user.is_authenticated:
        stories = stories.annotate(**done_by(request.user, pk))
    story = get_object_or_404(stories)
    context = {"story": story.as_shown(), "address": settings.SITE_URL + story.get_absolute_url()}
    return render(request, "stories/keep.html", context)


@require_POST
def keep_this(request, pk):
    if not request.user.is_authenticated:
        return nothing_was_done(request, reverse("stories:keep", args=[pk]))
    theirs = there_for(request.user, pk).filter(author=request.user)
    if theirs.exists():
        messages.info(request, _("This one is yours. You find it in My space."))
    elif not KeptStory.keep(request.user, there_for(request.user, pk)):
        return render(request, "stories/read_gone.html", status=404)
    return back_to(pk)


@login_required
@require_safe
def kept(request):
    """All that a member kept, whatever they leave out elsewhere."""
    rows = KeptStory.of(request.user, Story.objects.visible_to(request.user).uncovered())
    after = request.GET.get("after", "")
    if after.isascii() and after.isdigit() and len(after) < 19:
        rows = rows.filter(pk__lt=int(after))
    rows = list(rows[: KEPT_TO_A_PAGE + 1])
    page = rows[:KEPT_TO_A_PAGE]
    context = {
        "kept": [(each.pk, each.story.as_shown() if each.is_here else None) for each in page],
        "earlier": f"?after={page[-1].pk}" if len(rows) > KEPT_TO_A_PAGE else "",
        "is_first": not after,
    }
    return render(request, "stories/kept.html", context)


@require_POST
def take_out(request, number):
    """From what they kept; a second press finds it done."""
    if not request.user.is_authenticated:
        return nothing_was_done(request, reverse("stories:kept"))
    row = KeptStory.objects.filter(member=request.user, pk=min(number, 2**62)).first()
    if row:
        row.delete()
    if row and row.story_id and "from-story" in request.POST:
        return back_to(row.story_id)
    messages.success(request, _("It isn’t kept any more."))
    return redirect("stories:kept")


# ---- and whether a member wants either


@require_http_methods(["GET", "HEAD", "POST"])
def after_reading(request):
    """Whether the two buttons stand under the stories they read."""
    if not request.user.is_authenticated:
        return sign_in_first(request, said=CHOICES)
    reader = Reader.objects.filter(member=request.user).first()
    initial = {"is_asked": reader is None or reader.is_asked}
    returned = words(request)
    data = request.POST if request.method == "POST" else returned
    form = AfterReadingForm(data, initial=initial)
    if request.method == "POST" and form.is_valid():
        own = Reader.of(request.user)
        Reader.objects.filter(pk=own.pk).update(**form.cleaned_data)
        forget(request)
        messages.success(request, _("Kept. It is so from now on."))
        return redirect("stories:after-reading")
    context = {"form": form, "was_signed_out": returned is not None}
    return render(request, "stories/after_reading.html", context)
