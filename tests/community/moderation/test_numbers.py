"""The log counted: what leads see of it, and what readers never could."""

import json
from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.moderation import numbers
from community.moderation.log import Decision, address_of
from community.moderation.models import Case
from community.moderation.reports import Report, forget
from community.moderation.states import Action, Look
from community.moderation.tally import Tally
from tests import factories

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
YEAR = numbers.Period.beginning(2026)


def moment(month, day=15, year=2026, hour=12):
    return timezone.make_aware(datetime(year, month, day, hour))


@pytest.fixture
def story():
    with time_machine.travel(moment(1, year=2020)):
        return factories.pending()


@pytest.fixture
def log(story):
    """Writes what a moderator did into the log."""
    moderator = factories.moderator("Odile")

    def log(action, at, **more):
        more = {"by": moderator, "source": "", "target": "", "role": "moderator"} | more
        more |= address_of(story) | {"by_name": more["by"].pen_name}
        return Decision.objects.create(action=action, at=at, **more)

    return log


def test_a_year_is_counted_by_its_own_midnights(log):
    log(Action.PUBLISH, moment(1, 1, hour=0))
    log(Action.PUBLISH, moment(7, 1, hour=0))  # summer time: still June in the database
    log(Action.PUBLISH, moment(12, 31, hour=23))
    log(Action.PUBLISH, moment(1, 1, year=2027, hour=0))
    log(Action.PUBLISH, moment(12, 31, year=2025, hour=23))
    assert numbers.of(YEAR)["months"] == [1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]


def test_decisions_are_counted_by_outcome_and_by_guideline(log):
    log(Action.DECLINE, moment(3), rule="names")
    log(Action.DECLINE, moment(4), rule="names")
    log(Action.PUBLISH, moment(4))
    log(Look.OPEN, moment(4))
    counted = numbers.of(YEAR)
    assert counted["outcomes"] == {"decline": 2, "publish": 1}
    assert counted["rules"] == {"names": 2}


def test_what_authors_do_is_no_decision_of_ours(story):
    story.take_back()
    assert numbers.of(numbers.Period.until_now())["outcomes"] == {}


def test_half_and_the_longest_wait_are_told_by_language_and_by_month(log):
    for month, hours, language in [(1, 1, "en"), (1, 3, "en"), (2, 5, "en"), (2, 8, "cy")]:
        log(Action.PUBLISH, moment(month), waited=hours * HOUR, language=language)
    waits = numbers.of(YEAR)["waits"]
    assert waits["all"] == {"count": 4, "median": 4 * 3600, "longest": 8 * 3600}
    assert waits["languages"]["en"] == {"count": 3, "median": 3 * 3600, "longest": 5 * 3600}
    assert waits["languages"]["cy"]["count"] == 1
    assert waits["months"][0]["median"] == 2 * 3600
    assert waits["months"][2] == {"count": 0, "median": None, "longest": None}


def test_appeals_are_counted_with_what_came_of_them(log, story):
    first = log(Action.DECLINE, moment(2))
    with time_machine.travel(moment(3)):
        case = Case.objects.create(
            **address_of(story), kind=Case.Kind.APPEAL, appealed=first.number
        )
    log(Action.REVERSE, moment(3), appealed=first.number, case_id=case.pk)
    appeals = numbers.of(YEAR)["appeals"]
    assert appeals == {"asked": 1, "uphold": 0, "reverse": 1, "change": 0}


def test_an_answered_report_stays_counted_when_it_is_forgotten():
    leaver, story = factories.member(), factories.published()
    factories.told(story, reason="cruel")
    factories.told(story, reason="cruel", by=leaver)
    told = factories.told(story, reason="note")
    Report.objects.settle(told.case, Action.KEEP, by=factories.moderator())
    leaver.delete()
    with time_machine.travel(timezone.now() + timedelta(days=184)):
        forget()
    assert not Report.objects.exists()
    counted = numbers.of(numbers.Period.until_now())["reports"]
    assert counted == {"cruel": {"keep": 2}, "note": {"keep": 1}}


def test_a_report_that_waits_is_not_counted_and_answers_add_up():
    for _ in range(2):
        story = factories.published()
        factories.told(story, reason="note")
        story.remove(by=factories.moderator(), message="It names somebody.", rule="names")
    factories.told()
    assert [(t.reason, t.outcome, t.count) for t in Tally.objects.all()] == [("note", "remove", 2)]


def test_what_moderators_read_is_told_by_pen_name_and_once_for_each_case(log):
    calm = factories.told().case
    pressing = factories.told(reason="worried").case
    zelda, anna = factories.moderator("zelda"), factories.moderator("Anna")
    for case, by, month in [(calm, zelda, 1), (calm, zelda, 1), (pressing, zelda, 1)]:
        log(Look.OPEN, moment(month), case_id=case.pk, by=by)
    log(Look.OPEN, moment(12), case_id=calm.pk, by=anna)
    log(Look.HAND_BACK, moment(12), case_id=calm.pk, by=anna)
    log(Look.OPEN, moment(2), case_id=calm.pk, by=factories.moderator("Mara"))
    people = numbers.exposure(YEAR)
    assert [each.pen_name for each in people] == ["Anna", "Mara", "zelda"]
    assert (people[0].opened[11], people[0].pressing[11]) == (1, 0)
    assert (people[2].opened[0], people[2].pressing[0]) == (2, 1)


def test_somebody_who_changed_their_pen_name_is_one_person(log):
    by = factories.moderator("Before")
    log(Look.OPEN, moment(1), by=by, case_id=1)
    by.pen_name = "After"
    log(Look.OPEN, moment(2), by=by, case_id=2)
    assert [each.pen_name for each in numbers.exposure(YEAR)] == ["After"]


def test_nobody_is_in_the_numbers(log, story):
    log(Action.DECLINE, moment(3), rule="names", waited=HOUR, language="en")
    text = json.dumps(numbers.of(YEAR))
    for word in ("Odile", story.author.pen_name, story.author.email, story.pk, story.title):
        assert word not in text


def test_more_decisions_ask_no_more_of_the_database(log):
    asked = []
    for _ in range(2):
        for month in range(1, 13):
            log(Action.PUBLISH, moment(month), waited=HOUR, language="en")
            log(Look.OPEN, moment(month), case_id=month, by=factories.moderator())
        with CaptureQueriesContext(connection) as queries:
            numbers.of(YEAR)
            numbers.exposure(YEAR)
        asked.append(len(queries))
    assert asked == [6, 6]


def test_the_last_twelve_months_end_with_this_one():
    with time_machine.travel(moment(2, 28)):
        edges = numbers.Period.until_now().edges
    assert (edges[0], edges[-1]) == (moment(3, 1, 2025, 0), moment(3, 1, 2026, 0))


def test_the_years_to_choose_are_those_of_the_log(log):
    assert numbers.years()[-1] == 2020
    with time_machine.travel(moment(2)):
        assert numbers.years() == [*range(2026, 2019, -1)]


def test_what_is_open_now_is_counted_by_people_and_not_by_papers(story):
    member = factories.member()
    for words in ("He names her.", "And the ward."):
        factories.told(story, by=member, words=words)
    factories.told(story, "worried")
    answered = factories.told(factories.published())
    Report.objects.settle(answered.case, "keep", by=factories.moderator())
    assert numbers.open_now() == {"cruel": 1, "worried": 1}
