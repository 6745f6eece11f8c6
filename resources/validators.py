"""What may stand in a text that is shown to people in trouble: no trick of the eye."""

import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LAID_OUT = "\n\r\t"
# Right-to-left and left-to-right overrides, embeddings, isolates, marks; zero width; BOM.
UNSEEN = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF}

web_address = URLValidator(
    schemes=["http", "https"],
    message=gettext_lazy("Write the whole address, beginning with https://."),
)


def plain_text(text):
    """Refuse control characters, lone surrogates and marks that reorder or hide letters."""
    for character in text:
        if character in LAID_OUT:
            continue
        if ord(character) in UNSEEN or unicodedata.category(character) in ("Cc", "Cs"):
            raise ValidationError(
                _("There is a character here that cannot be seen (%(code)s). Type it again."),
                params={"code": f"U+{ord(character):04X}"},
            )
