"""HSDS tabular data, put together again: from rows of tables to services with their parts.

The tables of HSDS 3, and the older ones in which a service has a location and no organisation of
its own.
"""

import csv
import io
import zipfile
from collections import defaultdict

from django.utils.translation import gettext as _

from resources.directory_file import Refused
from resources.hsds.tabular import uncelled

LARGEST = 200_000_000  # bytes, unpacked
MOST_FILES = 100
LONGEST_CELL = 200_000
NEEDED = {"services.csv": ("id", "name"), "organizations.csv": ("id", "name")}
# The part of a service a table holds; what it was called before HSDS 3.
PARTS = {
    "phones": "phones.csv",
    "schedules": "schedules.csv",
    "service_areas": "service_areas.csv",
    "languages": "languages.csv",
    "cost_options": "cost_options.csv",
    "translations": "translations.csv",
}
OLD_COLUMNS = {"website": "url", "number_type": "type", "fees": "fees_description"}
OLD_DAYS = {"Monday": "MO", "Tuesday": "TU", "Wednesday": "WE", "Thursday": "TH", "Friday": "FR",
            "Saturday": "SA", "Sunday": "SU"}  # fmt: skip


def from_folder(path):
    """{file: [(line, row), …]} of the CSV files in a folder.  Raises Refused."""
    found = sorted(path.glob("*.csv"))
    if sum(file.stat().st_size for file in found) > LARGEST:
        raise Refused([_("The tables are larger than two hundred megabytes.")])
    return {file.name: _rows(file.name, file.read_bytes()) for file in found}


def from_zip(content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if entry.filename.endswith(".csv")]
            if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > LARGEST:
                raise Refused([_("The tables are larger than two hundred megabytes.")])
            return {
                entry.filename.rpartition("/")[2]: _rows(entry.filename, archive.read(entry))
                for entry in entries
            }
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as problem:
        raise Refused([_("This zip cannot be opened.")]) from problem


def from_json(said):
    return {
        name: list(enumerate(filter(lambda row: isinstance(row, dict), rows), start=2))
        for name, rows in said.items()
        if isinstance(rows, list)
    }


def _rows(name, content):
    csv.field_size_limit(LONGEST_CELL)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise Refused([_("%s is not written in UTF-8.") % name]) from problem
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        missing = set(NEEDED.get(name, ())) - set(reader.fieldnames or ())
        if missing:
            said = {"file": name, "column": ", ".join(sorted(missing))}
            raise Refused([_("%(file)s has no column “%(column)s”.") % said])
        return [
            (reader.line_num, {key: uncelled(value) for key, value in row.items() if key and value})
            for row in reader
        ]
    except csv.Error as problem:
        said = {"file": name, "line": reader.line_num, "why": problem}
        raise Refused([_("%(file)s, line %(line)d: %(why)s.") % said]) from problem


def services(found):
    """(where, service) for each row of services.csv, with its parts.  Raises Refused."""
    if "services.csv" not in found:
        raise Refused([_("There is no services.csv in this.")])
    return list(_Tables(found).services())


class _Tables:
    def __init__(self, found):
        self.found = found
        self.organizations = self.by("organizations.csv", "id")
        self.locations = self.by("locations.csv", "id")
        self.terms = self.by("taxonomy_terms.csv", "id")
        self.grouped = {}

    def rows(self, name):
        return [row for _line, row in self.found.get(name, ())]

    def by(self, name, column):
        return {str(row.get(column)): row for row in self.rows(name)}

    def of(self, name, column, key):
        """The rows of a table that belong to ``key``."""
        if (name, column) not in self.grouped:
            groups = self.grouped[name, column] = defaultdict(list)
            for row in self.rows(name):
                groups[str(row.get(column) or "")].append(row)
        return self.grouped[name, column].get(str(key), []) if key else []

    def services(self):
        for line, row in self.found["services.csv"]:
            where = _("services.csv, line %d") % line
            yield where, self.service(row)

    def service(self, row):
        key = row.get("id")
        said = {OLD_COLUMNS.get(name, name): value for name, value in row.items()} | row
        places = self.places(row)
        runs_it = row.get("organization_id") or next(
            (place.get("organization_id") for place in places if place.get("organization_id")), None
        )
        if runs_it := self.organizations.get(str(runs_it)):
            said["organization"] = runs_it
        for part, name in PARTS.items():
            said[part] = [self.part(part, each) for each in self.of(name, "service_id", key)]
        said["attributes"] = [self.attribute(each) for each in self.attributes(key)]
        said["service_at_locations"] = [{"location": self.location(place)} for place in places]
        self.as_it_was(said, row)
        return said

    def part(self, name, row):
        if name == "phones":
            languages = self.of("languages.csv", "phone_id", row.get("id"))
            return row | {
                "type": row.get("type", row.get("number_type", "")),
                "languages": languages,
            }
        return row

    def places(self, row):
        keys = [
            at.get("location_id")
            for at in self.of("service_at_location.csv", "service_id", row.get("id"))
        ]
        keys = keys or [row.get("location_id")]
        return [self.locations[str(key)] for key in keys if str(key) in self.locations]

    def location(self, place):
        key = place.get("id")
        addresses = self.of("addresses.csv", "location_id", key)
        phones = self.of("phones.csv", "location_id", key)
        return place | {
            "addresses": addresses or self.of("mail_addresses.csv", "location_id", key),
            "phones": [self.part("phones", phone) for phone in phones],
            "schedules": [
                weekday(each) for each in self.of("regular_schedules.csv", "location_id", key)
            ],
            "languages": [],
        }

    def attributes(self, key):
        return self.of("attributes.csv", "link_id", key)

    def attribute(self, row):
        term = self.terms.get(str(row.get("taxonomy_term_id")))
        return row | ({"taxonomy_term": term} if term else {})

    def as_it_was(self, said, row):
        """What tables before HSDS 3 had inside the row of a service."""
        if isinstance(row.get("languages"), str):
            names = row["languages"].split(",")
            said["languages"] = [{"name": name.strip()} for name in names if name.strip()]
        regular = self.of("regular_schedules.csv", "service_id", row.get("id"))
        said["schedules"] = said["schedules"] or [weekday(each) for each in regular]


def weekday(row):
    """A row of regular_schedules.csv as HSDS 3 has it."""
    return row | {"freq": "WEEKLY", "byday": OLD_DAYS.get(row.get("weekday", ""), "")}
