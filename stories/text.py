"""Members' words: plain text, with a little of what a typewriter could do.

A blank line begins a paragraph.  ``_Words_`` between underscores are emphasised.  Lines that begin
with ``>`` are a quotation.  A line of asterisks is a pause.  Nothing else means anything; all of
it is escaped.
"""

import re
import unicodedata
from types import MappingProxyType

from community.moderation.marks import pieces, reaching, together

# Read slowly: it is night, and not a thing to skim.
WORDS_A_MINUTE = 120
OPENING_LENGTH = 160
GREETING_LENGTH = 60

PAUSE = re.compile(r"(\*\s*){3,}|#|⁂")
# An underscore inside a word is part of it; any other ends the search, so that a text full of them
# takes no longer than another.
EMPHASIS = re.compile(r"(?<![\w_])_(?=\S)((?:[^_]|(?<=\w)_(?=\w))+)(?<=\S)_(?![\w_])")
GREETING = re.compile(r"[^\n.!?…]+[,:，：،]\s*")
SENTENCE_END = re.compile(r"[.!?…。؟۔]+[”’\"')\]]*(?=\s|$)")

# They are not seen, and turn the direction of what follows or keep two names apart.
UNSEEN = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def one_line(text):
    """A few words for a heading: composed (NFC), without line ends and signs that nobody sees."""
    return " ".join(unicodedata.normalize("NFC", UNSEEN.sub("", text)).split())


def _placed_blocks(text):
    """The paragraphs of ``text`` without the blank lines between them, each with its place."""
    at = len(text) - len(text.lstrip())
    for part in re.split(r"(\n\s*\n)", text.strip()):
        if part.strip():
            yield at + len(part) - len(part.lstrip("\n")), part.strip("\n")
        at += len(part)


def blocks(text):
    """The paragraphs of ``text``, without the blank lines between them."""
    return [block for _place, block in _placed_blocks(text)]


def _inline(text, spans):
    at = 0
    for leaning in EMPHASIS.finditer(text):
        yield from pieces(text, at, leaning.start(), spans)
        yield "<em>"
        yield from pieces(text, *leaning.span(1), spans)
        yield "</em>"
        at = leaning.end()
    yield from pieces(text, at, len(text), spans)


def _quoted(block):
    """The lines of a quotation without their ``>``, each with its place; none if it is not one."""
    lines, at = [], 0
    for line in block.split("\n"):
        if not line.lstrip().startswith(">"):
            return []
        said = line.lstrip()[1:]
        lines.append((at + len(line) - len(said.lstrip()), said.strip()))
        at += len(line) + 1
    return lines


def _block(place, block, spans):
    if PAUSE.fullmatch(block.strip()):
        yield "<hr>"
        return
    quoted = _quoted(block)
    text, ours, at = [], [], 0
    for begins, line in quoted or [(0, block)]:
        begins += place
        for start, end, mark in reaching(spans, begins, begins + len(line)):
            ours.append((start - begins + at, end - begins + at, mark))
        text.append(line)
        at += len(line) + 1
    yield "<blockquote><p>" if quoted else "<p>"
    yield from _inline("\n".join(text), ours)
    yield "</p></blockquote>" if quoted else "</p>"


def as_html(text, marks=(), between=MappingProxyType({})):
    """``text`` as paragraphs, emphasis, quotations and pauses; everything else escaped.

    ``marks`` (community.moderation.marks) are for whoever decides about it, never for a reader.
    ``between`` is what else stands there, HTML by after how many paragraphs.
    """
    spans = [(mark.start, mark.end, mark) for mark in marks]
    parts = [*between.get(0, ())]
    for number, (place, block) in enumerate(_placed_blocks(text), start=1):
        parts += ["\n"] * bool(parts)
        parts += _block(place, block, spans)
        parts += between.get(number, ())
    return together(parts)


def as_letter(text, marks=()):
    """``text`` as a letter: paragraphs, plain; a first line that greets somebody leans."""
    parts, spans = [], [(mark.start, mark.end, mark) for mark in marks]
    for place, block in _placed_blocks(text):
        greets = not parts and len(block) <= GREETING_LENGTH and GREETING.fullmatch(block)
        ours = reaching(spans, place, place + len(block))
        ours = [(start - place, end - place, mark) for start, end, mark in ours]
        parts += ['<p class="to">' if greets else "<p>", *pieces(block, 0, len(block), ours)]
        parts.append("</p>\n")
    return together(parts)


def opening(text):
    """The first sentence, as its writer wrote it, or the first words of a very long one."""
    for block in blocks(text):
        if not PAUSE.fullmatch(block.strip()):
            line = block.replace("_", "").lstrip("> ").split("\n")[0]
            line = line[: OPENING_LENGTH + 1]
            end = SENTENCE_END.search(line)
            sentence = line[: end.end()] if end else line
            if len(sentence) <= OPENING_LENGTH:
                return sentence
            return sentence[:OPENING_LENGTH].rsplit(" ", 1)[0] + "…"
    return ""


def reading_minutes(text):
    """Whole minutes, never none.  Scripts that put no spaces between words count by character."""
    words = max(len(text.split()), len(text) // 6)
    return max(1, round(words / WORDS_A_MINUTE))
