"""The word lists in languages/, and how their phrases are found in a text.

A text becomes words once: folded (no case, no accents, no apostrophes), each with its place in the
text as given.  A list becomes a tree of words, so that a text is walked once, however long the
list is.  languages/README.md explains the files to whoever writes one.
"""

import re
import unicodedata
from functools import cache
from itertools import product
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "languages"
PHRASES = ["danger", "not danger", "way to die", "not a way to die", "place", "not a place"]
PHRASES += ["contact"]
WORDS = ["given names", "ordinary words", "common words", "abbreviations", "spelling"]
SIGNS = {"^": "capital", "~": "gap", "…": "found", '"': "quote"}
LONGEST_WORD = 64  # of a longer one the beginning is looked at: sorting its accents takes for ever
WIDEST_GAP = 3
PARTS = "apostrophes part words"

_MARKS = "\u0300-\u036f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_APOSTROPHES = "'’ʼ＇`´"
_JOINED = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}]|[{_APOSTROPHES}](?=[^\W_]))*")
_PARTED = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")
_QUOTES = frozenset("\"“”„«»‘’'—–")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})


class Word(NamedTuple):
    key: str
    start: int
    end: int
    capital: bool
    begins: bool  # a sentence begins here
    apart: bool  # more than a space or a hyphen stands before it
    quoted: bool  # a quotation mark or a dash stands before it


def fold(word):
    word = unicodedata.normalize("NFKD", word[:LONGEST_WORD]).casefold().translate(_LIGATURES)
    return "".join(character for character in word if character.isalnum())


def words_of(text, *, parted=False, abbreviations=frozenset()):
    """The words of ``text`` in order; with ``parted``, an apostrophe ends one (l’eau: l, eau)."""
    words, folded, end, before = [], {}, 0, ""
    for found in (_PARTED if parted else _JOINED).finditer(text):
        gap = text[end : found.start()]
        if words and before in abbreviations and gap.startswith("."):
            gap = gap[1:]
        word = found[0]
        key = folded.get(word)
        if key is None:
            key = folded[word] = fold(word)
        words.append(
            Word(
                key,
                found.start(),
                found.end(),
                word[0].isupper(),
                not words or (gap != " " and _ends_a_sentence(gap)),
                gap != " " and (gap.strip("- \u00a0\u202f‐‑’'") != "" or "\n" in gap),
                gap != " " and not _QUOTES.isdisjoint(gap),
            )
        )
        end, before = found.end(), key
    return words


def _ends_a_sentence(gap):
    """Three dots do not: people in distress write with them."""
    return (
        any(sign in gap for sign in "!?;。؟")
        or ("." in gap and "..." not in gap)
        or gap.count("\n") > 1
    )


class Branch:
    """What may follow in a tree of phrases."""

    __slots__ = ("capital", "ends", "found", "gap", "lengths", "prefixes", "quote", "words")

    def __init__(self):
        self.words, self.prefixes, self.lengths = {}, {}, set()
        self.capital = self.gap = self.found = self.quote = None
        self.ends = False

    def grow(self, piece, *, minds_capitals):
        if piece in SIGNS:
            name = SIGNS[piece]
            if getattr(self, name) is None:
                setattr(self, name, Branch())
            return getattr(self, name)
        branches, key = self.words, fold(piece)
        if piece.endswith("*"):
            branches = self.prefixes
            self.lengths.add(len(key))
        if minds_capitals and piece[0].isupper():
            key = "^" + key
        return branches.setdefault(key, Branch())

    def after(self, word, plain):
        """Every branch that ``word`` may take; ``plain`` words never stand for a name."""
        branches = [self.words[word.key]] if word.key in self.words else []
        for length in self.lengths:
            if word.key[:length] in self.prefixes:
                branches.append(self.prefixes[word.key[:length]])
        if word.capital:
            if "^" + word.key in self.words:
                branches.append(self.words["^" + word.key])
            if self.capital and len(word.key) > 1 and word.key not in plain:
                branches.append(self.capital)
        return branches


