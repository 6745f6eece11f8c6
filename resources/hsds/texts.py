"""What other publishers write, as plain text."""

import re
from html import unescape

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags

from resources.validators import plain_text


def parts(said, name):
    """The objects in a list of parts; whatever else stands there is left out."""
    found = said.get(name)
    return [part for part in found if isinstance(part, dict)] if isinstance(found, list) else []


def plain(value):
    """Text without markup and without characters that cannot be seen."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    text = str(value)
    if re.search(r"<[a-zA-Z/!]|&[a-z#]", text):
        text = unescape(strip_tags(re.sub(r"<(br|/p|/li)[^>]*>", "\n", text)))
    return "".join(filter(_can_be_seen, text))


def _can_be_seen(character):
    try:
        plain_text(character)
    except ValidationError:
        return False
    return True


def shortened(text, longest):
    """``text`` up to its last whole sentence within ``longest`` characters, or cut with “…”."""
    ends = [found.end() for found in re.finditer(r"[.!?](?=\s)", text[:longest])]
    return text[: ends[-1]] if ends else text[: longest - 1].rstrip() + "…"
