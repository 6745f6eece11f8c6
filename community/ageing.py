"""How long anything is kept.  One table is what the worker does, what the page says and what the
document says; each app brings its part, ``AGES`` in its module ``ageing``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module

from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.core.cache import cache
from django.utils import timezone
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community import jobs, policy
from community.numerals import in_words

NAME = "ageing"
EVERY = timedelta(hours=1)
A_YEAR = timedelta(days=365)
HALF_A_YEAR = timedelta(days=183)
TWO_YEARS = 2 * A_YEAR


@dataclass(frozen=True)
class Age:
    """``forget`` erases what is older than ``after`` and returns how many rows went, if it says.
    ``since`` completes "seven days …".
    """

    what: str
    after: timedelta
    since: str
    forget: Callable

    def how_long(self):
        named = {HALF_A_YEAR: _("six months"), A_YEAR: _("a year"), TWO_YEARS: _("two years")}
        if self.after in named:
            return named[self.after]
        if self.after < timedelta(days=1):
            return _("an hour") if self.after <= EVERY else _("a few hours")
        days = self.after.days
        return _("a day") if days == 1 else _("%(number)s days") % {"number": in_words(days)}


def ages():
    return [
        age
        for app in apps.get_app_configs()
        if module_has_submodule(app.module, NAME)
        for age in getattr(import_module(f"{app.name}.{NAME}"), "AGES", ())
    ]


def expire():
    """Make the whole table true, now.  Yields each age with how many rows went."""
    for age in ages():
        yield age, age.forget() or 0


def expire_hourly():
    """By one of however many workers."""
    if cache.add("expired", "yes", timeout=EVERY.total_seconds()):
        for _each in expire():
            pass


def forget_sessions():
    sessions = import_module(settings.SESSION_ENGINE).SessionStore.get_model_class()
    return sessions.objects.filter(expire_date__lt=timezone.now()).delete()[0]


def forget_admin_log():
    return LogEntry.objects.filter(action_time__lt=timezone.now() - A_YEAR).delete()[0]


AGES = [
    Age(
        gettext_lazy("That you are signed in, and words you sent while you were not"),
        timedelta(seconds=settings.SESSION_COOKIE_AGE),
        gettext_lazy("after the last time you did something"),
        forget_sessions,
    ),
    Age(
        gettext_lazy("What the worker had to do, by numbers only"),
        jobs.KEPT_FOR,
        gettext_lazy("after it was done"),
        jobs.forget_finished,
    ),
    Age(
        gettext_lazy("What a browser told us that the security policy stopped, counted"),
        policy.KEPT_FOR,
        gettext_lazy("after that day"),
        policy.forget,
    ),
    Age(
        gettext_lazy("What was changed in the admin, and by whom"),
        A_YEAR,
        gettext_lazy("after it was changed"),
        forget_admin_log,
    ),
]
