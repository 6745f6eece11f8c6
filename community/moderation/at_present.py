"""What the page about reading says that is true today, in words rather than figures."""

import logging
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import InterfaceError, OperationalError
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.moderation.log import Decision
from community.moderation.states import Action
from community.moderation.transparency import TransparencyReport
from community.moderation.waiting import PROMISED, in_days, usual_wait_in_words

logger = logging.getLogger(__name__)
MONTH, YEAR = timedelta(days=30), timedelta(days=365)
# Fewer are told of nothing: somebody could be found among them.
ENOUGH = 5
ENOUGH_PEOPLE = 3
MORE_THAN = {
    5: gettext_lazy("more than five"),
    10: gettext_lazy("more than ten"),
    20: gettext_lazy("more than twenty"),
    30: gettext_lazy("more than thirty"),
    40: gettext_lazy("more than forty"),
    50: gettext_lazy("more than fifty"),
    60: gettext_lazy("more than sixty"),
    70: gettext_lazy("more than seventy"),
    80: gettext_lazy("more than eighty"),
    90: gettext_lazy("more than ninety"),
}
PEOPLE = {
    3: gettext_lazy("three people"),
    4: gettext_lazy("four people"),
    5: gettext_lazy("five people"),
    6: gettext_lazy("six people"),
    7: gettext_lazy("seven people"),
    8: gettext_lazy("eight people"),
    9: gettext_lazy("nine people"),
    10: gettext_lazy("ten people"),
}


@dataclass(frozen=True)
class AtPresent:
    """``wait`` completes "usually …"; what is empty is not said."""

    wait: str
    read: str = ""
    people: str = ""
    appeals: str = ""
    changed: str = ""
    years: list = field(default_factory=list)


def at_present():
    """Without a database, what the guidelines promise."""
    try:
        return _counted()
    except (OperationalError, InterfaceError) as fault:
        logger.error("The database did not answer.", exc_info=fault)
        return AtPresent(wait=in_days(PROMISED))


def _counted():
    now = timezone.now()
    recent = Q(at__gt=now - MONTH, waited__isnull=False)  # who read something, and decided
    again = Q(action__in=[Action.UPHOLD, Action.REVERSE, Action.CHANGE])
    moves = Decision.objects.moves().of_people()
    moves = moves.filter(at__gt=now - YEAR, role=Decision.Role.MODERATOR)
    counts = moves.order_by().aggregate(
        read=Count("pk", filter=recent),
        people=Count("by", distinct=True, filter=recent),
        appeals=Count("pk", filter=again),
        upheld=Count("pk", filter=Q(action=Action.UPHOLD)),
    )
    return AtPresent(
        wait=usual_wait_in_words(),
        read=more_than(counts["read"]),
        people=by_people(counts["people"]),
        appeals=more_than(counts["appeals"]),
        changed=share(counts["appeals"] - counts["upheld"], counts["appeals"]),
        years=[*TransparencyReport.objects.published().values_list("year", flat=True)],
    )


def more_than(number):
    """ "more than forty", for 41 to 50; nothing for five and fewer."""
    if number > 100:
        return _("more than %(n)d") % {"n": (number - 1) // 100 * 100}
    steps = [words for step, words in MORE_THAN.items() if step < number]
    return str(steps[-1]) if steps else ""


def by_people(number):
    """ "seven people"; nothing for one or two, who would be known."""
    if number < ENOUGH_PEOPLE:
        return ""
    return str(PEOPLE.get(number) or _("more than ten people"))


def share(part, whole):
    """Which part, as people say it; nothing of a few."""
    if whole <= ENOUGH:
        return ""
    quarters = round(4 * part / whole)
    if not part:
        return _("none of those decisions was changed")
    return [
        _("few of those decisions were changed"),
        _("about a quarter of those decisions were changed"),
        _("about half of those decisions were changed"),
        _("most of those decisions were changed"),
        _("most of those decisions were changed"),
    ][quarters]
