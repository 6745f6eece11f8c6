"""Who can be asked: the members who may decide about a case."""

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import Q

DECIDE = {"codename": "decide_case", "content_type__app_label": "moderation"}


def active():
    """Those the permission was given to, who may sign in and are not suspended.

    An administrator who holds every permission and was given this one by nobody is not counted:
    a volunteer's decision would wait for somebody who does not read.
    """
    ways = ("groups__permissions", "user_permissions")
    given = Q()
    for way in ways:
        given |= Q(**{f"{way}__{field}": value for field, value in DECIDE.items()})
    suspended = apps.get_model("moderation.Sanction").objects.suspended().values("member")
    members = get_user_model().objects.filter(given, is_active=True, is_staff=True)
    return members.exclude(pk__in=suspended).distinct()


def others(moderator, *, author=None):
    """Who else could read what ``author`` wrote."""
    return active().exclude(pk__in=[person.pk for person in (moderator, author) if person])
