"""Who chose to be asked, and what they are asked about."""

from datetime import timedelta

from django.utils import timezone

from stories.models import Asking, Story
from tests import factories
from tests.factories import browser_of

ASKED = "and has had no letter yet. Would you like to read it?"


def asking(member=None, losses=("stillbirth",), languages=("en",), by_mail=False):
    member = member or factories.member()
    Asking.keep(member, losses=list(losses), languages=list(languages), by_mail=by_mail)
    return member


def since(story, **ago):
    """As if it had been published so long ago."""
    at = timezone.now() - timedelta(**ago or {"hours": 25})
    Story.objects.filter(pk=story.pk).update(published_at=at)
    return story


def space(member):
    return browser_of(member).get("/me/").text
