"""The directory as a file that an editor takes away, changes, and brings back.

Bringing back is in two steps: what would change is shown, and done only if that is still so.
"""

import csv
import io
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from resources import directory_file, helplines, numbers
from resources.loading import Keeper
from resources.models import Assurance, Change, Method, Phone, Service, picture

COLUMNS = list(directory_file.LONGEST)
SAME = ["slug", "name", "url", "email", "hours", "cost", "source_url"]
LISTS = ["countries", "languages", "loss_types", "audiences", "phone", "text_number"]
KINDS = {kind.value: words for words, kind in directory_file.KINDS.items()}


def rows(services):
    """Each of ``services`` as the cells of its row."""
    parts = ("phones", "service_areas", "languages", "terms", "organization")
    for service in services.order_by("slug").prefetch_related(*parts):
        yield as_row(service)


def as_row(service):
    terms = sorted(service.terms.all(), key=lambda term: term.position)
    return _row(
        service,
        service.organization.name,
        service.phones.all(),
        countries=[area.code for area in service.service_areas.all()],
        languages=[language.code for language in service.languages.all()],
        loss_types=[term.code for term in terms if term.taxonomy == "loss"],
        audiences=[term.code for term in terms if term.taxonomy == "audience"],
    )


def as_written(place):
    """What a row of a file says, in the words ``as_row`` would use for the same."""
    return _row(
        place,
        place.organization,
        place.phones,
        countries=place.areas,
        languages=place.languages,
        loss_types=place.losses,
        audiences=place.audiences,
    )


def _row(place, organization, phones, **lists):
    same = {name: getattr(place, name) for name in SAME}
    spoken = [numbers.printed(phone) for phone in phones if phone.type == Phone.Type.VOICE]
    written = [numbers.printed(phone) for phone in phones if phone.type != Phone.Type.VOICE]
    said = same | {
        "organization": organization,
        "kind": KINDS[place.kind],
        "phone": "; ".join(spoken),
        "text_number": "; ".join(written),
        "summary": place.description,
        "verified": "partly" if place.assurance == Assurance.PARTLY else "yes",
    }
    said |= {name: ";".join(codes) for name, codes in lists.items()}
    return {column: said[column] for column in COLUMNS}


def as_csv(services):
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows(services))
    return text.getvalue()


@dataclass
class Plan:
    """What a file would do: places to add; places to change, each with its cells; the rest."""

    added: list = field(default_factory=list)
    changed: list = field(default_factory=list)  # (service, place, {column: (before, after)})
    unchanged: int = 0

    def __bool__(self):
        return bool(self.added or self.changed)

    @property
    def in_short(self):
        """The same for the same plan about the same state of the directory."""
        said = [[service.slug, differences] for service, _place, differences in self.changed]
        return [[place.slug for place in self.added], said]


def plan(text):
    """What ``text`` would do to the directory as it is, or Refused."""
    read = directory_file.read_text(text, timezone.localdate())
    wanted = [place.slug for place in read]
    parts = ("phones", "service_areas", "languages", "terms", "organization")
    there = {s.slug: s for s in Service.objects.filter(slug__in=wanted).prefetch_related(*parts)}
    found = Plan()
    for place in read:
        service = there.get(place.slug)
        if service is None:
            found.added.append(place)
        elif differences := _differences(as_row(service), as_written(place)):
            found.changed.append((service, place, differences))
        else:
            found.unchanged += 1
    return found


def _differences(before, after):
    return {
        column: [before[column], after[column]]
        for column in COLUMNS
        if _same(column, before[column]) != _same(column, after[column])
    }


def _same(column, cell):
    """Lists are the same in any order."""
    if column in LISTS:
        return sorted(part.strip() for part in cell.split(";"))
    return " ".join(cell.split())


@transaction.atomic
def carry_out(found, *, by):
    """Write what ``found`` says: all of it, or nothing.

    Who brings in a file has looked at the places that are new, and at the numbers that changed:
    one look, of the two that a crisis line needs.
    """
    keeper = Keeper([*found.added, *(place for _service, place, _cells in found.changed)])
    for place in found.added:
        service = keeper.enter(place)
        _looked(service, place, by)
        _noted(service, {}, by)
    for service, place, differences in found.changed:
        before = picture(service)
        service = Service.objects.select_for_update().get(pk=service.pk)
        keeper.rewrite(service, place)
        if {"phone", "text_number", "email", "verified"} & differences.keys():
            _looked(service, place, by)
        service.reckon_standing()
        _noted(service, before, by)
    transaction.on_commit(helplines.write, robust=True)


def _looked(service, place, by):
    seen = [service.contact_of_email, *(phone.contact for phone in service.phones.all())]
    service.confirm(
        method=Method.SITE,
        on=place.assured_on,
        by=by,
        source_url=place.source_url,
        contacts=filter(None, seen) if place.seen_on else [],
    )
    if not place.seen_on:
        service.assurance = Assurance.PARTLY


def _noted(service, before, by):
    service.edited_at = timezone.now()
    service.save()
    Change.objects.bulk_create(Change.between(service, before, picture(service), by=by))
