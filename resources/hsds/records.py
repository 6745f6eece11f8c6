"""From what another publisher says of a service to what we could say of it.

Takes HSDS 3.0 and 3.1 objects, whole or in part.  What cannot stand in the directory refuses the
record; what we have no place for is left out, and noted where an editor should know.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from resources.hsds.record_parts import Parts
from resources.hsds.texts import parts, plain, shortened
from resources.models import Cost, Status
from resources.validators import web_address

LONGEST = {"name": 200, "description": 600, "application_process": 600, "hours": 300,
           "fees_description": 300, "url": 500, "website": 500}  # fmt: skip


@dataclass
class Organisation:
    identifier: str
    name: str
    description: str = ""
    website: str = ""


@dataclass
class Record:
    """One service as we would keep it.  ``where`` says where in the file it stands."""

    where: str
    identifier: str = ""
    organization: Organisation = None
    status: str = Status.ACTIVE
    fields: dict = field(default_factory=dict)
    phones: list = field(default_factory=list)
    areas: list = field(default_factory=list)
    languages: list = field(default_factory=list)
    schedules: list = field(default_factory=list)
    translations: dict = field(default_factory=dict)
    terms: list = field(default_factory=list)
    publisher: dict = field(default_factory=dict)
    reasons: list = field(default_factory=list)
    notes: list = field(default_factory=list)

    @property
    def name(self):
        return self.fields.get("name") or self.identifier or self.where


@dataclass(frozen=True)
class Choices:
    """What whoever imports says of records that don’t say it themselves."""

    kind: str = ""
    country: str = ""
    source_url: str = ""
    api_url: str = ""


def read(said, where, choices):
    """The Record of an HSDS service; what is wrong with it is in its ``reasons``."""
    record = Record(where)
    if not isinstance(said, dict):
        record.reasons.append(_("this is not an object."))
        return record
    reading = _Reading(said, record, choices)
    for step in (reading.what, reading.who, reading.how_known, reading.found_by, reading.reached):
        step()
    record.notes = list(dict.fromkeys(record.notes))
    return record


class _Reading(Parts):
    def __init__(self, said, record, choices):
        self.said, self.record, self.choices = said, record, choices

    def refuse(self, why, **named):
        self.record.reasons.append(why % named if named else why)

    def note(self, what, **named):
        self.record.notes.append(what % named if named else what)

    def text(self, name, said=None, longest=None):
        """The plain text of a field, cut at a sentence where it is longer than we hold."""
        text, longest = plain((said or self.said).get(name)), longest or LONGEST.get(name)
        if longest and len(text) > longest:
            text = shortened(text, longest)
            self.note(_("%(name)s is cut to %(longest)d characters."), name=name, longest=longest)
        return text

    def address(self, name, said=None):
        """A web address, or nothing where theirs is none."""
        value = plain((said or self.said).get(name))
        try:
            if value:
                web_address(value)
        except ValidationError:
            self.refuse(_("%(name)s “%(value)s” is no web address."), name=name, value=value)
            return ""
        return value

    # ---- what it is

    def what(self):
        fields = self.record.fields
        self.record.identifier = plain(self.said.get("id"))[:200]
        if not self.record.identifier:
            self.refuse(_("id is missing."))
        fields["name"] = " ".join(self.text("name").split())
        if not fields["name"]:
            self.refuse(_("name is missing."))
        fields["description"] = self.text("description") or fields["name"]
        for name in ("application_process", "fees_description"):
            fields[name] = self.text(name)
        fields["fees_description"] = fields["fees_description"] or self.text("fees", longest=300)
        fields["cost"] = self.cost()
        fields["email"] = self.email()
        status = plain(self.said.get("status")) or Status.ACTIVE
        if status not in Status.values:
            self.refuse(_("status “%(status)s” is not one of HSDS."), status=status)
        self.record.status = status

    def cost(self):
        options = [plain(option.get("option")) for option in parts(self.said, "cost_options")]
        for option in options:
            if option in (Cost.FREE, Cost.MIXED, Cost.PAID):
                return option
        amounts = [plain(option.get("amount")) for option in parts(self.said, "cost_options")]
        amounts = [
            float(amount) for amount in amounts if re.fullmatch(r"[0-9]+(\.[0-9]+)?", amount)
        ]
        if not amounts:
            return Cost.UNKNOWN
        return Cost.PAID if all(amounts) else Cost.MIXED if any(amounts) else Cost.FREE

    def email(self):
        email = plain(self.said.get("email"))
        try:
            if email:
                validate_email(email)
        except ValidationError:
            self.refuse(_("email “%(email)s” is no address."), email=email)
            return ""
        return email

    def who(self):
        said = self.said.get("organization")
        said = said if isinstance(said, dict) else {}
        name = " ".join(plain(said.get("name")).split())[:200]
        if not name:
            self.note(_("it names no organisation; it stands under its own name."))
        self.record.organization = Organisation(
            identifier=plain(said.get("id"))[:200] if name else "",
            name=name or self.record.fields["name"],
            description=plain(said.get("description")),
            website=self.address("website", said),
        )

    def how_known(self):
        fields, choices = self.record.fields, self.choices
        fields["assured_on"] = self.day("assured_date") or self.day("last_modified")
        if fields["assured_on"] is None or fields["assured_on"] > timezone.localdate():
            fields["assured_on"] = None
            self.note(_("it has no day of confirmation; the day it came stands there."))
        there = f"{choices.api_url}/services/{self.record.identifier}" if choices.api_url else ""
        fields["source_url"] = self.address("source_url") or there or choices.source_url
        fields["url"] = self.address("url") or self.record.organization.website
        if not fields["url"]:
            fields["url"] = fields["source_url"]
            self.note(_("it has no website; the address it came from stands there."))
        if self.said.get("publisher_url") and self.said.get("publisher_identifier"):
            self.record.publisher = {
                name: plain(self.said.get(name))
                for name in ("publisher_name", "publisher_url", "licence", "licence_url")
            }
            self.record.identifier = plain(self.said["publisher_identifier"])[:200]

    def day(self, name, said=None):
        try:
            return date.fromisoformat(plain((said or self.said).get(name))[:10])
        except ValueError:
            return None
