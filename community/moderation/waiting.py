"""How long people usually wait, from what really happened."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.moderation.log import Decision

LOOKED_BACK = timedelta(days=30)
# Fewer decisions than this say little; until then we promise what the guidelines promise.
ENOUGH = 20
PROMISED = timedelta(days=2)


def usual_wait():
    """By when nine in ten were decided in the last thirty days, rounded up: 1, 2 or 7 days."""
    recent = Decision.objects.by_moderators().filter(
        at__gt=timezone.now() - LOOKED_BACK, waited__isnull=False
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
    """A wait as people say it: "40 minutes", "1 day 9 hours"."""
    minutes = max(0, int(duration.total_seconds() // 60))
    days, hours = divmod(minutes // 60, 24)
    spoken = {
        "days": ngettext("%(n)d day", "%(n)d days", days) % {"n": days},
        "hours": ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours},
        "minutes": ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes},
    }
    if days:
        return f"{spoken['days']} {spoken['hours']}" if hours else spoken["days"]
    if hours:
        return spoken["hours"]
    return spoken["minutes"] if minutes else _("less than a minute")
