"""Who tells us twice is one person, as far as it can be known without following anybody."""

import html

import pytest
from django.urls import reverse

from community.moderation.reports import Report
from community.moderation.tally import Tally
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
QUEUE = reverse("admin:moderation_case_changelist") + "?tab=reports"


@pytest.fixture
def story():
    return factories.published()


def tell(browser, story, **typed):
    page = reverse("moderation:report", args=["story", story.pk])
    opened = browser.get(page).context["form"]["page"].value()
    return browser.post(page, {"reason": "cruel", "page": opened, **typed})


def people_in_the_queue():
    return html.unescape(browser_of(factories.moderator()).get(QUEUE).text)


def test_one_browser_that_tells_us_twice_is_one_person_with_all_its_words(client, story):
    for words in ("He names the midwife.", "And the ward."):
        assert tell(client, story, words=words).status_code == 302
    assert "One person told us" in people_in_the_queue()
    assert Report.objects.count() == 2
    case = Report.objects.first().case
    Report.objects.settle(case, "keep", by=factories.moderator())
    assert Tally.objects.get().count == 1


def test_two_browsers_are_two(story):
    for browser in (browser_of(), browser_of()):
        tell(browser, story)
    assert "Two people told us" in people_in_the_queue()


def test_its_mark_is_another_for_each_thing_and_goes_with_the_answer(client, story):
    tell(client, story)
    tell(client, factories.published())
    one, two = Report.objects.all()
    assert one.browser and two.browser and one.browser != two.browser
    assert client.cookies["csrftoken"].value not in (one.browser, two.browser)
    Report.objects.settle(one.case, "keep", by=factories.moderator())
    one.refresh_from_db()
    assert one.browser == ""


def test_a_member_needs_none(story):
    tell(browser_of(factories.member()), story)
    assert Report.objects.get().browser == ""


def test_who_came_without_the_cookie_has_none(client, story):
    page = reverse("moderation:report", args=["story", story.pk])
    client.post(page, {"reason": "cruel"})
    assert Report.objects.get().browser == ""
