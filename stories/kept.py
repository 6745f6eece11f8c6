"""Words of a story sent while signed out, kept until its author is back (``community.kept``)."""

from django.urls import reverse

from community import kept
from community.kept import forget, words
from stories.models import Story

__all__ = ["forget", "sign_in_first", "words"]

LONE_BUTTONS = ("take-back", "take-down", "accept", "asking-readers", "erase", "invite")
LONE_BUTTONS += ("send-photos", "photo-earlier", "photo-later", "photo-take-back")
LONE_BUTTONS += ("photo-take-down", "photo-erase")


def sign_in_first(request, pk):
    """Then back to this page, with what was typed on it; after a lone button, where it stands."""
    if request.method == "POST" and request.resolver_match.url_name in LONE_BUTTONS:
        return kept.nothing_was_done(request, reverse("stories:sent", args=[pk]))
    is_there = request.method == "POST" and Story.objects.filter(pk=pk).exists()
    return kept.sign_in_first(request, is_there=is_there)
