"""From a file or an address of another publisher to places here: read, looked at, taken in."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from community.environment import LICENCES
from resources.directory_file import Refused
from resources.hsds import documents, merging, records
from resources.hsds.fetching import read as read_address
from resources.models import Publisher


def is_address(source):
    return "://" in source


@dataclass
class Taken:
    """What was read, ready to be looked at or merged.  ``notes`` are about all of it."""

    publisher: Publisher
    records: list
    notes: list = field(default_factory=list)

    def look(self, *, take=()):
        return merging.look(self.records, self.publisher, take=take)

    def merge(self, **how):
        return merging.merge(self.records, self.publisher, **how)


def read(source, *, ask=read_address, **said):
    """What ``source`` holds, an address of an API or the path of a file.

    Raises Refused with every reason, or ValidationError.
    """
    if is_address(source):
        services, notes = documents.at_api(source, ask)
        said["publisher_url"] = said.get("publisher_url") or source.rstrip("/")
        return of_services(services, api_url=source.rstrip("/"), notes=notes, **said)
    return of_services(documents.in_file(source), **said)


def of_services(
    services, *, publisher_name, publisher_url, licence, kind="", country="", api_url="", notes=()
):
    """What ``services``, as documents.py reads them, would be here."""
    if not publisher_url:
        raise Refused([_("Say where the publisher is: give its address.")])
    publisher = publisher_of(publisher_name, publisher_url, licence)
    choices = records.Choices(kind=kind, country=country, source_url=publisher.url, api_url=api_url)
    found = [records.read(said, where, choices) for where, said in services]
    return Taken(publisher, found, list(notes))


def look(services, how):
    """What taking ``services`` in would do.  Nothing stays of it, a new publisher neither."""
    with transaction.atomic():
        outcome = of_services(services, **how).look()
        transaction.set_rollback(True)
    return outcome


def publisher_of(name, url, licence):
    """The Publisher at ``url``, made if it is new; its licence is what was said last."""
    publisher = Publisher.objects.filter(url=url).first() or Publisher(url=url)
    terms = (licence, LICENCES.get(licence, ""))
    if publisher.pk is None or terms != (publisher.licence, publisher.licence_url):
        publisher.name = publisher.name or name
        publisher.licence, publisher.licence_url = terms
        publisher.full_clean()
        publisher.save()
    return publisher
