"""How long it takes until what somebody told us of a place is corrected: from real data only."""

from datetime import timedelta
from statistics import median

from django.core.cache import cache
from django.db.models import Min
from django.utils import timezone

from community.moderation.reports import Report
from community.moderation.waiting import in_words
from resources.models import Change

LOOKED_BACK = timedelta(days=365)
ENOUGH = 5  # corrections: of fewer, a middle says nothing
HOLDS = 3600  # seconds


def first_told(service):
    """When the earliest of those who wait for an answer about ``service`` told us, or None."""
    waiting = Report.objects.unanswered().filter(
        case__content_type__app_label="resources",
        case__content_type__model="service",
        case__object_id=service.pk,
    )
    return waiting.aggregate(first=Min("told_at"))["first"]


def usual_time():
    """The median from being told to the first change after it, or None while there are few."""
    since = timezone.now() - LOOKED_BACK
    told = Change.objects.filter(at__gt=since, told_at__isnull=False)
    waits = [
        first - told_at
        for _service, told_at, first in told.order_by()
        .values_list("service", "told_at")
        .annotate(first=Min("at"))
    ]
    return median(waits) if len(waits) >= ENOUGH else None


def usual_time_in_words():
    return cache.get_or_set("resources.usual-time-to-correct", _in_words, HOLDS)


def _in_words():
    usual = usual_time()
    return in_words(usual) if usual is not None else ""
