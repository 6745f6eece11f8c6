"""The page of numbers, in the admin, for leads."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community.moderation.reports import Report
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def address():
    return reverse("admin:moderation_numbers_changelist")


@pytest.fixture
def lead():
    return browser_of(factories.moderator(group="lead-moderators"))


def test_only_leads_are_offered_it_and_get_it(address):
    for group, status in (("moderators", 404), ("lead-moderators", 200)):
        browser = browser_of(factories.moderator(group=group))
        assert browser.get(address).status_code == status
        assert (address in browser.get("/admin/").text) is (status == 200)
    for person, status in ((None, 302), (factories.member(), 404)):
        assert browser_of(person).get(address).status_code == status


def test_each_drawing_has_a_name_and_a_table_beside_it(address, lead):
    factories.claim(factories.pending(), by=(by := factories.moderator("Odile")))
    factories.published(by=by)
    page = lead.get(address).text
    assert page.count('class="chart"') >= 4
    assert page.count('class="chart"') == page.count('role="img"') == page.count("<desc")
    assert page.count("<table") >= page.count('class="chart"')
    assert page.count("<caption") == page.count("<table")
    assert "At this moment one is waiting" in page
    assert "<bdi>Odile</bdi>" in page and "offer somebody rest" in page


def test_a_year_is_chosen_and_anything_else_is_the_last_twelve_months(address, lead):
    with time_machine.travel(timezone.now() - timedelta(days=800)):
        factories.published()
    before = timezone.localdate().year - 2
    page = lead.get(address, {"year": before}).text
    assert f'aria-current="page">{before}<' in page
    assert f"January {before}" in page
    for year in ("", "1812", "²", "9" * 400, "\x00", "2026; DROP"):
        response = lead.get(address, {"year": year})
        assert response.status_code == 200
        assert 'aria-current="page">The last twelve months' in response.text


def test_it_shows_no_word_of_anybody_and_no_author(address, lead):
    story = factories.published(factories.member("Bryony"))
    factories.told(story, words="A word about it.", email="wren@example.org")
    page = lead.get(address).text
    for secret in ("Bryony", story.author.email, story.title, story.pk, "A word", "wren@"):
        assert secret not in page


def test_the_page_costs_the_same_however_much_there_is(address, lead):
    lead.get(address)
    asked = []
    for _ in range(2):
        for _ in range(4):
            factories.published(by=factories.moderator())
            factories.claim(factories.pending(), by=factories.moderator())
        with CaptureQueriesContext(connection) as queries:
            assert lead.get(address).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_it_can_only_be_looked_at(address, lead):
    for method in ("post", "put", "delete"):
        assert getattr(lead, method)(address).status_code == 405
    assert lead.get(f"{address}add/").status_code == 404
    assert lead.get(f"{address}1/change/").status_code == 404


def test_it_says_what_is_open_now_and_what_was_answered_how(address, lead):
    assert "Everybody who told us something has been answered." in lead.get(address).text
    told = factories.told()
    assert "One person waits." in lead.get(address).text
    Report.objects.settle(told.case, "close", by=factories.moderator())
    page = lead.get(address).text
    assert "Reports, by outcome" in page and "People who were answered" in page
