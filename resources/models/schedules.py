"""When a place answers, so that a machine can tell whether it does now."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resources import timezones
from resources.models.parts import IdentifierField, ServicePart

DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]  # RFC 5545, byday
# Who rings in the last minutes may find nobody: we say so rather than promise.
MARGIN = timedelta(minutes=10)
# Days on which many places close without saying so, as (month, day).
OFTEN_CLOSED = {(12, 24), (12, 25), (12, 26), (12, 31), (1, 1)}


class Schedule(ServicePart):
    """Hours that come round each week, in the clock of the place."""

    uuid = IdentifierField()
    service = models.ForeignKey("Service", models.CASCADE, related_name="schedules")
    byday = models.CharField(
        _("days"),
        max_length=20,
        help_text=_("MO, TU, WE, TH, FR, SA, SU, with commas between them."),
    )
    opens_at = models.TimeField(_("opens"))
    closes_at = models.TimeField(
        _("closes"), help_text=_("At midnight: 00:00. Earlier than it opens: on the next day.")
    )
    # IANA’s name.  HSDS 3.1 wants the hours from UTC, which differ between summer and winter.
    timezone = models.CharField(_("time zone"), max_length=40, choices=timezones.choices)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("until"), null=True, blank=True)
    description = models.CharField(_("a note"), max_length=100, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        constraints = [
            models.UniqueConstraint(
                fields=["service", "byday", "opens_at", "closes_at", "timezone"],
                name="resources_schedule_listed_once",
                violation_error_message=_("These hours are in the list already."),
            ),
            models.CheckConstraint(
                condition=~Q(byday="") & ~Q(timezone=""),
                name="resources_schedule_says_when",
                violation_error_message=_("Opening hours need their days and a time zone."),
            ),
        ]

    def __str__(self):
        return f"{self.byday} {self.opens_at:%H:%M}–{self.closes_at:%H:%M} {self.timezone}"

    @property
    def identity(self):
        return f"schedule/{self.service.slug}/{self}"

    def clean(self):
        if set(self.byday.split(",")) - set(DAYS):
            raise ValidationError({"byday": _("Write days as MO,TU,WE with commas between them.")})


def open_at(moment=None):
    """A condition on schedules: open at ``moment``, with some minutes to spare.

    Understates: a day on which many places close counts as closed, and so do the last minutes.
    """
    clocks = {}
    for name in timezones.ZONES:
        here = (moment or timezone.now()).astimezone(ZoneInfo(name)).replace(tzinfo=None)
        clocks.setdefault(here, []).append(name)
    found = Q(pk__in=[])
    for here, names in clocks.items():
        if (here.month, here.day) not in OFTEN_CLOSED:
            found |= Q(timezone__in=names) & _hours(here)
    return found


def _hours(here):
    """Hours that hold at ``here``, what a clock there shows."""
    today, yesterday, now = DAYS[here.weekday()], DAYS[here.weekday() - 1], here.time()
    later = here + MARGIN
    overnight, closes_later = Q(closes_at__lte=F("opens_at")), Q(closes_at__gte=later.time())
    begun = Q(byday__contains=today, opens_at__lte=now)
    if later.date() == here.date():
        hours = begun & (overnight | closes_later)
        hours |= Q(byday__contains=yesterday) & overnight & closes_later
    else:
        hours = begun & overnight & closes_later
    valid = Q(valid_from=None) | Q(valid_from__lte=here.date())
    return valid & (Q(valid_to=None) | Q(valid_to__gte=here.date())) & hours
