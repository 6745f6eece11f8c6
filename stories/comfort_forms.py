"""What a reader can wish of the pages (``community.comfort``)."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.comfort import ASK, LOOKS, OUT, SHOW, WISHES
from community.forms import KindForm
from stories.labels import Facet
from stories.vocabulary import ASKS_FIRST, Note, PhotoNote

SIZES = [
    ("", pgettext_lazy("text size", "Usual")),
    ("large", pgettext_lazy("text size", "Large")),
    ("larger", pgettext_lazy("text size", "Larger")),
]
PAGES = [
    ("", pgettext_lazy("the page is", "Same as my device")),
    ("day", pgettext_lazy("the page is", "Light")),
    ("night", pgettext_lazy("the page is", "Dark")),
]
# The empty choice is what happens by itself.
A_LINE = [
    ("", pgettext_lazy("a story that describes it", "Say so first")),
    (ASK, pgettext_lazy("a story that describes it", "Ask me first")),
    (OUT, pgettext_lazy("a story that describes it", "Leave it out")),
]
ASKS = [
    ("", pgettext_lazy("a story that describes it", "Ask me first")),
    (SHOW, pgettext_lazy("a story that describes it", "Always show")),
    (OUT, pgettext_lazy("a story that describes it", "Leave it out")),
]
PHOTOS = [
    ("", pgettext_lazy("photographs are", "Covered, until I open one")),
    ("described", pgettext_lazy("photographs are", "In words only")),
    ("shown", pgettext_lazy("photographs are", "Shown")),
]
CHILDREN = [Note.CHILDREN, Note.LATER]
NOTES = [*Note, *PhotoNote]
HARD = [note for note in NOTES if note in ASKS_FIRST]
OTHER = [note for note in NOTES if note not in ASKS_FIRST and note not in CHILDREN]
WRITER_ASKS = _("Anything else its writer keeps folded")


class TickField(forms.BooleanField):
    """A tick that stands for one slug."""

    def __init__(self, slug, **options):
        super().__init__(required=False, **options)
        self.slug = slug

    def prepare_value(self, value):
        return value in (True, "on", self.slug)

    def clean(self, value):
        return self.slug if super().clean(value) else ""


class LookForm(KindForm, forms.Form):
    """How pages look; what stands folded above every story."""

    all_optional = True
    size = forms.ChoiceField(
        label=_("Text size"), choices=SIZES, required=False, widget=forms.RadioSelect
    )
    page = forms.ChoiceField(
        label=_("The page"), choices=PAGES, required=False, widget=forms.RadioSelect
    )
    face = TickField("plain", label=_("Plainer letters"))

    def __init__(self, *args, comfort, **options):
        super().__init__(*args, **options)
        self.comfort = comfort
        self.initial |= {name: getattr(comfort, name) for name in (*LOOKS, "country")}

    def wishes(self):
        """The wishes that hold from now on; whatever was not asked stays."""
        said = {name: value for name, value in self.cleaned_data.items() if name in LOOKS}
        return self.comfort.but(**said)


class ComfortForm(LookForm):
    """Everything that can be wished."""

    motion = TickField(
        "still",
        label=_("Nothing moves at all"),
        help_text=_("Little does. This takes the last of it away, the slow change of a colour."),
    )
    leave = TickField(
        "hidden",
        label=_("Hide “Leave this site”"),
        help_text=_("Pressing Shift three times still leaves, if scripts run."),
    )
    photos = forms.ChoiceField(
        label=_("Photographs in a story"),
        choices=PHOTOS,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Whatever you choose, a photograph comes with its writer’s own description."),
    )
    country = forms.RegexField(
        "^[A-Z]{2}$",
        required=False,
        error_messages={"invalid": _("Choose one of the countries on the page.")},
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for slug in (*CHILDREN, *OTHER, *HARD, Facet.ASKS):
            name, asks = str(slug), slug in ASKS_FIRST or slug == Facet.ASKS
            label = WRITER_ASKS if slug == Facet.ASKS else capfirst(slug.label)
            choices = ASKS if asks else A_LINE
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)
            self.initial[name] = self.comfort.wish(name)

    def groups(self):
        """The notes as they stand on the page: a heading, and the questions below it."""
        for heading, slugs in [
            (_("Children, and pregnancies since"), CHILDREN),
            (_("Other things a story or a letter may describe"), OTHER),
            (_("What asks first, unless you say otherwise"), [*HARD, Facet.ASKS]),
        ]:
            yield heading, [self[str(slug)] for slug in slugs]

    def wishes(self):
        notes = {wish: set() for wish in WISHES}
        for slug in (*map(str, NOTES), Facet.ASKS):
            if wish := self.cleaned_data[slug]:
                notes[wish].add(slug)
        notes = {wish: frozenset(slugs) for wish, slugs in notes.items()}
        return super().wishes().but(country=self.cleaned_data["country"], **notes)


class CountryForm(KindForm, forms.Form):
    country = ComfortForm.base_fields["country"]

    def __init__(self, *args, comfort, **options):
        super().__init__(*args, **options)
        self.comfort = comfort

    def wishes(self):
        return self.comfort.but(country=self.cleaned_data["country"])
