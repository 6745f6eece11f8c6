"""What somebody types into a letter, and when letters may come to them."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.forms import KindForm, WordsField
from community.moderation.reach import links, ways_to_reach
from stories import vocabulary
from stories.forms import RevisionField, SeveralField
from stories.letterbox import Letterbox
from stories.letters import LONGEST, Letter
from stories.vocabulary import Signature

# What is asked of a letter for anyone, and of no other.
BEFOREHAND = ("notes", "own_note", "asks_first")


class LetterForm(KindForm, forms.ModelForm):
    """Keeps whatever fits; ``look_before_sending`` says what has to change before it can go."""

    body = WordsField(
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("You don’t need to fix anything. Say what stayed with you."),
        error_messages={
            "max_length": _(
                "A letter has room for %(limit_value)d characters. All of yours is below: "
                "make it shorter, then send it."
            )
        },
    )
    may_be_shown = forms.TypedChoiceField(
        label=_("Who can read it"),
        choices=[("no", ""), ("yes", "")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    signed = forms.ChoiceField(label=_("How it is signed"), widget=forms.RadioSelect)
    notes = SeveralField(
        label=_("This letter describes"),
        choices=vocabulary.Note,
        help_text=_(
            "Facts, so that a reader can choose. Most letters need none. "
            "The last four keep a letter folded until its reader opens it."
        ),
    )
    own_note = WordsField(
        label=_("Anything else, in your words"),
        required=False,
        max_length=80,
        help_text=_("A few words that could follow “This letter describes”."),
    )
    asks_first = forms.BooleanField(
        label=_("Keep it folded until a reader opens it"),
        required=False,
        help_text=_("You can ask for this for any reason."),
    )
    language = forms.ChoiceField(
        label=_("The language you wrote it in"), choices=vocabulary.LANGUAGES
    )
    answer = WordsField(
        label=_("Anything you’d like to tell the moderator"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only moderators read this."),
    )
    revision = RevisionField()
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    class Meta:
        model = Letter
        fields = ["body", "may_be_shown", "signed", *BEFOREHAND, "language"]

    def __init__(self, *args, has_been_asked=False, **options):
        super().__init__(*args, **options)
        letter = self.instance
        self.fields["body"].label = self.title()
        self.initial["may_be_shown"] = "yes" if letter.may_be_shown else "no"
        self.fields["may_be_shown"].choices = self.audiences()
        pen_name = gettext("%(name)s, my pen name") % {"name": letter.author.pen_name}
        no_name = Signature.NO_NAME
        self.fields["signed"].choices = [
            (Signature.PEN_NAME.value, pen_name),
            (no_name.value, no_name.label),
        ]
        for name in self.not_asked(letter, has_been_asked):
            del self.fields[name]

    @staticmethod
    def not_asked(letter, has_been_asked):
        """An answer is private, and signed as the letters before it."""
        if letter.answers_id:
            yield from ("may_be_shown", "signed")
        elif letter.is_for_anyone:
            yield "may_be_shown"
        if not letter.is_for_anyone:
            yield from BEFOREHAND
        if not has_been_asked:
            yield "answer"

    def title(self):
        name = self.instance.name_of_reader
        if self.instance.is_for_anyone:
            return gettext("A letter for anyone")
        return gettext("Your letter to %(name)s") % {"name": name} if name else _("Your letter")

    def audiences(self):
        if name := self.instance.name_of_reader:
            only = gettext("Only %(name)s") % {"name": name}
            shown = gettext("%(name)s can show it under the story") % {"name": name}
        else:
            only = gettext("Only the person who wrote the story")
            shown = gettext("They can show it under the story")
        return [("no", only), ("yes", shown)]

    def clean_body(self):
        """An address typed by a machine may bring no text at all; that empties no letter."""
        return self.cleaned_data["body"] if "body" in self.data else self.instance.body

    def look_before_sending(self):
        """What has to change before it goes: kinds of things only, never which words."""
        if not self.instance.body.strip():
            self.add_error("body", _("Write something, however short. Two lines is a letter."))
        for field, text in self.instance.prose().items():
            self._look_for_ways_out(field, text)
        return self.is_valid()

    def _look_for_ways_out(self, field, text):
        if any(links(text)):
            self.add_error(
                field,
                _(
                    "Leave out the address of a web page, then send it again. "
                    "Letters carry none, so that nobody is led anywhere."
                ),
            )
        if any(ways_to_reach(text)):
            self.add_error(
                field,
                _(
                    "Leave out how to reach somebody (an email address, a telephone number, a "
                    "name on another site), then send it again. It keeps you both safe."
                ),
            )


class LetterboxForm(KindForm, forms.ModelForm):
    when = forms.ChoiceField(
        label=_("When letters reach me"),
        choices=Letterbox.When,
        widget=forms.RadioSelect,
        help_text=_("Whatever you choose, a moderator has read each letter before you do."),
    )

    class Meta:
        model = Letterbox
        fields = ["when"]
