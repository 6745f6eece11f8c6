"""What may be asked of each address, as forms: they check what was sent, and the OpenAPI document
is drawn from them.

Names and meanings are HSDS 3.1's (its openapi.json).  A name we don't know is refused rather than
ignored: a filter with a slip of the pen would answer with everything.
"""

import re
import unicodedata
from datetime import UTC, datetime, time
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext_lazy as _

from resources.hsds import fields

A_PAGE, LARGEST_PAGE = 50, 500
LAST_PAGE = 1_000_000
MOST_WORDS = 10
EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)


class Parameter(forms.Field):
    """One word of a question.  Given, it must make sense; left out, it is ``otherwise``.

    ``in_json`` is what it has to be where the question is sent as JSON.
    """

    in_json = str
    otherwise = None

    def __init__(self, *, otherwise=None, **kwargs):
        self.otherwise = self.otherwise if otherwise is None else otherwise
        super().__init__(required=False, **kwargs)

    def clean(self, value):
        return self.otherwise if value is None else self.read(value)

    def read(self, value):
        raise NotImplementedError


class Words(Parameter):
    """Up to ten words, all of which must be found."""

    otherwise = ()
    schema = {"type": "string", "maxLength": 200, "pattern": r"^[^\u0000-\u001f\u007f-\u009f]*$"}

    def read(self, value):
        if len(value) > self.schema["maxLength"] or not all(map(_can_be_typed, value)):
            raise ValidationError(_("Write words, 200 characters at most, on one line."))
        return value.split()[:MOST_WORDS]


def _can_be_typed(character):
    return unicodedata.category(character) not in ("Cc", "Cs")


class WholeNumber(Parameter):
    in_json = int

    def __init__(self, *, largest, **kwargs):
        self.largest = largest
        super().__init__(**kwargs)

    @property
    def schema(self):
        bounds = {"minimum": 1, "maximum": self.largest}
        return {"type": "integer", "default": self.otherwise} | bounds

    def read(self, value):
        if re.fullmatch(r"[0-9]{1,9}", value) and 1 <= int(value) <= self.largest:
            return int(value)
        raise ValidationError(_("Write a whole number from 1 to %s.") % self.largest)


class YesOrNo(Parameter):
    in_json = bool
    otherwise = False
    schema = fields.YES_OR_NO | {"default": False}

    def read(self, value):
        if value not in ("true", "false"):
            raise ValidationError(_("Write true or false."))
        return value == "true"


class Id(Parameter):
    schema = fields.UUID

    def read(self, value):
        if not re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", value):
            raise ValidationError(_("Write an id as this API gives it: a UUID with hyphens."))
        return UUID(value)


class Moment(Parameter):
    """A moment or the beginning of a day (RFC 3339); without an offset it is UTC."""

    schema = {"anyOf": [fields.MOMENT, fields.DAY]}

    def read(self, value):
        try:
            moment = parse_datetime(value) or _beginning_of(parse_date(value))
        except ValueError:
            moment = None
        if moment is None:
            raise ValidationError(
                _("Write a moment such as 2026-11-22T18:30:00Z, or a day such as 2026-11-22.")
            )
        if timezone.is_naive(moment):
            moment = moment.replace(tzinfo=UTC)
        # Beyond these, arithmetic with days would leave the calendar.
        return EARLIEST if moment.year < 1970 else LATEST if moment.year > 9000 else moment


def _beginning_of(day):
    return day and datetime.combine(day, time())


class OneOf(Parameter):
    def __init__(self, *words, **kwargs):
        self.words = words
        super().__init__(otherwise=words[0], **kwargs)

    @property
    def schema(self):
        return fields.one_of(*self.words) | {"default": self.otherwise}

    def read(self, value):
        if value not in self.words:
            raise ValidationError(_("Write one of these: %s.") % ", ".join(self.words))
        return value


class Nothing(forms.Form):
    """An address that takes no parameters."""

    @classmethod
    def of(cls, *sources):
        """The form for what ``sources`` say, the later ones before the earlier; each maps a name
        to the list of its values."""
        said = {}
        for source in sources:
            said |= source
        form = cls({name: values[-1] for name, values in said.items() if values})
        for name, values in said.items():
            if name not in form.fields:
                form.unknown(name)
            elif len(values) > 1:
                form.add_error(name, _("Give this once."))
        return form

    def unknown(self, name):
        self.errors[name[:60]] = [_("There is no such parameter here.")]


class FullService(Nothing):
    full_service = YesOrNo(help_text=_("The services in full, not only named."))


class Pages(Nothing):
    search = Words(help_text=_("Words that must all be found in names and descriptions."))
    page = WholeNumber(largest=LAST_PAGE, otherwise=1, help_text=_("Which page, from 1."))
    per_page = WholeNumber(
        largest=LARGEST_PAGE, otherwise=A_PAGE, help_text=_("How many on a page.")
    )
    format = OneOf(
        "json",
        "ndjson",
        help_text=_("With ndjson everything comes at once, one object on each line, no pages."),
    )


class ByTerm(Pages):
    taxonomy_term_id = Id(help_text=_("Only what has this term."))
    taxonomy_id = Id(help_text=_("Only what has any term of this taxonomy."))


class Services(ByTerm):
    organization_id = Id(help_text=_("Only services of this organisation."))
    modified_after = Moment(
        help_text=_("Only what changed at this moment or later; a number that lapsed is a change.")
    )
    minimal = YesOrNo(
        help_text=_("Only ids, names and dates of change, all on one page: to see what has gone.")
    )
    full = YesOrNo(help_text=_("Services with everything in them."))


class Organizations(ByTerm):
    full = YesOrNo(help_text=_("Organisations with their services named."))
    full_service = YesOrNo(help_text=_("Organisations with their services in full."))


class Terms(Pages):
    taxonomy_id = Id(help_text=_("Only terms of this taxonomy."))
    top_only = YesOrNo(help_text=_("Only terms without a wider term."))
    parent_id = Id(help_text=_("Only terms right below this one."))


class ServiceAtLocations(ByTerm):
    """We list no locations, so there is nothing to find: whatever is asked, the page is empty."""

    organization_id = Id(help_text=_("Only services of this organisation."))
    modified_after = Moment(help_text=_("Only what changed at this moment or later."))
    full = YesOrNo(help_text=_("With everything in them."))
    postcode = Words(help_text=_("A point that must be served."))
    proximity = Words(help_text=_("Metres from that point."))
