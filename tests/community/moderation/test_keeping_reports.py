"""How long what we were told is kept."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from community.members.models import Email
from community.moderation import reports
from community.moderation.models import Case, Decision
from community.moderation.reports import Report, Seen
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator():
    return factories.moderator("Bramble Thorne")


@pytest.fixture
def browser(moderator):
    return browser_of(moderator)


@pytest.fixture
def story():
    return factories.published()


@pytest.fixture
def report(story, moderator):
    """About ``story``, in front of ``moderator``."""
    report = factories.told(story, words="He names the midwife.", email="v@example.org")
    assert Case.objects.all().claim(report.case.pk, by=moderator)
    return report


def page(report):
    return reverse("admin:report", args=[report.case_id])


def answer(browser, report, outcome, **more):
    up = browser.get(page(report)).context["up"]
    return browser.post(page(report), {"outcome": outcome, "up": up, **more})


def test_what_its_author_erased_stays_frozen_until_the_case_is_closed(browser, story, report):
    story.delete()
    text = browser.get(page(report)).text
    assert "laundry vans" in text
    assert story.author.pen_name not in text
    answer(browser, report, "close")
    assert not Seen.objects.exists()


def test_what_its_author_erased_is_not_kept_longer_than_thirty_days(story, report):
    story.delete()
    reports.forget()
    assert Seen.objects.exists()
    Case.objects.update(opened_at=timezone.now() - timedelta(days=31))
    reports.forget()
    assert not Seen.objects.exists()


def test_what_was_settled_keeps_no_words_of_an_author_who_leaves(browser, story, report):
    answer(browser, report, "keep")
    assert Seen.objects.exists()
    story.author.delete()
    reports.forget()
    assert not Seen.objects.exists()


def test_six_months_after_the_answer_words_and_link_go_and_the_decision_stays(
    browser, client, story, report
):
    answer(browser, report, "keep")
    reports.forget()
    assert client.get(report.get_absolute_url()).status_code == 200
    Report.objects.update(answered_at=timezone.now() - timedelta(days=184))
    Case.objects.update(closed_at=timezone.now() - timedelta(days=184))
    reports.forget()
    assert client.get(report.get_absolute_url()).status_code == 404
    assert not Seen.objects.exists()
    assert Decision.objects.filter(action="keep").exists()


def test_whoever_told_us_and_left_takes_their_words_along(browser, story, moderator):
    teller = factories.member()
    report = factories.told(story, by=teller, words="Mine.")
    teller.delete()
    Case.objects.all().claim(report.case_id, by=moderator)
    assert "their words went with them" in browser.get(page(report)).text
    assert answer(browser, report, "keep").status_code == 302


def test_an_address_hears_once_and_not_more_than_three_times_an_hour(browser, story, moderator):
    for _ in range(5):
        report = factories.told(factories.published(), email="victim@example.org")
        factories.told(report.case.contribution, "selling", email="victim@example.org")
        Report.objects.settle(report.case, "keep", by=moderator)
    assert Email.objects.count() - Email.objects.filter(to=story.author.email).count() >= 3
    assert Email.objects.filter(to="victim@example.org").count() == 3
