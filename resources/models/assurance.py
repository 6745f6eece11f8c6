"""How we know what we say of a place, in words that claim no more."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from resources.models.choices import Assurance

STALE_AFTER = timedelta(days=183)  # six months


def in_full(day):
    """22 November 2026: a date that is a fact is not abbreviated."""
    # Translators: a day with its month in full, as Django's date formats have it.
    return date_format(day, pgettext("date format", "j F Y"))


class Assured:
    """For anything with ``assurance``, ``assured_on`` and ``url``: a Service, a Helpline."""

    @property
    def is_partly_confirmed(self):
        return self.assurance == Assurance.PARTLY

    @property
    def is_out_of_date(self):
        return timezone.localdate() - self.assured_on > STALE_AFTER

    @property
    def how_confirmed(self):
        said = {"day": in_full(self.assured_on)}
        if self.assurance == Assurance.ORGANISATION:
            words = _("With the organisation, on %(day)s.") % said
        elif self.is_partly_confirmed:
            words = (
                _("Only in part, in published sources, on %(day)s; not yet with the organisation.")
                % said
            )
        else:
            words = _("In published sources, on %(day)s; not yet with the organisation.") % said
        if self.is_out_of_date:
            words = _("%(words)s We haven’t confirmed this since.") % {"words": words}
        return words

    @property
    def host(self):
        """Where a link to the website goes, in a few letters."""
        return urlsplit(self.url).hostname or ""
