"""Letters that everybody may read: under a story, and those left here for anyone."""

from django.core.cache import cache
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from stories.letters import Letter
from stories.models import Story
from stories.paging import page_of

# After so many, opened one after the other, the page says that there will be more tomorrow.
A_SITTING = 5
MOST = 99
COUNT_HOLDS = 3600  # seconds


@require_safe
def about(request):
    written = cache.get_or_set("stories.letters-written", how_many, COUNT_HOLDS)
    return render(request, "stories/letters_about.html", {"written": written})


def how_many():
    return Letter.objects.published().filter(is_example=False).count()


@require_safe
@never_cache
def any_letter(request):
    """Open one: never one that asks first or is left out, nor the one just read.

    How many were opened in this sitting stands in the address, so that nothing has to be kept
    about who is reading.
    """
    letters = Letter.objects.for_anyone().suiting(request.comfort).gentle(request.comfort)
    just_read = request.GET.get("not", "")
    if just_read.isascii() and just_read.isalnum():
        letters = letters.exclude(pk=just_read)
    letter = letters.any_one()
    if letter is None:
        return redirect("stories:about-letters")
    nth = opened(request) + 1
    return redirect(letter.get_absolute_url() + (f"?n={nth}" if nth > 1 else ""))


def opened(request):
    """How many letters were opened in this sitting, as far as the address says."""
    n = request.GET.get("n", "")
    return min(int(n), MOST) if n.isascii() and n.isdigit() and len(n) < 3 else 0


@require_safe
def letter(request, pk):
    request.may_be_indexed = False
    letters = Letter.objects.for_anyone().for_reading()
    nth = max(opened(request), 1)
    letter = get_object_or_404(letters, pk=pk).as_read()
    letter.comfort = request.comfort
    context = {
        "letter": letter,
        "another": f"{reverse('stories:any-letter')}?not={pk}&n={nth}",
        "is_enough": nth >= A_SITTING,
    }
    return render(request, "stories/letter_detail.html", context)


@require_safe
def letters_to(request, pk):
    """All that are shown under a story, twelve to a page; a page is named by what it follows."""
    request.may_be_indexed = False
    stories = Story.objects.visible_to(request.user).for_reading()
    story = get_object_or_404(stories.select_related("author__letterbox"), pk=pk)
    up = Letter.objects.put_up().filter(story=story)
    rows, earlier = page_of(request, up.for_reading(), "put_up_at")
    letters = [letter.as_read() for letter in rows]
    story = story.as_shown()
    story.comfort = request.comfort
    context = {"story": story, "letters": letters, "earlier": earlier}
    return render(request, "stories/letters_to.html", context)
