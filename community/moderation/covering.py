"""Covered: for members only, while a moderator looks again at something that readers see."""

from django.db import transaction

from community.members.mail import something_for_you
from community.moderation.reports import Report
from community.moderation.states import Action


class Covering:
    """Mix into a contribution, which brings ``covered_at``: None, or since when it is covered."""

    def may_be_covered(self):
        """Whether there are others to cover it from."""
        return True

    @transaction.atomic
    def cover(self, *, by, **said):
        """Needs nobody else.  It stands among the reports until somebody has decided about it."""
        self.lock()
        if self.allows(Action.COVER):
            Report.objects.look_again_at(self)
        return self._apply(Action.COVER, by=by, **said)

    @transaction.atomic
    def uncover(self, *, by, **said):
        """Who could read it before can read it again; what was told about it waits on.  Where
        nobody told us anything, nothing is left to decide.
        """
        self.lock()
        unasked = Report.objects.close_unasked(self) if self.allows(Action.UNCOVER) else None
        return self._apply(Action.UNCOVER, by=by, looked_at=unasked, **said)

    def left_up(self, message=""):
        """It was looked at again and stays.  Its author hears of it where it was covered, or where
        there is a ``message``.
        """
        self.lock()
        was_covered = self.covered_at is not None
        if was_covered:
            type(self)._base_manager.filter(pk=self.pk).update(covered_at=None)
            self.covered_at = None
        is_told = was_covered or bool(message)
        if is_told and self.author.is_active:
            something_for_you(self.author)
        return is_told

    def say_it_stays(self, decision, message, *, by):
        """To its author, who was told that it was covered, or may not be safe; ``by`` wrote
        ``message``.
        """
        self._say(message, by=by, decision=decision)
