"""The yearly page: drawn from the log by a lead, frozen, published once, and then everybody's."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community.moderation.transparency import TransparencyReport
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
LIST = "admin:moderation_transparencyreport_changelist"


@pytest.fixture
def year():
    """Last year, in which six stories were published."""
    year = timezone.localdate().year - 1
    with time_machine.travel(timezone.make_aware(datetime(year, 5, 5, 12)), tick=False):
        by = factories.moderator()
        for _ in range(6):
            factories.published(by=by)
    return year


@pytest.fixture
def lead():
    return factories.moderator("Odile", group="lead-moderators")


@pytest.fixture
def browser(lead):
    return browser_of(lead)


@pytest.fixture
def report(year, lead):
    TransparencyReport.objects.draw(year, by=lead)
    return TransparencyReport.objects.get()


def address(name, report):
    return reverse(f"admin:{name}", args=[report.pk])


def publish(browser, report, **more):
    drawn = {"drawn": report.drawn_at.isoformat()}
    response = browser.post(address("publish-year", report), drawn | more)
    assert response.status_code == 302
    report.refresh_from_db()


def test_a_lead_counts_a_year_looks_at_it_and_publishes_it(year, browser, client):
    assert f"Count {year}" in browser.get(reverse(LIST)).text
    drawn = browser.post(reverse("admin:draw-year"), {"year": year}, follow=True)
    assert "Only leads can see it yet." in drawn.text
    report = TransparencyReport.objects.get()
    edit = address("moderation_transparencyreport_change", report)
    kept = browser.post(edit, {"introduction": "So."}, follow=True)
    assert "Your words are kept." in kept.text
    preview = browser.get(address("preview-year", report))
    assert client.get(report.get_absolute_url()).status_code == 404
    assert report.get_absolute_url() not in client.get("/review/").text

    publish(browser, report)
    page = client.get(report.get_absolute_url())
    assert page.text.split("<main")[1] == preview.text.split("<main")[1]
    assert "<p>So.</p>" in page.text
    assert f'href="{report.get_absolute_url()}"' in client.get("/review/").text
    assert (report.by_name, report.is_over()) == ("Odile", True)


def test_what_is_published_is_not_counted_again(report, browser, year, lead):
    publish(browser, report)
    figures, when = report.figures, report.published_at
    with time_machine.travel(timezone.make_aware(datetime(year, 6, 6, 12)), tick=False):
        factories.published()
    answer = browser.post(reverse("admin:draw-year"), {"year": year}, follow=True)
    assert "its numbers stay as they are" in answer.text
    publish(browser, report)
    assert (report.figures, report.published_at) == (figures, when)
    assert not TransparencyReport.objects.draw(year, by=lead)


def test_counting_again_before_publishing_takes_in_what_came_since(report, browser, year):
    with time_machine.travel(timezone.make_aware(datetime(year, 6, 6, 12)), tick=False):
        factories.published()
    browser.post(reverse("admin:draw-year"), {"year": year})
    seen = report.drawn_at
    report.refresh_from_db()
    assert report.figures["outcomes"] == {"publish": 7}
    answer = browser.post(address("publish-year", report), {"drawn": seen.isoformat()}, follow=True)
    assert "Look again." in answer.text
    assert not TransparencyReport.objects.published().exists()


@pytest.mark.parametrize("drawn", ["", "yesterday", "2026-01-01", "9" * 50, "\x00"])
def test_what_was_not_looked_at_is_not_published(report, browser, drawn):
    publish(browser, report, drawn=drawn)
    assert report.published_at is None


def test_a_year_is_published_only_when_it_is_over(year, lead, browser):
    TransparencyReport.objects.draw(year + 1, by=lead)
    report = TransparencyReport.objects.get()
    assert (
        "once the year is over"
        in browser.get(address("moderation_transparencyreport_change", report)).text
    )
    publish(browser, report)
    assert report.published_at is None


def test_a_year_that_is_not_in_the_log_is_not_counted(year, browser):
    for asked in ("", "1999", str(year + 5), "²", "9" * 400, "x"):
        answer = browser.post(reverse("admin:draw-year"), {"year": asked}, follow=True)
        assert "There is nothing in the log of that year." in answer.text
    assert not TransparencyReport.objects.exists()


def test_only_leads_have_to_do_with_it_before(report):
    refused = 404
    for person in (factories.moderator(), factories.member()):
        browser = browser_of(person)
        assert browser.get(reverse(LIST)).status_code == refused
        for name in ("preview-year", "moderation_transparencyreport_change"):
            assert browser.get(address(name, report)).status_code == refused
        data = {"drawn": report.drawn_at.isoformat(), "year": report.year}
        assert browser.post(address("publish-year", report), data).status_code == refused
        assert browser.post(reverse("admin:draw-year"), data).status_code == refused
    assert browser_of().get(address("preview-year", report)).status_code == 302
    assert not TransparencyReport.objects.published().exists()


def test_publishing_is_a_press_with_a_token(report, lead, browser):
    for name in ("publish-year", "draw-year"):
        target = reverse(f"admin:{name}", args=[report.pk] if name == "publish-year" else [])
        assert browser.get(target).status_code == 405
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(lead)
        assert strict.post(target, {"drawn": report.drawn_at.isoformat()}).status_code == 403
    assert not TransparencyReport.objects.published().exists()


def test_an_introduction_is_text_and_is_kept_when_it_is_too_long(report, browser, client):
    edit = address("moderation_transparencyreport_change", report)
    words = "<script>alert(1)</script> {{ 7*7 }}\x00\r\n\r\nA second."
    assert browser.post(edit, {"introduction": words, "published_at": "2020-01-01"}).status_code
    publish(browser, report)
    page = client.get(report.get_absolute_url()).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }}</p>" in page
    assert "<p>A second.</p>" in page
    answer = browser.post(edit, {"introduction": "long " * 900})
    assert answer.status_code == 422
    assert "Make this shorter: 4000 characters fit." in answer.text
    assert "long long" in answer.text


@pytest.mark.parametrize("press", ["publish-year", "draw-year"])
def test_words_typed_beside_another_press_are_kept(report, browser, year, press):
    target = address(press, report) if press == "publish-year" else reverse("admin:draw-year")
    sent = {"drawn": report.drawn_at.isoformat(), "year": year}
    too_long = browser.post(target, sent | {"introduction": "word " * 4000})
    assert too_long.status_code == 422 and too_long.text.count("word ") >= 4000
    report.refresh_from_db()
    assert report.published_at is None
    browser.post(target, sent | {"introduction": "It was a long winter."})
    report.refresh_from_db()
    assert report.introduction == "It was a long winter."
    assert bool(report.published_at) is (press == "publish-year")


def test_readers_find_nobody_in_it(report, browser, client):
    publish(browser, report)
    page = client.get(report.get_absolute_url()).text
    assert "Published: 5" in page  # six, to the nearest five
    assert "Odile" not in page
    assert ">6<" not in page and "Published: 6" not in page


def test_the_page_is_one_query_and_the_same_for_everybody(report, browser, client):
    publish(browser, report)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(report.get_absolute_url())
    assert len(asked) == 1
    assert page["Cache-Control"] == "public, no-cache"
    assert client.get("/review/999999999999999999999/").status_code == 404


def test_two_leads_who_count_a_year_at_once_make_one_page(year, lead):
    TransparencyReport.objects.draw(year, by=lead)
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        assert TransparencyReport.objects.draw(year, by=lead)
    assert TransparencyReport.objects.count() == 1
