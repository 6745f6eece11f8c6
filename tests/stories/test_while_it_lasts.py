"""What a sanction stops at the desk, by every door, and what it never takes away (A28)."""

import pytest
from django.urls import reverse

from community.moderation.sanctions import Stopped
from community.moderation.states import State
from stories.letters import Letter
from stories.models import Story, Visibility
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
AGREED = {"visibility": "everyone", "agreed": "on"}


@pytest.fixture
def browser(writer):
    """Signed in before anything was decided about them."""
    return browser_of(writer)


def press(browser, name, story, **fields):
    return browser.post(reverse(f"stories:{name}", args=[story.pk]), fields)


def again(story):
    return Story.objects.get(pk=story.pk)


@pytest.mark.parametrize("kind", ["read-only", "suspended"])
def test_nothing_is_sent_and_no_word_is_lost(browser, writer, moderator, kind):
    story = factories.pending(writer)
    story.return_to_author(by=moderator, version=story.sent, message="Where was this?")
    sanction = factories.sanction(writer, kind)
    page = browser.get(reverse("stories:check", args=[story.pk])).text
    assert sanction.last_day() in page and "Send it to be read" not in page
    response = press(browser, "check", story, **AGREED, answer="By the sea, in May.")
    assert response.status_code == 403
    assert sanction.last_day() in response.text and "By the sea, in May." in response.text
    assert "ask us to think again" in response.text and reverse("members:space") in response.text
    assert again(story).state == State.RETURNED
    factories.over(sanction)
    assert press(browser, "check", story, **AGREED, answer="By the sea.").status_code == 302
    assert again(story).state == State.PENDING


def test_letters_paused_stops_no_story(browser, writer):
    story = factories.draft(writer)
    factories.sanction(writer, "letters-off")
    assert press(browser, "check", story, **AGREED).status_code == 302
    assert again(story).state == State.PENDING


@pytest.mark.parametrize("kind", ["read-only", "suspended"])
def test_what_was_offered_is_not_published_by_a_press(browser, writer, moderator, kind):
    story = factories.pending(writer)
    offered = {"message": "A note?", "proposed": {"own_note": "surgery"}}
    story.offer(by=moderator, version=story.sent, **offered)
    sanction = factories.sanction(writer, kind)
    page = browser.post(reverse("stories:accept", args=[story.pk]), follow=True).text
    assert sanction.last_day() in page
    assert again(story).state == State.OFFERED
    with pytest.raises(Stopped):
        story.accept()


def test_drafts_are_kept_and_everything_can_be_taken_away(browser, writer, moderator):
    shown, pending = factories.published(writer, moderator), factories.pending(writer)
    factories.sanction(writer)
    desk = {"title": "Still mine", "body": "Still here.", "revision": 0, "go": "leave"}
    assert press(browser, "desk", pending, **desk).status_code == 302
    assert again(pending).title == "Still mine"
    press(browser, "name", shown, byline="no-name")
    assert again(shown).as_shown().name == ""
    press(browser, "take-back", pending)
    press(browser, "take-down", shown)
    assert again(pending).state == State.DRAFT and again(shown).state == State.WITHDRAWN
    press(browser, "erase", shown)
    assert not Story.objects.filter(pk=shown.pk).exists()


def test_more_readers_wait_and_fewer_never_do(browser, writer, moderator):
    story = factories.published(writer, moderator)
    sanction = factories.sanction(writer)
    response = press(browser, "readers", story, visibility=Visibility.SEARCH, agreed="on")
    assert response.status_code == 422 and sanction.last_day() in response.text
    assert again(story).visibility == Visibility.EVERYONE
    press(browser, "readers", story, visibility=Visibility.MEMBERS, agreed="on")
    assert again(story).visibility == Visibility.MEMBERS


