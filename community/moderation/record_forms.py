"""What a moderator writes on a member's record."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from community.forms import KindForm, WordsField
from community.moderation.rules import Rule
from community.moderation.sanctions import ACTIONS, Sanction
from community.moderation.states import Action
from community.moderation.wording import is_unfinished, to_a_member

Kind = Sanction.Kind
LENGTHS = [
    (3, pgettext_lazy("how long", "Three days")),
    (7, pgettext_lazy("how long", "A week")),
    (14, pgettext_lazy("how long", "Two weeks")),
    (28, pgettext_lazy("how long", "Four weeks")),
    (91, pgettext_lazy("how long", "Three months")),
]
MEANS = {
    Kind.NOTE: gettext_lazy("They read it. Nothing else changes."),
    Kind.LETTERS_OFF: gettext_lazy("They can send no letters."),
    Kind.READ_ONLY: gettext_lazy("They can send nothing to be read, and no letters."),
    Kind.SUSPENDED: gettext_lazy(
        "The same, and they can’t change what others see, or moderate. It takes two people."
    ),
}


def words(label, *, rows, **options):
    return WordsField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **options)


class NoteForm(KindForm, forms.Form):
    text = words(gettext_lazy("A note for other moderators"), rows=4, max_length=2000)

    # Sent with what is written to the member, so that neither loses the other.
    use_required_attribute = False
    text.widget.attrs["form"] = "to-them"


class SanctionForm(KindForm, forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what it is.")},
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("For how long"),
        choices=[("", "—"), *LENGTHS],
        coerce=int,
        empty_value=None,
        required=False,
        help_text=gettext_lazy("All but a note end by themselves."),
    )
    rule = forms.ChoiceField(
        label=gettext_lazy("Which sentence of the guidelines"),
        choices=[("", "—"), *Rule.choices],
        error_messages={"required": gettext_lazy("Choose the sentence it rests on.")},
    )
    letter = words(
        gettext_lazy("What you’ll say to them"),
        rows=9,
        max_length=4000,
        error_messages={"required": gettext_lazy("Write to them why, in your own words.")},
    )
    note = words(
        gettext_lazy("For the second moderator, if it takes two"),
        rows=3,
        max_length=1000,
        required=False,
    )

    def __init__(self, *args, kinds, moderator, language="", **options):
        super().__init__(*args, **options)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]
        self.kinds, self.moderator, self.language = kinds, moderator, language
        self.initial.setdefault("letter", to_a_member(moderator, language=language))
        if kinds == [Kind.NOTE]:
            self.initial["kind"] = Kind.NOTE
            del self.fields["days"], self.fields["note"]

    def ticks(self):
        """Each kind with what it means."""
        return [(tick, MEANS[Kind(tick.data["value"])]) for tick in self["kind"]]

    def begun(self):
        """The same form, its letter begun with what leads would have said of the guideline."""
        initial = {name: self[name].value() for name in self.fields}
        kind, rule = initial["kind"], initial["rule"]
        if kind in ACTIONS and rule in Rule.values:
            said = {"action": ACTIONS[kind], "rule": rule, "language": self.language}
            initial["letter"] = to_a_member(self.moderator, **said)
        made_for = {"kinds": self.kinds, "moderator": self.moderator, "prefix": self.prefix}
        made_for["language"] = self.language
        return SanctionForm(initial=initial, **made_for)

    def clean_letter(self):
        if is_unfinished(self.cleaned_data["letter"]):
            raise ValidationError(_("Write your own words where the dots are."))
        return self.cleaned_data["letter"].strip()

    def clean(self):
        cleaned = super().clean()
        ends = cleaned.get("kind") not in (None, Kind.NOTE)
        if ends and not cleaned.get("days") and "days" not in self.errors:
            self.add_error("days", _("Choose for how long."))
        return cleaned


class LiftForm(KindForm, forms.Form):
    """The letter that goes with lifting one of them."""

    # Part of the page's one form, which can be sent with nothing written here.
    use_required_attribute = False

    letter = words(
        gettext_lazy("What they’ll read"),
        rows=7,
        max_length=4000,
        error_messages={"required": gettext_lazy("Write to them, in a sentence or two.")},
    )

    def __init__(self, *args, sanction, moderator, language, initial=None, opened=False, **options):
        first = {"letter": to_a_member(moderator, Action.LIFT, language=language)}
        prefix = f"lift-{sanction.pk}"
        super().__init__(*args, initial=first | (initial or {}), prefix=prefix, **options)
        self.sanction, self.opened = sanction, opened

    def clean_letter(self):
        return self.cleaned_data["letter"].strip()


class SecondForm(KindForm, forms.Form):
    """What the second moderator makes of a proposal."""

    letter = words(gettext_lazy("What they’ll read"), rows=9, max_length=4000, required=False)
    answer = words(gettext_lazy("To whoever proposed it"), rows=3, max_length=1000, required=False)
