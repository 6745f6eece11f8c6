"""What the worker does about letters by itself: the weekly note, and what comes back unread."""

from datetime import timedelta
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from community.members.hours import end_of_night
from community.members.mail import weekly_note
from stories.letterbox import Letterbox
from stories.letters import Letter

A_WEEK = timedelta(days=7)
# Of whatever has gathered, so many a minute: the worker has other things to do.
AT_ONCE = 200


def send_weekly():
    """Bring each their letters of the week, and say once that they are there.

    None goes in somebody's night.  Returns how many notes were sent.
    """
    now = timezone.now()
    by_day = (box for box in due(now) if not end_of_night(box.member.local(now)))
    return sum(_bring(box, now) for box in islice(by_day, AT_ONCE))


def due(now):
    """The boxes whose week is over, if anything has gathered in them."""
    gathered = Letter.objects.kept_for(OuterRef("member"))
    boxes = Letterbox.objects.filter(when=Letterbox.When.WEEKLY).filter(Exists(gathered))
    boxes = boxes.filter(Q(noted_at=None) | Q(noted_at__lte=now - A_WEEK))
    return boxes.select_related("member").order_by("pk")


@transaction.atomic
def _bring(box, now):
    """Whether a note was sent; the UPDATE decides between two workers."""
    ours = Letterbox.objects.filter(pk=box.pk, noted_at=box.noted_at, when=box.when)
    if not ours.update(noted_at=now):
        return False
    if not Letter.objects.let_in(box.member):
        # Only what a block stops had gathered: nobody else's letter waits longer for it.
        Letterbox.objects.filter(pk=box.pk).update(noted_at=box.noted_at)
        return False
    weekly_note(box.member)
    return True


def return_letters():
    """Give back what is on its way to nobody.  Returns how many letters."""
    return sum(_return(letter) for letter in Letter.objects.homeless()[:AT_ONCE])


def _return(letter):
    try:
        letter.come_back()
    except ValidationError:
        return False  # somebody moved it first
    return True
