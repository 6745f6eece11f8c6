"""The second pair of eyes in the admin, the log of hours, and looks that go on record."""

import pytest
from django.urls import reverse

from community.moderation.models import Case, Decision, Proposal, SafetyEntry
from community.moderation.states import Action, Look, State
from stories.models import Byline, Story
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
DANGER = "I don't want to be here any more."
QUEUE = reverse("admin:moderation_case_changelist")


@pytest.fixture
def first():
    return factories.moderator("Rowan Hale")


@pytest.fixture
def second():
    return factories.moderator("Sorrel Ash")


def page(story):
    return reverse("admin:stories_story_change", args=[story.pk])


def press(browser, story, outcome, **more):
    sent = {"version": story.sent.number, "outcome": outcome, "message_decline": "It names one."}
    sent["rule_decline"] = "names"
    return browser.post(page(story), sent | more, follow=True)


@pytest.fixture
def story(first, second):
    story = factories.pending()
    factories.claim(story, by=first)
    press(browser_of(first), story, "decline", note="Do you read it so?")
    return story


def answer(person, story, what, **more):
    proposal = Proposal.objects.get()
    url = reverse("admin:second", args=[proposal.pk])
    sent = {"press": what, "second-message": "It names one.", **more}
    return browser_of(person).post(url, sent, follow=True)


def test_dont_publish_becomes_a_proposal_and_nothing_else(story):
    assert Story.objects.get().state == State.PENDING
    assert Proposal.objects.get().note == "Do you read it so?"
    assert not Case.objects.get().is_held()


def test_who_proposed_it_sees_that_it_waits_and_cannot_agree(story, first):
    text = browser_of(first).get(page(story)).text
    assert "It waits for a second moderator" in text
    assert "I agree" not in text and "The lane" not in text
    assert answer(first, story, "confirm").status_code == 200
    assert Story.objects.get().state == State.PENDING


def test_the_second_reads_it_first_and_agrees(story, second):
    assert "I agree" not in browser_of(second).get(page(story)).text
    factories.claim(story, by=second)
    text = browser_of(second).get(page(story)).text
    assert "Rowan Hale proposes not to publish it." in text
    assert "Do you read it so?" in text and "I agree: do it" in text
    assert "Hand back" in text
    assert "Done: not published." in answer(second, story, "confirm").text
    assert Story.objects.get().state == State.DECLINED


def test_sent_back_with_a_note_the_next_to_open_it_reads(story, first, second):
    factories.claim(story, by=second)
    answer(second, story, "back", **{"second-answer": "I would ask them first."})
    assert Story.objects.get().state == State.PENDING
    factories.claim(story, by=first)
    assert "I would ask them first." in browser_of(first).get(page(story)).text


def test_an_empty_letter_is_asked_for_again_and_the_words_are_kept(story, second):
    factories.claim(story, by=second)
    sent = {"second-message": " ", "second-answer": "Kept."}
    response = answer(second, story, "confirm", **sent)
    assert "Write your own words where the dots are." in response.text
    assert "Kept." in response.text
    assert Story.objects.get().state == State.PENDING


def test_a_proposal_answered_meanwhile_is_not_answered_again(story, second):
    url = reverse("admin:second", args=[Proposal.objects.get().pk])
    factories.claim(story, by=second)
    answer(second, story, "confirm")
    sent = {"press": "confirm", "second-message": "Again."}
    text = browser_of(second).post(url, sent, follow=True).text
    assert "That has been answered meanwhile." in text
    assert Decision.objects.filter(action=Action.DECLINE).count() == 1


def test_alone_the_page_says_what_it_does(first):
    story = factories.pending()
    factories.claim(story, by=first)
    assert "This takes two" not in browser_of(first).get(page(story)).text
    press(browser_of(first), story, "decline")
    assert Decision.objects.get(action=Action.DECLINE).remark == "alone"


