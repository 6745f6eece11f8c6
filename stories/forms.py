"""What one person typed about their story.  Whether it may be sent is for the model to say."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from community.forms import KindForm, WordsField
from community.members import pen_names
from community.members.models import Member
from stories import vocabulary
from stories.models import Byline, Story
from stories.text import one_line


class SeveralField(forms.MultipleChoiceField):
    """Any number of a short list, none included."""

    def __init__(self, *, choices, **options):
        super().__init__(
            choices=choices, required=False, widget=forms.CheckboxSelectMultiple, **options
        )


class RevisionField(forms.IntegerField):
    """Which saved text the page began from; what cannot be one is none that ever was."""

    widget = forms.HiddenInput
    NEVER = -1

    def __init__(self):
        super().__init__(required=False)

    def clean(self, value):
        try:
            number = super().clean(value)
        except forms.ValidationError:
            return self.NEVER
        return self.NEVER if number is None or not 0 <= number < 2**31 else number


class DeskForm(KindForm, forms.ModelForm):
    title = WordsField(
        label=_("Title"),
        required=False,
        max_length=120,
        widget=forms.Textarea(attrs={"class": "heading", "rows": 1, "autocomplete": "off"}),
        error_messages={
            "max_length": ngettext_lazy(
                "A title has room for %(limit_value)d character. Yours is longer: "
                "perhaps its end belongs in the story.",
                "A title has room for %(limit_value)d characters. Yours is longer: "
                "perhaps its end belongs in the story.",
                "limit_value",
            )
        },
    )
    body = WordsField(
        label=_("Your story"),
        required=False,
        strip=False,
        max_length=Story.BODY_LENGTH,
        widget=forms.Textarea(attrs={"class": "text", "rows": 16}),
        error_messages={
            "max_length": _(
                "This is longer than one story can be here. All of it is still below: "
                "you could keep the rest for a second one."
            )
        },
    )
    revision = RevisionField()

    class Meta:
        model = Story
        fields = ["title", "body"]

    def clean_body(self):
        """An address typed by a machine may bring no text at all; that empties no story."""
        return self.cleaned_data["body"] if "body" in self.data else self.instance.body

    def clean_title(self):
        if "title" not in self.data:
            return self.instance.title
        return " ".join(self.cleaned_data["title"].split())


class AboutForm(KindForm, forms.ModelForm):
    all_optional = True
    losses = SeveralField(
        label=_("What happened"),
        choices=vocabulary.with_hints(vocabulary.Loss, vocabulary.LOSS_HINTS),
        help_text=_("As many as fit. They help somebody like you to find it."),
    )
    own_loss = WordsField(
        label=_("What you call it"),
        required=False,
        max_length=60,
        help_text=_(
            "Such as “my miscarriage”. It stands on the page in place of our words, which stay for "
            "finding it."
        ),
    )
    baby = WordsField(
        label=_("Your baby’s name, or what you call them"),
        required=False,
        max_length=40,
        help_text=_(
            "Stands over the letters and beside the story. A name can tell people who know you "
            "who is writing."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=_("Who is writing"),
        choices=vocabulary.Role,
        required=False,
        widget=forms.RadioSelect,
    )
    themes = SeveralField(label=_("What it is about"), choices=vocabulary.Theme)
    language = forms.ChoiceField(
        label=_("The language you wrote it in"), choices=vocabulary.LANGUAGES
    )
    circumstances = SeveralField(label=_("If you’d like to say"), choices=vocabulary.Circumstance)

    class Meta:
        model = Story
        fields = ["losses", "own_loss", "baby", "role", "themes", "language", "circumstances"]

    def clean_own_loss(self):
        return one_line(self.cleaned_data["own_loss"])

    def clean_baby(self):
        return one_line(self.cleaned_data["baby"])


class NotesForm(KindForm, forms.ModelForm):
    all_optional = True
    notes = SeveralField(
        label=_("This story describes"),
        choices=vocabulary.Note,
        help_text=_(
            "Facts, so that a reader can choose. Nobody is asked to leave anything out. "
            "The last four keep a story folded until its reader opens it."
        ),
    )
    own_note = WordsField(
        label=_("Anything else, in your words"),
        required=False,
        max_length=80,
        help_text=_("A few words that could follow “This story describes”."),
    )
    asks_first = forms.BooleanField(
        label=_("Keep it folded until a reader opens it"),
        required=False,
        help_text=_("You can ask for this for any reason."),
    )

    class Meta:
        model = Story
        fields = ["notes", "own_note", "asks_first"]


class NameForm(KindForm, forms.ModelForm):
    byline = forms.ChoiceField(
        label=_("The name it goes under"),
        choices=Byline,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a name to write under, or none.")},
    )
    other_name = WordsField(
        label=_("The other name"),
        required=False,
        max_length=40,
        help_text=_("A first name or a made-up one. Not your full name."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    class Meta:
        model = Story
        fields = ["byline", "other_name"]

    columns = ["byline", "other_name", "unnamed_since"]

    def clean_other_name(self):
        """As careful as with a pen name: it stands in the same place on the page."""
        name = pen_names.tidied(self.cleaned_data["other_name"])
        if name:
            pen_names.check(name)
            alike = Member.objects.filter(pen_name_key=pen_names.skeleton(name))
            if alike.exclude(pk=self.instance.author_id).exists():
                raise forms.ValidationError(pen_names.TAKEN)
        return name

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("byline") == Byline.NO_NAME:
            self.instance.unnamed_since = timezone.now()
        unnamed = "other_name" not in self.errors and not cleaned["other_name"]
        if cleaned.get("byline") == Byline.OTHER_NAME and unnamed:
            self.add_error("other_name", _("Write the name this story goes under."))
        return cleaned


class LettersForm(KindForm, forms.ModelForm):
    all_optional = True
    wants_letters = forms.TypedChoiceField(
        label=_("Would you be glad to receive letters about it?"),
        choices=[("yes", _("Yes, letters are welcome")), ("no", _("No, not for now"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        help_text=_(
            "People who read it could write to you. A moderator would read each letter before "
            "you do. When they reach you is kept in My space, under Letters."
        ),
    )

    class Meta:
        model = Story
        fields = ["wants_letters"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.initial["wants_letters"] = {True: "yes", False: "no"}.get(self.instance.wants_letters)


class ListForm(forms.Form):
    """What a reader chose to read.  What makes no sense is left aside, not complained about."""

    loss = forms.ChoiceField(
        label=_("What happened"),
        required=False,
        choices=[("", _("Any kind of loss")), *vocabulary.Loss.choices],
    )
    role = forms.ChoiceField(
        label=_("Who is writing"),
        required=False,
        choices=[("", _("Anyone")), *vocabulary.Role.choices[:-1]],
    )
    theme = forms.ChoiceField(
        label=_("What it is about"),
        required=False,
        choices=[("", _("Anything")), *vocabulary.Theme.choices],
    )
    lang = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("Any language")), *vocabulary.LANGUAGES],
    )
    out = SeveralField(label=_("Leave out stories that mention"), choices=vocabulary.LEAVE_OUT)

    def selects(self):
        """Each field with its choice, if that is one of its own."""
        chosen = self.chosen()
        return [(self[name], chosen.get(name, "")) for name in ("loss", "role", "theme", "lang")]

    def losses_in_order(self):
        return vocabulary.Loss.choices[:-1]

    def in_words(self):
        """One sentence that says what is shown."""
        chosen = self.chosen()

        def label(name):
            return dict(self.fields[name].choices)[chosen.get(name, "")]

        sentence = gettext("Showing: %(loss)s. By: %(role)s. About: %(theme)s.") % {
            "loss": label("loss"),
            "role": label("role"),
            "theme": label("theme"),
        }
        if not chosen:
            return gettext("Showing every kind of loss, by anyone, most recent first.")
        if chosen.get("lang"):
            sentence += " " + gettext("In %(language)s.") % {"language": label("lang")}
        if chosen.get("out"):
            sentence += " " + gettext("Some stories are left out, as you asked.")
        return sentence

    def chosen(self):
        """The choices that make sense, by name."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrow(self, stories):
        chosen = self.chosen()
        for facet in ("loss", "role", "theme", "lang"):
            if facet in chosen:
                stories = stories.labelled(facet, chosen[facet])
        left_out = [note for key in chosen.get("out", []) for note in vocabulary.LEFT_OUT[key]]
        if "asking" in chosen.get("out", []):
            stories = stories.gentle()
        return stories.not_labelled("note", left_out) if left_out else stories
