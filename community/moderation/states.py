"""The whole workflow on one screen: where a contribution can be, and every way it can move.

The state says where its newest words are.  Whether readers see it is another question, answered
by ``Moderated.shown``: words that were read stay up while changed ones wait.
"""

from dataclasses import dataclass, replace

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """The labels are what the author sees; a moderator's inner workings have none."""

    DRAFT = "draft", pgettext_lazy("state of a story", "Writing")
    PENDING = "pending", pgettext_lazy("state of a story", "With a moderator")
    RETURNED = "returned", pgettext_lazy("state of a story", "A question for you")
    OFFERED = "offered", pgettext_lazy("state of a story", "A note for you to look at")
    SUGGESTED = "suggested", pgettext_lazy("state of a story", "A change for you to look at")
    PUBLISHED = "published", pgettext_lazy("state of a story", "Published")
    READ = "read", pgettext_lazy("state of a story", "Read by a moderator")
    DECLINED = "declined", pgettext_lazy("state of a story", "Not published")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of a story", "Taken down by you")
    REMOVED = "removed", pgettext_lazy("state of a story", "Taken down by a moderator")


class Action(models.TextChoices):
    SUBMIT = "submit", _("sent to be read")
    TAKE_BACK = "take-back", _("taken back")
    ACCEPT = "accept", _("what was proposed accepted, published")
    STAND_BY = "stand-by", _("kept as it is by its author, sent again")
    WITHDRAW = "withdraw", _("taken down by its author")
    PUBLISH = "publish", _("published")
    READ = "read", _("read, as its author asked, by a moderator only")
    OFFER = "offer", _("a note before reading offered")
    RETURN = "return", _("the author asked something")
    SUGGEST = "suggest", _("a change proposed to the author")
    DECLINE = "decline", _("not published")
    REMOVE = "remove", _("taken down")
    COVER = "cover", _("covered while it is looked at")
    UNCOVER = "uncover", _("uncovered again")
    KEEP = "keep", _("looked at again, left up")
    CORRECT = "correct", _("looked at again, put right")
    CLOSE = "close", _("looked at again, taken down meanwhile")
    UPHOLD = "uphold", _("appeal: the decision stands")
    REVERSE = "reverse", _("appeal: the decision reversed")
    CHANGE = "change", _("appeal: the decision changed")
    NOTE = "note", _("a note written to a member")
    LETTERS_OFF = "letters-off", _("a member’s letters stopped for a time")
    READ_ONLY = "read-only", _("a member may only read for a time")
    SUSPEND = "suspend", _("a member suspended for a time")
    LIFT = "lift", _("a sanction lifted early")
    SHIELD = "shield", _("shielded: letters need a second reader")
    UNSHIELD = "unshield", _("no longer shielded")


class Remark(models.TextChoices):
    """What has to be known of a decision to read it rightly."""

    # Why one person decided what usually takes two.
    ALONE = "alone", _("nobody else could be asked: there was one active moderator")
    # What it is about was made up, for a trial.
    EXAMPLE = "example", _("about an example")


class Look(models.TextChoices):
    """What is put on record though it moves nothing: who had somebody's words in front of them."""

    OPEN = "open", _("opened to be read")
    HAND_BACK = "hand-back", _("handed back")
    HAND_OVER = "hand-over", _("handed over with a note")
    SECOND = "second", _("a second moderator asked to look")
    PROPOSE = "propose", _("a decision proposed, for a second to confirm")
    SEND_BACK = "send-back", _("a proposed decision sent back")
    SAFETY = "safety", _("something done about somebody’s safety")
    CALM = "calm", _("a worry about somebody’s safety taken back")
    AUTHOR = "author", _("seen who wrote it")
    UNVEIL = "unveil", _("a photograph uncovered")
    REREAD = "reread", _("a closed case read again")
    MEMBER = "member", _("what is on record about a member seen")
    EXPORT = "export", _("a copy taken out")
    PAUSE = "pause", _("making accounts paused for a day")
    RESUME = "resume", _("making accounts opened again")
    LOST = "lost", _("told that a member lost their second factors")
    LET_IN = "let-in", _("a member’s second factors taken off")
    NOT_LET_IN = "not-let-in", _("a member’s second factors left on")


@dataclass(frozen=True)
class Move:
    """``to`` is None where it stays in the state that it is in.

    ``while_shown`` limits a move to what readers can see (True) or to any (None).  ``shows`` says
    what they see afterwards: True the newest words, False nothing, None the same as before.

    ``covers`` says the same of who they are: True members only, False whom its author chose.

    ``for_readers`` limits a move to what its author means for readers (True), or for moderators
    only (False).
    """

    sources: frozenset
    to: State | None
    while_shown: bool | None = None
    shows: bool | None = None
    covers: bool | None = None
    for_readers: bool | None = None
    needs_words: bool = False
    needs_rule: bool = False

    def begins_at(self, contribution):
        return (
            contribution.state in self.sources
            and self.while_shown in (None, contribution.shown_id is not None)
            and self.covers in (None, contribution.covered_at is None)
            and self.for_readers in (None, contribution.is_for_readers())
        )


