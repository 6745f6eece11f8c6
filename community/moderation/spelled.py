"""Addresses and telephone numbers as somebody spells them out, in words or in pieces.

Each pattern is bounded, so that no text is slow to read.  Few texts are to be found wrongly: a
letter with one of these does not go, so counting, weeks, dates and times must pass.
"""

import re
from unicodedata import digit, normalize

# What people write for a point and for the sign in an email address (en, es, fr).
_POINT = r"(?:\s?[(\[{]\s?(?:dot|punto|point|\.)\s?[)\]}]\s?|\s(?:dot|punto|point)\s)"
_SIGN = r"(?:\s?[(\[{]\s?(?:at|arroba|arobase|@)\s?[)\]}]\s?|\s@\s?|@\s)"
_AT = r"\s(?:at|arroba|arobase|chez)\s"
_PLACE = r"[\w-]{2,40}"
_BEGINS = r"(?<![\w.+-])"
_SURE = r"(?:com|org|net|info|co|uk|ie|eu|fr|es|io)\b"
_MAIL = r"(?:gmail|googlemail|hotmail|outlook|yahoo|icloud|proton(?:mail)?)"
_NAME = rf"{_BEGINS}[\w.+-]{{2,40}}"
EMAILS = [
    rf"{_NAME}{_SIGN}{_PLACE}(?:{_POINT}|\.|\s\.\s?|\s?\.\s)(?:co(?:{_POINT}|\.))?{_SURE}",
    # With the word alone the point has to be said as well: "I read it at example.org" is no email.
    rf"{_NAME}{_AT}{_PLACE}{_POINT}(?:co{_POINT})?{_SURE}",
    rf"{_NAME}(?:{_SIGN}|{_AT}){_MAIL}\b",
    rf"\bmy (?:e-?mail|{_MAIL}) (?:is|=|:) ?[\w.+-]{{3,40}}",
]
ADDRESSES = [
    rf"{_BEGINS}{_PLACE}{_POINT}(?:co(?:{_POINT}|\.))?{_SURE}",
    rf"{_BEGINS}{_PLACE}\s\.\s?(?:com|org|net|co\.uk)\b",
    # A short address: wa.me/…, bit.ly/….  With a path, any ending is one.
    r"(?<![\w.-])[a-z0-9-]{1,40}(?:\.[a-z0-9-]{1,40}){0,3}\.[a-z]{2,4}/[\w?=&%+#@-]{2,}",
]
_COMPILED = {
    name: re.compile("|".join(many), re.IGNORECASE)
    for name, many in (("links", ADDRESSES), ("emails", EMAILS))
}

# Said one by one, as numbers are read aloud (en, es, fr).
_SAID = {
    **dict.fromkeys("zero oh o nought nil cero zéro".split(), "0"),
    **dict.fromkeys("one uno un une".split(), "1"),
    **dict.fromkeys("two dos deux".split(), "2"),
    **dict.fromkeys("three tres trois".split(), "3"),
    **dict.fromkeys("four cuatro quatre".split(), "4"),
    **dict.fromkeys("five cinco cinq".split(), "5"),
    **dict.fromkeys("six seis".split(), "6"),
    **dict.fromkeys("seven siete sept".split(), "7"),
    **dict.fromkeys("eight ocho huit".split(), "8"),
    **dict.fromkeys("nine nueve neuf".split(), "9"),
}
_SAID["hundred"] = "00"
_TIMES = {"double": 2, "doble": 2, "triple": 3, "treble": 3}
_PIECE = re.compile(r"\d+|[^\W\d_]+")
_BETWEEN = frozenset(" \u00a0\u202f\n\t-–,.+()/")
# A few numbers in words among digits are a sentence; this many are a number read aloud.
FEWEST_SAID = 3
DATE = re.compile(r"(?<![\d])(?<!\d[/.\-])(\d{1,4})([/.\-])(\d{1,2})\2(\d{1,4})(?!\d)(?!\2\d)")


# Letters drawn full width, or as mathematics draws them: a, ａ, 𝐚.
_DRAWN = re.compile(r"[\uff01-\uff5e\U0001d400-\U0001d7ff]")


def narrow(text):
    """``text`` in as many characters, without the letters and signs that are only drawn apart."""
    return _DRAWN.sub(_as_usual, text)


def _as_usual(found):
    usual = normalize("NFKC", found[0])
    return usual if len(usual) == 1 else found[0]


def plainly(text):
    """``text`` in as many characters, its digits those of ASCII, a letter O among them a zero."""
    if not text.isascii():
        text = "".join(
            char if char.isascii() or digit(char, None) is None else str(digit(char))
            for char in narrow(text)
        )
    return re.sub(r"(?<=\d)[oO]{1,9}|[oO]{1,9}(?=\d)", lambda found: "0" * len(found[0]), text)


def without_dates(text):
    """``text`` in as many characters, with nothing where a whole date stands: "02/04/2021"."""
    return DATE.sub(_unless_no_date, text)


def _unless_no_date(found):
    first, _sign, second, third = found.groups()
    day, month, year = (third, second, first) if len(first) == 4 else (first, second, third)
    one, other = int(day), int(month)
    may_be = min(one, other) >= 1 and min(one, other) <= 12 and max(one, other) <= 31
    return "#" * len(found[0]) if may_be and len(year) in (2, 4) else found[0]


def spelled_links(text):
    """Without the end of an email address."""
    emails = {
        place for found in _COMPILED["emails"].finditer(text) for place in range(*found.span())
    }
    for found in _COMPILED["links"].finditer(text):
        if found.start() not in emails:
            yield found.span()


def spelled_ways_to_reach(text):
    yield from (found.span() for found in _COMPILED["emails"].finditer(text))
    yield from _read_aloud(text)


def _read_aloud(text):
    """Telephone numbers in words, or half in words: "oh seven seven double oh nine …"."""
    said, digits, times, start, end = 0, "", 1, 0, 0
    for piece in [*_PIECE.finditer(text), None]:
        word = piece and piece[0].casefold()
        number = word if word and word.isdigit() else _SAID.get(word, "")
        known = bool(number) or word in _TIMES or word in ("plus", "más")
        near = bool(piece) and len(text[end : piece.start()]) <= 3
        near = near and _BETWEEN.issuperset(text[end : piece.start()])
        if digits and not (known and near):
            if _is_a_number_said(digits, said):
                yield start, end
            said, digits, times = 0, "", 1
        if not known:
            continue
        if not digits:
            start = piece.start()
        digits += number * times if number else ("+" if word in ("plus", "más") else "")
        said += not word.isdigit()
        times = _TIMES.get(word, 1)
        end = piece.end()


def _is_a_number_said(digits, said):
    has_plus, digits = "+" in digits, digits.replace("+", "")
    if said < FEWEST_SAID or len(digits) > 15:
        return False
    if has_plus or digits.startswith("00"):
        return len(digits) >= 9
    if digits.startswith("0"):
        return len(digits) in (9, 10, 11) and digits not in "0123456789"
    return digits[0] in "6789" and len(digits) in (9, 10) and digits not in "9876543210"
