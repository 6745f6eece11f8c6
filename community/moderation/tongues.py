"""Paragraphs in another language than the one a text is said to be in.

A paragraph's most common small words tell its language; a script tells enough by itself.
"""

import re
import unicodedata
from collections import Counter
from functools import cache

FEWEST_WORDS = 6
FEWEST_HITS = 3
FEWEST_LETTERS = 6
ENOUGH = 0.15  # of a paragraph's words are small ones of that language alone
CLEARLY = 2  # times as many as of its own alone

SCRIPTS = {
    "ar": {"ARABIC"},
    "fa": {"ARABIC"},
    "ur": {"ARABIC"},
    "hi": {"DEVANAGARI"},
    "bn": {"BENGALI"},
    "pa": {"GURMUKHI", "ARABIC"},
    "uk": {"CYRILLIC"},
    "ru": {"CYRILLIC"},
    "bg": {"CYRILLIC"},
    "el": {"GREEK"},
    "he": {"HEBREW"},
    "yi": {"HEBREW"},
    "zh": {"CJK"},
    "ja": {"CJK", "HIRAGANA", "KATAKANA"},
}
_PARAGRAPH = re.compile(r"[^\n\r]+")


def elsewhere(text, words, language, common):
    """(start, end) of each.

    ``words`` are those of ``text``, parted by apostrophes; ``common`` are the small words of each
    language that we know.
    """
    at = 0
    for found in _PARAGRAPH.finditer(text):
        paragraph = found[0]
        begin = at
        while at < len(words) and words[at].start < found.end():
            at += 1
        if _is_in_another_script(paragraph, language) or _is_in_another(
            words[begin:at], language, common
        ):
            start = found.start() + len(paragraph) - len(paragraph.lstrip())
            yield start, start + len(paragraph.strip())


def _is_in_another(words, language, common):
    if len(words) < FEWEST_WORDS:
        return False
    counts = Counter(word.key for word in words)
    own = common.get(language, frozenset())
    return any(
        _tells(counts, other - own, own - other, ENOUGH * len(words))
        for code, other in common.items()
        if code != language
    )


def _tells(counts, theirs, ours, enough):
    """By the words that only one of the two languages has."""
    for_them = sum(times for word, times in counts.items() if word in theirs)
    for_us = sum(times for word, times in counts.items() if word in ours)
    return for_them >= max(FEWEST_HITS, enough) and for_them >= CLEARLY * for_us


def _is_in_another_script(paragraph, language):
    scripts = Counter(_script(letter) for letter in paragraph if letter.isalpha())
    if sum(scripts.values()) < FEWEST_LETTERS:
        return False
    script = scripts.most_common(1)[0][0]
    return script not in {"LATIN", ""} | SCRIPTS.get(language, set())


@cache
def _script(letter):
    return "LATIN" if letter.isascii() else unicodedata.name(letter, "").split(" ")[0]
