"""The words of every reason text as it comes with the site.

A letter is an opening (what was decided, and the guideline), why the guideline is there and what
would help, and a closing.  Whole paragraphs, so that a translator never has to join halves.
"""

from django.utils.translation import pgettext_lazy

from community.moderation.rules import Rule
from community.moderation.states import Action

OPENING = {
    Action.DECLINE: pgettext_lazy(
        "letter about something sent to be read",
        "We can’t publish this as it is. The reason is one of the seven sentences we keep to "
        "here: “%(rule)s”.",
    ),
    Action.RETURN: pgettext_lazy(
        "letter about something sent to be read",
        "Before this is published I’d like to ask you about one thing. It has to do with one of "
        "the seven sentences we keep to here: “%(rule)s”.",
    ),
    Action.SUGGEST: pgettext_lazy(
        "letter about something sent to be read",
        "Before this is published I’d like to propose one change. It has to do with one of the "
        "seven sentences we keep to here: “%(rule)s”.",
    ),
    Action.REMOVE: pgettext_lazy(
        "letter about something published",
        "I have taken this down. The reason is one of the seven sentences we keep to here: "
        "“%(rule)s”.",
    ),
    Action.COVER: pgettext_lazy(
        "letter about something published",
        "I have covered this for now: until somebody has looked at it again, only members can "
        "read it. It has to do with one of the seven sentences we keep to here: “%(rule)s”.",
    ),
    Action.NOTE: pgettext_lazy(
        "letter to a member",
        "This is a note, and nothing more. You can do everything here that you could do before. "
        "It is about one of the seven sentences we keep to: “%(rule)s”.",
    ),
    Action.LETTERS_OFF: pgettext_lazy(
        "letter to a member",
        "For a while you can’t send letters here. Everything else stays as it was. The reason is "
        "one of the seven sentences we keep to: “%(rule)s”.",
    ),
    Action.READ_ONLY: pgettext_lazy(
        "letter to a member",
        "For a while you can read here, and keep writing for yourself, but not send anything. "
        "The reason is one of the seven sentences we keep to: “%(rule)s”.",
    ),
    Action.SUSPEND: pgettext_lazy(
        "letter to a member",
        "For a while your account is suspended. You can still read, take down anything that is "
        "yours, take a copy of it, and leave. The reason is one of the seven sentences we keep "
        "to: “%(rule)s”.",
    ),
}

# Why the guideline is there; then what would make the words fit.
ABOUT_WORDS = {
    Rule.SPEAK: [
        pgettext_lazy(
            "why “Speak from your own life”",
            "Readers here lean on each piece being somebody’s own. Part of this belongs to "
            "another person, who may not want it told.",
        ),
        pgettext_lazy(
            "what would help, “Speak from your own life”",
            "What would make it possible: keep what happened to you, what you saw and what you "
            "felt. What is theirs to tell can stay out.",
        ),
    ],
    Rule.COMPARE: [
        pgettext_lazy(
            "why “Don’t compare”",
            "Someone who lost a pregnancy earlier than you, or later, or in another way, may read "
            "this tonight. A few words in it weigh one loss against another.",
        ),
        pgettext_lazy(
            "what would help, “Don’t compare”",
            "What would make it possible: say how it was for you, and let other losses be. The "
            "rest can stay as you wrote it.",
        ),
    ],
    Rule.EXPLAIN: [
        pgettext_lazy(
            "why “Don’t explain it or fix it”",
            "Most people here have been told why it happened, or how it will get better, and it "
            "was hard to hear. A few words in this could be read that way.",
        ),
        pgettext_lazy(
            "what would help, “Don’t explain it or fix it”",
            "What would make it possible: say what you thought and what you felt, and leave what "
            "it means to whoever reads it.",
        ),
    ],
    Rule.BODIES: [
        pgettext_lazy(
            "why “No advice on bodies”",
            "There is something in this about what others could take, stop, eat or ask for. "
            "Someone reading at night might do it, and none of us can know what it would do to "
            "them.",
        ),
        pgettext_lazy(
            "what would help, “No advice on bodies”",
            "What would make it possible: say what was done for you, and how it was. What others "
            "should do can stay out.",
        ),
    ],
    Rule.FAITH: [
        pgettext_lazy(
            "why “Faith is welcome, preaching isn’t”",
            "What you believe belongs in what you write. In a place or two this asks the reader "
            "to believe it as well, and some of them can’t, tonight.",
        ),
        pgettext_lazy(
            "what would help, “Faith is welcome, preaching isn’t”",
            "What would make it possible: write what you believe and what it did for you, and "
            "leave the reader to find their own.",
        ),
    ],
    Rule.NAMES: [
        pgettext_lazy(
            "why “Don’t name people or hospitals”",
            "Something in this could show who somebody is: a full name, a ward, a place. It may "
            "be someone else. It may be you.",
        ),
        pgettext_lazy(
            "what would help, “Don’t name people or hospitals”",
            "What would make it possible: “the midwife” or “the hospital” is enough, and readers "
            "will know. Your baby’s name is yours to say, always.",
        ),
    ],
    Rule.SAFE: [
        pgettext_lazy(
            "why “Tell us if someone isn’t safe”",
            "There are words in this about how someone could die or be hurt. Someone who isn’t "
            "safe may read them tonight, so we keep them off the page. If you aren’t safe "
            "yourself, there are people to talk to now, under “Need help now?”.",
        ),
        pgettext_lazy(
            "what would help, “Tell us if someone isn’t safe”",
            "What would make it possible: say how it felt, and leave out how it could be done. It "
            "doesn’t have to sound lighter than it was.",
        ),
    ],
}

