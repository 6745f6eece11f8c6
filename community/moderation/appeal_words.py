"""What the answer to an appeal begins as.  The line of dots is where the reasons go."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.moderation.reason_texts import OF_MEMBERS
from community.moderation.states import Action

UPHELD = gettext_lazy("I think it should stay as it was decided, because\n\n…")
CLOSED = gettext_lazy("It has come down since you asked, so nothing is left to decide.")
REVERSED = {
    Action.DECLINE: gettext_lazy(
        "It should have been published, because\n\n…\n\nIt is published now, as you wrote it."
    ),
    Action.REMOVE: gettext_lazy(
        "It should not have been taken down, because\n\n…\n\n"
        "Readers see it again, as they did before."
    ),
    Action.COVER: gettext_lazy(
        "It should not have been covered, because\n\n…\n\n"
        "Whoever could read it before can read it again."
    ),
    Action.KEEP: gettext_lazy(
        "It should not have stayed as it was, because\n\n…\n\nI have taken it down."
    ),
}
# Where two have to agree on publishing it.
IN_LINE = gettext_lazy(
    "It should have been published, because\n\n…\n\n"
    "Before anybody else sees it, two of us have to agree on it. It stands at the head of the line "
    "for that, and you need do nothing."
)
LIFTED = gettext_lazy(
    "It should not have been decided, because\n\n…\n\nFrom now on it no longer holds."
)
# Where there is nothing to undo any more.
TOO_LATE = {
    Action.DECLINE: gettext_lazy(
        "It should have been published, because\n\n…\n\n"
        "Your words have moved on since, so I have left them where they are. When you send them "
        "again, they are read first."
    ),
    Action.KEEP: gettext_lazy(
        "It should not have stayed as it was, because\n\n…\n\nIt has been put right."
    ),
}
ON_RECORD = gettext_lazy(
    "It should not have been decided, because\n\n…\n\n"
    "Nothing is left of it to undo. It is on record that you were right."
)
CHANGED = {
    Action.KEEP: gettext_lazy(
        "I have covered it: until somebody has looked at it again, only members can read it. I did "
        "not take it down, because\n\n…"
    ),
    Action.COVER: gettext_lazy(
        "It is not covered any more: whoever could read it before can read it again. I have a "
        "question for you about it:\n\n…\n\nIt stays as it is until you have answered."
    ),
}
# Shown again to members only, where it was taken down.
COVERED = gettext_lazy(
    "I would not have taken it down. Until somebody has looked at it again only people who are "
    "signed in can read it, because\n\n…\n\nYour words are as they were."
)
SHORTER = gettext_lazy(
    "I would not have undone it. It was longer than it had to be, because\n\n…\n\n"
    "It ends sooner now. The day stands in My space."
)
ASKED = gettext_lazy(
    "I see it differently, and I have a question for you first:\n\n…\n\n"
    "When you have answered, it is read again."
)


def answer_to_appeal(outcome, first, moderator, *, does, waits=False):
    """``does`` says whether reversing the first decision undoes anything; ``waits`` that it is in
    line for two.
    """
    reversed_now = REVERSED.get(first.action, LIFTED)
    text = {
        Action.UPHOLD: UPHELD,
        Action.REVERSE: (IN_LINE if waits else reversed_now)
        if does
        else TOO_LATE.get(first.action, ON_RECORD),
        Action.CHANGE: CHANGED.get(first.action, SHORTER if first.action in OF_MEMBERS else ASKED),
        Action.COVER: COVERED,
        Action.CLOSE: CLOSED,
    }[outcome]
    greeting = _("You asked us to think again. I have read all of it, as if for the first time.")
    signature = _("%(name)s, a moderator here") % {"name": moderator.pen_name}
    return f"{greeting}\n\n{text}\n\n{signature}"
