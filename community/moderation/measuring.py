"""How good the guesses of lookout.py are, counted over passages whose kinds are known.

The passages are in tests/community/moderation/corpus; its README says where they come from.
"""

import re
from dataclasses import dataclass

from django.conf import settings

from community.moderation.lookout import Kind, look

CORPUS = settings.BASE_DIR / "tests" / "community" / "moderation" / "corpus"
HALVES = {"tuning": "in sight while the lists were written", "held-out": "written before them"}
LANGUAGES = {"en": "English", "es": "Spanish", "fr": "French"}
_LABELS = re.compile(r"\[([a-z, -]+)\]")


@dataclass(frozen=True)
class Sample:
    language: str
    half: str
    kinds: frozenset
    text: str

    def found(self):
        return frozenset(passage.kind for passage in look(self.text, self.language))


@dataclass(frozen=True)
class Count:
    """Of passages: those that have a kind, those of them that were found, those found wrongly."""

    there: int
    found: int
    wrong: int

    @property
    def precision(self):
        return _share(self.found, self.found + self.wrong)

    @property
    def recall(self):
        return _share(self.found, self.there)


def _share(part, whole):
    return f"{100 * part / whole:.0f} %" if whole else "–"


def samples(language, half):
    """The passages of a file.  ValueError for a kind that there isn't."""
    kinds, lines, read = None, [], []
    for line in (CORPUS / f"{language}-{half}.txt").read_text("utf-8").splitlines():
        labels = _LABELS.fullmatch(line)
        if labels:
            _keep(read, language, half, kinds, lines)
            named = [label.strip() for label in labels[1].split(",")]
            kinds, lines = frozenset(Kind(name) for name in named if name != "nothing"), []
        elif not line.startswith("#"):
            lines.append(line)
    _keep(read, language, half, kinds, lines)
    return read


def _keep(read, language, half, kinds, lines):
    if kinds is not None:
        read.append(Sample(language, half, kinds, "\n".join(lines).strip()))


def count(passages):
    """{kind: Count} over ``passages``."""
    seen = [(passage.kinds, passage.found()) for passage in passages]
    return {
        kind: Count(
            sum(kind in there for there, _ in seen),
            sum(kind in there and kind in found for there, found in seen),
            sum(kind not in there and kind in found for there, found in seen),
        )
        for kind in Kind
    }


def table(counts):
    """A Markdown table, one row for each kind."""
    rows = [
        "| kind | there | found | wrongly | precision | recall |",
        "| --- " + "| ---: " * 5 + "|",
    ]
    for kind, one in counts.items():
        cells = [kind.value, one.there, one.found, one.wrong, one.precision, one.recall]
        rows.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(rows)


def tables():
    """Every table, under a heading of its own."""
    for code, name in LANGUAGES.items():
        for half, what in HALVES.items():
            passages = samples(code, half)
            quiet = sum(not passage.kinds for passage in passages)
            yield f"### {name}, {half}: {what}"
            yield f"{len(passages)} passages, {quiet} of them with nothing to find."
            yield table(count(passages))