def test_reading_help_telling_us_and_leaving_stay(browser, writer, moderator):
    story = factories.published(factories.member(), moderator, visibility=Visibility.MEMBERS)
    factories.sanction(writer)
    for address in (
        "/",
        "/stories/",
        story.get_absolute_url(),
        "/help-now/",
        "/me/",
        "/resources/",
    ):
        assert browser.get(address).status_code == 200, address
    report = reverse("moderation:report", args=["story", story.pk])
    assert browser.post(report, {"reason": "cruel"}).status_code == 302
    assert browser.get("/leave/").status_code == 303


def test_my_space_says_it_while_it_lasts(browser, writer):
    sanction = factories.sanction(writer, "read-only", letter="Her six weeks were not less.")
    page = browser.get("/me/").text
    letter = sanction.decision.message.get_absolute_url()
    assert sanction.last_day() in page and letter in page
    assert "Her six weeks were not less." in browser.get(letter).text
    factories.over(sanction)
    assert sanction.last_day() not in browser.get("/me/").text


def test_another_account_of_that_mailbox_reads_what_holds_and_not_the_letter(writer):
    letter = factories.sanction(writer).decision.message.get_absolute_url()
    name, _, domain = writer.email.partition("@")
    other = browser_of(factories.member(email=f"{name}+2@{domain}"))
    page = other.get("/me/").text
    assert "can’t send anything" in page and letter not in page
    assert other.get(letter).status_code == 404


# ---- a moderator


def test_a_suspended_moderator_may_not_moderate_from_the_next_request_on():
    person, story = factories.moderator(), factories.pending()
    browser = browser_of(person)
    factories.claim(story, by=person)
    review = reverse("admin:stories_story_change", args=[story.pk])
    assert browser.get(review).status_code == 200
    sanction = factories.sanction(person)
    assert not person.__class__.objects.get(pk=person.pk).has_perm("moderation.decide_case")
    for address in (review, reverse("admin:moderation_case_changelist")):
        assert browser.get(address).status_code == 403
    form = {"version": 1, "outcome": "return", "message_return": "Where was this? " * 9}
    response = browser.post(review, form)
    assert response.status_code == 403 and "Where was this?" in response.text
    assert sanction.last_day() in response.text
    with pytest.raises(Stopped):
        story.return_to_author(by=person, version=story.sent, message="Where?")
    factories.over(sanction)
    assert browser.get(review).status_code == 200


def test_other_steps_leave_a_moderator_their_work():
    person = factories.moderator()
    factories.sanction(person, "read-only")
    assert browser_of(person).get(reverse("admin:moderation_case_changelist")).status_code == 200


# ---- letters


@pytest.mark.parametrize("kind", ["letters-off", "read-only", "suspended"])
def test_no_letter_goes_and_its_words_are_kept(browser, writer, kind):
    story = factories.wanting()
    sanction = factories.sanction(writer, kind)
    address = reverse("stories:write-to", args=[story.pk])
    before = browser.get(address).text
    assert sanction.last_day() in before and 'value="send"' not in before
    words = {"body": "I read every word.", "signed": "pen-name", "language": "en"}
    words |= {"may_be_shown": "no", "go": "send"}
    response = browser.post(address, words)
    assert response.status_code == 403
    assert sanction.last_day() in response.text and "I read every word." in response.text
    letter = Letter.objects.get(author=writer)
    assert letter.state == State.DRAFT and letter.body == "I read every word."
    with pytest.raises(Stopped):
        letter.send()
    factories.over(sanction)
    letter.send()
    assert letter.state == State.PENDING


def test_a_letter_sent_before_can_be_taken_back_and_none_is_put_up(browser, writer):
    sent = factories.sent_letter(factories.wanting(), writer)
    came = factories.delivered(factories.wanting(writer), may_be_shown=True)
    factories.sanction(writer)
    sent.call_back()
    assert sent.state == State.DRAFT
    page = browser.post(reverse("stories:show-letter", args=[came.pk]), follow=True).text
    came.refresh_from_db()
    assert came.put_up_at is None and "can’t change what others see" in page
