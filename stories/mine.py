"""Lists of one’s own that are too long for My space."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stories.models import Letter, Story
from stories.paging import page_of


@login_required
@require_safe
def my_stories(request):
    stories, earlier = page_of(request, Story.objects.written_by(request.user), "saved_at")
    return render(request, "stories/my_stories.html", {"stories": stories, "earlier": earlier})


@login_required
@require_safe
def letters_sent(request):
    letters, earlier = page_of(request, Letter.objects.written_by(request.user), "saved_at")
    return render(request, "stories/letters_sent.html", {"letters": letters, "earlier": earlier})
