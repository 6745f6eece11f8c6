"""What somebody looks for in the directory."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from resources import countries, terms
from resources.models import Service, offered

NOT_ASKED = {terms.ANY_LOSS, terms.ANYONE, "infertility-ivf"}

# What each choice asks of the directory; a tick has nothing more to say.
QUESTIONS = {
    "country": lambda places, code: places.open_to(code),
    "loss": lambda places, code: places.for_loss(code),
    "who": lambda places, code: places.for_people(code),
    "language": lambda places, code: places.in_language(code),
    "now": lambda places, _ticked: places.open_now(),
    "text": lambda places, _ticked: places.in_writing(),
    "free": lambda places, _ticked: places.free(),
}


def _list(labels):
    return [(code, label) for code, label in labels.items() if code not in NOT_ASKED]


class DirectoryForm(forms.Form):
    """Unknown values count as nothing chosen: an old or mistyped address still finds places."""

    country = forms.ChoiceField(label=_("Country"), required=False)
    loss = forms.ChoiceField(
        label=_("Kind of loss"),
        required=False,
        choices=[("", terms.LOSS[terms.ANY_LOSS]), *_list(terms.LOSS)],
    )
    who = forms.ChoiceField(
        label=_("Who it is for"),
        required=False,
        choices=[("", terms.AUDIENCE[terms.ANYONE]), *_list(terms.AUDIENCE)],
    )
    language = forms.ChoiceField(label=_("In what language"), required=False)
    now = forms.BooleanField(label=_("Open now"), required=False)
    text = forms.BooleanField(label=_("Can be reached by text or email"), required=False)
    free = forms.BooleanField(label=_("Free"), required=False)

    def __init__(self, data):
        super().__init__(data)
        there = offered()
        chosen = data.get("country")
        if chosen in countries.COUNTRIES:
            there["area"].add(chosen)
        self.fields["country"].choices = [
            ("", _("Anywhere")),
            (countries.ANY_COUNTRY, pgettext_lazy("filter", "Open to any country")),
            *countries.by_name(there["area"]),
        ]
        self.fields["language"].choices = [
            ("", _("Any language")),
            *(pair for pair in terms.LANGUAGES.items() if pair[0] in there["language"]),
        ]
        self.is_valid()

    @property
    def chosen(self):
        """What was chosen and is known, as {name: value}; also what an address is made from."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    def places(self):
        places, chosen = Service.objects.published(), self.chosen
        for name, question in QUESTIONS.items():
            if name in chosen:
                places = question(places, chosen[name])
        return places.in_order_for(*filter(None, [chosen.get("country")]))
