"""A piece for the reading room as a JSON file: facts from public pages, an introduction of ours.

What the file gives as null was not confirmed, and shows nothing.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from resources.directory_file import LARGEST, Refused
from resources.validators import plain_text

SHIPPED = Path(__file__).parent / "data" / "featured-article.json"
READING = 2  # raise it when the same file means something new, and it is loaded again
TEXTS = [
    "slug", "title", "display_title", "publisher", "author", "canonical_url", "teaser",
    "mentions", "before_reading", "topics",
]  # fmt: skip
DAYS = {"published_date": "published_on", "featured_from": "featured_from"}


def read(path=SHIPPED):
    """The piece in the file, or Refused."""
    path = Path(path)
    try:
        if path.stat().st_size > LARGEST:
            raise Refused([_("The file is larger than five megabytes.")])
        said = json.loads(path.read_bytes())
    except OSError as problem:
        raise Refused([_("The file cannot be read: %s.") % problem.strerror]) from problem
    except (ValueError, RecursionError) as problem:
        raise Refused([_("The file is not JSON: %s.") % problem]) from problem
    if not isinstance(said, dict):
        raise Refused([_("The file does not describe one article.")])
    return _Reading(said).result()


@dataclass
class Piece:
    fields: dict
    facts: list
    places: list  # the addresses of the places beside it
    digest: str


class _Reading:
    """What the file says, with everything that is wrong with it in ``reasons``."""

    def __init__(self, said):
        self.said = said
        self.reasons = []

    def result(self):
        fields = {name: self._text(name) for name in TEXTS}
        fields["slug"] = fields["slug"] or self._text("id")
        fields["introduction"] = self._introduction()
        for name, column in DAYS.items():
            fields[column] = self._day(self.said, name)
        for name in ("slug", "title", "display_title", "publisher", "canonical_url"):
            if not fields[name]:
                self.reasons.append(_("%s is missing.") % name)
        facts, slugs = self._facts(fields), self._texts("suggested_resource_slugs")
        if self.reasons:
            raise Refused(self.reasons)
        digest = hashlib.sha256(json.dumps([READING, self.said], sort_keys=True).encode())
        return Piece(fields, facts, slugs, digest.hexdigest())

    def _text(self, name, within=None):
        value = (self.said if within is None else within).get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.reasons.append(_("%s is not text.") % name)
            return ""
        try:
            plain_text(value)
        except ValidationError as problem:
            self.reasons.append(f"{name}: {problem.messages[0]}")
            return ""
        return value.strip()

    def _part(self, name, kind, within=None):
        value = (self.said if within is None else within).get(name)
        if value is None:
            return kind()
        if not isinstance(value, kind):
            self.reasons.append(_("%s is not what it should be.") % name)
            return kind()
        return value

    def _texts(self, name, within=None):
        return [self._text(name, {name: part}) for part in self._part(name, list, within)]

    def _introduction(self):
        if "introduction" not in self.said:
            return self._text("summary")
        return "\n\n".join(self._texts("introduction"))

    def _day(self, within, name):
        value = self._text(name, within)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            self.reasons.append(_("%(name)s “%(value)s” is not a day.")
                                % {"name": name, "value": value})  # fmt: skip
            return None

    def _facts(self, fields):
        """The plain list: who, when, where published.  A line with nothing in it is left out."""
        interview, essay = self._part("interview", dict), self._part("essay", dict)
        guests = self._texts("guests", interview)
        lines = [
            (_("Who spoke"), _(" and ").join(guests), ""),
            (_("Who asked"), self._text("interviewer", interview), ""),
            (_("Where"), self._joined(interview, "programme", "network"), ""),
            (_("When"), self._in_words(self._day(interview, "air_date")), ""),
            (
                _("Written up by"),
                ", ".join(filter(None, [fields["author"], fields["publisher"]])),
                "",
            ),
            (_("Published"), self._in_words(fields["published_on"]), ""),
            (self._essay_by(essay), self._essay(essay), self._text("url", essay)),
            (_("Facts gathered"), self._gathered(), ""),
        ]
        return [{"label": what, "text": text, "url": url} for what, text, url in lines if text]

    def _essay_by(self, essay):
        author = self._text("author", essay)
        return _("An essay by %s") % author if author else _("An essay")

    def _essay(self, essay):
        title = self._text("title", essay)
        day = self._in_words(self._day(essay, "published_date"))
        parts = [f"“{title}”" if title else "", self._text("platform", essay), day]
        return ", ".join(filter(None, parts))

    def _gathered(self):
        day = self._in_words(self._day(self.said, "retrieved"))
        return _("%s, from public pages") % day if day else ""

    def _joined(self, within, *names):
        return ", ".join(filter(None, (self._text(name, within) for name in names)))

    def _in_words(self, day):
        return date_format(day, "j F Y") if day else ""
