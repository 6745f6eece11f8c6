"""What somebody tells us of a place we don’t know."""

from django import forms
from django.utils.translation import gettext_lazy as _

from community.forms import KindForm, WordsField
from resources import countries
from resources.models import Suggestion


class SuggestionForm(KindForm, forms.ModelForm):
    """``page`` is ours: the page they opened, signed."""

    url = forms.URLField(
        label=_("Its website"),
        max_length=500,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url"}),
        error_messages={
            "required": _("Write the address of its website: an editor reads it there."),
            "invalid": _("Write the whole address, beginning with https://."),
        },
    )
    about = WordsField(
        label=_("What it does, and for whom"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("You can leave this empty. Please say nothing of yourself that is private."),
    )
    page = WordsField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Suggestion
        fields = ["name", "url", "country", "about"]
        labels = {"name": _("The name of the place"), "country": _("Where it is")}
        error_messages = {"name": {"required": _("Write its name.")}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        anywhere = (countries.ANY_COUNTRY, _("Open to any country"))
        self.fields["country"].choices = [
            ("", _("I don’t know")),
            anywhere,
            *countries.by_name(countries.COUNTRIES),
        ]
