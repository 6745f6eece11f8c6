"""What an editor says who has looked at a place."""

from django import forms
from django.utils.translation import gettext_lazy as _

from community.forms import KindForm, WordsField
from resources.models import Method

HOW = [
    (Method.SITE, _("I read it on their website")),
    (Method.ANSWER, _("They answered me in writing")),
]


class LookForm(KindForm, forms.Form):
    """``as_of`` is ours: the state of the place that they had before them."""

    method = forms.ChoiceField(
        label=_("How do you know?"),
        choices=HOW,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how you know.")},
    )
    source_url = forms.URLField(
        label=_("The page that says so"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("Where the next person can read the same. Not needed for an answer."),
        error_messages={"invalid": _("Write the whole address, beginning with https://.")},
    )
    contacts = forms.MultipleChoiceField(
        label=_("Which of these did you see there, exactly so?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What you don’t tick isn’t confirmed by you, and lapses in its time."),
    )
    note = WordsField(
        label=_("A note for other editors"),
        required=False,
        max_length=300,
        help_text=_("Who answered, for example, and when."),
    )
    as_of = WordsField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, contacts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["contacts"].choices = contacts

    def clean(self):
        said = super().clean()
        if said.get("method") == Method.SITE and not said.get("source_url"):
            self.add_error("source_url", _("Give the address of the page that confirms this."))
        return said

    def said(self):
        return {n: self.cleaned_data[n] for n in ("method", "source_url", "contacts", "note")}


class ImportForm(KindForm, forms.Form):
    """A file of places; or, the second time, the file that was previewed, signed."""

    file = forms.FileField(
        label=_("A CSV file of places"),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")},
        help_text=_(
            "The same columns as the export. Nothing is written before you have seen what would "
            "change. A place that is not in the file stays as it is."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
