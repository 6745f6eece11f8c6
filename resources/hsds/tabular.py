"""HSDS tabular data: one row for each object, a file of rows for each kind of object."""

import csv

from resources.hsds import fields, objects, taxonomies
from resources.models import Kind, TaxonomyTerm

FORMULA = ("=", "@", "\t", "\r")


def rows_of_services(services):
    """(table, row) for each service and everything in it but its organisation."""
    for service in services:
        said = objects.service_inside(service)
        yield "service", said
        yield from _parts("service", said, {"service_id": said["id"]})


def _parts(name, said, belongs):
    for part in fields.TABLES[name].parts:
        inside = said.get(part.name) if part.many else None
        for row in inside or ():
            yield part.of, row | belongs
            if part.of == "phone":
                yield from _parts("phone", row, {"phone_id": row["id"]})


def rows_of_terms():
    for code in taxonomies.NAMES:
        yield "taxonomy", taxonomies.taxonomy(code)
    for kind in Kind:
        yield "taxonomy_term", taxonomies.term_of_kind(kind)
    for row in TaxonomyTerm.objects.select_related("parent"):
        yield "taxonomy_term", taxonomies.term(row)


class Writer:
    """Open CSV files in ``folder``, one for each table, and whatever row comes written into its."""

    def __init__(self, folder):
        self.files, self.sheets, self.counts = {}, {}, {}
        for name, table in fields.TABLES.items():
            file = open(folder / table.file, "w", encoding="utf-8", newline="")  # noqa: SIM115
            self.files[name] = file
            self.sheets[name] = csv.DictWriter(file, table.columns, extrasaction="ignore")
            self.sheets[name].writeheader()

    def __enter__(self):
        return self

    def __exit__(self, *trouble):
        for file in self.files.values():
            file.close()

    def write(self, rows):
        for name, row in rows:
            self.sheets[name].writerow({key: cell(value) for key, value in row.items()})


def cell(value):
    """A value as a cell.  A spreadsheet would run some texts: those get a quote in front, as a
    spreadsheet itself would write it, which reading takes off again."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and (value.startswith(FORMULA) or _is_sum(value)):
        return f"'{value}"
    return value


def _is_sum(value):
    """Begins as a sum would, and is no telephone number."""
    return value[:1] in ("+", "-") and not value[1:].replace(" ", "").isdigit()


def uncelled(value):
    return value[1:] if value[:1] == "'" and cell(value[1:]) == value else value


def datapackage(*, created, title, home, licence, licence_url):
    """The description of the files, as a tabular data package (specs.frictionlessdata.io)."""
    return {
        "name": "hsds-directory",
        "profile": "tabular-data-package",
        "title": title,
        "homepage": home,
        "version": "3.1",
        "created": created,
        "licenses": [{"name": licence, "path": licence_url}],
        "resources": [
            {
                "name": name,
                "path": table.file,
                "profile": "tabular-data-resource",
                "description": table.description,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {
                    "fields": [_column(field) for field in table.fields],
                    **({"primaryKey": "id"} if "id" in table.columns else {}),
                },
            }
            for name, table in fields.TABLES.items()
        ],
    }


TYPES = {"date": "date", "date-time": "datetime"}
FORMATS = {"uuid", "uri", "email"}


def _column(field):
    kind, form = field.schema["type"], field.schema.get("format", "")
    column = {"name": field.name, "type": TYPES.get(form, kind), "description": field.description}
    constraints = {"required": True} if field.required else {}
    if "enum" in field.schema:
        constraints["enum"] = field.schema["enum"]
    return (
        column
        | ({"format": form} if form in FORMATS else {})
        | ({"constraints": constraints} if constraints else {})
    )
