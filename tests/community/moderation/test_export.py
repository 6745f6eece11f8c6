"""The log as a table, for whoever writes the yearly report."""

import csv
import io
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from community.moderation.export import COLUMNS
from community.moderation.log import Decision, address_of
from community.moderation.rules import Rule
from community.moderation.states import Action, Look, Remark
from tests import factories
from tests.factories import browser_of


@pytest.fixture
def address(db):
    return reverse("admin:moderation_decision_export")


def rows(response):
    assert response.status_code == 200
    return [*csv.DictReader(io.StringIO(response.getvalue().decode()))]


def test_a_lead_downloads_every_decision_in_order(address):
    moderator = factories.moderator("Rowan")
    story = factories.published(by=moderator)
    story.remove(by=moderator, message="Words that are nobody’s business.", rule="names")
    response = browser_of(factories.moderator(group="lead-moderators")).post(address)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="decisions.csv"'
    assert "no-store" in response["Cache-Control"]
    table = rows(response)
    assert [*table[0]] == COLUMNS
    *table, taken = table
    assert [row["number"] for row in table] == ["1", "2", "3"]
    assert [row["action"] for row in table] == ["submit", "publish", "remove"]
    assert [row["moderator"] for row in table] == ["", "Rowan", "Rowan"]
    assert {row["kind"] for row in table} == {"stories.story"}
    assert {row["contribution"] for row in table} == {story.pk}
    assert [row["waited_seconds"] for row in table] == ["", "0", ""]
    macs = [row["mac"] for row in [*table, taken]]
    assert macs == [*Decision.objects.values_list("mac", flat=True)][::-1]
    assert (taken["kind"], taken["contribution"]) == ("moderation.decision", "3")


def test_taking_the_log_away_is_in_it(address):
    factories.published()
    lead = factories.moderator(group="lead-moderators")
    rows(browser_of(lead).post(address))
    newest = Decision.objects.first()
    assert (newest.action, newest.by, newest.by_name) == (Look.EXPORT, lead, lead.pen_name)
    call_command("verify_log")
    log = browser_of(lead).get(reverse("admin:moderation_decision_changelist")).text
    assert "A copy taken out" in log
    assert browser_of(lead).get(address).status_code == 405
    assert Decision.objects.first() == newest


def test_what_was_decided_by_two_with_a_reason_is_all_there(address):
    story = factories.published()
    Decision.objects.create(
        **address_of(story),
        action=Action.SUSPEND,
        role=Decision.Role.MODERATOR,
        by_name="Rowan",
        proposed_by_name="=Odile",
        rule=Rule.NAMES,
        language="cy",
        remark=Remark.ALONE,
        appealed=2,
        ends_at=datetime(2027, 1, 2, 3, 4, tzinfo=UTC),
    )
    row = rows(browser_of(factories.moderator(group="lead-moderators")).post(address))[2]
    assert (row["moderator"], row["proposed_by"]) == ("Rowan", "'=Odile")
    assert (row["guideline"], row["language"], row["remark"]) == ("names", "cy", "alone")
    assert (row["about_decision"], row["ends_at"]) == ("2", "2027-01-02T03:04:00+00:00")


def test_nobody_s_words_and_no_author_are_in_it(address):
    story = factories.published(author=factories.member("Bryony"))
    text = (
        browser_of(factories.moderator(group="lead-moderators")).post(address).getvalue().decode()
    )
    for word in ("Bryony", story.author.email, story.title, story.body[:20]):
        assert word not in text


@pytest.mark.parametrize("name", ["=1+1", "+44", "-5", "@SUM", "\tx"])
def test_a_spreadsheet_meets_no_formula(address, name):
    moderator = factories.moderator()
    moderator.pen_name = name
    factories.published(by=moderator)
    response = browser_of(factories.moderator(group="lead-moderators")).post(address)
    assert rows(response)[1]["moderator"] == f"'{name}"


def test_only_who_may_download_it_is_offered_it_and_gets_it(address):
    log = reverse("admin:moderation_decision_changelist")
    for group, status in (("moderators", 404), ("lead-moderators", 200)):
        browser = browser_of(factories.moderator(group=group))
        assert browser.post(address).status_code == status
        assert (address in browser.get(log).text) is (status == 200)
    for person, status in ((None, 302), (factories.member(), 404)):
        assert browser_of(person).post(address).status_code == status


def test_more_decisions_ask_no_more_of_the_database(address):
    browser = browser_of(factories.moderator(group="lead-moderators"))
    counts = []
    for _ in range(2):
        factories.published()
        with CaptureQueriesContext(connection) as asked:
            rows(browser.post(address))
        counts.append(len(asked))
    assert counts[0] == counts[1]
