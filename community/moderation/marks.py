"""Passages marked in the words themselves, for whoever decides about them; no reader sees one.

A mark is two things at once: a ``<mark>`` around the words, and a label after them in words of its
own, so that it is there without colours, without styles and read aloud.
"""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter

from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe

# What stands between two fields where they are read as one text.
BETWEEN = "\n\n"


@dataclass(frozen=True)
class Mark:
    """``start`` and ``end`` count characters of one field, as its author typed it."""

    start: int
    end: int
    label: str
    anchor: str
    words: str = ""


@dataclass(frozen=True)
class Piece:
    """Some of the words under a mark: one mark may reach over emphasis and paragraphs."""

    mark: Mark
    html: str


def marks_in(fields, passages):
    """{field: marks} of what ``passages`` found in the fields, read as one text.

    Two that overlap are one mark with both labels; one that reaches into the next field ends where
    its own does.
    """
    marks, at, numbers = defaultdict(list), 0, iter(range(1, len(passages) * len(fields) + 1))
    joined = _joined(passages)
    for name, text in fields.items():
        for first, last, labels in joined:
            start, end = max(first - at, 0), min(last - at, len(text))
            if start < end:
                anchor = f"noticed-{next(numbers)}"
                label = ", ".join(str(label) for label in labels)
                marks[name].append(Mark(start, end, label, anchor, text[start:end]))
        at += len(text) + len(BETWEEN)
    return dict(marks)


def _joined(passages):
    """(start, end, labels), those that overlap made one; in order."""
    joined = []
    for passage in sorted(passages, key=lambda passage: passage.start):
        label = passage.kind.label
        if joined and passage.start < joined[-1][1]:
            start, end, labels = joined[-1]
            labels = labels if label in labels else [*labels, label]
            joined[-1] = (start, max(end, passage.end), labels)
        else:
            joined.append((passage.start, passage.end, [label]))
    return joined


def reaching(spans, start, end):
    """Those of ``spans``, (start, end, mark) in order, that reach into ``start`` to ``end``, cut to
    it.  However many there are, the others cost nothing.
    """
    for first, last, mark in islice(spans, bisect_right(spans, start, key=itemgetter(1)), None):
        if first >= end:
            return
        yield max(first, start), min(last, end), mark


def pieces(text, start, end, spans):
    """``text[start:end]`` escaped, in pieces."""
    for first, last, mark in reaching(spans, start, end):
        yield _escaped(text[start:first])
        yield Piece(mark, _escaped(text[first:last]))
        start = last
    yield _escaped(text[start:end])


def together(parts):
    """One HTML text; each mark gets its name where it begins, and its label where it ends."""
    parts, begins, ends = list(parts), {}, {}
    for place, part in enumerate(parts):
        if isinstance(part, Piece):
            begins.setdefault(part.mark, place)
            ends[part.mark] = place
    html = (
        _as_html(part, begins=begins[part.mark] == place, ends=ends[part.mark] == place)
        if isinstance(part, Piece)
        else part
        for place, part in enumerate(parts)
    )
    return mark_safe("".join(html))


def _escaped(text):
    return escape(text).replace("\n", "<br>")


def _as_html(piece, *, begins, ends):
    name = format_html(' id="{}"', piece.mark.anchor) if begins else ""
    said = format_html(' <small class="sh-label">({})</small>', piece.mark.label) if ends else ""
    return f"<mark{name}>{piece.html}</mark>{said}"


def line_as_html(text, marks=()):
    """A line of words, escaped, with its marks."""
    return together(pieces(text, 0, len(text), [(mark.start, mark.end, mark) for mark in marks]))
