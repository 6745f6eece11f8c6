"""What the site’s feeds have in common (Atom, RFC 4287)."""

from datetime import UTC, datetime, time

from django.contrib.syndication.views import Feed
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

NOTHING_YET = datetime(2020, 11, 1, tzinfo=UTC)


def midnight(day):
    return datetime.combine(day, time.min, tzinfo=UTC)


def day_of(moment):
    """Its midnight: which hour it was could tell who."""
    return midnight(timezone.localdate(moment))


class Days(Atom1Feed):
    """Each entry in its own language; the feed is as old as what is in it, and never as now."""

    def latest_post_date(self):
        return super().latest_post_date() if self.items else NOTHING_YET

    def item_attributes(self, item):
        return {"xml:lang": item["language"]}


class DatedFeed(Feed):
    feed_type = Days

    def __call__(self, request, *args, **kwargs):
        response = super().__call__(request, *args, **kwargs)
        # A day does not tell whether something was taken down since; the ETag does.
        del response["Last-Modified"]
        return response
