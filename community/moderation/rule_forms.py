"""Choosing the guideline that a decision rests on, and beginning a letter with its text."""

from django import forms
from django.utils.translation import gettext_lazy as _

from community.forms import WordsField
from community.moderation.rules import Rule
from community.moderation.wording import prefilled

CHOOSE_ONE = _("Choose the sentence of the guidelines that it rests on.")


def rule_field():
    return forms.ChoiceField(
        label=_("Which of the seven sentences is it about?"),
        choices=[("", _("None chosen yet")), *Rule.choices],
        required=False,
        error_messages={"invalid_choice": CHOOSE_ONE},
    )


def passage_field():
    return WordsField(
        label=_("The words it is about, if there are some (optional)"),
        required=False,
        max_length=1000,
        error_messages={"max_length": _("Make this shorter: %(limit_value)d characters fit.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def as_typed(form):
    """What somebody had typed, to begin another form with; nobody has been asked about it yet."""
    return {
        field.name: field.value()
        for field in form
        if not field.field.widget.value_omitted_from_data(form.data, form.files, field.html_name)
    }


def begun(form):
    """The names of the fields in which somebody had begun to write or to choose."""
    return {*as_typed(form)} & {*form.changed_data}


def with_the_text(typed, action, *, rule, message, moderator, language=""):
    """``typed``, with the text for the chosen guideline in the box.

    ``rule`` and ``message`` name the fields.  Where none is chosen all is left as it was.
    """
    if typed.get(rule) not in Rule.values:
        return typed
    return typed | {message: prefilled(action, moderator, typed[rule], language)}
