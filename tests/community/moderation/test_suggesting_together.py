"""A change proposed where the writer may not be safe takes two people, as everything there does."""

import pytest

from community.moderation.models import Proposal
from community.moderation.proposals import NeedsASecond
from community.moderation.states import Action, State
from community.moderation.two_people import confirm
from stories.models import Story
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
BODY = "He was called Desmond Applegarth. I don’t want to be here any more."
CHANGE = {"change-passage_1": "Desmond Applegarth", "change-why_1": "A full name."}


@pytest.fixture
def moderator():
    return factories.moderator("Bramble Thorne")


@pytest.fixture
def story(moderator):
    factories.moderator()  # somebody else could be asked
    story = factories.pending(body=BODY)
    factories.claim(story, by=moderator)
    assert story.open_case().is_urgent
    return story


def press(story, moderator):
    said = {"outcome": "suggest", "version": story.sent.number, "message_suggest": "A change?"}
    address = f"/admin/stories/story/{story.pk}/change/"
    return browser_of(moderator).post(address, said | CHANGE)


def test_one_alone_only_proposes_it(story, moderator):
    assert press(story, moderator).status_code == 302
    assert Story.objects.get(pk=story.pk).state == State.PENDING
    proposal = Proposal.objects.open().get()
    assert proposal.action == Action.SUGGEST
    with pytest.raises(NeedsASecond):
        confirm(proposal, by=moderator)


def test_with_the_second_the_author_is_asked_about_the_same_passage(story, moderator):
    press(story, moderator)
    second = factories.moderator()
    factories.claim(story, by=second)
    page = browser_of(second).get(f"/admin/stories/story/{story.pk}/change/").text
    assert "Changes proposed" in page and "Why: A full name." in page
    confirm(Proposal.objects.open().get(), by=second)
    now = Story.objects.get(pk=story.pk)
    assert now.state == State.SUGGESTED
    assert [each.passage for each in now.suggestions()] == ["Desmond Applegarth"]
    now.accept()
    now = Story.objects.get(pk=story.pk)
    assert now.as_shown().body == "He was called. I don’t want to be here any more."
