"""Stories that their authors let search engines find."""

from functools import partial

from django.utils import timezone

from community.sitemaps import Bounded
from stories.finding import ALPHABET
from stories.models import Story


class Stories(Bounded):
    """Those whose id begins with ``first``: an order that tells neither who nor when.

    Ids are drawn by chance, so that each of twenty-seven holds as many, and none has to be counted.
    """

    def __init__(self, first):
        self.first = first

    def items(self):
        stories = Story.objects.to_be_found().filter(pk__startswith=self.first)
        return stories.only("published_at").order_by("pk")

    def lastmod(self, story):
        """The day it was first published: one on which several were changed could tell of two
        that they are one person's.
        """
        return timezone.localdate(story.published_at)


SECTIONS = {f"stories-{first}": partial(Stories, first) for first in ALPHABET}
