"""Who may read a story, and that its author agrees: what is told here is about health."""

from django import forms
from django.utils.translation import gettext_lazy as _

from community.forms import KindForm, WordsField
from stories.vocabulary import RUNG_HINTS, Visibility, with_hints

# Names the text of the agreement and of the choices; a change of their words is a new name.
WORDING = "2026-11-28"


class ReadersForm(KindForm, forms.Form):
    """Letting fewer people read it asks for nothing; anything else, for a yes."""

    visibility = forms.ChoiceField(
        label=_("Who can read it"),
        choices=with_hints(Visibility, RUNG_HINTS),
        widget=forms.RadioSelect,
    )
    agreed = forms.BooleanField(
        label=_(
            "I agree that the people I chose may read this. I know that it says something about "
            "my health or my family, and that I can take it down at any time."
        ),
        required=False,
        help_text=_("You needn’t tick this to let fewer people read it than now."),
    )
    wording = WORDING
    NEEDED = _("Tick this if you agree. Without it we can’t show it.")

    def __init__(self, *args, story, **options):
        super().__init__(*args, **options)
        self.story = story

    def clean(self):
        cleaned = super().clean()
        rung = cleaned.get("visibility")
        if rung and not cleaned.get("agreed") and self.story.asks_for_a_yes(rung):
            self.add_error("agreed", self.NEEDED)
        return cleaned


class SendForm(ReadersForm):
    """Sending it means that a moderator reads it, whoever else does."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    answer = WordsField(
        label=_("Anything you’d like to tell the moderator"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only moderators read this."),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        rungs = [rung for rung in Visibility if rung != Visibility.ME]
        self.fields["visibility"].choices = with_hints(rungs, RUNG_HINTS)
        self.fields["agreed"].required = True
        self.fields["agreed"].error_messages["required"] = self.NEEDED
        self.fields["agreed"].help_text = ""