def test_alone_the_log_on_the_page_says_why(first):
    story = factories.pending()
    factories.claim(story, by=first)
    said = {"message": "Because.", "rule": "names"}
    story.decline(by=first, version=story.sent, **said)
    assert "nobody else could be asked" in browser_of(first).get(page(story)).text


def test_nobody_else_may_answer(story):
    assert answer(factories.member(), story, "confirm").status_code == 404
    assert answer(None, story, "confirm").redirect_chain
    assert Story.objects.get().state == State.PENDING


# ---- somebody may not be safe


def test_the_steps_stand_beside_the_words_and_what_was_done_is_written_down(first, second):
    story = factories.pending(body=DANGER)
    case = factories.claim(story, by=first)
    browser = browser_of(first)
    text = browser.get(page(story)).text
    steps = ["Is it urgent?", "Is it safe for others", "What support", "What to say", "Look after"]
    assert sorted(steps, key=text.index) == steps
    url = reverse("admin:safety", args=[case.pk])
    browser.post(url, {"step": "urgent", "text": "No time, no place. Written to at once."})
    browser.post(url, {"step": "words", "text": " "})
    assert SafetyEntry.objects.get().by == first
    assert "Written to at once." in browser.get(page(story)).text
    assert Decision.objects.filter(action=Look.SAFETY).count() == 1
    case.refresh_from_db()
    assert case.is_held_by(first)


def test_only_who_holds_the_case_writes_it_down(first, second):
    case = factories.claim(factories.pending(body=DANGER), by=first)
    sent = {"step": "urgent", "text": "Not mine."}
    browser_of(second).post(reverse("admin:safety", args=[case.pk]), sent)
    assert not SafetyEntry.objects.exists()


def test_a_worry_about_a_writer_shows_the_steps_too(first, second):
    report = factories.told(reason="worried")
    assert Case.objects.all().claim(report.case.pk, by=first)
    text = browser_of(first).get(reverse("admin:report", args=[report.case.pk])).text
    assert "Is it urgent?" in text and "This takes two" in text


# ---- looks


def test_who_wrote_an_unnamed_story_is_asked_for_and_on_record(first):
    story = factories.pending(factories.member("Wren Tarn"), byline=Byline.NO_NAME)
    factories.claim(story, by=first)
    browser = browser_of(first)
    assert "Wren Tarn" not in browser.get(page(story)).text
    assert "Wren Tarn" in browser.post(page(story), {"look": "author"}).text
    assert Decision.objects.first().action == Look.AUTHOR
    assert Decision.objects.first().by == first


def test_who_has_not_opened_it_does_not_see_who_wrote_it(first):
    story = factories.pending(factories.member("Wren Tarn"), byline=Byline.NO_NAME)
    response = browser_of(first).post(page(story), {"look": "author"}, follow=True)
    assert "Wren Tarn" not in response.text
    assert not Decision.objects.filter(action=Look.AUTHOR).exists()


def test_words_that_were_decided_about_are_read_again_on_record(first):
    story = factories.pending()
    factories.decline(story, by=first)
    browser = browser_of(first)
    assert "laundry" not in browser.get(page(story)).text
    assert "laundry" in browser.post(page(story), {"look": "words"}).text
    assert Decision.objects.first().action == Look.REREAD


def test_words_that_wait_are_not_read_by_that_way(first):
    story = factories.pending()
    assert "laundry" not in browser_of(first).post(page(story), {"look": "words"}, follow=True).text
    assert not Decision.objects.filter(action=Look.REREAD).exists()


def test_a_passage_nobody_wrote_is_asked_for_again(first, second):
    story = factories.pending()
    factories.claim(story, by=first)
    browser = browser_of(first)
    said = {"rule_decline": "names", "passage_decline": "Words of somebody else."}
    page = press(browser, story, "decline", **said)
    assert page.status_code == 422 and "Copy the passage from the text" in page.text
    assert "Words of somebody else." in page.text and not Proposal.objects.exists()
    press(browser, story, "decline", **said | {"passage_decline": "a lane  behind the\nhospital"})
    assert Proposal.objects.get().passage
