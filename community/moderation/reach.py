"""Links, and ways to reach a person: addresses, handles, telephone numbers.

Read one run of characters at a time, so that no text is slow to read.
"""

import re

from community.moderation.handles import handles
from community.moderation.spelled import (
    narrow,
    plainly,
    spelled_links,
    spelled_ways_to_reach,
    without_dates,
)

_RUN = re.compile(r"[^\s<>\"“”«»]+")
_DIGITS = re.compile(r"\d+")
_AROUND = ".,;:!?()[]{}'’‘…*_—–"
_BETWEEN_DIGITS = frozenset(" .-()‐‑–/_*~|\u00a0\u202f\u00ad\u200b\u200c\u200d\u2060\ufeff")
_ENDINGS = frozenset(
    "com org net info uk fr es ie eu blog app dev page link site online xyz io cat cymru scot"
    " wales london"
    # In other scripts, and how a machine writes the first of them.
    " рф рус сайт онлайн укр бел срб мкд бг ελ ευ xn--p1ai"
    " 中国 中國 香港 台湾 台灣 网站 公司 한국".split()
)
_SECOND_LEVEL = frozenset("co com org net ac gov gob gouv nom".split())
_SCHEMES = ("http://", "https://", "www.")
SHORTEST_HANDLE = 3


def _runs(text):
    """(start, end, run) of what stands between spaces, without the punctuation around it."""
    for found in _RUN.finditer(text):
        run = found[0].lstrip(_AROUND)
        start = found.end() - len(run)
        run = run.rstrip(_AROUND)
        yield start, start + len(run), run


def _is_host(name):
    labels = name.split(".")
    if len(labels) < 2 or not all(label and label.replace("-", "").isalnum() for label in labels):
        return False
    return _ends_as_one(labels[-1]) or (
        len(labels) > 2 and labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2
    )


def _ends_as_one(label):
    """A capital letter after a point of ours is the next sentence, its space forgotten."""
    return (label if label.isascii() else label.casefold()) in _ENDINGS


def links(text):
    """(start, end) of each web address."""
    text = narrow(text)
    for start, end, run in _runs(text):
        low = run.casefold()
        if "@" in run.split("/")[0]:
            continue
        if (
            "://" in run
            or (low.startswith(_SCHEMES) and "." in run[4:])
            or _is_host(re.split("[/?#]", run, maxsplit=1)[0])
        ):
            yield start, end
    yield from spelled_links(text)


def ways_to_reach(text):
    """(start, end) of each email address, handle and telephone number."""
    text = plainly(text)
    for start, end, run in _runs(text):
        before, at, after = run.partition("@")
        if not at or "://" in run:
            continue
        is_address = before and "." in after.strip(".")
        is_handle = not before and len(after) >= SHORTEST_HANDLE and after[0].isalnum()
        if is_address or is_handle:
            yield start, end
    text = without_dates(text)
    yield from handles(text)
    yield from spelled_ways_to_reach(text)
    yield from telephone_numbers(text)


def telephone_numbers(text):
    groups, end = [], 0
    for found in _DIGITS.finditer(text):
        gap = text[end : found.start()]
        if groups and (len(gap) > 3 or not _BETWEEN_DIGITS.issuperset(gap)):
            yield from _telephone_number(text, groups)
            groups = []
        groups.append(found)
        end = found.end()
    if groups:
        yield from _telephone_number(text, groups)


def _telephone_number(text, groups):
    start, end = groups[0].start(), groups[-1].end()
    has_plus = text[max(0, start - 2) : start].rstrip("(").endswith("+")
    sizes = [len(group[0]) for group in groups]
    if _sounds_like_a_telephone("".join(group[0] for group in groups), sizes, has_plus):
        yield start - has_plus, end


def _sounds_like_a_telephone(digits, sizes, has_plus):
    """Not a date, a weight, a list of years: those begin or are grouped in another way."""
    if set(sizes) == {1} and digits not in "0123456789":
        return digits.startswith("0") and len(digits) in (10, 11)
    if len(digits) > 15 or len(sizes) > 7:
        return False
    if has_plus or digits.startswith("00"):
        return len(digits) >= 9
    if digits.startswith("0"):
        return len(digits) in (9, 10, 11)
    if digits[0] in "6789" and len(digits) == 9:
        return len(sizes) > 1 or digits[0] in "67"
    return sizes in ([3, 3, 4], [1, 3, 3, 4])
