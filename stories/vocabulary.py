"""The words stories are found by (DESIGN.md § 3): slugs are stored, labels shown, order kept.

Each list ends with a way out, and none is ordered by how often it is chosen.
"""

from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy


class Loss(models.TextChoices):
    MISCARRIAGE = "miscarriage", pgettext_lazy("kind of loss", "Miscarriage")
    MISSED = "missed-miscarriage", pgettext_lazy("kind of loss", "Miscarriage found at a scan")
    LATE = "late-miscarriage", pgettext_lazy("kind of loss", "Late miscarriage")
    VERY_EARLY = "very-early-loss", pgettext_lazy("kind of loss", "Very early loss")
    ECTOPIC = "ectopic", pgettext_lazy("kind of loss", "Ectopic pregnancy")
    MOLAR = "molar", pgettext_lazy("kind of loss", "Molar pregnancy")
    MORE_THAN_ONE = "more-than-one", pgettext_lazy("kind of loss", "More than one loss")
    TFMR = "tfmr", pgettext_lazy("kind of loss", "Ending a pregnancy for medical reasons")
    STILLBIRTH = "stillbirth", pgettext_lazy("kind of loss", "Stillbirth")
    NEONATAL = "neonatal", pgettext_lazy("kind of loss", "Neonatal loss")
    TWIN = "twin-or-triplet", pgettext_lazy("kind of loss", "Loss of a twin or triplet")
    OTHER = "other", pgettext_lazy("kind of loss", "Another loss, or I’d rather not say")


# What people also call it, under the label where a writer chooses.
LOSS_HINTS = {
    Loss.MISSED: pgettext_lazy("kind of loss, hint", "sometimes called missed or silent"),
    Loss.VERY_EARLY: pgettext_lazy("kind of loss, hint", "sometimes called a chemical pregnancy"),
    Loss.TFMR: pgettext_lazy("kind of loss, hint", "TFMR"),
    Loss.NEONATAL: pgettext_lazy("kind of loss, hint", "a baby who died in the first weeks"),
}


# Each completes "Somebody wrote about …".
WROTE_ABOUT = {
    Loss.MISCARRIAGE: pgettext_lazy("somebody wrote about …", "a miscarriage"),
    Loss.MISSED: pgettext_lazy("somebody wrote about …", "a miscarriage found at a scan"),
    Loss.LATE: pgettext_lazy("somebody wrote about …", "a late miscarriage"),
    Loss.VERY_EARLY: pgettext_lazy("somebody wrote about …", "a very early loss"),
    Loss.ECTOPIC: pgettext_lazy("somebody wrote about …", "an ectopic pregnancy"),
    Loss.MOLAR: pgettext_lazy("somebody wrote about …", "a molar pregnancy"),
    Loss.MORE_THAN_ONE: pgettext_lazy("somebody wrote about …", "more than one loss"),
    Loss.TFMR: pgettext_lazy("somebody wrote about …", "ending a pregnancy for medical reasons"),
    Loss.STILLBIRTH: pgettext_lazy("somebody wrote about …", "stillbirth"),
    Loss.NEONATAL: pgettext_lazy("somebody wrote about …", "a baby who died in the first weeks"),
    Loss.TWIN: pgettext_lazy("somebody wrote about …", "the loss of a twin or triplet"),
    Loss.OTHER: pgettext_lazy("somebody wrote about …", "a loss"),
}


def with_hints(choices, hints):
    """The choices as a writer sees them, each with what it means or what people also call it."""
    return [
        (choice.value, format_lazy("{} ({})", choice.label, hints[choice]))
        if choice in hints
        else (choice.value, choice.label)
        for choice in choices
    ]


class Role(models.TextChoices):
    PREGNANT = "pregnant", pgettext_lazy("who is writing", "The person who was pregnant")
    PARTNER = "partner", pgettext_lazy("who is writing", "Partner")
    FATHER = "father", pgettext_lazy("who is writing", "Father")
    OTHER_MOTHER = "other-mother", pgettext_lazy("who is writing", "Mother who wasn’t pregnant")
    GRANDPARENT = "grandparent", pgettext_lazy("who is writing", "Grandparent")
    SIBLING = "sibling", pgettext_lazy("who is writing", "Brother or sister")
    FRIEND = "friend", pgettext_lazy("who is writing", "Friend")
    CARER = "carer", pgettext_lazy("who is writing", "Someone who cared for us")
    UNSAID = "unsaid", pgettext_lazy("who is writing", "I’d rather not say")


