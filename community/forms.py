"""How forms speak.  How they look is in templates/django/forms/."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

# Nobody types these: they come along with pasted text, and no database keeps them all.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class WordsField(forms.CharField):
    """Text as typed: line ends made one kind, and what cannot be seen or kept left out.

    A browser that knows the limit cuts what is pasted, and says nothing: it is told of none.
    """

    def widget_attrs(self, widget):
        return {}

    def to_python(self, value):
        value = UNSEEN.sub("", value) if isinstance(value, str) else value
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


class KindForm:
    """Mix into a form: where Django says what was wrong, say what to do instead.

    Words that the form or the field brought itself are left alone.  A form in which nothing has
    to be answered sets ``all_optional``, so that “(optional)” does not stand on every line.
    """

    all_optional = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            for code, words in _words_for(field).items():
                if field.error_messages.get(code) is _djangos(field, code):
                    field.error_messages[code] = words


def _words_for(field):
    unknown = _("Choose one of those on the page.")
    words = {
        "required": _("Write something here."),
        "max_length": _("Make this shorter: %(limit_value)d characters fit."),
        "null_characters_not_allowed": _(
            "There is a character here that can’t be kept. Type it again."
        ),
        "invalid_choice": unknown,
        "invalid_pk_value": unknown,
    }
    if isinstance(field, (forms.ChoiceField, forms.ModelChoiceField)):
        words["required"] = _("Choose one of these.")
    if isinstance(field, forms.EmailField):
        words["required"] = _("Write your email address.")
        words["invalid"] = _("Write a whole email address, like name@example.org.")
    return words


def _djangos(field, code):
    """The words that ``field`` came with for ``code``, or None."""
    for kind in type(field).__mro__:
        messages = vars(kind).get("default_error_messages", {})
        if code in messages:
            return messages[code]
    return None
