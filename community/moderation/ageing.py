"""How long what moderation brings is kept (``community.ageing``)."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.ageing import TWO_YEARS, Age
from community.moderation import appeals, care, lost_factors, records, reports
from community.moderation.cases import Case
from community.moderation.sanctions import Sanction
from community.moderation.shields import Shield


def forget_cases():
    """What stood in the queue and was answered; whatever hung on it went long before."""
    old = Case.objects.filter(closed_at__lt=timezone.now() - TWO_YEARS)
    return old.filter(reports=None, appeal=None).delete()[0]


def forget_sanctions():
    """Ended, lifted, or a note, so long ago; that it was decided stays in the log, without whom."""
    since = timezone.now() - TWO_YEARS
    over = Q(ends_at__lt=since) | Q(lifted_at__lt=since) | Q(ends_at=None, starts_at__lt=since)
    return Sanction.objects.filter(over).delete()[0]


def forget_shields():
    return Shield.objects.filter(lifted_at__lt=timezone.now() - TWO_YEARS).delete()[0]


AGES = [
    Age(
        _("What you asked us to think again about"),
        appeals.APPEALS_WITHIN,
        _("after our answer"),
        appeals.forget,
    ),
    Age(
        _("What you told a moderator, and what you saw"),
        reports.KEPT_FOR,
        _("after our answer"),
        reports.forget,
    ),
    Age(
        _("What somebody saw of a thing that its writer erased meanwhile"),
        reports.ERASED_IS_KEPT_FOR,
        _("after we were told, or as soon as we have answered"),
        reports.forget,
    ),
    Age(
        _("That something was read, in the queue of moderators"),
        TWO_YEARS,
        _("after it was answered"),
        forget_cases,
    ),
    Age(
        _("What you could not do for a time"),
        TWO_YEARS,
        _("after it ended"),
        forget_sanctions,
    ),
    Age(
        _("That a story was shielded"),
        TWO_YEARS,
        _("after it was lifted"),
        forget_shields,
    ),
    Age(
        _("That you lost your second factors, and two moderators let you in"),
        lost_factors.KEPT_FOR,
        _("after you told us"),
        lost_factors.forget,
    ),
    Age(
        _("Notes that moderators leave about a member"),
        records.KEPT_FOR,
        _("after they were written"),
        records.forget,
    ),
    Age(
        _("What moderators write down for themselves"),
        care.DEBRIEF_IS_KEPT_FOR,
        _("after they wrote it"),
        care.forget,
    ),
]
