"""Sending a story, and what its author can do from then on."""

import re

import pytest
from django.urls import reverse

from community.members.models import Consent
from community.moderation.models import Case, Decision, Message, Version
from community.moderation.states import State
from stories.models import Byline, Story, Visibility
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
AGREED = {"visibility": Visibility.EVERYONE, "agreed": "on"}


@pytest.fixture
def story():
    return factories.draft()


@pytest.fixture
def author(story):
    return browser_of(story.author)


def at(name, story):
    return reverse(f"stories:{name}", args=[story.pk])


def press(browser, name, story, **fields):
    response = browser.post(at(name, story), fields)
    story.refresh_from_db()
    return response


# ---- reading it over and sending it


def test_it_goes_to_a_moderator_and_nowhere_else(author, story):
    response = press(author, "check", story, **AGREED)
    assert response["Location"] == at("sent", story)
    assert (story.state, story.shown) == (State.PENDING, None)
    page = author.get(at("sent", story)).text
    assert "Your story is with a moderator" in page and "usually within two days" in page


def test_sent_twice_is_one_case_and_one_version(author, story):
    for _ in range(2):
        assert press(author, "check", story, **AGREED)["Location"] == at("sent", story)
    assert (Case.objects.count(), Version.objects.count(), Decision.objects.count()) == (1, 1, 1)
    assert Consent.objects.count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"visibility": Visibility.EVERYONE},
        {"agreed": "on"},
        {"visibility": "the whole world", "agreed": "on"},
        {"visibility": "\x00", "agreed": "\x00"},
        {},
        AGREED | {"answer": "a\x00" * 4001},
    ],
)
def test_without_a_choice_and_a_yes_nothing_is_sent(author, story, fields):
    assert press(author, "check", story, **fields).status_code == 422
    assert story.state == State.DRAFT and not Consent.objects.exists()


@pytest.mark.parametrize(
    ("field", "said"),
    [("title", "Give it a title"), ("body", "Write something"), ("byline", "Choose a name")],
)
def test_what_is_missing_is_named(author, story, field, said):
    Story.objects.filter(pk=story.pk).update(**{field: "" if field == "byline" else " "})
    response = press(author, "check", story, **AGREED)
    assert response.status_code == 422 and said in response.text
    assert story.state == State.DRAFT and not Consent.objects.exists()


def test_no_other_field_is_taken(author, story):
    other = factories.member()
    press(author, "check", story, **AGREED, state="published", author=other.pk, is_example="on",
          shown=1, sent=1, published_at="2020-01-01", title="Other", byline="no-name")  # fmt: skip
    assert (story.state, story.author_id != other.pk) == (State.PENDING, True)
    assert (story.is_example, story.shown_id, story.title != "Other") == (False, None, True)
    assert story.byline == Byline.PEN_NAME


def test_what_readers_will_see_is_on_the_page_before_it_is_sent(author, story):
    story.notes = ["birth"]
    story.save()
    page = author.get(at("check", story)).text
    assert "laundry vans" in page and "This story describes giving birth." in page


def test_a_story_taken_down_by_a_moderator_cannot_be_sent_again(author, story):
    story.submit()
    moderator = factories.moderator()
    story.publish(by=moderator, version=story.sent)
    story.remove(by=moderator, message="A hospital is named.", rule="names")
    story.body += " More."
    story.save()
    assert press(author, "check", story, **AGREED).status_code == 422
    assert story.state == State.REMOVED and not Consent.objects.exists()
    assert "A hospital is named." in author.get(at("sent", story)).text


def test_a_question_is_answered_and_the_answer_is_kept_with_it(author, story):
    story.submit()
    story.return_to_author(by=factories.moderator(), version=story.sent, message="May we <b>?")
    page = author.get(at("check", story)).text
    assert "May we &lt;b&gt;?" in page
    press(author, "check", story, **AGREED, answer="<i>Yes</i> {{ 7*70700707 }}")
    assert story.state == State.PENDING
    assert Message.objects.get(from_author=True).text == "<i>Yes</i> {{ 7*70700707 }}"


# ---- consent


def holding(story):
    return set(Consent.objects.given().values_list("purpose", flat=True))


def test_each_rung_is_agreed_to_and_the_one_before_withdrawn(author, story):
    for rung in (Visibility.EVERYONE, Visibility.SEARCH, Visibility.MEMBERS, Visibility.EVERYONE):
        assert press(author, "readers", story, visibility=rung, agreed="on").status_code == 302
        assert story.visibility == rung and holding(story) == {rung}
    assert Consent.objects.count() == 4
    assert {c.about for c in Consent.objects.all()} == {f"story {story.pk}"}


def test_without_a_yes_nobody_else_may_read_it(author, story):
    assert press(author, "readers", story, visibility=Visibility.SEARCH).status_code == 422
    assert press(author, "readers", story).status_code == 422
    assert story.visibility == Visibility.EVERYONE and not Consent.objects.exists()


def test_who_may_read_it_changes_with_the_next_request(client, author, story):
    story.submit()
    story.publish(by=factories.moderator(), version=story.sent)
    assert client.get(story.get_absolute_url()).status_code == 200
    press(author, "readers", story, visibility=Visibility.MEMBERS, agreed="on", state="draft")
    assert client.get(story.get_absolute_url()).status_code == 404
    assert story.state == State.PUBLISHED


# ---- taking back, taking down, accepting, erasing


def test_taken_back_twice_is_taken_back(author, story):
    story.submit()
    for _ in range(2):
        assert press(author, "take-back", story)["Location"] == at("sent", story)
        assert story.state == State.DRAFT
    assert not Case.objects.open().exists()


