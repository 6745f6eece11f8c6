"""How much one person reads in a day, and a stop for deciding faster than one can read."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.moderation.care import A_STOP, Care
from community.moderation.cases import Case
from community.moderation.log import Decision
from community.moderation.states import Action, Look

MAY_SET_PACE = "moderation.set_pace"
# More than so many decisions in so long are not made by reading.
A_WHILE = timedelta(minutes=10)
MOST_IN_A_WHILE = 50
# Nor is one so soon after opening; a few happen, when something is opened for the second time.
TOO_SOON = timedelta(seconds=2)
MOST_TOO_SOON = 4
DECIDES = [*Action.values, Look.PROPOSE.value, Look.SEND_BACK.value]


class Pace(models.Model):
    """What holds for everybody: one row, once a lead has chosen."""

    a_day = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        permissions = [("set_pace", gettext_lazy("Can set how much is read in a day"))]
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="moderation_pace_is_one"),
        ]

    def __str__(self):
        return str(self.a_day or "")

    @classmethod
    def for_everybody(cls):
        row = cls.objects.first()
        return row and row.a_day

    @classmethod
    def set_for_everybody(cls, a_day):
        cls.objects.update_or_create(pk=1, defaults={"a_day": a_day})


@dataclass(frozen=True)
class Day:
    """One moderator's today."""

    read: int
    limit: int | None
    is_stopped: bool

    @property
    def is_enough(self):
        return self.limit is not None and self.read >= self.limit

    def offers(self, case):
        return case.is_urgent or not self.is_enough


def today(moderator, care=None):
    care = care or Care.objects.of(moderator)
    limit = care.a_day or Pace.for_everybody()
    return Day(read=read_today(moderator), limit=limit, is_stopped=care.is_stopped())


def read_today(moderator):
    """How many they have opened or decided since midnight, each counted once."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    looked = Decision.objects.filter(by=moderator, at__gte=midnight)
    looked = looked.filter(action__in=[*DECIDES, Look.OPEN.value])
    return looked.order_by().values("content_type", "object_id").distinct().count()


def why_not_now(moderator, case):
    """Why ``moderator`` should not open ``case`` now, kindly; "" if they may."""
    if case.is_held_by(moderator):
        return ""
    day = today(moderator)
    if day.is_stopped:
        return stopped_in_words()
    if not day.offers(case):
        return _("That is enough for today. This one waits for somebody else, or for tomorrow.")
    return ""


def stopped_in_words():
    return _(
        "Many decisions were made here in a very short time, so this has paused. What you had open "
        "has gone back. A lead moderator can let you go on; talk to one when you are ready. After "
        "a day it ends by itself."
    )


def stop_if_hurried(moderator, case):
    """Whether ``moderator`` is stopped, from now on or since before.  Nothing was decided."""
    care = Care.objects.of(moderator)
    if not care.is_stopped() and not _is_hurried(moderator, case, care.freed_at):
        return False
    with transaction.atomic():
        if not care.is_stopped():
            stop = {"stopped_at": timezone.now()}
            Care.objects.update_or_create(moderator=moderator, defaults=stop)
        Case.objects.all().hand_back(by=moderator)
    return True


def _is_hurried(moderator, case, freed_at):
    now = timezone.now()
    since = max(now - A_WHILE, freed_at) if freed_at else now - A_WHILE
    recent = Decision.objects.filter(by=moderator, at__gt=since)
    decided = recent.filter(action__in=DECIDES)
    if decided.count() >= MOST_IN_A_WHILE:
        return True
    opened = recent.filter(action=Look.OPEN)
    just_before = opened.filter(
        case_id=OuterRef("case_id"), at__lte=OuterRef("at"), at__gt=OuterRef("at") - TOO_SOON
    )
    hasty = decided.filter(Exists(just_before)).count()
    hasty += case is not None and opened.filter(case_id=case.pk, at__gt=now - TOO_SOON).exists()
    return hasty > MOST_TOO_SOON


def stopped():
    """Those who are stopped, for a lead to talk to."""
    lasting = Care.objects.filter(stopped_at__gt=timezone.now() - A_STOP)
    return lasting.select_related("moderator").order_by("stopped_at")


def free(care_id, *, by):
    """Let one go on, as somebody else; what they decided before no longer counts."""
    rows = Care.objects.filter(pk=care_id).exclude(stopped_at=None).exclude(moderator=by)
    return rows.update(stopped_at=None, freed_at=timezone.now())
