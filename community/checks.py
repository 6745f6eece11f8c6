"""What a site for people must not carry over from one that was being tried."""

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import checks
from django.db import DatabaseError, InterfaceError


@checks.register(checks.Tags.database)
def nothing_from_trying(databases, **kwargs):
    """Refuses example stories and demo logins, whose password is public, once DEBUG is off.

    A database that does not answer, or has no tables yet, holds neither: the site has to start
    without one.
    """
    if settings.DEBUG or not databases:
        return []
    try:
        return [*_example_stories(), *_demo_logins()]
    except (DatabaseError, InterfaceError):
        return []


def _example_stories():
    if "story" not in apps.all_models["stories"]:
        return
    if apps.get_model("stories", "Story")._default_manager.filter(is_example=True).exists():
        yield checks.Error(
            "Example stories are loaded, and this site is not in DEBUG.",
            hint="Run 'manage.py remove_examples'.",
            id="community.E001",
        )


def _demo_logins():
    # example.org belongs to nobody (RFC 2606), so nobody's account is there.
    if get_user_model()._default_manager.filter(email__endswith="@example.org").exists():
        yield checks.Error(
            "Accounts at example.org exist, made for trying the site, with a public password.",
            hint="Begin with a new database, or delete them in the admin.",
            id="community.E002",
        )
