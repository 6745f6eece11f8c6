"""How long a correction takes is said from real data, once there is some."""

from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone

from community.moderation.reasons import Reason
from community.moderation.reports import Report
from resources import corrections
from resources.models import Change


def correct(service, hours):
    change = Change.objects.create(service=service, action="update", field_name="name")
    Change.objects.filter(pk=change.pk).update(told_at=change.at - timedelta(hours=hours))


def test_the_middle_of_what_was_corrected_is_said(client, place):
    service = place()
    for hours in (1, 2, 3, 48):
        correct(service, hours)
    cache.clear()
    assert "is corrected within" not in client.get("/resources/").text
    correct(service, 72)
    cache.clear()
    assert "half of it is corrected within three hours" in client.get("/resources/").text


def test_changes_that_nobody_told_us_of_do_not_count(place):
    for _n in range(9):
        Change.objects.create(service=place(), action="update", field_name="name")
    assert corrections.usual_time() is None


def test_a_change_remembers_who_was_waiting_for_it(place):
    service, other = place(), place()
    reason = next(iter(type(service).REPORT_REASONS))
    said = {"reason": Reason(reason), "words": "", "email": ""}
    report = Report.objects.tell(service, **said)
    assert corrections.first_told(service) == report.told_at
    assert corrections.first_told(other) is None
    Report.objects.filter(pk=report.pk).update(answered_at=timezone.now())
