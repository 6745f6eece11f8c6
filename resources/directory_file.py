"""The directory as a CSV file: read, checked row by row, and refused as a whole with every reason.

Nothing here asks the database: /help-now/ reads the shipped file when everything else is gone.
"""

import csv
import datetime
import hashlib
import io
import json
from dataclasses import dataclass, field, fields
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.validators import validate_email, validate_slug
from django.utils.translation import gettext as _

from resources import countries, numbers, terms
from resources.models.choices import TAKEN, Assurance, Cost, Kind
from resources.validators import plain_text, web_address

SHIPPED = Path(__file__).parent / "data" / "resources.csv"
CONFIRMED_ON = datetime.date(2026, 11, 22)  # when the shipped file's facts were confirmed
LARGEST = 5_000_000  # bytes; the shipped file has 65,000
READING = 2  # raise it when the same row means something new, and it is loaded again

NEEDED = ["slug", "name", "organization", "kind", "url", "countries", "summary", "source_url"]
LONGEST = {
    "slug": 80, "name": 200, "organization": 200, "kind": 40, "url": 500, "phone": 40,
    "text_number": 200, "email": 254, "countries": 1000, "languages": 500, "loss_types": 500,
    "audiences": 500, "hours": 300, "cost": 10, "summary": 600, "source_url": 500,
    "verified": 10,
}  # fmt: skip
KINDS = {
    "app": Kind.APP,
    "charity": Kind.CHARITY,
    "counselling directory": Kind.COUNSELLING,
    "crisis line": Kind.CRISIS_LINE,
    "guide": Kind.GUIDE,
    "helpline": Kind.HELPLINE,
    "legal & leave rights": Kind.RIGHTS,
    "memorial & keepsakes": Kind.KEEPSAKES,
    "online community": Kind.ONLINE,
    "peer mentoring": Kind.PEER,
    "photography": Kind.PHOTOGRAPHY,
    "support group": Kind.SUPPORT_GROUP,
}
VERIFIED = {"yes": Assurance.PUBLISHED, "partly": Assurance.PARTLY}


class Refused(Exception):
    """Nothing was taken; ``reasons`` names everything that stands in the way."""

    def __init__(self, reasons):
        self.reasons = reasons
        super().__init__("\n".join(reasons))


@dataclass
class Place:
    slug: str
    name: str
    organization: str
    kind: str
    url: str
    description: str
    email: str
    hours: str
    cost: str
    source_url: str
    assurance: str
    assured_on: datetime.date
    areas: list = field(default_factory=list)
    languages: list = field(default_factory=list)
    losses: list = field(default_factory=list)
    audiences: list = field(default_factory=list)
    phones: list = field(default_factory=list)

    @property
    def seen_on(self):
        """The day the numbers and the email were seen; of a partly confirmed place, never."""
        return None if self.assurance == Assurance.PARTLY else self.assured_on

    @property
    def digest(self):
        """The same for the same row on the same day of confirmation, and for nothing else."""
        said = [READING, *(getattr(self, part.name) for part in fields(self))]
        return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()


def read(path=SHIPPED, confirmed_on=CONFIRMED_ON):
    """The places in the file, or Refused."""
    return read_text(_text(path), confirmed_on)


def read_text(text, confirmed_on):
    """The places in a file of which ``text`` is all there is, or Refused."""
    rows, reasons, places, seen = _rows(text), [], [], {}
    for line, cells in rows:
        row = Row(cells, confirmed_on)
        place = row.place()
        slug = row.cells.get("slug", "")
        if slug and slug in seen:
            row.refuse(_("the address “%(slug)s” is taken by line %(line)d.")
                       % {"slug": slug, "line": seen[slug]})  # fmt: skip
        seen.setdefault(slug, line)
        where = {"line": line, "slug": slug or _("no address")}
        reasons += [_("Line %(line)d (%(slug)s): ") % where + why for why in row.reasons]
        places.append(place)
    if reasons:
        raise Refused(reasons)
    return places


def _text(path):
    path = Path(path)
    try:
        if path.stat().st_size > LARGEST:
            raise Refused([_("The file is larger than five megabytes.")])
        return decoded(path.read_bytes())
    except OSError as problem:
        raise Refused([_("The file cannot be read: %s.") % problem.strerror]) from problem


