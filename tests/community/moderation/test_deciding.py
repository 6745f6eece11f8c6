"""The review page in the admin: what a moderator can decide there."""

import html
import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from community.moderation.models import Case, Decision, Message
from community.moderation.states import State
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
QUEUE = reverse("admin:moderation_case_changelist") + "?tab=story"
LOOKED = {"looked_for": ["names", "harm", "notes"]}
WORDS = "Because the ward is named."


@pytest.fixture
def moderator():
    return factories.moderator("Bramble Thorne")


@pytest.fixture
def browser(moderator):
    return browser_of(moderator)


@pytest.fixture
def story(moderator):
    """Waiting, and in front of ``moderator``."""
    story = factories.pending()
    factories.claim(story, by=moderator)
    return story


def review(story):
    return reverse("admin:stories_story_change", args=[story.pk])


def decide(browser, story, outcome, message=WORDS, version=None, **fields):
    fields = {
        "outcome": outcome,
        "version": version or story.sent.number,
        f"message_{outcome}": message,
        f"rule_{outcome}": "names",
    } | fields
    response = browser.post(review(story), fields)
    story.refresh_from_db()
    return response


def test_published_is_what_was_read(client, browser, story):
    assert decide(browser, story, "publish", **LOOKED)["Location"] == QUEUE
    assert story.state == State.PUBLISHED
    assert client.get(story.get_absolute_url()).status_code == 200
    assert Message.objects.get().text == WORDS and not Case.objects.open().exists()


@pytest.mark.parametrize(
    ("outcome", "state"), [("return", State.RETURNED), ("decline", State.DECLINED)]
)
def test_a_question_and_a_no_reach_the_author_as_written(browser, story, outcome, state):
    decide(browser, story, outcome, message="<b>Why</b> {{ 7*70700707 }}?")
    assert story.state == state
    page = browser_of(story.author).get(reverse("stories:sent", args=[story.pk])).text
    assert "&lt;b&gt;Why&lt;/b&gt; {{ 7*70700707 }}?" in page and "Bramble Thorne" in page
    assert "<b>Why" not in browser.get(review(story)).text


def test_an_offered_note_is_added_to_those_that_are_there(browser, story):
    fields = {"proposal-notes": ["birth"], "proposal-own_note": "a <b>fall</b>"}
    decide(browser, story, "offer", **fields, **LOOKED)
    assert story.state == State.OFFERED
    assert story.sent.proposed == {"notes": ["birth"], "own_note": "a <b>fall</b>"}
    page = browser_of(story.author).get(reverse("stories:sent", args=[story.pk])).text
    assert "giving birth and a &lt;b&gt;fall&lt;/b&gt;" in page


REFUSED = [
    ("publish", {}, "Tick each of these once you have looked."),
    ("publish", {"looked_for": ["names"] * 3}, "Tick each of these once you have looked."),
    ("publish", {"looked_for": ["names", "harm", "\x00"]}, "Select a valid choice"),
    ("offer", LOOKED, "Choose the note you offer, or write one."),
    ("offer", LOOKED | {"proposal-notes": ["made-up"]}, ""),
    ("offer", LOOKED | {"proposal-own_note": "x" * 81}, ""),
    ("return", {"message_return": "Hello\n\n…\n\nMine."}, "Write your own words where the dots"),
    ("decline", {"message_decline": "   "}, "Write your own words where the dots"),
    ("decline", {"message_decline": "Mine." + "x" * 4000}, ""),
    ("approve", {}, "Choose what should happen with it."),
    ("\x00", {}, "Choose what should happen with it."),
]


@pytest.mark.parametrize(("outcome", "fields", "said"), REFUSED)
def test_what_is_not_ready_is_refused_and_the_message_kept(browser, story, outcome, fields, said):
    kept = {"message_return": "Mine.", "message_decline": "Mine.", "message_offer": "Mine."}
    response = decide(browser, story, outcome, **(kept | fields))
    assert response.status_code == 422
    assert said in html.unescape(response.text)
    assert "Mine." in response.text and 'role="alert"' in response.text
    assert story.state == State.PENDING and not Message.objects.exists()
    assert Decision.objects.by_moderators().count() == 0


