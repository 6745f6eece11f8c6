"""Why somebody thinks that we should think again, and what they are answered."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from community.forms import KindForm, WordsField
from community.moderation.appeal_words import answer_to_appeal
from community.moderation.reason_texts import OF_MEMBERS
from community.moderation.rule_forms import CHOOSE_ONE, begun, passage_field, rule_field
from community.moderation.sanctions import end_after
from community.moderation.states import Action
from community.moderation.wording import is_unfinished

WHERE_THE_DOTS_ARE = _("Write your own words where the dots are.")
TOO_LONG = {"max_length": _("Make this shorter: %(limit_value)d characters fit.")}


class AskForm(KindForm, forms.Form):
    words = WordsField(
        label=_("Why should we think again?"),
        max_length=4000,
        error_messages={"required": _("Write a sentence or two. A few words are enough.")},
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Say what we missed, or got wrong. You don’t have to be polite about it."),
    )


class AppealForm(forms.Form):
    """The answer is the pressed button's own; ``letter`` is for the author of what comes down
    because somebody else asked.
    """

    rule = rule_field()
    passage = passage_field()
    letter = WordsField(
        label=_("What you’ll say to its author"),
        required=False,
        max_length=4000,
        error_messages=TOO_LONG,
        widget=forms.Textarea(attrs={"rows": 9}),
    )

    days = forms.IntegerField(
        label=_("How many days from today"), required=False, min_value=1, max_value=400
    )

    def __init__(self, *args, actions, first, moderator, does, waits=False, opened="", **kwargs):
        super().__init__(*args, **kwargs)
        self.known = {"actions": actions, "first": first, "moderator": moderator, "does": does}
        self.known["waits"] = waits
        self.actions, self.waits = actions, waits
        self.opened = opened
        self.fields["rule"].initial = first.rule
        # Somebody told us about it, and it would come down.
        self.can_be_shorter = first.action in OF_MEMBERS and Action.CHANGE in actions
        if not self.can_be_shorter:
            del self.fields["days"]
        self.takes_down = first.action == Action.KEEP and does
        self.is_theirs = first.action != Action.KEEP
        if not self.takes_down:
            del self.fields["letter"]
        for action in actions:
            self.fields[f"message_{action.value}"] = WordsField(
                label=_("Your answer, with your reasons"),
                required=False,
                max_length=4000,
                error_messages=TOO_LONG,
                initial=answer_to_appeal(action, first, moderator, does=does, waits=waits),
                widget=forms.Textarea(attrs={"rows": 9}),
            )

    def outcomes(self):
        """Each with its own answer."""
        return [(action, self[f"message_{action.value}"]) for action in self.actions]

    def begun(self):
        """The action somebody had begun to answer with, or ""."""
        names = begun(self)
        return next((a.value for a in self.actions if f"message_{a.value}" in names), "")

    @property
    def action(self):
        """What the pressed button asks for, or None."""
        pressed = self.data.get("outcome")
        return next((action for action in self.actions if action.value == pressed), None)

    def said(self):
        cleaned = self.cleaned_data
        days = cleaned.get("days") if self.action == Action.CHANGE else None
        return {
            "ends_at": end_after(days) if days else None,
            "message": cleaned[f"message_{self.action.value}"].strip(),
            "rule": cleaned["rule"],
            "passage": cleaned["passage"].strip(),
            "letter": cleaned.get("letter", "").strip(),
        }

    def clean(self):
        cleaned = super().clean()
        if self.action is None:
            raise ValidationError(_("Choose what should happen with it."))
        self._must_be_written(f"message_{self.action.value}")
        is_shorter = self.can_be_shorter and self.action == Action.CHANGE
        if is_shorter and not cleaned.get("days") and "days" not in self.errors:
            self.add_error("days", _("Write how many days from today it goes on."))
        comes_down = self.takes_down and self.action != Action.UPHOLD
        if comes_down:
            self._must_be_written("letter")
        if (comes_down or self.stays_against_its_author()) and not cleaned.get("rule"):
            self.add_error("rule", CHOOSE_ONE)
        return cleaned

    def stays_against_its_author(self):
        return self.is_theirs and self.action in (Action.UPHOLD, Action.CHANGE, Action.COVER)

    def _must_be_written(self, field):
        text = self.cleaned_data.get(field, "")
        if field not in self.errors and (not text.strip() or is_unfinished(text)):
            self.add_error(field, WHERE_THE_DOTS_ARE)
