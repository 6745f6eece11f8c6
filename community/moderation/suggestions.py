"""Changes that a moderator proposes: of one passage each, with the reason.

A moderator never edits.  The author sees each passage where it stands, and accepts all, writes it
another way, or keeps it.
"""

from itertools import pairwise

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from community.moderation import quoting
from community.moderation.cases import Case
from community.moderation.log import Decision, Version
from community.moderation.marks import Mark
from community.moderation.moves import TransitionNotAllowed
from community.moderation.states import Action, State

AT_ONCE = 5


class Suggestion(models.Model):
    """To leave out ``passage``, which begins at ``start`` of a field, or to say ``instead``.

    It goes with its version, and so with the contribution.
    """

    version = models.ForeignKey(Version, models.CASCADE, related_name="suggestions")
    decision = models.ForeignKey(
        Decision, models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    field = models.CharField(max_length=40)
    start = models.PositiveIntegerField()
    passage = models.TextField()
    why = models.TextField(max_length=1000)
    instead = models.TextField(max_length=1000, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.version_id} · {self.field} {self.start}"

    @property
    def end(self):
        return self.start + len(self.passage)

    @property
    def text(self):
        return self.version.words[self.field]

    def around(self):
        """(start, end) of the paragraphs that the passage touches."""
        touched = [
            (start, end)
            for start, end in quoting.paragraphs(self.text)
            if start < self.end and self.start < end
        ]
        return (touched[0][0], touched[-1][1]) if touched else (self.start, self.end)

    def in_place(self):
        """Those paragraphs as they stand."""
        start, end = self.around()
        return self.text[start:end]

    def marks(self):
        """The passage in them."""
        start, _end = self.around()
        label, anchor = str(_("the passage")), f"passage-{self.pk}"
        return [Mark(self.start - start, self.end - start, label, anchor)]

    def afterwards(self):
        """Those paragraphs as they would read."""
        start, end = self.around()
        return quoting.replaced(
            self.text[start:end], self.start - start, self.end - start, self.instead
        )


def overlap(places):
    """Whether two of these (field, start, end) have a character in common."""
    ordered = sorted(places)
    return any(
        one[0] == next_one[0] and next_one[1] < one[2] for one, next_one in pairwise(ordered)
    )


def changed(fields, changes):
    """{field: text} of the fields that ``changes``, (field, start, end, instead), touch."""
    texts = {}
    for name, start, end, instead in sorted(changes, reverse=True):  # what stands before stays put
        texts[name] = quoting.replaced(texts.get(name, fields[name]), start, end, instead)
    return texts


class Suggesting:
    """Mix into a contribution: what becomes of the changes a moderator proposes."""

    @transaction.atomic
    def suggest(self, *, by, version, changes, **said):
        """Ask the author about ``changes``: field, start, passage, why and instead of each."""
        if not changes:
            raise ValidationError(_("Mark the passage this is about."))
        decision = self._apply(Action.SUGGEST, by=by, version=version, **said)
        Suggestion.objects.bulk_create(
            Suggestion(version=version, decision=decision, **change) for change in changes
        )
        return decision

    def suggestions(self):
        """Those its author has not answered yet."""
        if self.state != State.SUGGESTED:
            return []
        asked = Decision.objects.about(self).filter(action=Action.SUGGEST).first()
        return list(self.sent.suggestions.filter(decision=asked).select_related("version"))

    def accept_changes(self):
        """Publish the words a moderator read, with the changes they proposed."""
        suggestions = self.suggestions()
        asked = [(each.field, each.start, each.end, each.instead) for each in suggestions]
        own = changed(self.prose(), [self._where_it_stands_now(each) for each in suggestions])
        sent = self.sent.words | changed(self.sent.words, asked)
        version = self._new_version(sent, made_at=self.sent.made_at)
        decision = self._apply(Action.ACCEPT, by=self.author, version=self.sent, sent=version)
        self.save(update_fields=self.rewrite(own))
        return decision

    def _where_it_stands_now(self, suggestion):
        """In the author's own copy, which they may have changed since; at one place, or not."""
        name, passage = suggestion.field, suggestion.passage
        text = getattr(self, name)
        if text == suggestion.text:
            return name, suggestion.start, suggestion.end, suggestion.instead
        if text.count(passage) != 1:
            raise TransitionNotAllowed(
                _("You have changed those words since, so nothing was done. Send yours to be read.")
            )
        start = text.index(passage)
        return name, start, start + len(passage), suggestion.instead

    @transaction.atomic
    def stand_by(self, *, why=""):
        """Keep the words as they are; they go back in line, with what the author has to say."""
        self.lock()
        if self.allows(Action.STAND_BY):
            Case.objects.put_in_line(self.at(self.sent), self.sent)
            if why:
                self._say(why, by=self.author, from_author=True)
        return self._apply(Action.STAND_BY, by=self.author)
