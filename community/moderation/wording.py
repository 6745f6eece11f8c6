"""What a moderator's message begins as.  Theirs to change; the author reads it on the site."""

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from community.moderation.reason_texts import PLAIN, ReasonText, spoken
from community.moderation.states import Action, State

# Where a contribution is, to a moderator: the states' own labels speak to its author.
STATES = {
    State.PENDING: pgettext_lazy("state, to a moderator", "Waiting to be read"),
    State.RETURNED: pgettext_lazy("state, to a moderator", "A question for its author"),
    State.OFFERED: pgettext_lazy("state, to a moderator", "A note for its author to look at"),
    State.SUGGESTED: pgettext_lazy("state, to a moderator", "A change for its author to look at"),
    State.PUBLISHED: pgettext_lazy("state, to a moderator", "Published"),
    State.READ: pgettext_lazy("state, to a moderator", "Read, for moderators only"),
    State.DECLINED: pgettext_lazy("state, to a moderator", "Not published"),
    State.DRAFT: pgettext_lazy("state, to a moderator", "Taken back by its author"),
    State.WITHDRAWN: pgettext_lazy("state, to a moderator", "Taken down by its author"),
    State.REMOVED: pgettext_lazy("state, to a moderator", "Taken down by a moderator"),
}


def where_it_is(contribution):
    """To a moderator, in a few words."""
    if contribution.shown_id and not contribution.is_open():
        return _("Kept from readers by its author")
    return STATES[contribution.state]


# What a letter begins as where no reason text fits.
BEGINNINGS = {
    Action.PUBLISH: gettext_lazy("It is published as you wrote it."),
    Action.READ: gettext_lazy(
        "You asked that moderators read it and nobody else does. It stays so: no reader sees it."
    ),
    Action.OFFER: gettext_lazy(
        "Before it is published, I’d like to add a few words that stand in front of it, so "
        "that readers know what it describes:\n\n…\n\n"
        "If you agree, one press publishes it. You can also change something first."
    ),
    Action.SUGGEST: gettext_lazy(
        "Before it is published, I’d like to ask about the passages below. Nothing has been "
        "changed; the words are yours.\n\n"
        "If you agree, one press publishes it so. You can also write it another way, or keep "
        "it as it is and tell me why."
    ),
    Action.RETURN: gettext_lazy("…\n\nEverything else is ready."),
    Action.DECLINE: gettext_lazy(
        "We can’t publish this as it is, because\n\n…\n\n"
        "What would make it possible:\n\n…\n\n"
        "It stays yours."
    ),
    Action.COVER: gettext_lazy(
        "I am looking at this again, because\n\n…\n\n"
        "Until that is done only people who are signed in can read it. Your words are as "
        "they were, and you’ll hear from us."
    ),
    Action.REMOVE: gettext_lazy(
        "I have taken this down, because\n\n…\n\nYour words are still yours."
    ),
}


def done(decision, about):
    """What a moderator reads who has just decided."""
    if decision.action == Action.PUBLISH and getattr(about, "reaches_one", bool)():
        return _("Done: it is on its way.")
    return _("Done: %(what)s.") % {"what": decision.get_action_display()}


def prefilled(action, moderator, rule="", language=""):
    """The frame of a message; the line of dots is where the moderator's own words go.

    With a guideline it is the reason text for it.  All of it is in ``language``, the one that its
    author writes in, as far as the site speaks it.
    """
    if rule or action in PLAIN:
        text = ReasonText.objects.text(action, rule, language)
    else:
        text = BEGINNINGS[action]
    return in_a_frame(text, moderator, language)


def in_a_frame(text, moderator, language=""):
    with translation.override(spoken(language)):
        return "\n\n".join(
            [
                _("Thank you for sending this. I read all of it."),
                str(text),
                _("%(name)s, a moderator here") % {"name": moderator.pen_name},
            ]
        )


def to_somebody_unsafe(moderator, language=""):
    """The frame of a letter to whoever wrote something that stays up, and may not be safe.  It says
    nothing of anybody who told us.
    """
    with translation.override(spoken(language)):
        return in_a_frame(
            _(
                "It stays as it is, and nothing about it has to change. I’m writing because I "
                "wondered how you are.\n\n…\n\n"
                "You don’t have to answer this. If you aren’t safe tonight, or would only like to "
                "talk to somebody, there is a person for that now:\n\n…"
            ),
            moderator,
            language,
        )


def to_a_member(moderator, action="", rule="", language=""):
    """The frame of a letter that is about nobody's words in particular."""
    with translation.override(spoken(language)):
        text = ReasonText.objects.text(action, rule, language) if action else "…"
        closing = _("%(name)s, a moderator here") % {"name": moderator.pen_name}
        return "\n\n".join([_("I’m writing to you about something here."), text, closing])


def is_unfinished(message):
    """Whether the dots are still there: the author would receive a frame."""
    return any(line.strip() == "…" for line in message.splitlines())
