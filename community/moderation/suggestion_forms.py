"""Marking the passages a change is proposed for.  Their words stay as they are."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from community.forms import KindForm, WordsField
from community.moderation import quoting
from community.moderation.suggestions import AT_ONCE, changed, overlap

TOO_LONG = {"max_length": _("Make this shorter: %(limit_value)d characters fit.")}
ROWS = range(1, AT_ONCE + 1)
PASSAGE, WHY, INSTEAD = "passage", "why", "instead"


class SuggestionForm(KindForm, forms.Form):
    """Up to five passages, copied from the text or ticked as whole paragraphs."""

    all_optional = True

    paragraphs = forms.MultipleChoiceField(
        label=_("Whole paragraphs"), required=False, widget=forms.CheckboxSelectMultiple
    )
    why_paragraphs = WordsField(
        label=_("Why these, in a sentence or two"),
        required=False,
        max_length=1000,
        error_messages=TOO_LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, contribution, **kwargs):
        super().__init__(*args, **kwargs)
        self.contribution, self.fields_of_it = contribution, contribution.prose()
        for row in ROWS:
            for name, label, longest, lines in _asked():
                self.fields[f"{name}_{row}"] = WordsField(
                    label=label,
                    required=False,
                    max_length=longest,
                    error_messages=TOO_LONG,
                    widget=forms.Textarea(attrs={"rows": lines}),
                )
        self.whole = dict(self._whole_paragraphs())
        self.fields["paragraphs"].choices = [
            (key, f"{number}. {Truncator(passage).chars(90)}")
            for number, (key, (_name, _start, _end, passage)) in enumerate(self.whole.items(), 1)
        ]

    def _whole_paragraphs(self):
        for name, text in self.fields_of_it.items():
            if isinstance(self.contribution._meta.get_field(name), models.TextField):
                for start, end in quoting.paragraphs(text):
                    yield f"{name}-{start}", (name, start, end, text[start:end])

    def rows(self):
        """Each with its three questions, and whether anything was written there."""
        for row in ROWS:
            asked = [self[f"{name}_{row}"] for name in (PASSAGE, WHY, INSTEAD)]
            yield row, asked, any(field.value() for field in asked)

    def clean(self):
        cleaned = super().clean()
        self.found = [*self._copied(cleaned), *self._ticked(cleaned)]
        if self.errors:
            return cleaned
        if not self.found:
            raise ValidationError(_("Copy the passage this is about, or tick a paragraph."))
        if len(self.found) > AT_ONCE:
            raise ValidationError(_("Five at a time is enough. Leave the others for later."))
        if overlap([place for place, _said in self.found]):
            raise ValidationError(_("Two of these passages share words. Make them one."))
        self._check_what_is_left()
        return cleaned

    def _copied(self, cleaned):
        for row in ROWS:
            passage, why, instead = (
                cleaned.get(f"{name}_{row}", "").strip() for name in (PASSAGE, WHY, INSTEAD)
            )
            if not (passage or why or instead):
                continue
            if not why:
                self.add_error(f"{WHY}_{row}", _("Say why, so that the author can decide."))
            try:
                place = quoting.find(passage, self.fields_of_it)
            except quoting.FoundTwice:
                words = _(
                    "These words stand in more than one place. Copy a little more of what is "
                    "around them, so that it is clear which you mean."
                )
                self.add_error(f"{PASSAGE}_{row}", words)
            except quoting.NotFound:
                words = _("Copy the passage from the text, just as it stands there.")
                self.add_error(f"{PASSAGE}_{row}", words)
            else:
                yield place, (why, instead)

    def _ticked(self, cleaned):
        ticked, why = cleaned.get("paragraphs", []), cleaned.get("why_paragraphs", "").strip()
        if ticked and not why:
            self.add_error("why_paragraphs", _("Say why, so that the author can decide."))
        if why and not ticked:
            self.add_error("paragraphs", _("Tick the paragraph this is about."))
        for key in ticked:
            yield self.whole[key][:3], (why, "")

    def _check_what_is_left(self):
        asked = [(*place, instead) for place, (_why, instead) in self.found]
        for name, text in changed(self.fields_of_it, asked).items():
            room = self.contribution._meta.get_field(name).max_length
            if not text.strip():
                raise ValidationError(
                    _("Nothing would be left. Say what could stand there, or ask the author.")
                )
            if room and len(text) > room:
                raise ValidationError(_("That would be too long for its place. Make it shorter."))

    def asked(self):
        """As ``Suggesting.suggest`` takes it."""
        changes = [
            {
                "field": name,
                "start": start,
                "passage": self.fields_of_it[name][start:end],
                "why": why,
                "instead": instead,
            }
            for (name, start, end), (why, instead) in self.found
        ]
        return {"changes": changes}


def as_rows(changes):
    """What the form begins with that asks for these ``changes`` again."""
    return {
        f"{name}_{row}": change[name]
        for row, change in enumerate(changes, 1)
        for name in (PASSAGE, WHY, INSTEAD)
    }


def _asked():
    """(name, label, longest, lines) of what is asked about a passage."""
    return [
        (PASSAGE, _("The passage, copied from the text"), 4000, 3),
        (WHY, _("Why"), 1000, 3),
        (INSTEAD, _("What could stand there instead; left empty, it is left out"), 1000, 2),
    ]
