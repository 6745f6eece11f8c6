"""How long people usually wait, from what really happened."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from community import numerals
from community.moderation.log import Decision

LOOKED_BACK = timedelta(days=30)
# Fewer decisions than this say little; until then we promise what the guidelines promise.
ENOUGH = 20
PROMISED = timedelta(days=2)


def usual_wait():
    """By when nine in ten were decided in the last thirty days, rounded up: 1, 2 or 7 days."""
    recent = (
        Decision.objects.by_moderators()
        .of_people()
        .filter(at__gt=timezone.now() - LOOKED_BACK, waited__isnull=False)
    )
    count = recent.count()
    if count < ENOUGH:
        return PROMISED
    ninth = recent.order_by("waited").values_list("waited", flat=True)[count * 9 // 10]
    for days in (1, 2):
        if ninth <= timedelta(days=days):
            return timedelta(days=days)
    return timedelta(days=7)


def usual_wait_in_words():
    """Completes "usually …"."""
    return in_days(usual_wait())


def in_days(wait):
    return {1: _("within a day"), 2: _("within two days"), 7: _("within a week")}[wait.days]


def in_words(duration):
    """A wait as people say it: "forty minutes", "one day and nine hours", "three days"."""
    days, hours, minutes = _parts(duration)
    if days == 1 and hours:
        # Translators: “one day and nine hours”; the two parts are translated by themselves.
        said = pgettext("a wait", "%(day)s and %(hours)s")
        return said % {"day": _days(days), "hours": _hours(hours)}
    if days:
        return _days(days)
    if hours:
        return _hours(hours)
    if not minutes:
        return _("less than a minute")
    words = ngettext("%(n)s minute", "%(n)s minutes", minutes)
    return words % {"n": numerals.in_words(minutes)}


def in_figures(duration):
    """The same where there is little room: "40 min", "9 h", "3 d"."""
    days, hours, minutes = _parts(duration)
    if days:
        return pgettext("a wait, short", "%(n)d d") % {"n": days}
    if hours:
        return pgettext("a wait, short", "%(n)d h") % {"n": hours}
    return pgettext("a wait, short", "%(n)d min") % {"n": minutes}


def _parts(duration):
    minutes = max(0, int(duration.total_seconds() // 60))
    days, hours = divmod(minutes // 60, 24)
    return days, hours, minutes


def _days(days):
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": numerals.in_words(days)}


def _hours(hours):
    return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": numerals.in_words(hours)}