def _move(*sources, to, **more):
    return Move(frozenset(sources), to, **more)


# Where something can be while readers see what was read before.
MAY_BE_SHOWN = (
    State.DRAFT,
    State.PENDING,
    State.RETURNED,
    State.OFFERED,
    State.SUGGESTED,
    State.PUBLISHED,
    State.READ,
    State.DECLINED,
)
# Sent, and not decided for good.
SENT = (State.PENDING, State.RETURNED, State.OFFERED, State.SUGGESTED)

AUTHORS_MOVES = {
    Action.SUBMIT: _move(*MAY_BE_SHOWN, State.WITHDRAWN, to=State.PENDING),
    Action.TAKE_BACK: _move(*SENT, to=State.DRAFT),
    Action.ACCEPT: _move(State.OFFERED, State.SUGGESTED, to=State.PUBLISHED, shows=True),
    Action.STAND_BY: _move(State.SUGGESTED, to=State.PENDING),
    Action.WITHDRAW: _move(*MAY_BE_SHOWN, to=State.WITHDRAWN, while_shown=True, shows=False),
}

# What goes against its author says so in words, and names the sentence that it rests on.
REASONED = {"needs_words": True, "needs_rule": True}

MODERATORS_MOVES = {
    Action.PUBLISH: _move(State.PENDING, to=State.PUBLISHED, shows=True),
    Action.READ: _move(State.PENDING, to=State.READ, for_readers=False),
    Action.OFFER: _move(State.PENDING, to=State.OFFERED, needs_words=True),
    Action.SUGGEST: _move(State.PENDING, to=State.SUGGESTED, needs_words=True),
    Action.RETURN: _move(State.PENDING, to=State.RETURNED, needs_words=True),
    Action.DECLINE: _move(State.PENDING, to=State.DECLINED, **REASONED),
    Action.REMOVE: _move(
        *MAY_BE_SHOWN, to=State.REMOVED, while_shown=True, shows=False, **REASONED
    ),
    Action.COVER: _move(*MAY_BE_SHOWN, to=None, while_shown=True, covers=True, **REASONED),
    Action.UNCOVER: _move(*MAY_BE_SHOWN, to=None, while_shown=True, covers=False),
}

# What an appeal can do to it: by what was decided first, and by what is decided now.  What was
# taken down may be changed in two ways: a question to its author, or shown again to members only.
APPEALS_MOVES = {
    (Action.DECLINE, Action.REVERSE): _move(State.DECLINED, to=State.PUBLISHED, shows=True),
    (Action.DECLINE, Action.CHANGE): _move(State.DECLINED, to=State.RETURNED),
    (Action.REMOVE, Action.REVERSE): _move(State.REMOVED, to=State.PUBLISHED, shows=True),
    (Action.REMOVE, Action.CHANGE): _move(State.REMOVED, to=State.RETURNED),
    (Action.REMOVE, Action.COVER): _move(
        State.REMOVED, to=State.PUBLISHED, shows=True, covers=True
    ),
    # Uncovered first, by the move that everybody else takes.
    (Action.COVER, Action.CHANGE): _move(State.PUBLISHED, to=State.RETURNED, while_shown=True),
}


def shown_again(move):
    """The same, while its author has newer words that nobody has read."""
    return replace(move, to=State.DRAFT)


def read_again(move):
    """The same, where two have to read it before anybody else does: it is in line again."""
    return replace(move, to=State.PENDING, shows=None)


MOVES = AUTHORS_MOVES | MODERATORS_MOVES

# What is decided about words that readers see, whatever else waits.
ABOUT_READERS = frozenset({Action.REMOVE, Action.COVER, Action.UNCOVER})

# What answers a report without moving what it is about.
ANSWERS = frozenset({Action.KEEP, Action.CORRECT, Action.CLOSE})

# What somebody may ask to be thought about again.
APPEALABLE = frozenset(
    {
        Action.DECLINE,
        Action.REMOVE,
        Action.COVER,
        Action.NOTE,
        Action.LETTERS_OFF,
        Action.READ_ONLY,
        Action.SUSPEND,
    }
)
# What answers them.  Covering instead of taking down is on record as a change.
APPEALS_ANSWERS = (Action.UPHOLD, Action.REVERSE, Action.CHANGE)

# What a moderator has asked and the author has not yet answered.
AWAITING_AUTHOR = frozenset({State.RETURNED, State.OFFERED, State.SUGGESTED})
# Where its newest words are between its author and a moderator.
DISCUSSED = frozenset({State.PENDING, State.READ, State.DECLINED, *AWAITING_AUTHOR})
