"""What a member wants after reading, and what they would like to be asked about."""

from django import forms
from django.utils.translation import gettext_lazy as _

from community.forms import KindForm
from stories import vocabulary


class AfterReadingForm(KindForm, forms.Form):
    all_optional = True
    is_asked = forms.BooleanField(
        label=_("Show “I read this” and “Keep this story” under stories"),
        required=False,
        help_text=_("Without them a story ends where it ends. What you kept stays kept."),
    )


class AskingForm(KindForm, forms.Form):
    """What a member would answer, in their own say: nothing is taken from what they wrote."""

    losses = forms.MultipleChoiceField(
        label=_("What I could write about"),
        choices=vocabulary.with_hints(vocabulary.Loss, vocabulary.LOSS_HINTS),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What you have lived with yourself, or beside somebody."),
        error_messages={"required": _("Tick what you could write about, one kind or more.")},
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages I could write in"),
        choices=vocabulary.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick a language you could write in.")},
    )
    by_mail = forms.BooleanField(
        label=_("Write me an email when there is one"),
        required=False,
        help_text=_(
            "Once in three days at most. It says only that there is something for you. "
            "Without it you find it in My space."
        ),
    )
