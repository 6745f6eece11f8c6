"""The parts of a record: how a service is found, and how it is reached."""

import re
from datetime import time
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from resources import countries, numbers, timezones
from resources.hsds import language_codes, taxonomies
from resources.hsds.texts import parts, plain
from resources.models import Kind, Phone
from resources.models.schedules import DAYS

# How others name the ways a number is reached.
WAYS = {
    "": Phone.Type.VOICE,
    "voice": Phone.Type.VOICE,
    "phone": Phone.Type.VOICE,
    "cell": Phone.Type.VOICE,
    "mobile": Phone.Type.VOICE,
    "hotline": Phone.Type.VOICE,
    "toll free": Phone.Type.VOICE,
    "text": Phone.Type.TEXT,
    "sms": Phone.Type.TEXT,
    "whatsapp": Phone.Type.WHATSAPP,
}
# A rule with any of these is more than “each week on these days”: we keep its words alone.
MORE_THAN_WEEKLY = ("bymonthday", "byweekno", "byyearday", "count", "until")
BY_NAME = {str(name).casefold(): code for code, name in countries.COUNTRIES.items()} | {
    "any country": countries.ANY_COUNTRY
}


class Parts:
    """The half of reading a record that is about its parts: see records.py."""

    # ---- how it is found

    def found_by(self):
        self.kind_and_terms()
        self.areas()
        self.record.languages = self.languages_of(self.said)
        self.record.translations = {
            code: {
                name: self.text(name, row)
                for name in ("description", "hours", "application_process")
            }
            for row in parts(self.said, "translations")
            if (code := language_codes.ours(plain(row.get("language"))))
        }

    def kind_and_terms(self):
        kind, strange = self.choices.kind, 0
        for attribute in parts(self.said, "attributes"):
            term = attribute.get("taxonomy_term")
            term = term if isinstance(term, dict) else {"id": attribute.get("taxonomy_term_id")}
            uuid = as_uuid(term.get("id"))
            if uuid in taxonomies.KINDS:
                kind = taxonomies.KINDS[uuid]
            elif uuid in taxonomies.TERMS:
                self.record.terms.append(taxonomies.TERMS[uuid])
            else:
                strange += 1
                if not plain(term.get("description")) and "name" in term:
                    self.note(_("a term has no description, which HSDS asks for."))
        if strange:
            self.note(_("its terms are not ours, and are left out."))
        if kind not in Kind.values:
            self.refuse(_("it does not say what kind of place it is: choose one for all."))
        self.record.fields["kind"] = kind

    def areas(self):
        found = []
        for area in parts(self.said, "service_areas"):
            for said in (area.get("extent"), area.get("name"), area.get("description")):
                if code := country(plain(said)):
                    found.append(code)
                    break
        if not found:
            found = [
                code
                for location in self.locations()
                for address in parts(location, "addresses")
                if (code := country(plain(address.get("country"))))
            ]
            if found:
                self.note(_("its country is that of its address."))
        if not found and self.choices.country:
            found = [self.choices.country]
        if not found:
            self.refuse(_("it does not say in which country it is: choose one for all."))
        self.record.areas = list(dict.fromkeys(found))

    def languages_of(self, said):
        found = []
        for language in parts(said, "languages"):
            code, name = plain(language.get("code")), plain(language.get("name"))
            if ours := language_codes.ours(code, name):
                found.append(ours)
            elif code or name:
                self.note(_("we have no language “%(name)s”."), name=name or code)
        return list(dict.fromkeys(found))

    def locations(self):
        found = [at.get("location") for at in parts(self.said, "service_at_locations")]
        return [location for location in found if isinstance(location, dict)]

    # ---- how it is reached

    def reached(self):
        self.numbers()
        hours = []
        for schedule in self.schedules_said():
            weekly = self.weekly(schedule)
            if weekly:
                self.record.schedules.append(weekly)
            elif words := " ".join(plain(schedule.get("description")).split()) or in_words(
                schedule
            ):
                hours.append(words)
        self.record.fields["hours"] = self.text("hours", {"hours": "; ".join(dict.fromkeys(hours))})

    def schedules_said(self):
        places = [self.said, *parts(self.said, "service_at_locations"), *self.locations()]
        return next((found for said in places if (found := parts(said, "schedules"))), [])

    def weekly(self, said):
        """Hours that come round each week, or None where the rule is another, or the clock unknown.

        Rather too few than a line that says it is open and is not.
        """
        days = [day for day in plain(said.get("byday")).upper().split(",") if day]
        opens, closes = as_time(said.get("opens_at")), as_time(said.get("closes_at"))
        zone = plain(said.get("time_zone")) or self.only_clock()
        plainly = (
            plain(said.get("freq")) == "WEEKLY"
            and plain(said.get("interval")) in ("", "1")
            and not any(said.get(name) for name in MORE_THAN_WEEKLY)
        )
        if not (plainly and days and not set(days) - set(DAYS) and opens is not None):
            return None
        if closes is None or zone not in timezones.ZONES:
            return None
        return {
            "byday": ",".join(days),
            "opens_at": opens,
            "closes_at": closes,
            "timezone": zone,
            "valid_from": self.day("valid_from", said),
            "valid_to": self.day("valid_to", said),
            "description": self.text("description", said, longest=100),
        }

    def only_clock(self):
        zones = {timezones.OF_COUNTRY.get(code, "") for code in self.record.areas}
        return zones.pop() if len(zones) == 1 else ""

    def numbers(self):
        there = parts(self.said, "service_at_locations")
        places = [self.said, *there, *self.locations()]
        said = [phone for place in places for phone in parts(place, "phones")]
        organization = self.said.get("organization")
        if not said and isinstance(organization, dict) and parts(organization, "phones"):
            said = parts(organization, "phones")
            self.note(_("its numbers are those of its organisation."))
        found = {}
        for phone in said:
            if number := self.number(phone):
                found.setdefault((number["type"], number["dial"]), number)
        self.record.phones = list(found.values())

    def number(self, said):
        printed = " ".join(plain(said.get("number")).split())
        way = WAYS.get(plain(said.get("type")).casefold().replace("-", " "))
        if not printed or way is None:
            self.note(_("“%(number)s” is no number to ring or to write to."), number=printed)
            return None
        dial = self.dialled(printed, plain(said.get("dial")))
        if not dial or len(printed) > 40 or (way == Phone.Type.WHATSAPP and dial[0] != "+"):
            self.note(_("“%(number)s” cannot be dialled, and is left out."), number=printed)
            return None
        languages = self.languages_of(said)
        return {
            "uuid": as_uuid(said.get("id")),
            "type": way,
            "number": printed,
            "dial": dial,
            "keyword": plain(said.get("keyword"))[:20],
            "description": self.text("description", said, longest=300),
            "language": languages[0] if len(languages) == 1 else "",
            "always_open": said.get("always_open") in (True, "true"),
        }

    def dialled(self, printed, said=""):
        """As a telephone dials it: as they say, if what they print ends the same."""
        if re.fullmatch(r"\+?[0-9]{2,15}", said) and said.endswith(digits(printed)[-6:]):
            return said
        area = self.record.areas[0] if self.record.areas else ""
        try:
            # Quotes around a number are somebody’s spreadsheet.
            return numbers.voice(printed.strip("\"'"), area).dial
        except ValidationError:
            return ""


def as_uuid(value):
    try:
        return UUID(plain(value))
    except ValueError:
        return None


def as_time(value):
    """A time of day; the offset that HSDS allows behind it is that of the place."""
    try:
        return time.fromisoformat(plain(value)[:8].rstrip("Z")).replace(tzinfo=None)
    except ValueError:
        return None


def digits(printed):
    return "".join(filter(str.isdigit, printed))


def in_words(schedule):
    """“MO,TU 08:00–17:00”, for hours whose clock or rule we don’t keep."""
    opens, closes = as_time(schedule.get("opens_at")), as_time(schedule.get("closes_at"))
    if opens is None or closes is None:
        return ""
    return f"{plain(schedule.get('byday'))} {opens:%H:%M}–{closes:%H:%M}".strip()


def country(said):
    """A country by its ISO 3166-1 code or its name; an empty string if it is neither."""
    if said in countries.COUNTRIES or said == countries.ANY_COUNTRY:
        return said
    return BY_NAME.get(said.casefold(), "")