def test_deciding_needs_the_case_in_front_of_one(browser):
    story = factories.pending()
    response = decide(browser, story, "publish", **LOOKED)
    assert (response.status_code, story.state) == (409, State.PENDING)
    page = html.unescape(response.text)
    assert "You don’t hold this one any more." in page
    assert WORDS in page and "laundry" not in page


def test_a_claim_that_lapsed_while_they_wrote_still_decides(browser, story):
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        assert decide(browser, story, "decline")["Location"] == QUEUE
    assert story.state == State.DECLINED


def test_a_claim_that_lapsed_decides_nothing_if_another_took_it(browser, story):
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        other = factories.moderator()
        factories.claim(story, by=other)
        decide(browser, story, "decline")
        assert story.state == State.PENDING and story.open_case().claimed_by == other


@pytest.mark.parametrize("outcome", ["publish", "offer", "return", "decline"])
def test_words_that_changed_meanwhile_are_read_first(browser, story, outcome):
    story.body = "A link to somewhere."
    story.save()
    story.submit()
    fields = LOOKED | {"proposal-notes": ["birth"]}
    response = decide(browser, story, outcome, version=1, **fields)
    assert (story.state, story.shown) == (State.PENDING, None)
    page = html.unescape(response.text)
    assert response.status_code == 409 and "Read them first." in page
    assert WORDS in page and "A link to somewhere." in page
    assert 'name="version" value="2"' in page


@pytest.mark.parametrize("version", ["0", "x", "²", "9" * 5000, "\x00", "-1", "2"])
def test_a_version_that_was_never_sent_is_not_published(browser, story, version):
    decide(browser, story, "publish", version=version, **LOOKED)
    assert story.state == State.PENDING


def test_pressed_twice_is_decided_once(browser, story):
    for _ in range(2):
        assert decide(browser, story, "publish", **LOOKED).status_code == 302
    assert Decision.objects.by_moderators().count() == Message.objects.count() == 1


def test_no_other_field_is_taken(browser, story):
    decide(browser, story, "publish", **LOOKED, state="removed", title="Other", author=1,
           visibility="search", is_example="on", shown="", published_at="2001-01-01")  # fmt: skip
    assert (story.state, story.title != "Other") == (State.PUBLISHED, True)
    assert (story.visibility, story.is_example) == ("everyone", False)
    assert story.published_at.year > 2001


@pytest.mark.parametrize("then", [None, "changed", "taken back", "asked"])
def test_what_readers_see_can_be_taken_down_whatever_waits(client, browser, moderator, then):
    story = factories.published()
    if then:
        story.body = "Changed."
        story.save()
        story.submit()
    if then == "taken back":
        story.take_back()
    if then == "asked":
        story.return_to_author(by=moderator, version=story.sent, message="?")
    if then == "changed":
        factories.claim(story, by=moderator)
    version = re.search(r'name="version" value="(\d+)"', browser.get(review(story)).text)[1]
    assert decide(browser, story, "remove", message="", version=version).status_code == 422
    assert decide(browser, story, "remove", version=version)["Location"] == QUEUE
    assert (story.state, story.shown) == (State.REMOVED, None)
    assert client.get(story.get_absolute_url()).status_code == 404
    assert not Case.objects.open().exists()


def test_the_text_for_a_sentence_comes_into_the_box_and_nothing_is_decided(browser, story):
    fields = {
        "version": 1,
        "use_text": "decline",
        "rule_decline": "compare",
        "passage_decline": "Only six",
        "message_return": "Mine, so far.",
        "proposal-own_note": "a fall",
    }
    response = browser.post(review(story), fields | LOOKED)
    text = html.unescape(response.text)
    assert response.status_code == 200 and 'role="alert"' not in text
    assert "weigh one loss against another" in text
    for kept in ("Only six", "Mine, so far.", "a fall"):
        assert kept in text
    story.refresh_from_db()
    assert story.state == State.PENDING and not Message.objects.exists()


@pytest.mark.parametrize("chosen", ["", "made-up", "\x00"])
def test_without_a_sentence_there_is_no_text_and_no_decision(browser, story, chosen):
    fields = {"version": 1, "rule_decline": chosen, "message_decline": "Mine."}
    asked = browser.post(review(story), fields | {"use_text": "decline"})
    assert asked.status_code == 200 and "Mine." in asked.text
    assert decide(browser, story, "decline", rule_decline=chosen).status_code == 422
    assert browser.post(review(story), fields | {"use_text": "made-up"}).status_code == 200
