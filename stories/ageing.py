"""How long what members write and never send is kept (``community.ageing``)."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.ageing import TWO_YEARS, Age
from community.moderation.states import State
from stories import linking, photo_files, photo_jobs
from stories.link_finding import OPEN_FOR
from stories.models import Letter, Remembrance, Story

EMPTY_FOR = timedelta(days=30)
AT_ONCE = 200


def forget_empty():
    """Desks on which nobody wrote anything."""
    since = timezone.now() - EMPTY_FOR
    empty = Story.objects.filter(sent=None, title="", body="", revision=0, photographs=None)
    return _erase(empty.filter(saved_at__lt=since))


def forget_drafts():
    """Never sent; neither saved for two years, nor was its writer here in that time."""
    since = timezone.now() - TWO_YEARS
    away = Q(author__last_login__lt=since) | Q(author__last_login=None)
    never_sent = {"state": State.DRAFT, "sent": None, "is_example": False}
    return sum(
        _erase(kind.objects.filter(away, saved_at__lt=since, **never_sent))
        for kind in (Story, Letter, Remembrance)
    )


def _erase(drafts):
    """Each by its own ``delete``, which knows what hangs on it."""
    some = list(drafts.order_by("pk")[:AT_ONCE])
    for draft in some:
        draft.delete()
    return len(some)


AGES = [
    Age(
        _("A desk on which nobody wrote anything"),
        EMPTY_FOR,
        _("after it was opened"),
        forget_empty,
    ),
    Age(
        _("What you wrote and never sent"),
        TWO_YEARS,
        _("after you saved it, if you have not signed in since"),
        forget_drafts,
    ),
    Age(
        _("A photograph as it came from your device"),
        photo_files.LEFT_FOR,
        _("at the very most; usually seconds"),
        photo_jobs.tidy,
    ),
    Age(
        _("An invitation to link two stories that nobody took up"),
        OPEN_FOR,
        _("after it was made"),
        linking.forget,
    ),
    Age(
        _("That two stories were linked, for whoever was not told yet that it ended"),
        linking.TOLD_FOR,
        _("after one of you ended it"),
        linking.forget,
    ),
]
