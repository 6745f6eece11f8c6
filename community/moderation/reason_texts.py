"""What a letter says of a guideline, before the moderator who sends it has changed a word.

Each text comes with the site and is translated with it.  Leads write their own in the admin; one
that they leave empty, or empty again, is the site's.
"""

from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy

from community.moderation.rules import Rule
from community.moderation.shipped_texts import (
    ABOUT_MEMBERS,
    ABOUT_WORDS,
    CLOSING,
    OPENING,
    WITHOUT_A_RULE,
)
from community.moderation.states import Action

# What is said with a guideline in hand.
EXPLAINED = (
    Action.DECLINE,
    Action.RETURN,
    Action.SUGGEST,
    Action.REMOVE,
    Action.COVER,
    Action.NOTE,
    Action.LETTERS_OFF,
    Action.READ_ONLY,
    Action.SUSPEND,
)
# What ends well, and rests on no guideline.
PLAIN = tuple(WITHOUT_A_RULE)
OF_MEMBERS = frozenset({Action.NOTE, Action.LETTERS_OFF, Action.READ_ONLY, Action.SUSPEND})


def shipped(action, rule):
    """The site's own text, in the language of the moment."""
    if action in PLAIN:
        return str(WITHOUT_A_RULE[action])
    opening = str(OPENING[action]) % {"rule": Rule(rule).label}
    about = (ABOUT_MEMBERS if action in OF_MEMBERS else ABOUT_WORDS)[rule]
    return "\n\n".join([opening, *map(str, about), str(CLOSING[action])])


def spoken(language):
    """The language that a text is kept under: "en" for "en-gb", and for none the reader's own."""
    return (language or translation.get_language() or "en").split("-")[0]


class ReasonTextQuerySet(models.QuerySet):
    def texts(self, action, language=""):
        """What is said of each guideline, or of none (""), in one query."""
        language = spoken(language)
        own = self.filter(action=action, language=language).exclude(text="")
        with translation.override(language):
            rules = [""] if action in PLAIN else Rule.values
            told = {rule: shipped(action, rule) for rule in rules}
        return told | dict(own.values_list("rule", "text"))

    def text(self, action, rule="", language=""):
        return self.texts(action, language)[rule]


class ReasonText(models.Model):
    """What leads would rather have their moderators begin with."""

    action = models.CharField(
        gettext_lazy("what is decided"),
        max_length=12,
        choices=[(action.value, action.label) for action in (*EXPLAINED, *PLAIN)],
    )
    rule = models.CharField(gettext_lazy("guideline"), max_length=12, choices=Rule, blank=True)
    language = models.CharField(gettext_lazy("language"), max_length=8)
    text = models.TextField(gettext_lazy("your text"), max_length=3000, blank=True)

    objects = ReasonTextQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("reason text")
        verbose_name_plural = gettext_lazy("reason texts")
        ordering = ["action", "rule", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "rule", "language"],
                name="moderation_reasontext_one_of_each",
                violation_error_message=gettext_lazy(
                    "There is one for these already. Change that one."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(action__in=PLAIN, rule="")
                | ~models.Q(action__in=PLAIN) & ~models.Q(rule=""),
                name="moderation_reasontext_names_its_guideline",
                violation_error_message=gettext_lazy(
                    "Choose the guideline it is about; what ends well is about none."
                ),
            ),
        ]

    def __str__(self):
        parts = [self.get_action_display(), self.get_rule_display(), self.language]
        return " · ".join(filter(None, map(str, parts)))

    def as_shipped(self):
        with translation.override(self.language):
            return shipped(self.action, self.rule)
