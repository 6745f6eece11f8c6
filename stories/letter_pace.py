"""How many letters somebody may send: enough for a long night, little for somebody who means harm.

All the numbers are here.
"""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from community.members.models import Consent, Member

# Anybody, in allauth's words; counted in the cache, so that it slows rather than forbids.
LIMIT = {"letter": "6/m/user,20/h/user,40/d/user"}
WAIT = 60  # seconds until it is worth trying again
# Somebody new here; counted in the database, so that it holds over every process.
NEW_FOR = timedelta(days=7)
A_DAY = timedelta(days=1)
A_DAY_AT_FIRST = 5
AUDIENCES = ("letter-for-anyone", "letter-may-be-shown", "letter-to-one")


class TooManyToday(ValidationError):
    """``again_in`` is in seconds."""

    def __init__(self, again_in):
        self.again_in = again_in
        super().__init__(
            _(
                "While you are new here, only a few letters a day can go. "
                "This one is kept as it is: send it tomorrow."
            )
        )


def refuse_too_many(letter):
    """In the transaction that sends it, so that of several sent at once each counts the others.

    An answer goes to somebody who wrote first: it is never one too many.  A letter that was sent
    before, and comes back from a moderator’s question, is not counted again.
    """
    author, now = letter.author, timezone.now()
    if letter.answers_id or author.joined_at <= now - NEW_FOR:
        return
    Member.objects.select_for_update(no_key=True).get(pk=author.pk)
    answers = type(letter).objects.filter(author=author, answers__isnull=False)
    others = [f"letter {pk}" for pk in (letter.pk, *answers.values_list("pk", flat=True))]
    given = Consent.objects.filter(member=author, purpose__in=AUDIENCES, given_at__gt=now - A_DAY)
    first = {}
    for about, at in given.exclude(about__in=others).values_list("about", "given_at"):
        first[about] = min(at, first.get(about, at))
    if len(first) >= A_DAY_AT_FIRST:
        opens = sorted(first.values())[-A_DAY_AT_FIRST] + A_DAY
        raise TooManyToday(int((opens - now).total_seconds()) + 1)
