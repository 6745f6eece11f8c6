"""Many new accounts turn to one story: leads see it, shield it, or pause making accounts."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from community.members.models import Member, SignUpPause
from community.moderation.models import Decision, Shield
from stories.crowds import crowds
from tests import factories
from tests.community.members.coming_in import SIGN_UP
from tests.factories import browser_of, moderator

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:members_signuppause_changelist")
SIGNING_UP = reverse("account_signup")


@pytest.fixture
def story():
    """Three accounts of today wrote to it, or told us about it."""
    story = factories.wanting()
    for _ in range(2):
        factories.sent_letter(story)
    factories.told(story, by=factories.member())
    return story


@pytest.fixture
def lead():
    return moderator(group="lead-moderators")


def test_a02_the_pattern_is_seen_and_one_press_shields_the_story(story, lead):
    browser = browser_of(lead)
    assert story.pk in browser.get(PAGE).text
    browser.post(PAGE, {"shield": story.pk})
    assert Shield.objects.covers(story)
    assert "Under a shield" in browser.get(PAGE).text


def test_one_account_three_times_is_no_crowd():
    story, writer = factories.wanting(), factories.member()
    for _ in range(3):
        factories.told(story, by=writer)
    factories.sent_letter(story, writer)
    assert crowds() == []


def test_old_accounts_are_no_crowd(story):
    Member.objects.update(joined_at=timezone.now() - timedelta(days=8))
    assert crowds() == []


def test_it_passes(story):
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert crowds() == []


def test_a_pause_stops_sign_ups_for_a_day_and_ends_by_itself(client, lead):
    browser_of(lead).post(PAGE, {"pause": "1"})
    for answer in (client.get(SIGNING_UP), client.post(SIGNING_UP, SIGN_UP)):
        assert "Nobody can make an account at the moment" in answer.text
    assert not Member.objects.filter(email=SIGN_UP["email"]).exists()
    assert client.get("/accounts/login/").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert "Make my account" in client.get(SIGNING_UP).text


def test_it_is_lifted_with_a_press_and_both_are_on_record(client, lead):
    browser = browser_of(lead)
    for press in ("pause", "pause", "open", "open"):
        browser.post(PAGE, {press: "1"})
    assert "Make my account" in client.get(SIGNING_UP).text
    assert SignUpPause.objects.count() == 1
    assert sorted(Decision.objects.values_list("action", flat=True)) == ["pause", "resume"]


@pytest.mark.parametrize("group", ["moderators", "directory-editors"])
def test_only_leads_find_it(group, story):
    browser = browser_of(moderator(group=group))
    assert browser.get(PAGE).status_code == 404
    assert browser.post(PAGE, {"pause": "1"}).status_code == 404
    assert not SignUpPause.objects.exists()


@pytest.mark.parametrize("made_up", ["", "x", "\x00", "k" * 500])
def test_a_story_made_up_is_not_shielded(lead, made_up):
    assert browser_of(lead).post(PAGE, {"shield": made_up}).status_code in (302, 404)
    assert not Shield.objects.exclude(object_id="").exists()


def test_it_costs_the_same_however_many(story, lead, django_assert_max_num_queries):
    for _ in range(3):
        other = factories.wanting()
        for _ in range(3):
            factories.sent_letter(other)
    with django_assert_max_num_queries(6):
        assert len(crowds()) == 4
