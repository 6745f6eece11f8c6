"""What stands before a story or a letter for anyone, and whether it is folded for its reader."""

from django.db import models
from django.utils.html import conditional_escape, escape
from django.utils.safestring import mark_safe
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.comfort import ASK, OUT, SHOW, Comfort
from community.moderation.marks import line_as_html
from stories import vocabulary
from stories.labels import Facet


class Beforehand(models.Model):
    """Mix into what is ``Moderated``; these three are among its words."""

    notes = models.JSONField(_("this story describes"), default=list, blank=True)
    own_note = models.CharField(_("in your own words"), max_length=80, blank=True)
    asks_first = models.BooleanField(_("ask readers first"), default=False)

    photo_notes = ()  # what photographs put there besides, where there are any
    is_opened = False  # its reader asked for something in it
    photos_to_show = ()  # in its text, with their pictures; put there by a view as well
    comfort = Comfort()  # what whoever reads it wishes; put there by a view, as ``marks`` are

    class Meta:
        abstract = True

    def mentions(self):
        """What stands before it: each completes "This story describes …"."""
        marks = self.marks.get("own_note")
        own = line_as_html(self.own_note, marks) if marks else self.own_note
        notes = vocabulary.labels(vocabulary.Note, self.notes)
        notes += vocabulary.labels(vocabulary.PhotoNote, self.photo_notes)
        return notes + ([own] if own else [])

    def all_notes(self):
        return [*self.notes, *self.photo_notes]

    def described(self):
        """The same, as one phrase: "birth, surgery and a diagnosis"."""
        return one_phrase(self.mentions())

    def must_ask(self):
        """Whether it stays folded for a reader who wished nothing else."""
        return self.asks_first or bool(vocabulary.ASKS_FIRST.intersection(self.all_notes()))

    def asks(self):
        """Whether it stays folded until this reader opens it."""
        if self.asks_first and self.comfort.wish(Facet.ASKS) != SHOW:
            return True
        usual = {note: ASK for note in vocabulary.ASKS_FIRST}
        wishes = (self.comfort.wish(note) or usual.get(note) for note in self.all_notes())
        return any(wish in (OUT, ASK) for wish in wishes)

    def is_folded(self):
        return self.asks() or self.covered_at is not None

    def is_left_out(self):
        """Whether this reader asked not to find it: what ``labels.left_out`` asks the database."""
        notes = self.comfort.out.intersection(self.all_notes())
        always_asks = vocabulary.ASKS_FIRST.intersection(self.all_notes())
        own_reason = self.asks_first and not always_asks
        return bool(notes) or (own_reason and Facet.ASKS in self.comfort.out)

    def left_out_for(self):
        """What of it this reader asked to leave out, as one phrase."""
        notes = self.comfort.out.intersection(self.all_notes())
        known = (vocabulary.Note, vocabulary.PhotoNote)
        return one_phrase([label for each in known for label in vocabulary.labels(each, notes)])

    def flags(self):
        asks = [gettext("Asks readers first")] if self.must_ask() else []
        return super().flags() + asks

    def noted_as(self):
        """The slugs under which a reader’s wishes find it."""
        return self.all_notes() + ([Facet.ASKS] if self.must_ask() else [])

    def offered_words(self):
        """How that phrase would read with the note a moderator offers."""
        return self.at(self.sent).described()

    def take_up(self, proposed):
        """Add the offered note to the author's own copy, whatever they have changed there since."""
        chosen = {*self.notes, *proposed.get("notes", [])}
        self.notes = [note.value for note in vocabulary.Note if note.value in chosen]
        self.own_note = self.own_note or proposed.get("own_note", "")
        return ["notes", "own_note"]

    def speaks_of_not_living(self):
        return vocabulary.Note.NOT_LIVING in self.notes


def one_phrase(things):
    return mark_safe(
        get_text_list([conditional_escape(each) for each in things], escape(gettext("and")))
    )
