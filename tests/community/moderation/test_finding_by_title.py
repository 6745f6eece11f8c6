"""Contributions are found in the admin by what was sent, and by nothing no moderator may know."""

import html

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from community.moderation.log import Version
from stories.models import Story, Visibility
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
STORIES = reverse("admin:stories_story_changelist")
LETTERS = reverse("admin:stories_letter_changelist")


@pytest.fixture
def moderator():
    return factories.moderator("Hazel Quill")


@pytest.fixture
def find(moderator):
    """Which are found, in the list at ``address``."""
    browser = browser_of(moderator)

    def find(words, address=STORIES):
        page = browser.get(address, {"q": words})
        return {each.pk for each in page.context["cl"].result_list} if page.context else None

    return find


@pytest.mark.parametrize(
    "words", ["heron", "HERON", "the her", "river heron", "hero  riv", "  heron ", "é"]
)
def test_by_words_of_its_title_whole_or_begun(find, words):
    story = factories.pending(title="The heron by the River, and Élise")
    factories.pending(title="A lane")
    assert find(words) == {story.pk}


@pytest.mark.parametrize("words", ["ron", "heron lane", "laundry", "%", "_", "her%"])
def test_nothing_else_is_like_it(find, words):
    factories.pending(title="The heron")
    assert find(words) == set()


def test_by_the_letters_of_its_address_as_before(find):
    story = factories.published()
    factories.published()
    assert find(story.pk) == {story.pk}


def test_a_letter_by_the_line_it_begins_with(find):
    letter = factories.sent_letter(body="To whoever is awake,\n\nI read every word.")
    assert find("whoever awake", LETTERS) == {letter.pk}
    assert find("every word", LETTERS) == set()


def test_what_is_published_as_readers_see_it_and_as_its_change_waits(find):
    story = factories.published(title="The heron")
    story.title = "The kingfisher"
    story.save()
    assert find("kingfisher") == set()
    story.submit()
    assert find("kingfisher") == find("heron") == {story.pk}
    story.take_back()
    assert find("kingfisher") == set() and find("heron") == {story.pk}


def test_a29_nothing_hidden_changes_what_is_found(find, moderator):
    taken_back, gone = factories.pending(title="Heron one"), factories.published(title="Heron two")
    taken_back.take_back()
    gone.withdraw()
    factories.draft(title="Heron three")
    factories.pending(moderator, title="Heron four")
    email = factories.pending(title="Heron five").author.email
    Story.objects.filter(title="Heron five").update(title="Kingfisher")
    assert len(find("heron")) == 1 and find("kingfisher") == set()
    assert find(email) == find(email.split("@")[0]) == set()
    assert len(find("five")) == 1


def test_what_its_author_keeps_for_themselves_is_not_found_nor_named(find, moderator):
    story = factories.published(title="The heron")
    Story.objects.filter(pk=story.pk).update(visibility=Visibility.ME)
    assert find("heron") == set()
    page = browser_of(moderator).get(STORIES).text
    assert story.pk in page and "The heron" not in page


def test_what_was_declined_is_found_and_not_shown(find, moderator):
    story = factories.declined(title="The heron")
    assert find("heron") == {story.pk}
    page = browser_of(moderator).get(STORIES, {"q": "x"}).text
    assert "The heron" not in browser_of(moderator).get(STORIES).text + page
    shown = factories.published(title="A lane <b>")
    assert "A lane &lt;b&gt;" in browser_of(moderator).get(STORIES).text
    assert html.unescape(browser_of(moderator).get(STORIES).text).count(shown.pk)


@pytest.mark.parametrize("words", ["\x00", "²", "'; --", "x" * 5000, "\ud800", "a " * 300])
def test_whatever_is_asked_is_answered(moderator, words):
    factories.pending()
    page = browser_of(moderator).get(STORIES, {"q": words.encode("utf-8", "replace")})
    assert page.status_code == 200


def test_it_asks_the_same_of_the_database_however_many_there_are(moderator):
    browser, asked = browser_of(moderator), []
    for number in (1, 12):
        for _ in range(number):
            factories.pending(title="The heron")
        with CaptureQueriesContext(connection) as queries:
            browser.get(STORIES, {"q": "heron"})
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_titles_are_searched_in_the_index_alone(moderator):
    """Nobody's words are read on the way: that is what bounds it."""
    plan = Version.objects.filter(content_type=1).titled("heron").values("object_id").explain()
    if connection.vendor == "sqlite":
        assert "USING COVERING INDEX moderation_version_by_title" in plan
