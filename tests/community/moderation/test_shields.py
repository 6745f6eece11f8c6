"""What stands under a shield: letters to it need a second reader (A02)."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from community.moderation.models import Decision, Shield
from community.moderation.proposals import NeedsASecond
from community.moderation.sanctions import Stopped
from community.moderation.states import Action, State
from community.moderation.two_people import confirm, propose
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
SHIELDS = reverse("admin:moderation_shield_changelist")


@pytest.fixture
def lead():
    return factories.moderator("Odile", group="lead-moderators")


@pytest.fixture
def story():
    return factories.wanting()


def covers(story):
    return Shield.objects.covers(story.as_shown())


def test_ending_a_pregnancy_for_medical_reasons_is_under_one_from_the_start(story):
    assert Shield.objects.standing().get().topic == "tfmr"
    assert covers(factories.wanting(losses=["stillbirth", "tfmr"])) and not covers(story)


def test_it_is_about_what_readers_see(story):
    story.losses = ["tfmr"]
    story.save()
    assert not covers(story)


def test_putting_up_and_lifting_are_on_record_once(story, lead):
    shield, again = (
        Shield.objects.put_up(contribution=story, by=lead, reason="Thirty letters.")
        for _ in range(2)
    )
    assert shield == again and covers(story)
    assert shield.lift(by=lead) and not shield.lift(by=lead) and not covers(story)
    actions = Decision.objects.about(story).filter(by=lead).values_list("action", flat=True)
    assert sorted(actions) == ["shield", "unshield"]
    assert "Thirty letters" not in str(Decision.objects.values())


def test_one_with_a_last_day_ends_by_itself_and_can_be_put_up_again(story, lead):
    until = timezone.now() + timedelta(days=3)
    Shield.objects.put_up(topic="stillbirth", by=lead, reason="", until=until)
    assert covers(story)
    with time_machine.travel(until):
        assert not covers(story)
        Shield.objects.put_up(topic="stillbirth", by=lead, reason="Again.")
        assert covers(story)


def test_the_database_holds_what_a_shield_is(story, lead):
    shield = Shield.objects.put_up(contribution=story, by=lead, reason="")
    for change in ({"topic": "tfmr"}, {"object_id": ""}, {"content_type": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Shield.objects.filter(pk=shield.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Shield.objects.create(topic="tfmr")


def test_it_goes_with_its_story(story, lead):
    Shield.objects.put_up(contribution=story, by=lead, reason="She was named in them.")
    story.delete()
    assert not Shield.objects.exclude(topic="tfmr").exists()


def test_nobody_suspended_puts_one_up(story, lead):
    factories.sanction(lead)
    with pytest.raises(Stopped):
        Shield.objects.put_up(contribution=story, by=lead, reason="")


# ---- what it does


def test_a_letter_to_it_waits_for_a_second_reader():
    story = factories.wanting(losses=["tfmr"])
    letter, first, second = (
        factories.sent_letter(story),
        factories.moderator(),
        factories.moderator(),
    )
    with pytest.raises(NeedsASecond):
        letter.publish(by=first, version=letter.sent)
    letter.refresh_from_db()
    assert letter.state == State.PENDING
    proposal = propose(letter.open_case(), Action.PUBLISH, by=first, version=letter.sent)
    decision = confirm(proposal, by=second)
    letter.refresh_from_db()
    assert letter.state == State.PUBLISHED
    assert (decision.proposed_by, decision.by) == (first, second)


def test_a_letter_to_another_needs_one(story):
    letter = factories.sent_letter(story)
    factories.moderator()
    letter.publish(by=factories.moderator(), version=letter.sent)
    assert letter.state == State.PUBLISHED


# ---- in the admin


def test_a_lead_puts_one_up_over_a_kind_and_lifts_it(lead):
    browser = browser_of(lead)
    assert "Ending a pregnancy for medical reasons" in browser.get(SHIELDS).text
    said = {"topic": "stillbirth", "days": 14, "reason": "A man writes to each of them."}
    page = browser.post(SHIELDS, said, follow=True).text
    assert "A man writes to each of them." in page and "Odile" in page
    shield = Shield.objects.get(topic="stillbirth")
    assert shield.until
    browser.post(SHIELDS, {"lift": shield.pk})
    assert not Shield.objects.standing().filter(topic="stillbirth").exists()
    assert "lifted already" in browser.post(SHIELDS, {"lift": shield.pk}, follow=True).text
    for odd in ("", "x", "9" * 40, "²"):
        assert browser.post(SHIELDS, {"lift": odd}).status_code == 302


@pytest.mark.parametrize("said", [{}, {"topic": "rain"}, {"topic": "tfmr", "reason": "x" * 1001}])
def test_what_makes_no_sense_is_asked_again(lead, said):
    response = browser_of(lead).post(SHIELDS, {"reason": "Because of June."} | said)
    assert response.status_code == 422 and said.get("reason", "Because of June.") in response.text
    assert Shield.objects.count() == 1


def test_one_press_shields_a_story_from_where_it_is_read(story, lead):
    browser = browser_of(lead)
    review = reverse("admin:stories_story_change", args=[story.pk])
    assert "Put a shield over it" in browser.get(review).text
    half = browser.post(review, {"shield": "up", "message_cover": "Half a letter"})
    assert half.status_code == 200 and "Half a letter" in half.text
    assert covers(story) and "Under a shield" in browser.get(review).text
    assert story.pk in browser.get(SHIELDS).text
    record = reverse("admin:moderation_record_change", args=[story.author_id])
    page = browser.post(record, {"do": "open"}, follow=True).text
    assert "Put a shield over it" in page
    other = factories.published(story.author)
    half = browser.post(record, {"shield": other.pk, "sanction-letter": "Half a letter"})
    assert covers(other) and "Half a letter" in half.text
    for pk in ("zzzzzz", "", factories.published().pk):
        assert browser.post(record, {"shield": pk}).status_code == 404


def test_moderators_see_them_and_only_leads_press(story):
    moderator, member = factories.moderator(), factories.member()
    page = browser_of(moderator).get(SHIELDS).text
    assert "On from the start" in page and "Lift it" not in page
    standing = Shield.objects.get()
    for press in ({"lift": standing.pk}, {"topic": "stillbirth"}):
        assert browser_of(moderator).post(SHIELDS, press).status_code == 404
        assert browser_of(member).post(SHIELDS, press).status_code == 404
    assert Shield.objects.standing().get() == standing
    review = reverse("admin:stories_story_change", args=[story.pk])
    assert browser_of(moderator).post(review, {"shield": "up"}).status_code == 404
    assert "Put a shield over it" not in browser_of(moderator).get(review).text
