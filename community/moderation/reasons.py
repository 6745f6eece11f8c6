"""Why somebody tells a moderator about something, in the words they choose from."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Reason(models.TextChoices):
    WORRIED = "worried", pgettext_lazy("report", "I’m worried about the person who wrote this")
    WHO = "who", pgettext_lazy("report", "It shows who someone is, without their say")
    HARM = "harm", pgettext_lazy("report", "It describes a way to die, or to hurt oneself")
    CRUEL = "cruel", pgettext_lazy("report", "It is cruel to someone")
    ADVICE = "advice", pgettext_lazy("report", "It gives advice that could hurt somebody’s health")
    NOT_THEIRS = "not-theirs", pgettext_lazy("report", "The words or the life in it aren’t theirs")
    SELLING = "selling", pgettext_lazy("report", "It sells something, or asks for money")
    NOTE = "note", pgettext_lazy("report", "It needs a note before reading")
    WRONG = "wrong", pgettext_lazy("report", "A number, an address or a time is wrong")
    NOT_AS_SAID = "not-as-said", pgettext_lazy("report", "It isn’t what this page says it is")
    TREATED = "treated", pgettext_lazy("report", "I was treated badly there")
    ILLEGAL = "illegal", pgettext_lazy("report", "It is against the law")
    OTHER = "other", pgettext_lazy("report", "Something else")


OF_PLACES = (Reason.WRONG, Reason.NOT_AS_SAID, Reason.TREATED)
WRITING_REASONS = tuple(reason for reason in Reason if reason not in OF_PLACES)
# Nothing stands before a name on the wall.
NAME_REASONS = tuple(reason for reason in WRITING_REASONS if reason != Reason.NOTE)
# That it upsets is no reason: nobody sees one who does not open it, and it was read first.
PHOTO_REASONS = tuple(reason for reason in WRITING_REASONS if reason != Reason.NOTE)
PLACE_REASONS = (*OF_PLACES, Reason.SELLING, Reason.ILLEGAL, Reason.OTHER)
# Somebody may not be safe: these come before everything else.
PRESSING = frozenset({Reason.WORRIED})
