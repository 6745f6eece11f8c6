"""Everything a member made, to erase."""

import json
from collections import Counter

from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.db.models import Q

from .models import Email, Member


@transaction.atomic
def erase(member):
    """Delete ``member`` with every word of theirs.  Returns how many rows of each model went.

    Each thing goes by its own ``delete()``, which knows what hangs on it.  Decisions hold no words
    and stay.
    """
    Member.objects.select_for_update().get(pk=member.pk)
    addresses = {member.email, *_confirmed_or_not(member)}
    gone = Counter()
    for session in _sessions_of(member, addresses):
        gone.update(session.delete()[1])
    things = [*_made_by(member), member]
    gone.update(_mentions_in_the_admin(things, addresses).delete()[1])
    gone.update(Email.objects.filter(_any("to__iexact", addresses)).delete()[1])
    for thing in things:
        gone.update(thing.delete()[1])
    return +gone


def _confirmed_or_not(member):
    return EmailAddress.objects.filter(user=member).values_list("email", flat=True)


def _made_by(member):
    """Whatever would go with the account, of any app."""
    for field in Member._meta.get_fields(include_hidden=True):
        if field.auto_created and getattr(field, "on_delete", None) is models.CASCADE:
            yield from field.related_model._base_manager.filter(**{field.field.name: member})


def _sessions_of(member, addresses):
    """In which they are signed in, or on their way in.  Each has to be opened to be known."""
    for session in Session.objects.iterator():
        held = session.get_decoded()
        coming_in = held.get("account_login") or {}
        text = json.dumps(held, ensure_ascii=False).lower()
        if (
            held.get(SESSION_KEY) == str(member.pk)
            or coming_in.get("user_pk") == user_pk_to_url_str(member)
            or any(address.lower() in text for address in addresses)
        ):
            yield session


def _mentions_in_the_admin(things, addresses):
    """What the admin noted about them: it repeats the name of whatever was changed."""
    about = _any("object_repr__icontains", addresses)
    for thing in things:
        kind = ContentType.objects.get_for_model(thing)
        about |= Q(content_type=kind, object_id=str(thing.pk))
    return LogEntry.objects.filter(about)


def _any(lookup, values):
    wanted = Q()
    for value in values:
        wanted |= Q(**{lookup: value})
    return wanted