def test_taken_down_twice_is_taken_down(client, author, story):
    story.submit()
    story.publish(by=factories.moderator(), version=story.sent)
    for _ in range(2):
        assert press(author, "take-down", story)["Location"] == at("sent", story)
        assert (story.state, story.shown) == (State.WITHDRAWN, None)
    assert client.get(story.get_absolute_url()).status_code == 404
    assert Decision.objects.filter(action="withdraw").count() == 1


def test_taking_back_too_late_says_so_and_where_to_take_it_down(author, story):
    story.submit()
    story.publish(by=factories.moderator(), version=story.sent)
    press(author, "take-back", story)
    page = author.get(at("sent", story)).text
    assert "It was published before you took it back." in page and "Take it down now" in page


@pytest.fixture
def offered(story):
    story.submit()
    story.offer(
        by=factories.moderator(),
        version=story.sent,
        message="A note?",
        proposed={"notes": ["birth"]},
    )
    return story


def test_an_offered_note_is_read_and_accepted_once(client, author, offered):
    assert "This story describes giving birth." in author.get(at("sent", offered)).text
    for _ in range(2):
        assert press(author, "accept", offered)["Location"] == at("sent", offered)
        assert offered.state == State.PUBLISHED
    assert "giving birth" in client.get(offered.get_absolute_url()).text
    assert Decision.objects.filter(action="accept").count() == 1


def test_accepting_publishes_what_was_read_and_keeps_what_changed_since(client, author, offered):
    author.post(at("desk", offered), {"title": "Later", "body": "Later words.", "revision": 0})
    press(author, "accept", offered)
    shown = client.get(offered.get_absolute_url()).text
    assert "laundry vans" in shown and "Later" not in shown
    assert offered.body == "Later words." and offered.has_unsent_changes()
    assert "Later words." in author.get(at("desk", offered)).text


def test_an_offer_that_was_answered_with_new_words_cannot_be_accepted(author, offered):
    offered.body = "Other words."
    offered.save()
    offered.submit()
    press(author, "accept", offered)
    assert (offered.state, offered.shown) == (State.PENDING, None)


def test_erased_leaves_no_word_and_a_second_press_finds_nothing(author, story):
    story.submit()
    story.return_to_author(by=factories.moderator(), version=story.sent, message="Said.")
    assert story.title in author.get(at("erase", story)).text
    assert Story.objects.exists()
    assert author.post(at("erase", story))["Location"] == reverse("members:space")
    assert not Story.objects.exists() and not Version.objects.exists()
    assert not Message.objects.exists()
    assert author.post(at("erase", story)).status_code == 404


@pytest.mark.parametrize("name", ["take-back", "take-down", "accept"])
def test_a_move_that_is_not_there_does_nothing(author, story, name):
    assert press(author, name, story)["Location"] == at("sent", story)
    assert story.state == State.DRAFT and not Decision.objects.exists()


def test_accepting_a_note_keeps_what_its_author_noted_meanwhile():
    story = factories.pending(notes=["scan"])
    proposed = {"notes": ["scan", "birth"], "own_note": "a fall"}
    moderator = factories.moderator()
    story.offer(by=moderator, version=story.sent, message="A note?", proposed=proposed)
    story.notes, story.own_note = ["scan", "surgery"], "typed since"
    story.save()
    story.accept()
    stored = Story.objects.get(pk=story.pk)
    assert (stored.notes, stored.own_note) == (["scan", "birth", "surgery"], "typed since")
    assert stored.as_shown().mentions()[-1] == "a fall"


def test_words_changed_in_another_window_are_not_sent_unseen(client):
    story = factories.draft()
    browser = factories.browser_of(story.author)
    address = reverse("stories:check", args=[story.pk])
    seen = re.search(r'name="seen" value="(\w+)"', browser.get(address).text)[1]
    Story.objects.filter(pk=story.pk).update(body="Saved from the other window.")
    chosen = {"visibility": "everyone", "agreed": "on"}
    response = browser.post(address, chosen | {"seen": seen})
    assert response.status_code == 409 and "Saved from the other window." in response.text
    assert Story.objects.get(pk=story.pk).state == "draft"
    seen = re.search(r'name="seen" value="(\w+)"', response.text)[1]
    assert browser.post(address, chosen | {"seen": seen}).status_code == 302


def test_taken_back_or_down_nothing_is_agreed_to_any_more(author, story):
    press(author, "check", story, **AGREED)
    assert holding(story)
    press(author, "take-back", story)
    assert story.state == State.DRAFT and not holding(story)
    lower = press(author, "readers", story, visibility=Visibility.MEMBERS)
    assert lower.status_code == 422 and not holding(story)
    press(author, "check", story, **AGREED)
    story.publish(by=factories.moderator(), version=story.sent)
    Story.objects.filter(pk=story.pk).update(title="Another one")
    press(author, "check", story, **AGREED)
    press(author, "take-back", story)
    assert story.shown_id and holding(story)  # what was read before still stands
    press(author, "take-down", story)
    assert story.state == State.WITHDRAWN and not holding(story)


@pytest.mark.parametrize("may_be_shown", [True, False])
def test_a_letter_called_back_from_anywhere_is_agreed_to_no_more(may_be_shown):
    for reaches in (False, True):
        letter = factories.sent_letter(factories.wanting(), may_be_shown=may_be_shown)
        letter.call_back()
        letter.send()
        assert holding(letter)
        if reaches:
            letter.publish(by=factories.moderator(), version=letter.sent)
        letter.call_back()
        assert not holding(letter)
        letter.keep_private()
        assert not holding(letter)
