"""Small charts, drawn on the server: where each piece stands, in whole units of the drawing.

A chart never stands alone: the table beside it says the same.  Whole numbers, because a fraction
would be written with the comma or the point of the reader's language.
"""

from dataclasses import dataclass, field
from itertools import pairwise

WIDTH = 360
HEIGHT = 132
GROUND = 108  # where columns stand
ROOF = 20  # how high the highest reaches
TEXT = 12
ROW = 38


@dataclass(frozen=True)
class Bar:
    x: int
    y: int
    width: int
    height: int
    # Drawn as an outline: how much is not said, or not the part that matters.
    is_hollow: bool = False


@dataclass(frozen=True)
class Label:
    x: int
    y: int
    text: str
    anchor: str = "middle"


@dataclass
class Chart:
    """``says`` is for whoever hears the page: what the drawing shows, in a sentence."""

    says: str = ""
    height: int = HEIGHT
    width: int = WIDTH
    ground: int | None = GROUND
    bars: list = field(default_factory=list)
    labels: list = field(default_factory=list)
    dots: list = field(default_factory=list)
    lines: list = field(default_factory=list)


def columns(values, names, *, within=None, least=None, says=""):
    """One column for each value.  ``within`` is the part of each that is drawn solid.

    A value of None is too small to be told, and stands as an outline of ``least``.
    """
    chart, scale = Chart(says=says), _scale(values, within or [], [least or 0])
    step = WIDTH // len(values)
    for n, (value, name) in enumerate(zip(values, names, strict=True)):
        left, middle = n * step, n * step + step // 2
        chart.labels.append(Label(middle, HEIGHT - 6, name))
        is_hollow = value is None or within is not None
        chart.bars += _column(left, step, scale(least if value is None else value), is_hollow)
        if within is not None:
            chart.bars += _column(left, step, scale(within[n]), False)
    chart.labels += _highest(values, step, scale)
    return chart


def _column(left, step, height, is_hollow):
    gap = max(2, step // 6)
    return [Bar(left + gap, GROUND - height, step - 2 * gap, height, is_hollow)] if height else []


def _highest(values, step, scale):
    """The number over the highest, which is what the others are measured by."""
    known = [(value, -n) for n, value in enumerate(values) if value]
    if not known:
        return []
    value, n = max(known)
    return [Label(-n * step + step // 2, GROUND - scale(value) - 5, str(value))]


def line(values, names, *, said, says=""):
    """A dot for each value that is there, joined where the next is there too.

    ``said`` puts a value in words, for the highest.
    """
    chart, scale = Chart(says=says), _scale(values)
    step = WIDTH // len(values)
    places = [
        None if value is None else (n * step + step // 2, GROUND - scale(value))
        for n, value in enumerate(values)
    ]
    chart.labels = [Label(n * step + step // 2, HEIGHT - 6, name) for n, name in enumerate(names)]
    chart.dots = [place for place in places if place]
    chart.lines = [(*here, *there) for here, there in pairwise(places) if here and there]
    known = [(value, -n) for n, value in enumerate(values) if value is not None]
    if known:
        value, n = max(known)
        x, y = places[-n]
        edge = "start" if -n < 2 else "end" if -n > len(values) - 3 else "middle"
        chart.labels.append(Label(x, y - 8, said(value), edge))
    return chart


def rows(values, names, *, least=None, says=""):
    """One bar under each name, across the page."""
    chart = Chart(says=says, height=ROW * len(values), ground=None)
    most = max([value or 0 for value in values] + [least or 0, 1])
    for n, (value, name) in enumerate(zip(values, names, strict=True)):
        top = n * ROW
        chart.labels.append(Label(0, top + TEXT, name, "start"))
        width = (least if value is None else value) * (WIDTH - 2) // most
        if width or value:
            chart.bars.append(Bar(1, top + TEXT + 6, max(width, 2), 10, value is None))
    return chart


def _scale(*several):
    most = max([value or 0 for values in several for value in values] + [1])
    return lambda value: 0 if not value else max(2, value * (GROUND - ROOF) // most)
