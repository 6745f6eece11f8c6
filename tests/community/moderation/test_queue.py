"""The queue: its tabs, what it is narrowed to, and the same work however long it is."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community.moderation import queue
from community.moderation.models import Case, Proposal
from stories.models import Story
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
QUEUE = reverse("admin:moderation_case_changelist")


@pytest.fixture
def moderator():
    return factories.moderator("Bramble Thorne")


@pytest.fixture
def browser(moderator):
    return browser_of(moderator)


@pytest.fixture
def five(db):
    """Five that wait, each unlike the others in one thing."""
    factories.pending(title="Plain")
    factories.pending(title="Ectopic", losses=["ectopic"])
    factories.pending(title="Surgery", notes=["surgery"])
    factories.pending(title="Spanish", language="es")
    with time_machine.travel(timezone.now() - timedelta(days=3)):
        factories.pending(title="Old", losses=["ectopic"], language="es")


def listed(page):
    return re.findall(r'class="t sh-link"><bdi>([^<]*)</bdi>', page.text)


def counted(page, tab="Stories"):
    return int(re.search(rf">{tab} \((\d+)\)<", page.text)[1])


@pytest.mark.parametrize(
    "asked, found",
    [
        ("about=ectopic", ["Old", "Ectopic"]),
        ("about=surgery", ["Surgery"]),
        ("lang=es", ["Old", "Spanish"]),
        ("waiting=1", ["Old"]),
        ("waiting=2", ["Old"]),
        ("waiting=7", []),
        ("about=ectopic&lang=en", ["Ectopic"]),
        ("about=ectopic&lang=es&waiting=2", ["Old"]),
        ("about=molar", []),
    ],
)
def test_what_is_asked_for_is_shown_and_counted_and_nothing_else(browser, five, asked, found):
    page = browser.get(f"{QUEUE}?{asked}")
    assert listed(page) == found
    assert counted(page) == len(found)
    assert f"tab=author&amp;{asked.split('&')[0]}" in page.text


@pytest.mark.parametrize(
    "asked",
    ["about=nothing", "lang=xx", "waiting=3", "about=%00", "lang=%ed%a0%80", "about=_e%25", "x=1"],
)
def test_what_is_not_among_the_choices_is_left_out(browser, five, asked):
    page = browser.get(f"{QUEUE}?{asked}")
    assert page.status_code == 200 and len(listed(page)) == counted(page) == 5
    assert "Show everything" not in page.text


def test_the_form_keeps_the_tab_and_says_what_is_chosen(browser, five):
    factories.told(reason="cruel")
    page = browser.get(f"{QUEUE}?tab=reports&lang=en&waiting=nothing")
    assert '<input type="hidden" name="tab" value="reports">' in page.text
    assert '<option value="en" selected>' in page.text
    assert counted(page, "Reports") == 1 and "waiting=" not in page.text
    assert '<a href="?tab=reports">Show everything</a>' in page.text
    assert "Nothing here is like what you chose." in browser.get(f"{QUEUE}?about=molar").text


def test_reports_are_narrowed_by_what_readers_saw(browser):
    factories.told(factories.published(title="Shown", losses=["twin-or-triplet"]))
    factories.told(factories.published(title="Another"))
    page = browser.get(f"{QUEUE}?tab=reports&about=twin-or-triplet")
    assert listed(page) == ["Shown"] and counted(page, "Reports") == 1


def test_the_most_pressing_comes_first_then_the_oldest(browser):
    for hours, title, body in ((1, "Young", "x"), (9, "Old", "x"), (0, "Urgent", "I want to die.")):
        with time_machine.travel(timezone.now() - timedelta(hours=hours)):
            factories.pending(title=title, body=body)
    assert listed(browser.get(QUEUE)) == ["Urgent", "Old", "Young"]


def test_what_waits_for_a_second_moderator_says_so(browser, moderator):
    proposed, passed = factories.pending(title="Proposed"), factories.pending(title="Passed")
    Proposal.objects.create(case=proposed.open_case(), action="decline", by=moderator, by_name="x")
    Case.objects.filter(pk=passed.open_case().pk).update(passed_by=factories.moderator())
    page = browser.get(QUEUE)
    assert page.text.count("Waits for a second moderator") == 1
    assert page.text.count("A second moderator was asked for") == 1


def test_pages_go_on_where_the_last_one_ended(browser, monkeypatch):
    monkeypatch.setattr(queue, "ROWS", 2)
    for number in range(5):
        with time_machine.travel(timezone.now() - timedelta(hours=10 - number)):
            factories.pending(title=f"Number {number}", language="es")
    seen, address = [], "?lang=es"
    while address:
        page = browser.get(QUEUE + address)
        seen += listed(page)
        following = re.search(r'<a href="([^"]+)">Further down', page.text)
        address = following and following[1].replace("&amp;", "&")
    assert seen == [f"Number {number}" for number in range(5)]
    assert "Page 3 of 3" in page.text


def test_the_database_is_asked_the_same_however_far_down(browser, monkeypatch):
    monkeypatch.setattr(queue, "ROWS", 3)
    for _ in range(7):
        factories.pending()
    asked = []
    for page in (1, 2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert len(listed(browser.get(f"{QUEUE}?page={page}&lang=en"))) == 3
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_what_was_taken_back_while_the_page_was_drawn_is_passed_over(moderator):
    story, other = factories.pending(), factories.pending()
    drawn = queue.Queue(moderator, [Story], {})
    list(drawn.page.object_list)
    story.delete()
    assert [words.pk for _, words in drawn.rows()] == [other.pk]
