"""The hour that goes round the world."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from stories.wave_of_light import DAY, DAYS, HOUR, MONTH, PLACES, lit_in

# By the clock in Greenwich: seven in Kiritimati, and eight on Niue.
FIRST, LAST = datetime(2026, 10, 15, 5, tzinfo=UTC), datetime(2026, 10, 16, 7, tzinfo=UTC)
NOBODY_LIVES_THERE = {timedelta(hours=-12)}


def offset(zone, year):
    return datetime(year, MONTH, DAY, HOUR, tzinfo=ZoneInfo(zone)).utcoffset()


@pytest.mark.parametrize("year", [2026, 2027, 2030])
def test_no_evening_goes_unnamed(year):
    ours = {offset(zone, year) for zone, _place in PLACES}
    everywhere = {offset(zone, year) for zone in available_timezones()}
    assert everywhere - ours == NOBODY_LIVES_THERE


def test_for_twenty_six_hours_it_is_always_somewhere():
    moments = [FIRST + timedelta(minutes=15 * n) for n in range(26 * 4)]
    assert all(map(lit_in, moments)) and moments[-1] + timedelta(minutes=15) == LAST
    assert lit_in(FIRST - timedelta(seconds=1)) == lit_in(LAST) == []


def test_each_place_has_its_hour_and_no_more():
    for zone, place in PLACES:
        begins = datetime(2026, MONTH, DAY, HOUR, tzinfo=ZoneInfo(zone))
        assert begins.astimezone(UTC).day in DAYS
        for minutes, lit in ((-1, False), (0, True), (59, True), (60, False)):
            moment = begins.astimezone(UTC) + timedelta(minutes=minutes)
            assert (place in lit_in(moment)) == lit, (zone, minutes)
