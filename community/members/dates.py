"""Dates that members keep.  Private, silent unless asked, and only ever what their owner typed.

No page of the admin shows them; nothing looks for them in what somebody wrote.
"""

import secrets
from calendar import isleap
from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# A page that can be finished.
MOST = 100
LONGEST = 120
YEARS = (1850, 2199)
LETTERS = "23456789bcdfghjkmnpqrstvwxz"


class Wish(models.TextChoices):
    """What is done about a date, each year.  Not more than one thing."""

    NOTHING = "nothing", pgettext_lazy("a date", "Nothing. Just keep it.")
    LINE = "line", pgettext_lazy("a date", "A line in My space on the day")
    ON_THE_DAY = "on", pgettext_lazy("a date", "A note by email on the day")
    ONE_BEFORE = "before-1", pgettext_lazy("a date", "A note by email the day before")
    THREE_BEFORE = "before-3", pgettext_lazy("a date", "A note by email three days before")
    SEVEN_BEFORE = "before-7", pgettext_lazy("a date", "A note by email a week before")
    FIRST = "first", pgettext_lazy("a date", "A note by email on the first of that month")


DAYS_BEFORE = {Wish.ON_THE_DAY: 0, Wish.ONE_BEFORE: 1, Wish.THREE_BEFORE: 3, Wish.SEVEN_BEFORE: 7}
WITHOUT_A_DAY = [Wish.NOTHING, Wish.FIRST]


class InOtherYears(models.TextChoices):
    FEBRUARY = "28", pgettext_lazy("29 February", "28 February")
    MARCH = "1", pgettext_lazy("29 February", "1 March")


def random_id():
    """It tells neither whose nor how many."""
    return "".join(secrets.choice(LETTERS) for _ in range(10))


def falls_on(day):
    """Which dates come round on ``day``; none before their own year."""
    falls = Q(month=day.month, day=day.day)
    if not isleap(day.year) and (day.month, day.day) in ((2, 28), (3, 1)):
        falls |= Q(month=2, day=29, in_other_years=str(day.day))
    return falls & _begun(day.year)


def month_begins(day):
    """Which dates asked for the first of their month, if ``day`` is one."""
    return Q(wish=Wish.FIRST, month=day.month if day.day == 1 else None) & _begun(day.year)


def _begun(year):
    return Q(year=None) | Q(year__lte=year)


class KeptDateQuerySet(models.QuerySet):
    def quiet_on(self, day):
        """Those for which other mail is held back on ``day``.  A month alone has no such day."""
        return self.filter(falls_on(day) | month_begins(day), is_quiet=True)

    def with_a_line_on(self, day):
        return self.filter(falls_on(day), wish=Wish.LINE)

    def with_a_note_on(self, day):
        asked = month_begins(day)
        for wish, days in DAYS_BEFORE.items():
            asked |= Q(wish=wish) & falls_on(day + timedelta(days=days))
        return self.filter(asked)

    def keep(self, kept):
        """``kept``, or the very same that is there already: pressed twice, it is kept once.

        Raises ValidationError if there is no room for more.
        """
        with transaction.atomic():
            get_user_model().objects.select_for_update(no_key=True).get(pk=kept.member_id)
            theirs = self.filter(member=kept.member_id)
            same = theirs.filter(**{name: getattr(kept, name) for name in KeptDate.TYPED}).first()
            if same is None and theirs.count() >= MOST:
                raise ValidationError(
                    _("There is room for %(most)d dates. Erase one, then keep this one."),
                    params={"most": MOST},
                )
            if same is None:
                kept.save()
        return same or kept


class KeptDate(models.Model):
    """A month at least.  ``year`` is the first in which anything comes of it."""

    TYPED = ("words", "day", "month", "year", "wish", "is_quiet", "in_other_years")

    id = models.CharField(primary_key=True, max_length=10, default=random_id, editable=False)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="kept_dates")
    words = models.CharField(max_length=LONGEST, blank=True)
    day = models.PositiveSmallIntegerField(null=True, blank=True)
    month = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    wish = models.CharField(max_length=8, choices=Wish, default=Wish.NOTHING)
    is_quiet = models.BooleanField(default=True)
    # Where 29 February is in a year without one; only for that day.
    in_other_years = models.CharField(max_length=2, choices=InOtherYears, blank=True)

    objects = KeptDateQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["month", "day", "year", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(month__range=(1, 12))
                & (
                    Q(day=None)
                    | Q(day__range=(1, 29))
                    | (Q(day=30) & ~Q(month=2))
                    | Q(day=31, month__in=[1, 3, 5, 7, 8, 10, 12])
                ),
                name="members_keptdate_is_a_day",
            ),
            models.CheckConstraint(
                condition=Q(year=None) | Q(year__range=YEARS), name="members_keptdate_year"
            ),
            models.CheckConstraint(
                condition=Q(day__isnull=False) | Q(wish__in=WITHOUT_A_DAY),
                name="members_keptdate_a_note_has_its_day",
            ),
            models.CheckConstraint(
                condition=(Q(in_other_years="") | Q(day__isnull=False, day=29, month=2))
                & (~Q(in_other_years="") | ~Q(month=2) | Q(day=None) | Q(day__lt=29)),
                name="members_keptdate_29_february_goes_somewhere",
            ),
        ]
        indexes = [
            models.Index(
                fields=["month", "day"],
                condition=~Q(wish__in=[Wish.NOTHING, Wish.LINE]),
                name="members_keptdate_notes",
            )
        ]

    def __str__(self):
        return self.pk

    @property
    def title(self):
        return self.words or self.in_words()

    def in_words(self):
        """As much of it as is known."""
        some_day = date(self.year or 2000, self.month, self.day or 1)
        known = ["j" if self.day else "", "F", "Y" if self.year else ""]
        return date_format(some_day, " ".join(filter(None, known)))


class Note(models.Model):
    """That a note went to a member on a day of theirs: the row is what makes it one.

    It does not say about which date, and is forgotten within days.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    on = models.DateField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["member", "on"], name="members_note_one_a_day"),
        ]

    def __str__(self):
        return str(self.pk)
