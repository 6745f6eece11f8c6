"""Who may read a story: rungs, which its author climbs and descends at any time.

``shown`` says which words a moderator has read for readers; the rung says which readers there are.
Stepping down leaves ``shown`` as it is, so that climbing again shows what was read, and nothing
else.
"""

from django.db import transaction

from community.members.models import Consent
from community.moderation.sanctions import Doing, refuse
from community.moderation.states import State
from stories.vocabulary import TO_READERS, Visibility

RUNGS = Visibility.values


class Climbing:
    """Mix into a story, which brings ``visibility``."""

    def is_for_readers(self):
        return self.visibility in TO_READERS

    def is_open(self):
        return super().is_open() and self.is_for_readers()

    def is_open_to_moderators(self):
        return self.visibility != Visibility.ME

    def may_be_found(self):
        return self.visibility == Visibility.SEARCH

    def is_lower(self, rung):
        """Whether fewer people read it on ``rung``."""
        return RUNGS.index(rung) < RUNGS.index(self.visibility)

    def asks_for_a_yes(self, rung):
        """Whether its author has to agree to ``rung``: they did to more, or nobody reads it."""
        still_stands = self.shown_id or self.state not in (State.DRAFT, State.WITHDRAWN)
        has_agreed = still_stands and self.is_lower(rung)
        return rung != Visibility.ME and not has_agreed

    def has_to_be_read_first(self):
        """Whether readers may see it, and it has no words that a moderator read for them."""
        return self.is_for_readers() and self.shown_id is None and not self.is_waiting()

    def lock(self):
        super().lock()
        self.refresh_from_db(fields=["visibility"])

    @transaction.atomic
    def open_to(self, rung, *, wording):
        """Let these people read it, from the next request on, and record that its author agreed.

        Letting fewer people read it is never refused, and asks for no new yes: with an empty
        ``wording``, what was agreed to for more people holds for fewer.  What only its author may
        read does not go on waiting for a moderator.
        """
        self.lock()
        if self.shown_id and not self.is_lower(rung) and rung != self.visibility:
            refuse(self.author, Doing.CHANGE)
        about = f"story {self.pk}"
        held = Consent.objects.given().filter(member=self.author, about=about)
        agreed = wording or held.values_list("wording", flat=True).first()
        for other in {*RUNGS} - {rung}:
            Consent.withdraw(self.author, other, about=about)
        if rung == Visibility.ME:
            if self.is_waiting():
                self.take_back()
        elif agreed:
            Consent.give(self.author, rung, wording=agreed, about=about)
        self.visibility = rung
        self.save(update_fields=["visibility"])

    @transaction.atomic
    def send(self, rung, *, wording, answer=""):
        self.open_to(rung, wording=wording)
        self.submit(answer=answer)


def name_on(story):
    """The name that readers see on ``story``; none while nobody sees it."""
    return story.as_shown().name if story and story.is_open() else ""