class Theme(models.TextChoices):
    FIRST_DAYS = "first-days", pgettext_lazy("theme", "The first days")
    TELLING = "telling-people", pgettext_lazy("theme", "Telling people")
    HOSPITAL = "hospital", pgettext_lazy("theme", "Hospital and care")
    NAMES = "names", pgettext_lazy("theme", "Names")
    GOODBYE = "goodbye", pgettext_lazy("theme", "Saying goodbye")
    KEEPSAKES = "keepsakes", pgettext_lazy("theme", "Photographs and keepsakes")
    WORK = "work", pgettext_lazy("theme", "Work")
    TWO_OF_US = "two-of-us", pgettext_lazy("theme", "The two of us")
    ALONE = "alone", pgettext_lazy("theme", "Being alone with it")
    CHILDREN = "children", pgettext_lazy("theme", "Children we have")
    FAITH = "faith", pgettext_lazy("theme", "Faith and doubt")
    ANGER = "anger", pgettext_lazy("theme", "Anger")
    DATES = "dates", pgettext_lazy("theme", "Dates that come round")
    TRYING = "trying-again", pgettext_lazy("theme", "Trying again, or not")
    AFTER_LOSS = "after-loss", pgettext_lazy("theme", "A pregnancy after loss")
    YEARS_LATER = "years-later", pgettext_lazy("theme", "Years later")


class Circumstance(models.TextChoices):
    TREATMENT = "fertility-treatment", pgettext_lazy("circumstance", "After fertility treatment")
    SURROGACY = "surrogacy", pgettext_lazy("circumstance", "Through surrogacy")
    ADOPTION = "adoption", pgettext_lazy("circumstance", "Through adoption or fostering")
    LONG_AGO = "long-ago", pgettext_lazy("circumstance", "A long time ago")


class Note(models.TextChoices):
    """Each completes "This story describes …"."""

    SCAN = "scan", pgettext_lazy("this story describes …", "a scan with no heartbeat")
    BIRTH = "birth", pgettext_lazy("this story describes …", "giving birth")
    SURGERY = "surgery", pgettext_lazy("this story describes …", "surgery or a procedure")
    BLEEDING = "bleeding", pgettext_lazy("this story describes …", "bleeding")
    INTENSIVE_CARE = "intensive-care", pgettext_lazy("this story describes …", "intensive care")
    DIAGNOSIS = "diagnosis", pgettext_lazy("this story describes …", "a diagnosis")
    DECISION = "decision", pgettext_lazy("this story describes …", "a decision to end a pregnancy")
    CHILDREN = "living-children", pgettext_lazy("this story describes …", "living children")
    LATER = "later-pregnancy", pgettext_lazy("this story describes …", "a pregnancy after loss")
    UNKIND = "unkind-care", pgettext_lazy("this story describes …", "unkind care")
    LANGUAGE = "strong-language", pgettext_lazy("this story describes …", "strong language")
    BODY = "babys-body", pgettext_lazy("this story describes …", "a baby’s body")
    MEDICAL = (
        "medical-close-up",
        pgettext_lazy("this story describes …", "medical detail, close up"),
    )
    NOT_LIVING = (
        "not-wanting-to-live",
        pgettext_lazy("this story describes …", "not wanting to live, or self-harm"),
    )
    ABUSE = "abuse", pgettext_lazy("this story describes …", "abuse or violence")


class PhotoKind(models.TextChoices):
    """What a photograph shows."""

    SCAN = "scan", pgettext_lazy("a photograph shows", "A scan")
    HANDS = "hands", pgettext_lazy("a photograph shows", "Hands or feet")
    BABY = "baby", pgettext_lazy("a photograph shows", "A baby")
    PEOPLE = "people", pgettext_lazy("a photograph shows", "Somebody else")
    PLACE = "place", pgettext_lazy("a photograph shows", "A place or a thing")
    OTHER = "other", pgettext_lazy("a photograph shows", "Something else")


class PhotoNote(models.TextChoices):
    """What its photographs put before a story, beside the notes that its author chose."""

    PHOTOGRAPH = "photograph", pgettext_lazy("this story describes …", "a photograph (covered)")
    BABY = (
        "photograph-of-a-baby",
        pgettext_lazy("this story describes …", "a photograph of a baby (covered)"),
    )


