"""What is meant well and often hurts, noticed in a letter so that its writer can look once more."""

from functools import cache
from pathlib import Path

from community.moderation.wordlists import Phrases, words_of

FILE = Path(__file__).parent / "data" / "hurts.txt"


def often_hurts(text):
    """The passages of ``text`` that many people here were told, and wish they hadn’t been."""
    words = words_of(text)
    found = sorted(phrases().found_in(words).items())
    return [text[words[first].start : words[end - 1].end] for first, end in found]


@cache
def phrases():
    lines = (line.split("#")[0].strip() for line in FILE.read_text("utf-8").splitlines())
    return Phrases(line for line in lines if line and not line.startswith("["))