def decoded(data):
    """The text of a file's bytes, or Refused."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise Refused([_("Line %d is not written in UTF-8.") % line]) from problem


def _rows(text):
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        columns = reader.fieldnames or []
        missing = [name for name in LONGEST if name not in columns]
        if missing:
            raise Refused([_("There is no column “%s”.") % name for name in missing])
        if len(set(columns)) < len(columns):
            raise Refused([_("Two columns have the same name.")])
        rows = [(reader.line_num, cells) for cells in reader]
    except csv.Error as problem:
        raise Refused(
            [_("Line %(line)d: %(why)s.") % {"line": reader.line_num, "why": problem}]
        ) from problem
    if not rows:
        raise Refused([_("There is no place in this file.")])
    return rows


def _own_address(slug):
    validate_slug(slug)
    if slug in TAKEN:
        raise ValidationError("taken")


class Row:
    """One row on its way to becoming a place; what is wrong with it gathers in ``reasons``."""

    def __init__(self, cells, confirmed_on):
        self.reasons = []
        self.confirmed_on = confirmed_on
        if None in cells:
            self.refuse(_("it has more cells than there are columns."))
        if None in cells.values():
            self.refuse(_("it has fewer cells than there are columns."))
        self.cells = {name: self._cell(name, cells.get(name) or "") for name in LONGEST}

    def refuse(self, why):
        self.reasons.append(why)

    def _cell(self, name, value):
        try:
            plain_text(value)
        except ValidationError as problem:
            self.refuse(f"{name}: {problem.messages[0]}")
            return ""
        value = " ".join(value.split())
        if len(value) > LONGEST[name]:
            self.refuse(_("%(name)s is longer than %(longest)d characters.")
                        % {"name": name, "longest": LONGEST[name]})  # fmt: skip
            return ""
        if not value and name in NEEDED and not any(name in why for why in self.reasons):
            self.refuse(_("%s is empty.") % name)
        return value

    def place(self):
        cells = self.cells
        areas = self._codes("countries", {countries.ANY_COUNTRY, *countries.COUNTRIES})
        phones = self._phones(areas[0] if areas else "")
        self._checked("slug", _own_address)
        self._checked("email", validate_email)
        self._checked("url", web_address)
        self._checked("source_url", web_address)
        return Place(
            slug=cells["slug"],
            name=cells["name"],
            organization=cells["organization"],
            kind=self._one_of("kind", KINDS),
            url=cells["url"],
            description=cells["summary"],
            email=cells["email"],
            hours=cells["hours"],
            cost=self._one_of("cost", {value: value for value in Cost.values}),
            source_url=cells["source_url"],
            assurance=self._assurance(),
            assured_on=self.confirmed_on,
            areas=areas,
            languages=self._codes("languages", terms.LANGUAGES),
            losses=self._codes("loss_types", terms.LOSS),
            audiences=self._codes("audiences", terms.AUDIENCE),
            phones=phones,
        )

    def _checked(self, name, validate):
        try:
            if self.cells[name]:
                validate(self.cells[name])
        except ValidationError:
            self.refuse(_("%(name)s “%(value)s” is not one.")
                        % {"name": name, "value": self.cells[name]})  # fmt: skip

    def _one_of(self, name, known):
        value = self.cells[name]
        if value and value not in known:
            self.refuse(_("%(name)s “%(value)s” is not one of %(known)s.")
                        % {"name": name, "value": value, "known": ", ".join(known)})  # fmt: skip
        elif not value and name not in NEEDED:
            self.refuse(_("%s is empty.") % name)
        return known.get(value, "")

    def _codes(self, name, known):
        codes = [code.strip() for code in self.cells[name].split(";") if code.strip()]
        for code in codes:
            if code not in known:
                self.refuse(_("%(name)s: “%(code)s” is not one we know.")
                            % {"name": name, "code": code})  # fmt: skip
        if not codes and name not in NEEDED:
            self.refuse(_("%s is empty.") % name)
        return list(dict.fromkeys(codes))

    def _phones(self, country):
        found = []
        try:
            if self.cells["phone"]:
                found += numbers.spoken(self.cells["phone"], country)
            found += numbers.written(self.cells["text_number"], country)
        except ValidationError as problem:
            self.reasons += problem.messages
        return found

    def _assurance(self):
        value = self.cells["verified"]
        if value in VERIFIED:
            return VERIFIED[value]
        if any(self.cells[name] for name in ("phone", "text_number", "email")):
            self.refuse(
                _("it gives a number or an email, and verified says neither yes nor partly.")
            )
        else:
            self.refuse(_("verified says neither yes nor partly."))
        return ""