class Visibility(models.TextChoices):
    """Who may read a story once it is published: rungs, from fewer readers to more."""

    ME = "me", pgettext_lazy("who can read it", "Only me")
    MODERATORS = "moderators", pgettext_lazy("who can read it", "Moderators only")
    MEMBERS = "members", pgettext_lazy("who can read it", "Members only")
    EVERYONE = "everyone", pgettext_lazy("who can read it", "Everyone, but not search engines")
    SEARCH = "search", pgettext_lazy("who can read it", "Everyone, and search engines")


# The rungs on which readers find it, and those on which everybody does.
TO_READERS = frozenset({Visibility.MEMBERS, Visibility.EVERYONE, Visibility.SEARCH})
TO_EVERYONE = frozenset({Visibility.EVERYONE, Visibility.SEARCH})
# What each rung means, beside it where an author chooses.
RUNG_HINTS = {
    Visibility.ME: pgettext_lazy(
        "who can read it, hint", "nobody else finds it, moderators included"
    ),
    Visibility.MODERATORS: pgettext_lazy(
        "who can read it, hint", "one of them reads it and tells you so; no reader sees it"
    ),
    Visibility.MEMBERS: pgettext_lazy("who can read it, hint", "people who have signed in here"),
    Visibility.EVERYONE: pgettext_lazy(
        "who can read it, hint", "we ask search engines to leave it out"
    ),
    Visibility.SEARCH: pgettext_lazy(
        "who can read it, hint",
        "its title, its beginning and what it describes can also stand on our front page and in "
        "a list that other sites may copy",
    ),
}


class Byline(models.TextChoices):
    PEN_NAME = "pen-name", pgettext_lazy("name it goes under", "My pen name")
    OTHER_NAME = "other-name", pgettext_lazy("name it goes under", "Another name, for this story")
    NO_NAME = "no-name", pgettext_lazy("name it goes under", "No name")


class Signature(models.TextChoices):
    """How a letter ends."""

    PEN_NAME = "pen-name", pgettext_lazy("a letter is signed", "My pen name")
    NO_NAME = "no-name", pgettext_lazy("a letter is signed", "No name")
    # An answer by the writer of a story: as readers know them from it, and never otherwise.
    WRITER = "writer", pgettext_lazy("a letter is signed", "As my story is")


# A story with one of these is folded until its reader opens it.
ASKS_FIRST = frozenset({Note.BODY, Note.MEDICAL, Note.NOT_LIVING, Note.ABUSE, PhotoNote.BABY})

# What a reader may leave out of a list, and the notes that do it.
LEFT_OUT = {
    "children": (Note.CHILDREN, Note.LATER),
    "medical": (Note.MEDICAL, Note.SURGERY, Note.BLEEDING, Note.INTENSIVE_CARE),
    "decision": (Note.DECISION,),
    "asking": tuple(ASKS_FIRST),
}
LEAVE_OUT = [
    ("children", pgettext_lazy("leave out", "Living children, or a pregnancy after loss")),
    ("medical", pgettext_lazy("leave out", "Medical detail")),
    ("decision", pgettext_lazy("leave out", "A decision to end a pregnancy")),
    ("asking", pgettext_lazy("leave out", "Anything that asks first")),
]

# The languages a story can be in, by their own names (BCP 47 tags).
LANGUAGES = [
    ("en", "English"),
    ("cy", "Cymraeg"),
    ("de", "Deutsch"),
    ("es", "Español"),
    ("fr", "Français"),
    ("ga", "Gaeilge"),
    ("it", "Italiano"),
    ("nl", "Nederlands"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("ro", "Română"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("ar", "العربية"),
    ("fa", "فارسی"),
    ("ur", "اردو"),
    ("hi", "हिन्दी"),
    ("bn", "বাংলা"),
    ("pa", "ਪੰਜਾਬੀ"),
    ("zh", "中文"),
    ("ja", "日本語"),
]
RIGHT_TO_LEFT = frozenset({"ar", "fa", "ur"})


def labels(choices, slugs):
    """The labels of ``slugs``, in the order of the list they come from."""
    return [choice.label for choice in choices if choice.value in slugs]
