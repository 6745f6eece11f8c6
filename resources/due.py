"""What editors have still to look at, the most pressing first."""

from datetime import timedelta

from django.db.models import F, Q
from django.utils import timezone

from resources.models import Kind, LinkCheck, Service, Suggestion
from resources.models.assurance import CRISIS_LINE_STANDS, STANDS, stands_for

# So long before a verification lapses, somebody is asked to look again.
AHEAD = timedelta(days=30)
MOST = 50


def places():
    """Places whose verification lapsed or soon will; crisis lines before all others."""
    soon = timezone.localdate() + AHEAD
    lapsing = Q(kind=Kind.CRISIS_LINE, stands_from__lt=soon - CRISIS_LINE_STANDS) | Q(
        ~Q(kind=Kind.CRISIS_LINE), stands_from__lt=soon - STANDS
    )
    by_age = F("stands_from").asc(nulls_first=True)
    return (
        Service.objects.published()
        .filter(lapsing | Q(stands_from=None))
        .annotate(is_crisis_line=Q(kind=Kind.CRISIS_LINE))
        .order_by("-is_crisis_line", by_age, "name")
    )


def for_editor(editor):
    """The first of them, each with why, and with whether ``editor`` is the one to look."""
    rows = list(places().prefetch_related("service_areas", "verifications")[:MOST])
    for place in rows:
        place.lapses_on = place.stands_from and place.stands_from + stands_for(place.kind)
        latest = next(iter(place.verifications.all()), None)
        by_editor = latest is not None and latest.by_id == editor.pk
        place.needs_somebody_else = place.waits_for_a_second and by_editor
    return rows


def how_many():
    """In one answer for the front page: places, addresses that stopped answering, suggestions."""
    return {
        "places": places().count(),
        "links": LinkCheck.objects.to_look_at().count(),
        "suggestions": Suggestion.objects.waiting().count(),
    }
