"""What a moderator reads of a contribution, as it stands now and as it was sent."""

import hashlib
import json
from copy import copy
from types import MappingProxyType

from community.moderation.lookout import look
from community.moderation.marks import BETWEEN, marks_in


class Worded:
    """For a contribution: ``WORDS`` names the fields that are read."""

    WORDS = ()
    # Those of them that are running text, in the order in which they are read.
    PROSE = ()
    # What stands out in them, by field: set on the copy that a moderator reads, and on no other.
    marks = MappingProxyType({})
    language = ""

    def topics(self):
        """What it is about, as slugs: a queue is sorted by them, and may leave some out."""
        return []

    @classmethod
    def topic_choices(cls):
        """All that it may be about: (heading, [(slug, label), …]), in order."""
        return []

    @classmethod
    def language_choices(cls):
        """All that it may be written in: (tag, label)."""
        return []

    def reaches_one(self):
        """Whether it is for one person, so that a yes delivers it and publishes nothing."""
        return False

    def is_for_readers(self):
        """Whether its author means it for readers, once it has been read."""
        return True

    def is_open_to_moderators(self):
        """Whether moderators may read words that do not wait for them."""
        return True

    def names_its_author(self):
        """Whether readers see the pen name.  Where they don’t, a moderator’s look is on record."""
        return True

    def words(self):
        return {name: getattr(self, name) for name in self.WORDS}

    def called(self):
        """What its author calls it, on a page of theirs."""
        return self.words().get("title", "")

    def get_desk_url(self):
        """Where its author finds it, whoever else may read it."""
        return self.get_absolute_url()

    def fingerprint(self):
        """Tells whether the words are those that a page showed."""
        return hashlib.sha256(json.dumps(self.words(), sort_keys=True).encode()).hexdigest()

    def at(self, version):
        """A copy with the words of ``version``, not for saving."""
        twin, words = copy(self), self.words_in(version)
        for name in self.WORDS:
            setattr(twin, name, words[name])
        return twin

    def words_in(self, version):
        """Those of ``version``; what was not asked for yet when it was sent is as nobody filled it
        in.
        """
        later = {*self.WORDS} - version.words.keys()
        asked_since = {name: self._meta.get_field(name).get_default() for name in later}
        return asked_since | version.words

    def prose(self):
        return {name: getattr(self, name) for name in self.PROSE}

    def passages(self):
        """What a word list noticed in the words as they stand: guesses for whoever reads them."""
        return look(BETWEEN.join(self.prose().values()), self.language) if self.PROSE else []

    def with_what_was_noticed(self):
        """A copy with those passages marked in it, for a moderator."""
        twin = copy(self)
        twin.marks = marks_in(self.prose(), self.passages())
        return twin

    def marked(self):
        """What stands out, for a list beside the words."""
        return [mark for name in self.PROSE for mark in self.marks.get(name, ())]

    def has_unsent_changes(self):
        return self.sent is None or self.words() != self.words_in(self.sent)

    def take_up(self, proposed):
        """Put what was offered into the author's own copy.  Returns the fields it touched."""
        return self.rewrite(proposed)

    def rewrite(self, words):
        """Put changed words into the author's own copy.  Returns the fields it touched."""
        for name, text in words.items():
            setattr(self, name, text)
        return list(words)
