"""What the law asks of whoever says that something is illegal."""

import re

import pytest
from django.urls import reverse

from community.members.models import Email
from community.moderation.reports import Notice, Report
from tests import factories

pytestmark = pytest.mark.django_db
NOTICE = {
    "reason": "illegal",
    "where": "the third line",
    "why": "It is libel.",
    "name": "A. Person",
    "email": "person@example.org",
    "in_good_faith": "on",
}


@pytest.fixture
def story():
    return factories.published()


def address(story):
    return reverse("moderation:report", args=["story", story.pk])


def opened(browser, story):
    """The hidden field of the page as it came."""
    return re.search(r'name="page" value="([^"]+)"', browser.get(address(story)).text)[1]


def send(browser, story, **typed):
    return browser.post(address(story), {"reason": "cruel", **typed})


def test_against_the_law_asks_what_the_law_asks_before_anything_is_kept(client, story):
    response = send(client, story, reason="illegal", words="It is libel.", email="a@example.org")
    assert response.status_code == 200
    assert "Nothing has been sent yet" in response.text
    for kept in ("It is libel.", "a@example.org", story.get_absolute_url()):
        assert kept in response.text
    assert not Report.objects.exists()


def test_a_legal_notice_is_kept_apart_and_confirmed(client, story):
    response = client.post(address(story), {**NOTICE, "page": opened(client, story)})
    assert client.get(response["Location"]).status_code == 200
    notice = Notice.objects.get()
    assert (notice.name, notice.why, notice.in_good_faith) == ("A. Person", "It is libel.", True)
    assert (notice.report.words, notice.report.reason) == ("", "illegal")
    assert response["Location"] in Email.objects.get(to="person@example.org").body


@pytest.mark.parametrize("missing", ["where", "why", "name", "email", "in_good_faith"])
def test_a_legal_notice_lacks_nothing(client, story, missing):
    response = client.post(
        address(story),
        NOTICE | {missing: ""}
        if missing != "in_good_faith"
        else {k: v for k, v in NOTICE.items() if k != missing},
    )
    assert response.status_code == 422
    assert not Report.objects.exists() and not Notice.objects.exists()


def test_nobody_who_tells_of_child_abuse_has_to_say_who_they_are(client, story):
    typed = NOTICE | {"name": "", "email": "", "is_about_child_abuse": "on"}
    assert client.post(address(story), typed).status_code == 302
    assert Notice.objects.get().is_about_child_abuse
