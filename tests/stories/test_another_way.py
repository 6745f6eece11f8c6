"""“Write it another way”: what was asked stays before its author, and the next moderator."""

import pytest

from community.moderation.models import Case
from community.moderation.states import State
from stories.models import Story
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
BODY = "There was a man with a broom.\n\nHe was called Desmond Applegarth, he said."
NAME, WHY, INSTEAD = "Desmond Applegarth", "He may not want to be named.", "a porter"


def asked_about(contribution, message="May we ask about the passage below?"):
    change = {"field": "body", "start": BODY.index(NAME), "passage": NAME}
    contribution.suggest(
        by=factories.moderator("Bramble Thorne"),
        version=contribution.sent,
        message=message,
        changes=[change | {"why": WHY, "instead": INSTEAD}],
    )
    return contribution


@pytest.fixture
def story():
    return asked_about(factories.pending(body=BODY))


def stands_once(page):
    assert page.count("May we ask about the passage below?") == 1
    return page.count(WHY) == page.count(INSTEAD) == 1


@pytest.mark.parametrize("part", ["", "check/", "sent/"])
def test_every_page_on_the_way_says_which_passage_it_is_and_why(story, part):
    page = browser_of(story.author).get(f"/write/{story.pk}/{part}").text
    assert "From <bdi>Bramble Thorne</bdi>, a moderator" in page
    assert page.count("May we ask about the passage below?") == 1
    assert NAME in page and page.count(WHY) == 1 and INSTEAD in page


def test_the_desk_keeps_it_in_sight_when_words_have_to_be_looked_at_again(story):
    author = browser_of(story.author)
    refused = author.post(f"/write/{story.pk}/", {"title": "x" * 999, "body": BODY, "revision": 0})
    assert refused.status_code == 422 and stands_once(refused.text)


def test_a_question_stands_over_the_words_it_is_about():
    story = factories.pending()
    story.return_to_author(by=factories.moderator(), version=story.sent, message="When was that?")
    assert "When was that?" in browser_of(story.author).get(f"/write/{story.pk}/").text


def test_a_letter_that_asks_nothing_more_leaves_the_desk(story):
    author = browser_of(story.author)
    story.take_back()
    assert WHY not in author.get(f"/write/{story.pk}/").text
    published = factories.pending(story.author)
    thanked = {"version": published.sent, "message": "Thank you for this."}
    published.publish(by=factories.moderator(), **thanked)
    assert "Thank you for this." not in author.get(f"/write/{published.pk}/").text


def test_looking_at_the_desk_costs_no_more_for_many_passages(story, django_assert_max_num_queries):
    author = browser_of(story.author)
    with django_assert_max_num_queries(9):
        author.get(f"/write/{story.pk}/")


LETTER = pytest.param(lambda: factories.sent_letter(factories.wanting(), body=BODY), id="letter")
NAMED = pytest.param(lambda: factories.sent_remembrance(body=BODY), id="name")


@pytest.mark.parametrize("make", [LETTER, NAMED])
def test_it_is_so_for_every_kind(make):
    asked = asked_about(make())
    page = browser_of(asked.author).get(f"{asked.get_desk_url()}change/").text
    assert stands_once(page)


def test_the_next_moderator_reads_what_was_asked_before(story):
    Story.objects.filter(pk=story.pk).update(body="He was called Desmond.")
    now = Story.objects.get(pk=story.pk)
    now.submit(answer="Only his first name.")
    assert now.state == State.PENDING
    moderator = factories.moderator()
    Case.objects.about(now).update(claimed_by=None)
    factories.claim(now, by=moderator)
    page = browser_of(moderator).get(f"/admin/stories/story/{story.pk}/change/").text
    assert stands_once(page) and NAME in page and "Only his first name." in page