class Phrases:
    """A list of phrases.  ``plain`` are the words that ``^``, a name, does not stand for."""

    def __init__(self, lines=(), *, plain=frozenset(), minds_capitals=False, parted=False):
        self.root, self.plain = Branch(), plain
        for line in lines:
            for phrase in product(*(piece.split("/") for piece in line.split())):
                self._add(phrase, parted=parted, minds_capitals=minds_capitals)

    def _add(self, phrase, *, parted, minds_capitals):
        branch = self.root
        for piece in phrase:
            pieces = re.split(f"[{_APOSTROPHES}]", piece) if parted else [piece]
            for part in filter(None, pieces):
                branch = branch.grow(part, minds_capitals=minds_capitals)
        branch.ends = True

    def starting_at(self, words, start, marked):
        """(end, used) of each phrase that begins at word ``start`` and stays in its sentence.

        ``marked`` maps the first word of a passage to the word behind its last; ``used`` is the
        first word of the one that stands where the phrase has …, or None.
        """
        todo = [(self.root, start, None)]
        while todo:
            branch, at, used = todo.pop()
            if branch.ends:
                yield at, used
            if branch.gap:
                todo += [(branch.gap, place, used) for place in _across_a_gap(words, at)]
            if at == len(words) or (at > start and words[at].begins):
                continue
            if branch.quote and words[at].quoted:
                todo.append((branch.quote, at, used))
            if branch.found and at in marked:
                todo.append((branch.found, marked[at], at))
            todo += [(next_one, at + 1, used) for next_one in branch.after(words[at], self.plain)]

    def found_in(self, words):
        """{first word: word behind the last} of every passage; phrases that overlap are one."""
        found, first = {}, None
        for start, word in enumerate(words):
            if not self.root.after(word, self.plain):
                continue
            end = max((end for end, _ in self.starting_at(words, start, {})), default=None)
            if end is None:
                continue
            if first is None or start >= found[first]:
                first = start
            found[first] = max(end, found.get(first, end))
        return found

    def excuse(self, words, marked):
        """``marked`` without the passages that one of these phrases explains."""
        excused, covered = set(), set()
        for start, word in enumerate(words):
            if start not in marked and not self.root.after(word, self.plain):
                continue
            for end, used in self.starting_at(words, start, marked):
                if used is None:
                    covered.update(range(start, end))
                else:
                    excused.add(used)
        return {
            first: last
            for first, last in marked.items()
            if first not in excused and covered.isdisjoint(range(first, last))
        }


def _across_a_gap(words, at):
    yield at
    for place in range(at, min(at + WIDEST_GAP, len(words))):
        if words[place].begins:
            return
        yield place + 1


class Language:
    def __init__(self, code, sections):
        self.code, self.sections = code, sections
        self.parted = PARTS in sections["spelling"]
        self.common = self.set_of("common words")

    def set_of(self, section):
        return frozenset(
            part.key
            for line in self.sections[section]
            for part in words_of(line, parted=self.parted)
        )

    @cache  # noqa: B019 (languages live as long as the process)
    def phrases(self, section):
        names = section in ("place", "not a place")
        return Phrases(
            self.sections[section], plain=not_names(), minds_capitals=names, parted=self.parted
        )


def read(path):
    """The Language in a file.  ValueError names the line that cannot be understood."""
    sections = {name: [] for name in [*PHRASES, *WORDS]}
    section = None
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        line = line.split("#")[0].strip()
        if line.startswith("["):
            section = line.strip("[] ")
            if section not in sections:
                raise ValueError(f"{path.name}, line {number}: no part is called {section}.")
        elif line and section is None:
            raise ValueError(f"{path.name}, line {number}: a phrase before the first [part].")
        elif line:
            _check(line, section, f"{path.name}, line {number}")
            sections[section].append(line)
    return Language(path.stem, sections)


def _check(line, section, where):
    pieces = line.split()
    if section in WORDS:
        return
    if pieces[0] in ("~", "*"):
        raise ValueError(f"{where}: a phrase begins with a word.")
    if pieces.count("…") > (section.startswith("not ")):
        raise ValueError(f"{where}: … stands once, and in a [not …] part.")
    if "^" in pieces and "place" not in section:
        raise ValueError(f"{where}: ^ is for places.")


@cache
def everywhere(section):
    """The words of a part, of all languages together."""
    return frozenset().union(*(language.set_of(section) for language in languages().values()))


@cache
def not_names():
    return everywhere("ordinary words") | everywhere("common words")


def words_both_ways(text):
    """The words of ``text`` by whether apostrophes part them."""
    abbreviations = everywhere("abbreviations")
    return {
        parted: words_of(text, parted=parted, abbreviations=abbreviations)
        for parted in (False, True)
    }


@cache
def languages():
    """Every language that has a file, by its code."""
    return {path.stem: read(path) for path in sorted(FOLDER.glob("*.txt"))}