# What we ask of a member from now on.
ABOUT_MEMBERS = {
    Rule.SPEAK: [
        pgettext_lazy(
            "what we ask of a member, “Speak from your own life”",
            "What we ask: write from your own life, and leave other people’s to them.",
        )
    ],
    Rule.COMPARE: [
        pgettext_lazy(
            "what we ask of a member, “Don’t compare”",
            "What we ask: don’t set one loss beside another, in a story or in a letter. To "
            "whoever reads it, theirs is the one.",
        )
    ],
    Rule.EXPLAIN: [
        pgettext_lazy(
            "what we ask of a member, “Don’t explain it or fix it”",
            "What we ask: leave out reasons and remedies. “I read every word” is enough.",
        )
    ],
    Rule.BODIES: [
        pgettext_lazy(
            "what we ask of a member, “No advice on bodies”",
            "What we ask: say what was done for you, and nothing about what others should take, "
            "stop, eat or ask for.",
        )
    ],
    Rule.FAITH: [
        pgettext_lazy(
            "what we ask of a member, “Faith is welcome, preaching isn’t”",
            "What we ask: write what you believe, and leave others to find their own.",
        )
    ],
    Rule.NAMES: [
        pgettext_lazy(
            "what we ask of a member, “Don’t name people or hospitals”",
            "What we ask: leave out whatever could show who somebody is.",
        )
    ],
    Rule.SAFE: [
        pgettext_lazy(
            "what we ask of a member, “Tell us if someone isn’t safe”",
            "What we ask: write nothing that could make somebody less safe, and tell us when you "
            "are worried about someone.",
        )
    ],
}

CLOSING = {
    Action.DECLINE: pgettext_lazy(
        "letter about something sent to be read",
        "It stays yours, every word of it. You can change it and send it again, or keep it for "
        "yourself.",
    ),
    Action.RETURN: pgettext_lazy(
        "letter about something sent to be read; a moderator writes the question where the dots "
        "are",
        "…\n\nThe rest can stay as it is. It waits for you, however long that takes.",
    ),
    Action.SUGGEST: pgettext_lazy(
        "letter about something sent to be read",
        "You can take it, write it another way, or keep your own words. It waits for you, however "
        "long that takes.",
    ),
    Action.REMOVE: pgettext_lazy(
        "letter about something published",
        "Your words are still yours. No reader sees them any more.",
    ),
    Action.COVER: pgettext_lazy(
        "letter about something published",
        "You don’t have to do anything. We’ll write to you when somebody has looked.",
    ),
    Action.NOTE: pgettext_lazy("letter to a member", "There is nothing you have to do."),
    Action.LETTERS_OFF: pgettext_lazy(
        "letter to a member",
        "It ends by itself, on the day that stands with this letter.",
    ),
    Action.READ_ONLY: pgettext_lazy(
        "letter to a member",
        "It ends by itself, on the day that stands with this letter. Your drafts are where you "
        "left them.",
    ),
    Action.SUSPEND: pgettext_lazy(
        "letter to a member",
        "It ends by itself, on the day that stands with this letter. Everything you wrote is "
        "still yours.",
    ),
}

# What is written to somebody where something ends, and no guideline stands in the way any more.
WITHOUT_A_RULE = {
    Action.KEEP: pgettext_lazy(
        "letter about something published",
        "I have looked at this again, and it stays. It can be read as before.",
    ),
    Action.UNCOVER: pgettext_lazy(
        "letter about something published",
        "I have looked at this again. It can be read as before.",
    ),
    Action.LIFT: pgettext_lazy(
        "letter to a member",
        "What held for a time is lifted, from now on. You can do everything that you could do "
        "before.",
    ),
}
