"""The note about a date somebody keeps: on the day they asked, by day, once, or not at all."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from .dates import KeptDate, Note
from .hours import evening_of
from .mail import a_note
from .models import MailChoice, Member
from .stopping import Kind

# The earliest and the latest clocks there are, in hours from UTC.
CLOCKS = (-12, 14)
# So many a minute: the worker has other things to do.
AT_ONCE = 500
KEPT_FOR = timedelta(days=7)


def send_due():
    """Write the notes that are due.  Whoever was forgotten all day gets none the day after.

    Returns how many were written.
    """
    now = timezone.now()
    written = 0
    for day in days_on_earth(now):
        for member in who_asked_for(day):
            written += _write(member, day, now)
            if written == AT_ONCE:
                return written
    return written


def days_on_earth(now):
    """Whatever day it is somewhere at ``now``: two or three."""
    first, last = ((now + timedelta(hours=hours)).date() for hours in CLOCKS)
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def who_asked_for(day):
    """The members to whom a note has to go on ``day``, once it is that day where they are."""
    asked = KeptDate.objects.with_a_note_on(day).values("member")
    has_it = Note.objects.filter(member=OuterRef("pk"), on=day)
    stopped = MailChoice.objects.filter(member=OuterRef("pk"), kind=Kind.NOTE)
    members = Member.objects.filter(pk__in=asked, is_active=True, mail_paused_at=None)
    members = members.exclude(Exists(has_it)).exclude(Exists(stopped.exclude(stopped_at=None)))
    return list(members.order_by("pk"))


def _write(member, day, now):
    """Whether it was written; of two workers, the row lets one."""
    if member.local(now).date() != day or member.rest_ends(now, on_kept_dates=False):
        return False
    with transaction.atomic():
        _note, is_first = Note.objects.get_or_create(member=member, on=day)
        if is_first:
            a_note(member, until=evening_of(day, member.zone))
    return is_first


def forget():
    """On which days notes went tells which days they were about.  Returns how many rows went."""
    long_ago = timezone.localdate() - KEPT_FOR
    return Note.objects.filter(on__lt=long_ago).delete()[0]
