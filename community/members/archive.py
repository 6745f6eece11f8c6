"""Everything a member made, to close for seven days, to open again, or to erase."""

import json
from collections import Counter

from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from .leaving import CLOSED_FOR, Leaving, kinds
from .models import Email, Member, Session

# So many a minute: the worker has other things to do.
AT_ONCE = 20


@transaction.atomic
def close(member, chosen):
    """Now, and erase it in seven days.  ``chosen`` says of each kind whether it stays.  Pressed
    twice, it is one.
    """
    member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    if begun := Leaving.objects.filter(member=member).first():
        return begun
    # First, because what a kind shows can depend on it.
    Member.objects.filter(pk=member.pk).update(is_active=False)
    closed = {kind.name: kind.close(member, chosen) for kind in kinds()}
    ends_at = timezone.now() + CLOSED_FOR
    begun = Leaving.objects.create(member=member, chosen=chosen, closed=closed, ends_at=ends_at)
    sign_out_everywhere(member)
    begun.write_to_them()
    return begun


@transaction.atomic
def open_again(leaving):
    """They stay, and everything is as it was.  Whether there was still something to stop."""
    mine = Leaving.objects.select_for_update().filter(pk=leaving.pk).first()
    if mine is None:
        return False
    Member.objects.filter(pk=mine.member_id).update(is_active=True)
    for kind in kinds():
        kind.open_again(mine.member, mine.closed.get(kind.name))
    mine.delete()
    return True


def erase_due():
    """Those whose seven days are over.  Returns how many."""
    due = Leaving.objects.due().order_by("ends_at").values_list("pk", flat=True)[:AT_ONCE]
    return sum(_erase_if_due(pk) for pk in list(due))


@transaction.atomic
def _erase_if_due(pk):
    """Whoever stops it at this moment comes before, and it is gone here; or after, and finds
    nothing to stop.
    """
    mine = Leaving.objects.due().select_for_update().filter(pk=pk).first()
    if mine is None:
        return False
    for kind in kinds():
        if kind.leaves(mine.chosen):
            kind.open_again(mine.member, mine.closed.get(kind.name))
    leave_now(mine.member, mine.chosen)
    return True


@transaction.atomic
def leave_now(member, chosen):
    """Erase ``member``, but for what they chose to leave, which says of nobody that it was theirs.

    Returns how many rows of each model went.
    """
    member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    for kind in kinds():
        for thing in kind.staying(member) if kind.leaves(chosen) else ():
            kind.leave(thing)
    return erase(member)


@transaction.atomic
def erase(member):
    """Delete ``member`` with every word of theirs.  Returns how many rows of each model went.

    Each thing goes by its own ``delete()``, which knows what hangs on it.  Decisions hold no words
    and stay.
    """
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    addresses = {member.email, *_confirmed_or_not(member)}
    gone = Counter()
    gone.update(sign_out_everywhere(member))
    things = [*_made_by(member), member]
    gone.update(_mentions_in_the_admin(things, addresses).delete()[1])
    gone.update(Email.objects.filter(_any("to__iexact", addresses)).delete()[1])
    for thing in things:
        gone.update(thing.delete()[1])
    return +gone


def sign_out_everywhere(member):
    """Also where they are only on their way in.  Returns how many sessions ended."""
    gone = Counter()
    for session in _sessions_of(member, {member.email, *_confirmed_or_not(member)}):
        gone.update(session.delete()[1])
    return gone


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
