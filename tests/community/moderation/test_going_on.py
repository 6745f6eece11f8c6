"""What was proposed and came back stands in the form of whoever proposed it."""

import html
import re

import pytest
from django.urls import reverse

from community.moderation.models import Case, Proposal
from community.moderation.states import Action
from community.moderation.two_people import propose, send_back
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
LETTER = "It names the ward, and the night."
PASSAGE = "a lane behind the hospital"


@pytest.fixture
def first():
    return factories.moderator("Rowan Hale")


@pytest.fixture
def second():
    return factories.moderator("Sorrel Ash")


@pytest.fixture
def story(first):
    return proposed(factories.pending(), first, Action.DECLINE)


def proposed(story, by, action, **more):
    said = {"version": story.sent, "message": LETTER, "rule": "names", "passage": PASSAGE}
    propose(story.open_case(), action, by=by, note="Do you read it so?", **said, **more)
    return story


def page(person, story):
    return browser_of(person).get(reverse("admin:stories_story_change", args=[story.pk]))


def opened(person, story):
    factories.claim(story, by=person)
    return page(person, story)


def boxes(page):
    found = re.findall(r"<textarea name=\"([^\"]+)\"[^>]*>\s*([^<]*)</textarea>", page.text)
    return {name: html.unescape(text).strip() for name, text in found}


def test_sent_back_its_letter_sentence_passage_and_note_are_there(story, first, second):
    send_back(Proposal.objects.get(), by=second)
    there = opened(first, story)
    assert "You proposed not to publish it. Sorrel Ash sent it back." in there.text
    words = boxes(there)
    assert (words["message_decline"], words["passage_decline"]) == (LETTER, PASSAGE)
    assert words["note"] == "Do you read it so?"
    assert re.search(r'id_rule_decline.*?<option value="names" selected>', there.text, re.DOTALL)
    assert re.search(r'name="outcome" open>\s*<summary>Don’t publish', there.text)


def test_taken_back_too_and_the_page_says_where_they_are(story, first, second):
    url = reverse("admin:second", args=[Proposal.objects.get().pk])
    after = browser_of(first).post(url, {"press": "back", "second-message": LETTER}, follow=True)
    assert "what you had written is there" in after.text
    there = opened(first, story)
    assert "You proposed not to publish it, and took it back." in there.text
    assert boxes(there)["message_decline"] == LETTER


def test_somebody_else_reads_that_it_came_back_and_writes_their_own(story, second):
    send_back(Proposal.objects.get(), by=second, answer="I would ask them first.")
    there = opened(factories.moderator(), story)
    assert "Rowan Hale proposed not to publish it. Sorrel Ash sent it back." in there.text
    assert "I would ask them first." in there.text and LETTER not in there.text


def test_a_press_that_decides_nothing_leaves_it_there(story, first, second):
    send_back(Proposal.objects.get(), by=second)
    opened(first, story)
    still = reverse("admin:still-reading", args=[story.open_case().pk])
    there = browser_of(first).post(still, {"message_return": "Whose name is it?"})
    assert boxes(there)["message_decline"] == LETTER
    assert boxes(there)["message_return"] == "Whose name is it?"


def test_what_was_answered_since_is_over(story, first, second):
    send_back(Proposal.objects.get(), by=second)
    story.return_to_author(by=second, version=story.sent, message="Whose name is it?")
    story.body = "There is a lane."
    story.save()
    story.submit()
    there = opened(first, story)
    assert "sent it back" not in there.text and LETTER not in boxes(there).values()


def test_a_change_and_a_note_before_reading_are_asked_for_again(first, second):
    change = {"field": "body", "start": 9, "passage": "a lane", "why": LETTER, "instead": "a road"}
    story = factories.pending(body="There is a lane. I don't want to be here any more.")
    proposed(story, first, Action.SUGGEST, details={"changes": [change]})
    send_back(Proposal.objects.first(), by=second)
    words = boxes(opened(first, story))
    assert (words["change-passage_1"], words["change-why_1"]) == ("a lane", LETTER)
    Case.objects.hand_back(by=first)
    noted = {"proposed": {"notes": ["surgery"], "own_note": "a long night"}}
    proposed(story, first, Action.OFFER, details=noted)
    send_back(Proposal.objects.first(), by=second)
    there = opened(first, story).text
    assert 'value="a long night"' in there
    assert re.search(r'value="surgery"[^>]*checked', there)


def test_the_note_about_what_somebody_told_us(first, second):
    case = factories.told(reason="worried").case
    propose(case, Action.KEEP, by=first, note="Do you read it so?")
    send_back(Proposal.objects.get(), by=second)
    assert Case.objects.all().claim(case.pk, by=first)
    there = browser_of(first).get(reverse("admin:report", args=[case.pk]))
    assert boxes(there)["note"] == "Do you read it so?"
    assert "You proposed to leave it up. Sorrel Ash sent it back." in there.text


def test_a_letter_to_a_member_whom_one_meant_to_suspend():
    member = factories.member()
    lead, other = (factories.moderator(group="lead-moderators") for _ in range(2))
    record = reverse("admin:moderation_record_change", args=[member.pk])
    typed = {"do": "sanction", "sanction-kind": "suspended", "sanction-days": "7"}
    typed |= {"sanction-rule": "names", "sanction-letter": LETTER, "sanction-note": "For you two."}
    browser_of(lead).post(record, typed)
    send_back(Proposal.objects.get(), by=other, answer="Letters off is enough.")
    there = browser_of(lead).post(record, {"do": "open"}, follow=True)
    assert f"{other.pen_name} sent it back." in there.text
    assert "Letters off is enough." in there.text
    assert boxes(there)["sanction-letter"] == LETTER
    assert re.search(r'value="suspended"[^>]*checked', there.text)
    theirs = browser_of(other).post(record, {"do": "open"}, follow=True)
    assert "sent it back" in theirs.text and boxes(theirs)["sanction-letter"] != LETTER
