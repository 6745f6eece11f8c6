"""Open now: understated, never overstated, in the clock of the place."""

from datetime import UTC, datetime, time

import pytest
from django.core.exceptions import ValidationError

from resources import hours
from resources.models import Schedule, Service

ALL = "MO,TU,WE,TH,FR,SA,SU"
DAYS = "MO,TU,WE,TH,FR"


def schedule(service, byday, opens, closes, zone="Europe/Dublin"):
    return Schedule.objects.create(
        service=service, byday=byday, opens_at=time.fromisoformat(opens),
        closes_at=time.fromisoformat(closes), timezone=zone,
    )  # fmt: skip


@pytest.mark.parametrize(
    "byday, opens, closes, zone, moment, is_open",
    [
        # 4 March 2026 is a Wednesday; Dublin is at UTC then, an hour ahead in July.
        (DAYS, "09:00", "17:00", "Europe/Dublin", "2026-03-04 09:00", True),
        (DAYS, "09:00", "17:00", "Europe/Dublin", "2026-03-04 08:59", False),
        (DAYS, "09:00", "17:00", "Europe/Dublin", "2026-03-04 16:50", True),
        (DAYS, "09:00", "17:00", "Europe/Dublin", "2026-03-04 16:51", False),
        (DAYS, "09:00", "17:00", "Europe/Dublin", "2026-07-01 08:00", True),
        (DAYS, "09:00", "17:00", "Europe/Dublin", "2026-07-01 16:30", False),
        (DAYS, "09:00", "17:00", "Europe/Dublin", "2026-03-07 12:00", False),
        (DAYS, "09:00", "17:00", "Australia/Sydney", "2026-03-03 23:00", True),
        (ALL, "18:00", "02:00", "Europe/Dublin", "2026-03-04 23:55", True),
        (ALL, "18:00", "02:00", "Europe/Dublin", "2026-03-04 01:30", True),
        (ALL, "18:00", "02:00", "Europe/Dublin", "2026-03-04 01:55", False),
        ("TU", "18:00", "02:00", "Europe/Dublin", "2026-03-04 01:00", True),
        ("WE", "18:00", "02:00", "Europe/Dublin", "2026-03-04 01:00", False),
        (ALL, "07:00", "00:00", "Europe/Dublin", "2026-03-04 23:30", True),
        (ALL, "07:00", "00:00", "Europe/Dublin", "2026-03-04 23:55", False),
        (ALL, "07:00", "00:00", "Europe/Dublin", "2026-03-04 00:30", False),
        (ALL, "09:00", "17:00", "Europe/Dublin", "2026-12-25 12:00", False),
    ],
)
def test_open_now_is_asked_in_the_places_own_clock(
    place, byday, opens, closes, zone, moment, is_open
):
    schedule(place(hours="See the website"), byday, opens, closes, zone)
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert Service.objects.open_now(at).exists() is is_open


def test_hours_that_nobody_confirmed_lately_are_not_open_now(place):
    for age, hours_said in (("2020-01-01", "24 hours a day"), ("2020-01-01", "See the website")):
        schedule(place(assured_on=age, hours=hours_said), ALL, "00:00", "00:00")
    assert not Service.objects.open_now().exists()


@pytest.mark.parametrize(
    "text, found",
    [
        ("Monday to Friday 10:00-17:30", [(DAYS, "10:00", "17:30")]),
        ("Every day 07:00-24:00", [(ALL, "07:00", "00:00")]),
        ("Every day 10:00-16:00 and 19:00-22:00",
         [(ALL, "10:00", "16:00"), (ALL, "19:00", "22:00")]),
        ("Monday, Wednesday and Friday 09:30-17:00; Tuesday 13:00-20:00",
         [("MO,WE,FR", "09:30", "17:00"), ("TU", "13:00", "20:00")]),
        ("Friday to Monday 10:00-12:00", [("MO,FR,SA,SU", "10:00", "12:00")]),
        ("Evenings", []),
        ("Monday to Friday 10:00-17:30; check current hours", []),
        ("Phone service Monday to Friday 09:00-20:00", []),
        ("Monday to Friday 10:00-25:00", []),
        ("", []),
    ],
)  # fmt: skip
def test_only_plain_hours_become_a_schedule(text, found):
    said = [(byday, time.fromisoformat(a), time.fromisoformat(b), "Europe/Dublin")
            for byday, a, b in found]  # fmt: skip
    assert hours.read(text, ["IE"]) == said


@pytest.mark.parametrize("areas", [["US"], ["IE", "GB"], ["INT"], []])
def test_a_place_with_several_clocks_has_no_schedule(areas):
    assert hours.read("Monday to Friday 10:00-17:30", areas) == []


@pytest.mark.parametrize("wrong", [{"byday": "Monday"}, {"timezone": "Mars/Base"}, {"byday": ""}])
def test_hours_that_no_machine_can_read_are_refused(place, wrong):
    said = {"byday": "MO", "opens_at": time(9), "closes_at": time(10), "timezone": "Europe/Dublin"}
    with pytest.raises(ValidationError):
        Schedule(service=place(), **said | wrong).full_clean()
