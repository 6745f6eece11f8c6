"""What is a story's own in the admin: the notes a moderator can offer."""

import re

import pytest
from django.urls import reverse

from stories.admin import ProposedNotesForm
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db


def offer(words=None, **typed):
    words = {"notes": ["scan"], "own_note": "mine"} | (words or {})
    return ProposedNotesForm(typed, words=words)


def test_what_is_offered_stands_beside_what_the_author_chose():
    form = offer(notes=["abuse", "birth"])
    assert form.is_valid()
    assert form.asked()["proposed"] == {"notes": ["scan", "birth", "abuse"]}


def test_the_authors_own_phrase_is_never_replaced():
    form = offer(notes=["birth"], own_note="a fall")
    assert form.is_valid() and "own_note" not in form.fields
    assert "own_note" not in form.asked()["proposed"]


def test_a_note_in_own_words_is_offered_too():
    form = offer({"own_note": ""}, own_note=" a fall ")
    assert form.is_valid()
    assert form.asked()["proposed"] == {"notes": ["scan"], "own_note": "a fall"}


@pytest.mark.parametrize(
    "typed",
    [{}, {"own_note": " "}, {"notes": ["scan"]}, {"notes": ["\x00"]}, {"own_note": "a\x00"}],
)
def test_an_offer_offers_something_new(typed):
    assert not offer(**typed).is_valid()


def test_the_list_of_stories_shows_the_title_that_was_sent_and_nobodys_name():
    story = factories.published(factories.member("Wren Ashdown"), title="A quiet title")
    factories.draft(title="A draft")
    type(story).objects.filter(pk=story.pk).update(title="A newer title, on its desk")
    moderator = browser_of(factories.moderator())
    text = moderator.get(reverse("admin:stories_story_changelist")).text
    rows = re.findall(r'href="/admin/stories/story/(\w+)/change/', text)
    assert rows == [story.pk]
    assert "A quiet title" in text
    for secret in ("A newer title", "laundry", "Wren", "A draft", story.author.email):
        assert secret not in text


@pytest.mark.parametrize("query", ["?state=published", "?visibility__exact=everyone"])
def test_the_filters_on_the_page_work(query):
    story = factories.published()
    factories.pending()
    moderator = browser_of(factories.moderator())
    response = moderator.get(reverse("admin:stories_story_changelist") + query)
    assert response.status_code == 200 and story.pk in response.text


@pytest.mark.parametrize("query", ["?state=%00", "?state=nothing", "?state=%ed%a0%80"])
def test_a_filter_that_makes_no_sense_leaves_the_list_as_it_is(query):
    story = factories.published()
    address = reverse("admin:stories_story_changelist") + query
    assert story.pk in browser_of(factories.moderator()).get(address).text


def test_the_list_speaks_to_a_moderator_of_somebody_elses_story():
    factories.published().withdraw()
    text = browser_of(factories.moderator()).get(reverse("admin:stories_story_changelist")).text
    assert "Taken down by its author" in text and "Where it is" in text
    for not_theirs in (
        "by you",
        "for you",
        "Writing",
        ">Pk<",
        "icon-yes",
        "icon-no",
        "a.m.",
        "p.m.",
    ):
        assert not_theirs not in text
    assert re.search(r"\d{1,2} \w+ \d{4}, \d\d:\d\d<", text)


def test_the_list_asks_the_same_however_many_there_are(django_assert_num_queries):
    moderator, address = browser_of(factories.moderator()), "/admin/stories/story/"
    for _ in range(2):
        for _ in range(3):
            factories.published()
        with django_assert_num_queries(7):
            moderator.get(address)
