"""How long what members brings is kept (``community.ageing``)."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.ageing import Age

from . import archive, devices, downloads, mail, noting, sign_ups
from .leaving import CLOSED_FOR
from .models import Email, Member

UNCONFIRMED_FOR = timedelta(days=7)
UNDELIVERED_FOR = timedelta(days=30)
# So many an hour: each is looked for in every session.
AT_ONCE = 50


def forget_unconfirmed():
    """Accounts whose address nobody confirmed.  Example writers have none to confirm."""
    since = timezone.now() - UNCONFIRMED_FOR
    waiting = Member.objects.unconfirmed().filter(emailaddress__verified=False, last_login=None)
    waiting = waiting.filter(joined_at__lt=since, is_staff=False).distinct()
    some = list(waiting.order_by("pk")[:AT_ONCE])
    for member in some:
        archive.erase(member)
    return len(some)


def forget_undelivered():
    """What was given up: an address, and what was to be said to it."""
    since = timezone.now() - UNDELIVERED_FOR
    given_up = Email.objects.waiting().filter(tries__gte=Email.MOST_TRIES, created_at__lt=since)
    return given_up.delete()[0]


AGES = [
    Age(
        _("An account whose address nobody confirmed"),
        UNCONFIRMED_FOR,
        _("after somebody signed up"),
        forget_unconfirmed,
    ),
    Age(
        _("An account that was closed to be deleted, and everything in it"),
        CLOSED_FOR,
        _("after you asked, unless you asked for now"),
        archive.erase_due,
    ),
    Age(
        _("A copy you asked for"),
        downloads.LASTS,
        _("after it was made, or as soon as you have fetched it"),
        downloads.forget,
    ),
    Age(
        _("That nobody could make an account for a day"),
        sign_ups.KEPT_FOR,
        _("after it ended"),
        sign_ups.forget,
    ),
    Age(
        _("With which kind of browser you signed in"),
        devices.KNOWN_FOR,
        _("after you last did"),
        devices.forget,
    ),
    Age(
        _("That an email went out, without its text and address, which go when it is sent"),
        mail.KEPT_FOR,
        _("after it was sent"),
        mail.forget_sent,
    ),
    Age(
        _("An email that could not be delivered"),
        UNDELIVERED_FOR,
        _("after it was written"),
        forget_undelivered,
    ),
    Age(
        _("That a note about a date went to you"),
        noting.KEPT_FOR,
        _("after that day"),
        noting.forget,
    ),
]
