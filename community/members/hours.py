"""When somebody may be written to: by day where they are, and not while they asked for quiet."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.db import models

A_DAY = timedelta(days=1)


def zone_called(name):
    """The site's for no name, and for one that this machine's tz database has no more."""
    try:
        return ZoneInfo(name or settings.TIME_ZONE)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(settings.TIME_ZONE)


def end_of_night(now):
    """When mail may go that arrives at ``now``, a local time: at once (None), or in the morning."""
    if not settings.QUIET_HOURS:
        return None
    begins, ends = settings.QUIET_HOURS
    if ends <= now.hour < begins:
        return None
    return morning_of(now.date() + A_DAY * (now.hour >= begins), now.tzinfo)


def morning_of(day, zone):
    """From when on ``day`` mail goes."""
    return datetime.combine(day, time((settings.QUIET_HOURS or (0, 0))[1]), zone)


def evening_of(day, zone):
    """From when on nothing that is about ``day`` goes any more."""
    if not settings.QUIET_HOURS:
        return morning_of(day + A_DAY, zone)
    return datetime.combine(day, time(settings.QUIET_HOURS[0]), zone)


class KeepsHours(models.Model):
    """Mix into whom we write to.  All of it is theirs to choose, and nothing is guessed."""

    # A name in the tz database; empty is the site's.
    time_zone = models.CharField(max_length=64, blank=True, default="", db_default="")
    mail_paused_at = models.DateTimeField(null=True, editable=False)
    # The first day on which mail comes again.
    mail_quiet_until = models.DateField(null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def zone(self):
        return zone_called(self.time_zone)

    def local(self, moment):
        return moment.astimezone(self.zone)

    def rest_ends(self, now, *, on_kept_dates=True):
        """When mail may go to them that arrives at ``now``: at once (None), or from then on.

        Being paused has no end that we know of: ask again a day later.  ``on_kept_dates`` is
        whether a date they keep quiet counts.
        """
        if self.mail_paused_at:
            return now + A_DAY
        here = self.local(now)
        morning = end_of_night(here)
        first = (morning or here).date()
        day = max(first, self.mail_quiet_until or first)
        while on_kept_dates and self.kept_dates.quiet_on(day).exists():
            day += A_DAY
        if day != first:
            morning = morning_of(day, self.zone)
        return morning.astimezone(UTC) if morning else None

    def is_left_alone(self, now):
        """Whether they asked for no mail at all, for some days or until they say."""
        until = self.mail_quiet_until
        return bool(self.mail_paused_at or (until and self.local(now).date() < until))
