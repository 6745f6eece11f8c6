"""Many new accounts that turn to one story: perhaps a family, perhaps an attack.  Leads look."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from community.moderation.reports import Report
from community.moderation.shields import Shield
from stories.models import Letter, Story

NEW_FOR = timedelta(days=7)
WITHIN = timedelta(days=2)
FEWEST = 3


@dataclass
class Crowd:
    """``accounts`` that are new wrote to ``story``, or told a moderator about it."""

    story: Story
    accounts: set = field(default_factory=set)
    letters: int = 0
    reports: int = 0
    is_shielded: bool = False


def crowds():
    """The largest first; in a handful of queries, however many there are."""
    now, found = timezone.now(), {}
    since = {"author__joined_at__gte": now - NEW_FOR, "sent__made_at__gte": now - WITHIN}
    letters = Letter.objects.filter(**since, is_example=False).exclude(story=None)
    for story, author in letters.values_list("story", "author"):
        of_story = found.setdefault(story, Crowd(story))
        of_story.accounts.add(author)
        of_story.letters += 1
    about = {"case__content_type": ContentType.objects.get_for_model(Story)}
    told = Report.objects.filter(by__joined_at__gte=now - NEW_FOR, told_at__gte=now - WITHIN)
    for story, by in told.filter(**about).values_list("case__object_id", "by"):
        of_story = found.setdefault(story, Crowd(story))
        of_story.accounts.add(by)
        of_story.reports += 1
    many = [each for each in found.values() if len(each.accounts) >= FEWEST]
    return _with_stories(sorted(many, key=lambda each: -len(each.accounts)))


def _with_stories(many):
    stories = Story.objects.in_bulk([each.story for each in many])
    about = {"content_type": ContentType.objects.get_for_model(Story), "object_id__in": stories}
    shielded = set(Shield.objects.standing().filter(**about).values_list("object_id", flat=True))
    for each in many:
        each.is_shielded = each.story in shielded
        each.story = stories.get(each.story)
    return [each for each in many if each.story]
