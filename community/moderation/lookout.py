"""What a moderator may want to look out for in a text: a word list's guesses.

It reports, and nothing else: it never refuses, hides or answers.  Every list reads every text,
because people write in two languages, and in another than they said.  How good the guesses are
is measured: docs/look-out-for.md, made by ``manage.py measure_lookout --write``.
"""

from dataclasses import dataclass
from functools import cache

from django.db import models
from django.utils.translation import pgettext_lazy

from community.moderation.full_names import full_names
from community.moderation.reach import links, ways_to_reach
from community.moderation.tongues import elsewhere
from community.moderation.wordlists import everywhere, languages, not_names, words_both_ways


class Kind(models.TextChoices):
    """Most pressing first."""

    DANGER = "danger", pgettext_lazy("look out for", "The writer may not be safe")
    WAY_TO_DIE = "way-to-die", pgettext_lazy("look out for", "A way to die")
    FULL_NAME = "full-name", pgettext_lazy("look out for", "A full name")
    PLACE = "place", pgettext_lazy("look out for", "A place")
    LINK = "link", pgettext_lazy("look out for", "A link")
    CONTACT = "contact", pgettext_lazy("look out for", "Contact details")
    OTHER_LANGUAGE = "other-language", pgettext_lazy("look out for", "Another language")

    @property
    def rank(self):
        """0 is looked at first."""
        return list(Kind).index(self)


@dataclass(frozen=True)
class Passage:
    """``start`` and ``end`` count characters of the text as it was given."""

    kind: Kind
    start: int
    end: int
    words: str


# Which phrases find what, and which explain a find away.
_LISTS = [
    (Kind.DANGER, "danger", "not danger"),
    (Kind.WAY_TO_DIE, "way to die", "not a way to die"),
    (Kind.PLACE, "place", "not a place"),
    (Kind.CONTACT, "contact", None),
]


def look(text, language):
    """The passages of ``text`` to look at, in its order; the more pressing of two comes first.

    ``language`` is the one its writer chose (a BCP 47 tag).  Any text will do: a broken one has
    fewer passages, never an error.
    """
    spans = {kind: [] for kind in Kind}
    for kind, found in _sightings(text, language.split("-")[0].casefold()):
        spans[kind] += found
    return sorted(
        (
            Passage(kind, start, end, text[start:end])
            for kind, found in spans.items()
            for start, end in _merged(found)
        ),
        key=lambda passage: (passage.start, passage.kind.rank),
    )


def _sightings(text, language):
    """(kind, spans) of everything that looks: lists first, then what needs none."""
    words = words_both_ways(text)
    for reader in languages().values():
        for kind, section, excuses in _LISTS:
            if reader.sections[section]:
                yield kind, _listed(reader, words[reader.parted], section, excuses)
    known = languages().get(language)
    yield (
        Kind.FULL_NAME,
        full_names(
            text,
            words[False],
            given=everywhere("given names"),
            ordinary=not_names(),
            guess=bool(known and known.sections["ordinary words"]),
        ),
    )
    yield Kind.LINK, links(text)
    yield Kind.CONTACT, ways_to_reach(text)
    yield Kind.OTHER_LANGUAGE, elsewhere(text, words[True], language, _common_words())


def _listed(reader, words, section, excuses):
    marked = reader.phrases(section).found_in(words)
    if marked and excuses:
        marked = reader.phrases(excuses).excuse(words, marked)
    for first, last in marked.items():
        yield words[first].start, words[last - 1].end


def _merged(spans):
    """The spans in order, those that overlap made one."""
    merged = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


@cache
def _common_words():
    return {code: language.common for code, language in languages().items() if language.common}
