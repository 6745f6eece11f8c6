"""What somebody tells a moderator."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from community.forms import UNSEEN, KindForm, WordsField
from community.moderation.reasons import Reason
from community.moderation.reports import Notice
from community.moderation.rule_forms import CHOOSE_ONE, begun, passage_field, rule_field
from community.moderation.states import Action
from community.moderation.wording import is_unfinished

LONGEST = 4000
TOO_LONG = {"max_length": _("Make this shorter: %(limit_value)d characters fit.")}


class AddressField(forms.EmailField):
    def to_python(self, value):
        value = UNSEEN.sub("", value) if isinstance(value, str) else value
        return super().to_python(value)

    def widget_attrs(self, widget):
        return {"autocomplete": "email"}


class ReportForm(KindForm, forms.Form):
    """``page`` is ours: which page they saw, signed (``views.Opened``)."""

    reason = forms.ChoiceField(
        label=_("What would you like to tell us?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what comes closest.")},
    )
    words = WordsField(
        label=_("In your own words"),
        required=False,
        max_length=LONGEST,
        error_messages=TOO_LONG,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("You can leave this empty. Moderators read it; nobody else does."),
    )
    email = AddressField(
        label=_("Your email address"),
        required=False,
        max_length=254,
        help_text=_(
            "If you’d like a note once a moderator has looked. The note has a private link in it "
            "and says nothing else. Moderators don’t see the address, and we delete it then."
        ),
    )
    page = WordsField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, reasons, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(reason.value, reason.label) for reason in reasons]

    def is_legal_notice(self):
        return self.cleaned_data["reason"] == Reason.ILLEGAL

    def told(self):
        return {name: self.cleaned_data[name] for name in ("reason", "words", "email")}


class NoticeForm(KindForm, forms.ModelForm):
    """What Article 16 of the EU’s Digital Services Act asks of whoever gives notice."""

    all_optional = True  # a name and an address are, and are not: their hints say when

    where = WordsField(
        label=_("Where it is"),
        max_length=500,
        help_text=_("The address of the page. It is filled in; you can say which passage."),
    )
    why = WordsField(
        label=_("Why you think it is against the law"),
        max_length=LONGEST,
        error_messages=TOO_LONG,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Which law, if you know, and in which country."),
    )
    name = WordsField(label=_("Your name"), required=False, max_length=120)
    email = AddressField(
        label=_("Your email address"),
        required=False,
        max_length=254,
        help_text=_(
            "The law asks for a name and an address, so that you can be told what was decided. "
            "The person who wrote it doesn’t learn either."
        ),
    )
    is_about_child_abuse = forms.BooleanField(
        label=_("It shows or describes the sexual abuse of a child"),
        required=False,
        help_text=_("Then you can leave your name and address out."),
    )
    in_good_faith = forms.BooleanField(
        label=_("As far as I know, what I say here is right and complete"),
        error_messages={"required": _("Tick this if it is so. The law asks for it.")},
    )
    page = WordsField(required=False, widget=forms.HiddenInput)
    reason = WordsField(widget=forms.HiddenInput, initial=Reason.ILLEGAL)

    field_order = ["where", "why", "is_about_child_abuse", "name", "email", "in_good_faith"]

    class Meta:
        model = Notice
        fields = ["where", "why", "is_about_child_abuse", "name", "email", "in_good_faith"]

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("is_about_child_abuse"):
            needed = {"name": _("Write your name."), "email": _("Write your email address.")}
            for field, what_to_do in needed.items():
                if not cleaned.get(field) and field not in self.errors:
                    self.add_error(field, what_to_do)
        return cleaned

    def told(self):
        """The report beside the notice; what the law asks for stays with the notice."""
        return {"reason": Reason.ILLEGAL, "words": "", "email": self.cleaned_data["email"]}


class LetterField(WordsField):
    """What the author will read."""

    def __init__(self):
        super().__init__(
            label=_("What you’ll say to them"),
            required=False,
            max_length=LONGEST,
            error_messages=TOO_LONG,
            widget=forms.Textarea(attrs={"rows": 9}),
        )


# What goes with a letter, and how its fields end; no guideline is in the way of what stays.
AFTER = {Action.REMOVE: "", Action.COVER: "_cover", Action.KEEP: "_keep"}


class AnswerForm(forms.Form):
    """What a moderator does about it, and for covering or taking down, what its author reads."""

    message = LetterField()
    message_cover = LetterField()
    message_keep = LetterField()

    rule = rule_field()
    rule_cover = rule_field()
    passage = passage_field()
    passage_cover = passage_field()
    note = WordsField(
        label=_("For the second moderator, if it takes two"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, actions, two=frozenset(), opened="", **kwargs):
        is_covered, is_unsafe = kwargs.pop("is_covered", False), kwargs.pop("is_unsafe", False)
        super().__init__(*args, **kwargs)
        self.known = {"actions": actions, "two": two}
        self.known |= {"is_covered": is_covered, "is_unsafe": is_unsafe}
        self.actions = actions
        self.opened = opened
        self.two = two
        if not two:
            del self.fields["note"]
        # Otherwise its author was never told of anything, and nobody worries about them.
        if not is_covered and not (is_unsafe and Action.KEEP in actions):
            del self.fields["message_keep"]
        # A letter that nobody waits for: as it began, or emptied, it isn’t sent.
        self.may_be_left = {"message_keep"} if is_unsafe and not is_covered else set()

    @property
    def action(self):
        pressed = self.data.get("outcome")
        return next((action for action in self.actions if action.value == pressed), None)

    def begun(self):
        """The action somebody had begun to write for, or ""."""
        names = begun(self)
        for action, after in AFTER.items():
            if names & {f"{name}{after}" for name in ("message", "rule", "passage")}:
                return action.value
        return ""

    def clean(self):
        if self.action is None:
            raise ValidationError(_("Choose what should happen with it."))
        for name in self.mine().values():
            self._must_be_there(name)
        return super().clean()

    def mine(self):
        """The fields of the letter that goes with the pressed button, if one does."""
        if self.action not in AFTER:
            return {}
        fields = {name: name + AFTER[self.action] for name in ("message", "rule", "passage")}
        return {name: field for name, field in fields.items() if field in self.fields}

    def _must_be_there(self, name):
        written = self.cleaned_data.get(name, "").strip()
        if name in self.may_be_left and (not written or name not in self.changed_data):
            return
        if name.startswith("message") and (not written or is_unfinished(written)):
            self.add_error(name, _("Write your own words where the dots are."))
        if name.startswith("rule") and not written:
            self.add_error(name, CHOOSE_ONE)

    def said(self):
        """What its author is told, and which sentence it rests on."""
        said = {name: self.cleaned_data[field].strip() for name, field in self.mine().items()}
        # Only a letter that may be left got here with its dots.
        return said | ({"message": ""} if is_unfinished(said.get("message", "")) else {})
