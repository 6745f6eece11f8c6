"""What the second moderator says, and what is put on record about somebody's safety."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from community.forms import KindForm, WordsField
from community.moderation.proposals import Proposal
from community.moderation.rule_forms import as_typed
from community.moderation.safety import SafetyEntry, Step
from community.moderation.wording import is_unfinished

LINE_LENGTH = SafetyEntry._meta.get_field("text").max_length
NOTE_LENGTH = Proposal._meta.get_field("answer").max_length


class SecondForm(KindForm, forms.Form):
    """The letter, which the second may change, and a note to the first if it goes back."""

    all_optional = True

    message = WordsField(
        label=_("What they will read. You can change it."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 9}),
    )
    answer = WordsField(
        label=_("A note to whoever proposed it"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, proposal, initial=None, **kwargs):
        first = {"message": proposal.message} | (initial or {})
        super().__init__(*args, initial=first, prefix="second", **kwargs)
        self.proposal = proposal
        if not proposal.message:
            del self.fields["message"]

    def clean_message(self):
        message = self.cleaned_data["message"].strip()
        if not message or is_unfinished(message):
            raise ValidationError(_("Write your own words where the dots are."))
        return message


class SafetyForm(KindForm, forms.Form):
    """Part of the page's one form, which can be sent with nothing written here."""

    use_required_attribute = False

    step = forms.ChoiceField(label=_("Which step"), choices=Step)
    text = WordsField(
        label=_("What you did, and what comes next"),
        max_length=LINE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CalmForm(KindForm, forms.Form):
    """Why somebody is not worried any more; part of the page's one form as well."""

    use_required_attribute = False

    why = WordsField(
        label=_("Why you aren’t worried any more"),
        max_length=LINE_LENGTH,
        error_messages={"required": _("Say in a few words why you aren’t worried any more.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, opened=False, **kwargs):
        super().__init__(*args, prefix="calm", **kwargs)
        self.opened = opened


def calm_as_typed(data):
    typed = as_typed(CalmForm(data))
    return CalmForm(initial=typed, opened=any(typed.values()))
