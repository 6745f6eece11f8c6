"""The newest stories for a feed reader (Atom, RFC 4287)."""

from django.conf import settings
from django.urls import reverse_lazy
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from community.feeds import DatedFeed, day_of
from community.forms import UNSEEN
from stories.models import Story

LONGEST = 20


class NewestStories(DatedFeed):
    """What its authors let search engines keep: a feed is copied to where those look.

    A title, a day, what it describes, and the name if it has one; nothing of the text.  What asks
    first is left out.
    """

    link = reverse_lazy("stories:list")
    author_name = settings.SITE_NAME

    def title(self, comfort):
        return gettext("Stories – %(site)s") % {"site": settings.SITE_NAME}

    def get_object(self, request):
        return request.comfort

    def items(self, comfort):
        stories = Story.objects.to_be_found().suiting(comfort).gentle(comfort)
        newest = stories.for_reading().most_recent_first()[:LONGEST]
        return [story.as_shown() for story in newest]

    def item_title(self, story):
        return UNSEEN.sub("", story.title)

    def item_description(self, story):
        if not story.mentions():
            return None
        said = gettext("This story describes %(what)s.") % {"what": story.described()}
        return mark_safe(UNSEEN.sub("", said))  # escaped where it was put together

    def item_author_name(self, story):
        return story.name or None

    def item_pubdate(self, story):
        return day_of(story.published_at)

    item_updateddate = item_pubdate

    def item_extra_kwargs(self, story):
        return {"language": story.language}
