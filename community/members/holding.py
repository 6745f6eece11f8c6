"""Mail held back: over the night, while its reader wants none, or for good.

Asked at the moment of delivery, so that what was written before somebody changed their mind keeps
to it as well.
"""

from django.utils import timezone

from .hours import end_of_night
from .models import Email, KeptDate, MailChoice
from .stopping import Kind


def put_aside(email, now):
    """Whether ``email`` does not go at ``now``: it waits for its time, or will never have one."""
    if not email.waits:
        return False
    until = _rest_ends(email, now)
    is_too_late = until and email.good_until and until >= email.good_until
    if is_too_late or _nobody_wants_it(email) or _is_past(email, now):
        email.drop()
    elif until:
        email.hold(until)
    else:
        return False
    return True


def gather(email):
    """The first to go takes with it what would say the same to the same person."""
    if email.kind:
        same = Email.objects.unclaimed().filter(member=email.member, subject=email.subject)
        same.exclude(pk=email.pk).exclude(kind="").delete()


def _nobody_wants_it(email):
    if not email.kind:
        return False
    stopped = MailChoice.objects.filter(member=email.member, kind=email.kind)
    return not email.member.is_active or stopped.exclude(stopped_at=None).exists()


def _is_past(email, now):
    """About a day that is over, or that they no longer ask about."""
    if email.good_until and now >= email.good_until:
        return True
    if email.kind != Kind.NOTE:
        return False
    today = email.member.local(now).date()
    return not KeptDate.objects.with_a_note_on(today).filter(member=email.member).exists()


def _rest_ends(email, now):
    if email.member is None or email.waits == Email.Waits.NIGHT:
        here = email.member.local(now) if email.member else timezone.localtime(now)
        return end_of_night(here)
    return email.member.rest_ends(now, on_kept_dates=email.kind != Kind.NOTE)
