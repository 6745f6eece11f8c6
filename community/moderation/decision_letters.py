"""A decision as the person reads it whom it is about: one page each, for them alone."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.moderation.appeals import Appeal
from community.moderation.log import Message
from community.moderation.states import Action

# What was decided, as a heading over the letter.
HEADINGS = {
    Action.PUBLISH: pgettext_lazy("heading of a letter", "It is published"),
    Action.READ: pgettext_lazy("heading of a letter", "Somebody has read it"),
    Action.OFFER: pgettext_lazy("heading of a letter", "A note for you to look at"),
    Action.RETURN: pgettext_lazy("heading of a letter", "A question for you"),
    Action.SUGGEST: pgettext_lazy("heading of a letter", "A change for you to look at"),
    Action.DECLINE: pgettext_lazy("heading of a letter", "We can’t publish this as it is"),
    Action.REMOVE: pgettext_lazy("heading of a letter", "Taken down by a moderator"),
    Action.COVER: pgettext_lazy("heading of a letter", "Covered while we look again"),
    Action.UNCOVER: pgettext_lazy("heading of a letter", "Not covered any more"),
    Action.NOTE: pgettext_lazy("heading of a letter", "A note to you"),
    Action.LETTERS_OFF: pgettext_lazy("heading of a letter", "No letters from you for a while"),
    Action.READ_ONLY: pgettext_lazy("heading of a letter", "Reading only, for a while"),
    Action.SUSPEND: pgettext_lazy("heading of a letter", "Your account is suspended for a while"),
    Action.LIFT: pgettext_lazy("heading of a letter", "It is lifted"),
    Action.UPHOLD: pgettext_lazy("heading of a letter", "We looked again: it stays as it was"),
    Action.REVERSE: pgettext_lazy("heading of a letter", "We looked again, and changed it"),
    Action.CHANGE: pgettext_lazy("heading of a letter", "We looked again: something else"),
}
# Of what is for one person only.
HEADINGS_TO_ONE = {
    Action.PUBLISH: pgettext_lazy("heading of a letter", "It is on its way"),
    Action.DECLINE: pgettext_lazy("heading of a letter", "We can’t deliver this as it is"),
}
A_LETTER = _("A letter from a moderator")


@dataclass(frozen=True)
class Letter:
    """A message that came with a decision, and all that is said around it."""

    message: Message

    @property
    def decision(self):
        return self.message.decision

    def heading(self):
        action = self.decision.action
        if action in HEADINGS_TO_ONE and self.about and self.about.reaches_one():
            return HEADINGS_TO_ONE[action]
        return HEADINGS.get(action, A_LETTER)

    @cached_property
    def about(self):
        """The contribution it is about, or None for a letter about the member."""
        about = self.message.contribution
        return None if isinstance(about, get_user_model()) else about

    @cached_property
    def appeal(self):
        """What its reader asked about it, if they did; what somebody else asked is theirs."""
        return Appeal.objects.filter(by=self.message.to_id).against(self.decision)

    def answer(self):
        """The letter that came with what was decided then, if it came to the same person."""
        if self.appeal is None or self.appeal.decision_id is None:
            return None
        answers = Message.objects.to(self.message.to_id)
        return answers.filter(decision=self.appeal.decision_id).first()

    def may_be_asked_about(self):
        return self.appeal is None and self.decision.may_be_appealed()

    def called(self):
        return self.about.called() if self.about else ""

    def get_absolute_url(self):
        return self.message.get_absolute_url()


def letters_to(member):
    """Newest first, each with what it is about, in as many queries as there are kinds."""
    return Message.objects.to(member).prefetch_related("contribution")
