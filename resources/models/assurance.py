"""How we know what we say of a place, for how long that counts, and in which words we say it."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from resources.models.choices import Assurance, Kind

# A number in the worst night of somebody's life is looked at twice as often as the rest.
CRISIS_LINE_STANDS = timedelta(days=90)
STANDS = timedelta(days=180)


def stands_for(kind):
    """How long a verification of a place of this ``kind`` counts."""
    return CRISIS_LINE_STANDS if kind == Kind.CRISIS_LINE else STANDS


def stands(kind, since):
    """Whether what was verified on the day ``since`` (or never, None) counts today."""
    return since is not None and timezone.localdate() - since <= stands_for(kind)


def standing(field, kind="kind", on=None):
    """A condition on rows whose day of verification, ``field``, counts."""
    day = on or timezone.localdate()
    crisis_line = Q(**{kind: Kind.CRISIS_LINE})
    return Q(crisis_line, **{f"{field}__gte": day - CRISIS_LINE_STANDS}) | Q(
        ~crisis_line, **{f"{field}__gte": day - STANDS}
    )


def in_full(day):
    """22 November 2026: a date that is a fact is not abbreviated."""
    # Translators: a day with its month in full, as Django's date formats have it.
    return date_format(day, pgettext("date format", "j F Y"))


class Assured:
    """For anything with ``kind``, ``assurance``, ``assured_on``, ``stands_from`` and ``url``."""

    @property
    def is_partly_confirmed(self):
        return self.assurance == Assurance.PARTLY

    @property
    def is_out_of_date(self):
        return not stands(self.kind, self.stands_from)

    @property
    def waits_for_a_second(self):
        """Somebody confirmed a crisis line lately, and nobody else has."""
        return self.is_out_of_date and stands(self.kind, self.assured_on)

    @property
    def how_confirmed(self):
        said = {"day": in_full(self.assured_on)}
        if self.waits_for_a_second:
            return _("By one person, on %(day)s; a second one has still to look.") % said
        words = HOW_CONFIRMED[self.assurance](said)
        if self.is_out_of_date:
            words = _("%(words)s We haven’t confirmed this since.") % {"words": words}
        return words

    @property
    def host(self):
        """Where a link to the website goes, in a few letters."""
        return urlsplit(self.url).hostname or ""


HOW_CONFIRMED = {
    Assurance.ORGANISATION: lambda said: _("With the organisation, on %(day)s.") % said,
    Assurance.SITE: lambda said: _("By an editor here, on its website, on %(day)s.") % said,
    Assurance.PARTLY: lambda said: (
        _("Only in part, in published sources, on %(day)s; not yet with the organisation.") % said
    ),
    Assurance.PUBLISHED: lambda said: (
        _("In published sources, on %(day)s; not yet with the organisation.") % said
    ),
}
