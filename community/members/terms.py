"""What people agree to when they make an account, version by version, and what changed in each.

Two things, each with a tick of its own: how to be with others here, and that we keep what they
write, which is data about health (GDPR, Article 9 (2) (a)).  ``Member.agreed_to`` is the version
that holds; the rows of ``Consent`` say since when, in which words, and until when.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import models, transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .leaving import kinds
from .models import Consent, Member

TAKEN_BACK = "taken-back"
# Pages on which something goes on; reading, help, the copy, leaving and what was decided go on
# without being asked.
GOES_ON = re.compile(
    r"^/(write|remembrance/write|letters/write|me(?!/(agreement|account|download|delete|decisions|"
    r"email/stop|comfort)/))(/|$)"
)


class To(models.TextChoices):
    CARE = "care", _("I’ll be with others as “How we look after each other” says.")
    KEEPING = (
        "keeping",
        _("You may keep what I write here, which can say something about my health."),
    )


@dataclass(frozen=True)
class Terms:
    version: str
    changes: tuple = ()


# Newest last.  Whoever agreed to an earlier one reads every change since, and is asked again.
VERSIONS = [Terms("2026-11")]


def current():
    return VERSIONS[-1].version


def changes_since(version):
    """All of them, for whoever agreed to nothing that is still known."""
    known = [each.version for each in VERSIONS]
    since = known.index(version) + 1 if version in known else len(known)
    return [change for each in VERSIONS[since:] for change in each.changes]


def is_asked(member):
    """Whether what they agreed to is of an earlier day, or was taken back.  Accounts that an
    administrator made were asked by them."""
    return member.agreed_to not in ("", current())


@transaction.atomic
def agree(member):
    for purpose in To:
        Consent.give(member, purpose, wording=current())
    Consent.withdraw(member, "account")  # the one tick for both, of earlier releases
    Member.objects.filter(pk=member.pk).update(agreed_to=current())
    member.agreed_to = current()


@transaction.atomic
def take_back(member, purpose):
    """From now on nobody reads anything of theirs, and nothing more is sent, until they agree."""
    Member.objects.select_for_update().get(pk=member.pk)
    Consent.withdraw(member, purpose)
    Consent.withdraw(member, "account")
    Member.objects.filter(pk=member.pk).update(agreed_to=TAKEN_BACK)
    member.agreed_to = TAKEN_BACK
    for kind in kinds():
        kind.hide(member)


def given(member):
    """(what, since when or None), one line for each tick."""
    held = {each.purpose: each for each in Consent.objects.given().filter(member=member, about="")}
    at = {to: held.get(to) or held.get("account") for to in To}
    return [(to, consent and timezone.localtime(consent.given_at)) for to, consent in at.items()]


def middleware(get_response):
    """Asks before anything goes on, and never while words are on their way: only when a page is
    opened."""

    def asking(request):
        goes_on = request.method in ("GET", "HEAD") and GOES_ON.match(request.path_info)
        if goes_on and request.user.is_authenticated and is_asked(request.user):
            back = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse('members:agreement')}?{back}")
        return get_response(request)

    return asking
