"""What a moderator says with a decision."""

from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from community.forms import WordsField
from community.moderation.quoting import stands
from community.moderation.rule_forms import (
    CHOOSE_ONE,
    as_typed,
    begun,
    passage_field,
    rule_field,
    with_the_text,
)
from community.moderation.states import MOVES, Action
from community.moderation.wording import is_unfinished, prefilled

COPY_IT = _("Copy the passage from the text as it stands there, or leave this empty.")
LOOKED_FOR = [
    ("names", _("Anything that shows who someone is, without their say")),
    ("harm", _("Any description of a way to die or to hurt oneself")),
    ("notes", _("Notes before reading: do they fit what is here?")),
]


# A question may be about one of the sentences, too.
ABOUT_A_RULE = frozenset(
    {Action.DECLINE, Action.REMOVE, Action.COVER, Action.RETURN, Action.SUGGEST}
)


class Outcome(NamedTuple):
    """What can be pressed, with its own fields."""

    action: Action
    message: forms.BoundField
    rule: forms.BoundField | None
    passage: forms.BoundField | None


class DecisionForm(forms.Form):
    """The message is the pressed button's own; the others are left as they were."""

    looked_for = forms.MultipleChoiceField(
        label=_("Have you looked for these?"),
        choices=LOOKED_FOR,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    note = WordsField(
        label=_("For the second moderator, if it takes two"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, *args, actions, moderator, two=frozenset(), opened="", language="", **kwargs
    ):
        super().__init__(*args, **kwargs)
        self.known = {"actions": actions, "moderator": moderator, "two": two}
        self.known["language"] = language
        self.opened = opened
        self.actions = actions
        self.two = two
        if not two:
            del self.fields["note"]
        for action in actions:
            self.fields[f"message_{action.value}"] = WordsField(
                label=_("What you’ll say to them"),
                required=False,
                max_length=4000,
                error_messages={
                    "max_length": _("Make this shorter: %(limit_value)d characters fit."),
                },
                initial=prefilled(action, moderator, language=language),
                widget=forms.Textarea(attrs={"rows": 9}),
            )
            if action in ABOUT_A_RULE:
                self.fields[f"rule_{action.value}"] = rule_field()
            if action in ABOUT_A_RULE - {Action.SUGGEST}:  # which marks its own passages
                self.fields[f"passage_{action.value}"] = passage_field()

    def outcomes(self):
        names = ("message", "rule", "passage")
        for action in self.actions:
            fields = [f"{name}_{action.value}" for name in names]
            yield Outcome(action, *(self[f] if f in self.fields else None for f in fields))

    def with_the_text(self, action):
        """What was typed, with the text for the guideline chosen beside ``action``."""
        names = {"rule": f"rule_{action}", "message": f"message_{action}"}
        known = {name: self.known[name] for name in ("moderator", "language")}
        return with_the_text(as_typed(self), action, **names, **known)

    def begun(self):
        """The action somebody had begun to write for, or ""."""
        names = begun(self)
        fields = {action: {f"{n}_{action}" for n in Outcome._fields[1:]} for action in self.actions}
        return next((action.value for action in self.actions if fields[action] & names), "")

    @property
    def action(self):
        """What the pressed button asks for, or None."""
        pressed = self.data.get("outcome")
        return next((action for action in self.actions if action.value == pressed), None)

    def said(self):
        """What goes with the decision."""
        mine = {name: f"{name}_{self.action.value}" for name in ("message", "rule", "passage")}
        return {name: self.cleaned_data.get(field, "").strip() for name, field in mine.items()}

    def quotes(self, contribution):
        """Whether the passage stands in words that its author sent; asks for it again if not."""
        known = filter(None, [contribution.sent, contribution.shown])
        passage = self.said()["passage"]
        if any(stands(passage, contribution.at(words).prose()) for words in known):
            return True
        self.add_error(f"passage_{self.action.value}", COPY_IT)
        return False

    def clean(self):
        cleaned = super().clean()
        if self.action is None:
            raise ValidationError(_("Choose what should happen with it."))
        field = f"message_{self.action.value}"
        message = cleaned.get(field, "")
        if MOVES[self.action].needs_words and (not message.strip() or is_unfinished(message)):
            self.add_error(field, _("Write your own words where the dots are."))
        if MOVES[self.action].needs_rule and not cleaned.get(f"rule_{self.action.value}"):
            self.add_error(f"rule_{self.action.value}", CHOOSE_ONE)
        publishes = self.action in (Action.PUBLISH, Action.OFFER)
        if publishes and len({*cleaned.get("looked_for", [])}) < len(LOOKED_FOR):
            self.add_error("looked_for", _("Tick each of these once you have looked."))
        return cleaned
