"""Records of another publisher into the directory: looked at first, written when somebody says so.

A record is known by its publisher and its id there.  A new place waits outside the directory until
an editor puts it in; one that an editor has worked on is left alone, unless they take what is new.
What the publisher says is no look of ours: no number is shown because of it.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, field

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from resources import helplines
from resources.directory_file import Refused
from resources.hsds.writing import Writer
from resources.models import Change, Publisher, Service, picture

READING = 1  # raise it when the same record means something new, and it is taken in again


@dataclass
class Row:
    """One record beside what we have: ``changes`` is {field: (ours, theirs)}, as text."""

    name: str
    identifier: str
    changes: dict = field(default_factory=dict)
    notes: list = field(default_factory=list)


@dataclass
class Outcome:
    added: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    unchanged: list = field(default_factory=list)
    left_alone: list = field(default_factory=list)
    ours: list = field(default_factory=list)

    @property
    def digest(self):
        """The same for the same outcome: what somebody agreed to is what is done."""
        return hashlib.sha256(json.dumps(asdict(self)).encode()).hexdigest()


def check(records):
    """Refused, with every reason and where it stands, if a record cannot be taken in."""
    reasons, seen = [], {}
    for record in records:
        key = (record.publisher.get("publisher_url", ""), record.identifier)
        if record.identifier and key in seen:
            said = {"id": record.identifier, "where": seen[key]}
            record.reasons.append(_("its id “%(id)s” is that of %(where)s too.") % said)
        seen.setdefault(key, record.where)
        named = {"where": record.where, "name": record.name}
        reasons += [_("%(where)s (%(name)s): ") % named + why for why in record.reasons]
    if reasons:
        raise Refused(reasons)


def look(records, publisher, *, take=()):
    """What ``merge`` would do.  Nothing stays of it."""
    return _Merging(records, publisher, take, by=None).run(keep=False)


def merge(records, publisher, *, take=(), by=None, agreed=None):
    """Take the records in, all of them or none.

    ``take`` has the ids of places that an editor has worked on and wants the new words of.
    ``agreed`` is the digest of the outcome somebody saw.  Raises Refused.
    """
    return _Merging(records, publisher, take, by=by).run(keep=True, agreed=agreed)


class _Merging:
    def __init__(self, records, publisher, take, by):
        check(records)
        self.records, self.publisher, self.take, self.by = records, publisher, set(take), by
        self.outcome, self.reasons = Outcome(), []

    def run(self, *, keep, agreed=None):
        with transaction.atomic():
            # One import of a publisher at a time.
            Publisher.objects.select_for_update().filter(pk=self.publisher.pk).first()
            self.writer = Writer(self.records, self.publisher)
            for record in self.records:
                self.one(record)
            if self.reasons:
                raise Refused(self.reasons)
            if agreed not in (None, self.outcome.digest):
                raise Refused([_("Something changed since you looked. Look again, please.")])
            if keep:
                transaction.on_commit(helplines.write)
            else:
                transaction.set_rollback(True)
        return self.outcome

    def one(self, record):
        row = Row(record.name, record.identifier, notes=record.notes)
        if record.publisher.get("publisher_url") == settings.SITE_URL:
            self.outcome.ours.append(row)
            return
        service, digest = self.writer.service_of(record), digest_of(record)
        if service and service.loaded_digest == digest:
            self.outcome.unchanged.append(row)
            return
        wanted = not service or not service.edited_at or record.identifier in self.take
        before = picture(service) if service else {}
        with transaction.atomic():
            self.write(service or Service(), record, row, before, digest)
            if not wanted:
                transaction.set_rollback(True)
        if not service:
            self.outcome.added.append(row)
        else:
            (self.outcome.changed if wanted else self.outcome.left_alone).append(row)

    def write(self, service, record, row, before, digest):
        is_new = service.pk is None
        try:
            self.writer.write(service, record, digest)
        except ValidationError as problem:
            named = {"where": record.where, "name": record.name}
            words = getattr(problem, "message_dict", {"": problem.messages})
            self.reasons += [
                _("%(where)s (%(name)s): ") % named + f"{field} {why}".strip()
                for field, whys in words.items()
                for why in whys
            ]
            transaction.set_rollback(True)
            return
        changes = Change.between(
            service, before, picture(Service.objects.get(pk=service.pk)), by=self.by
        )
        row.changes = {c.field_name: (c.previous_value, c.replacement_value) for c in changes}
        if not is_new:
            Change.objects.bulk_create(changes)


def digest_of(record):
    said = {
        name: value
        for name, value in asdict(record).items()
        if name not in ("where", "notes", "reasons")
    }
    return hashlib.sha256(json.dumps([READING, said], default=str).encode()).hexdigest()
