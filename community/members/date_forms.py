"""A date to keep, as somebody types it: a month, and whatever else of it they know."""

from calendar import monthrange
from datetime import date

from django import forms
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from community.forms import KindForm, WordsField

from .dates import LONGEST, WITHOUT_A_DAY, YEARS, InOtherYears, KeptDate, Wish

A_LEAP_YEAR = 2000


def months():
    return [("", "–"), *MONTHS.items()]


class NumberField(forms.IntegerField):
    """A number typed as text, with one sentence for whatever is not one."""

    def __init__(self, *, lowest, highest, words, **options):
        super().__init__(
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            required=False,
            min_value=lowest,
            max_value=highest,
            error_messages=dict.fromkeys(["invalid", "min_value", "max_value"], words),
            **options,
        )
        for check in self.validators:
            check.message = words


class KeptDateForm(KindForm, forms.ModelForm):
    words = WordsField(
        label=_("What is the date for?"),
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("In your own words. Only you see this."),
    )
    day = NumberField(
        label=_("Day"),
        lowest=1,
        highest=31,
        words=_("Write the day as a number, from 1 to 31, or leave it empty."),
    )
    month = forms.TypedChoiceField(
        label=_("Month"),
        choices=lazy(months, list)(),
        coerce=int,
        error_messages={"required": _("Choose the month. The day and the year can stay empty.")},
    )
    year = NumberField(
        label=_("Year"),
        lowest=YEARS[0],
        highest=YEARS[1],
        words=_("Write the year in four numbers, as in 1998, or leave it empty."),
    )
    in_other_years = forms.ChoiceField(
        label=_("In a year without a 29 February"),
        choices=InOtherYears,
        required=False,
        widget=forms.RadioSelect,
    )
    wish = forms.ChoiceField(
        label=_("What should we do?"),
        choices=Wish,
        initial=Wish.NOTHING,
        widget=forms.RadioSelect,
        help_text=_(
            "Each year, until you change it. A note says that you asked us to write, and not why."
        ),
    )
    is_quiet = forms.BooleanField(
        label=_("Hold other emails back on that day"),
        required=False,
        initial=True,
        help_text=_("They come the morning after. For a whole month nothing is held back."),
    )

    class Meta:
        model = KeptDate
        fields = ["words", "day", "month", "year", "in_other_years", "wish", "is_quiet"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["in_other_years"].required = not self.is_bound and self.is_29_february()

    def clean(self):
        typed = super().clean()
        if not {"day", "month", "year"} & self.errors.keys():
            self._look_at_the_day(typed["day"], typed["month"], typed["year"])
        has_no_day = typed.get("day") is None and "day" not in self.errors
        if has_no_day and typed.get("wish", Wish.NOTHING) not in WITHOUT_A_DAY:
            self.add_error(
                "wish",
                _("There is no day to do this on. Write one, or choose the first of the month."),
            )
        self.fields["in_other_years"].required = self.is_29_february()
        if not self.is_29_february():
            typed["in_other_years"] = ""
        elif not typed.get("in_other_years"):
            self.add_error(
                "in_other_years", _("Most years have no 29 February. Choose a day for those.")
            )
        return typed

    def is_29_february(self):
        """Of nobody else is it asked where the date is in other years."""
        at = self.cleaned_data if self.is_bound else vars(self.instance)
        return (at.get("day"), at.get("month")) == (29, 2)

    def _look_at_the_day(self, day, month, year):
        if day is None or day <= monthrange(year or A_LEAP_YEAR, month)[1]:
            return
        said = {"day": day, "month": date_format(date(A_LEAP_YEAR, month, 1), "F"), "year": year}
        if month == 2 and day == 29:
            words = _("There is no 29 February in %(year)d. Look at the day and the year again.")
        else:
            words = _("There is no %(day)d %(month)s. Write another day, or leave it empty.")
        self.add_error("day", words % said)
