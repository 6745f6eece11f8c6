"""From a number as a place prints it to one that a telephone dials.

Numbers that can be reached from abroad become international (E.164), because people look at
another country's places too.  Short codes and the ranges that only a country's own network
knows (freephone, shared cost) stay as they are dialled there.
"""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

VOICE, TEXT, WHATSAPP = "voice", "text", "whatsapp"
LONGEST_SHORT_CODE = 6  # 116 123, 13 11 14, 741741

# country: (calling code, the prefix dropped when dialled from abroad, what stays national)
PLANS = {
    "AU": ("61", "0", r"1[38]"),
    "CA": ("1", "1", None),
    "DE": ("49", "0", r"0800|0180"),
    "DK": ("45", "", r"80"),
    "ES": ("34", "", r"[89]00|901|902"),
    "FI": ("358", "0", r"0800|0600"),
    "FR": ("33", "0", r"08"),
    "GB": ("44", "0", None),
    "HK": ("852", "", r"800"),
    "IE": ("353", "0", r"1800|1850|1890|0818"),
    "IT": ("39", "", r"800|840|199"),
    "KE": ("254", "0", r"0800"),
    "MX": ("52", "", r"800"),
    "NL": ("31", "0", r"0800|0900"),
    "NZ": ("64", "0", r"0800|0508"),
    "PL": ("48", "", r"80[01]"),
    "PT": ("351", "", r"80[08]"),
    "SG": ("65", "", r"1800"),
    "US": ("1", "1", None),
    "ZA": ("27", "0", r"08[06]"),
}

PIECE = re.compile(r"(?P<number>\+?[0-9][0-9 ()\-.]*[0-9])\s*(?:\((?P<note>[^()]*)\))?")
KEYWORD = re.compile(r"\btext\s+(?P<word>\w+)", re.IGNORECASE)


class Dialled:
    """What a link to a number says and does; for anything with Number's attributes."""

    @property
    def href(self):
        """What a telephone acts on (RFC 3966, RFC 5724)."""
        if self.type == WHATSAPP:
            return f"https://wa.me/{self.dial.removeprefix('+')}"
        return f"{'sms' if self.type == TEXT else 'tel'}:{self.dial}"

    @property
    def words(self):
        said = {"number": self.number, "word": self.keyword}
        if self.type == WHATSAPP:
            return _("WhatsApp %(number)s") % said
        if self.type == VOICE:
            return _("Call %(number)s") % said
        return (_("Text %(word)s to %(number)s") if self.keyword else _("Text %(number)s")) % said


@dataclass(frozen=True)
class Number(Dialled):
    """Named as Phone names them, so that both can be read alike."""

    type: str
    number: str
    dial: str
    keyword: str = ""
    description: str = ""


def dialable(display, country):
    """What to put behind ``tel:`` or ``sms:`` for ``display`` as printed in ``country``."""
    digits = re.sub(r"[^0-9]", "", display)
    if display.strip().startswith("+"):
        return "+" + digits
    code, trunk, national = PLANS.get(country, ("", "", None))
    if not code or len(digits) <= LONGEST_SHORT_CODE or (national and re.match(national, digits)):
        return digits
    return f"+{code}{digits.removeprefix(trunk)}"


def spoken(printed, country):
    """The numbers in a cell such as “116 123; 0800 123 456 (Spanish)”."""
    return [voice(piece.strip(), country) for piece in printed.split(";") if piece.strip()]


def voice(printed, country):
    piece = PIECE.fullmatch(printed.strip())
    if piece is None:
        raise ValidationError(_("“%s” is not a number a telephone can dial.") % printed)
    number = _checked(piece["number"], country)
    return Number(VOICE, piece["number"], number, description=(piece["note"] or "").strip())


def printed(number):
    """A number as a cell of a file has it: what ``spoken`` and ``written`` read."""
    notes = {TEXT: f"text {number.keyword}".strip(), WHATSAPP: "WhatsApp", VOICE: ""}
    said = ", ".join(filter(None, [notes[number.type], number.description]))
    return f"{number.number} ({said})" if said else number.number


def written(printed, country):
    """The numbers in a cell such as “85258 (text SHOUT); 971-203-7773 (Spanish)”."""
    return [_written(piece.strip(), country) for piece in printed.split(";") if piece.strip()]


def _written(printed, country):
    piece = PIECE.fullmatch(printed)
    if piece is None:
        raise ValidationError(_("“%s” is not a number that can be written to.") % printed)
    note = piece["note"] or ""
    kind = WHATSAPP if "whatsapp" in note.lower() else TEXT
    keyword = KEYWORD.search(note) if kind == TEXT else None
    rest = KEYWORD.sub("", note)
    rest = re.sub(r"\b(text|sms|whatsapp)\b", "", rest, flags=re.IGNORECASE).strip(" ,")
    dial = _checked(piece["number"], country)
    if kind == WHATSAPP and not dial.startswith("+"):
        raise ValidationError(_("“%s”: WhatsApp needs the number with its country.") % printed)
    return Number(kind, piece["number"], dial, keyword["word"] if keyword else "", rest)


def _checked(display, country):
    dial = dialable(display, country)
    if not 2 < len(dial) <= 16:
        raise ValidationError(_("“%s” has too few or too many digits for a number.") % display)
    return dial
