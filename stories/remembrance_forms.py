"""What somebody types to put a name on the wall."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.forms import KindForm, WordsField
from community.members import pen_names
from community.moderation.reach import links, ways_to_reach
from stories import vocabulary
from stories.forms import RevisionField
from stories.remembrance import A_LINE, FIRST_YEAR, WORDING, Remembrance, latest_year
from stories.vocabulary import Signature


class NumberField(forms.IntegerField):
    """A number that people type: no arrows, and no wheel that changes it."""

    def __init__(self, *, least, most, digits, error, **options):
        box = {"inputmode": "numeric", "maxlength": digits, "autocomplete": "off"}
        said = dict.fromkeys(["invalid", "min_value", "max_value"], error)
        super().__init__(
            required=False,
            min_value=least,
            max_value=most,
            widget=forms.TextInput(attrs=box),
            error_messages=said,
            **options,
        )


class RemembranceForm(KindForm, forms.ModelForm):
    """Keeps whatever fits; ``look_before_sending`` says what has to change before it can go."""

    all_optional = True

    name = WordsField(
        label=_("A name, or what you call them"),
        required=False,
        max_length=60,
        help_text=_("As you write it, in any alphabet. A first name is enough."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    day = NumberField(
        label=_("Day"), least=1, most=31, digits=2, error=_("Write the day as a number, 1 to 31.")
    )
    month = forms.TypedChoiceField(
        label=_("Month"), coerce=int, empty_value=None, required=False, widget=forms.Select
    )
    year = NumberField(
        label=_("Year"),
        least=FIRST_YEAR,
        most=9999,
        digits=4,
        error=_("Write the year in four digits, like 1981."),
    )
    body = WordsField(
        label=_("A line in your own words"),
        required=False,
        max_length=A_LINE,
        help_text=_("One line. What you would like to stand beside the name, or instead of it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "max_length": _(
                "A line has room for %(limit_value)d characters. All of yours is below: make it "
                "shorter, or write a letter or a story."
            )
        },
    )
    signed = forms.ChoiceField(
        label=_("Whether it says who left it"),
        widget=forms.RadioSelect,
        help_text=_(
            "A name with a day can tell somebody who knows you who you are. With your pen name "
            "beside it, they would know your stories too."
        ),
    )
    language = forms.ChoiceField(
        label=_("The language you wrote it in"), choices=vocabulary.LANGUAGES
    )
    agreed = forms.BooleanField(
        label=_(
            "I agree that everyone may read this on the names wall. I know that it says something "
            "about my family or my health, and that I can take it down at any time."
        ),
        required=False,
    )
    answer = WordsField(
        label=_("Anything you’d like to tell the moderator"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only moderators read this."),
    )
    revision = RevisionField()
    wording = WORDING

    class Meta:
        model = Remembrance
        fields = ["name", "day", "month", "year", "body", "signed", "language"]

    def __init__(self, *args, has_been_asked=False, **options):
        super().__init__(*args, **options)
        months = Remembrance._meta.get_field("month").choices
        self.fields["month"].choices = [("", _("No month")), *months]
        pen_name = {"name": self.instance.author.pen_name}
        self.fields["signed"].choices = [
            (Signature.NO_NAME.value, gettext("It doesn’t say")),
            (Signature.PEN_NAME.value, gettext("By %(name)s, my pen name") % pen_name),
        ]
        if not has_been_asked:
            del self.fields["answer"]

    def clean_name(self):
        return pen_names.tidied(self.cleaned_data["name"])

    def clean_body(self):
        """One line; an address typed by a machine may bring none, and that empties nothing."""
        if "body" not in self.data:
            return self.instance.body
        return " ".join(self.cleaned_data["body"].split())

    def look_before_sending(self):
        """What has to change before it goes."""
        mine = self.instance
        if not (mine.name or mine.month or mine.year or mine.body):
            self.add_error("name", _("Write a name, a day or a line. One of them is enough."))
        if mine.name:
            self._look_at_the_name(mine.name)
        self._look_at_the_day(mine.day, mine.month, mine.year)
        for field in ("name", "body"):
            self._look_for_ways_out(field, getattr(mine, field))
        if not self.cleaned_data.get("agreed"):
            self.add_error("agreed", _("Tick this if you agree. Without it we can’t show it."))
        return self.is_valid()

    def _look_at_the_name(self, name):
        try:
            pen_names.check_as_written(name)
        except ValidationError as refusal:
            self.add_error("name", refusal)

    def _look_at_the_day(self, day, month, year):
        if day and not month:
            self.add_error("month", _("Choose the month too, or leave the day empty."))
        if year and year > latest_year():
            self.add_error("year", _("That year is still to come. Look at it once more."))
        try:
            date(year or 2000, month or 1, day or 1)
        except ValueError:
            self.add_error("day", _("That month has no such day. Look at it once more."))

    def _look_for_ways_out(self, field, text):
        if any(links(text)):
            self.add_error(
                field,
                _("Leave out the address of a web page, so that nobody is led anywhere."),
            )
        if any(ways_to_reach(text)):
            self.add_error(
                field,
                _(
                    "Leave out how to reach somebody: an email address, a telephone number, a "
                    "name on another site."
                ),
            )
