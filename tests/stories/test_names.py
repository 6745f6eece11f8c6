"""A story tells its readers nothing of its author but what the author chose to tell."""

import re

import pytest
from django.urls import reverse

from stories.forms import NameForm
from stories.models import Byline
from tests import factories
from tests.stories.pages import everywhere

pytestmark = pytest.mark.django_db


@pytest.fixture
def named():
    return factories.member("Wren Ashdown")


def test_a_story_without_a_name_tells_it_nowhere(client, named, moderator):
    story = factories.published(
        named, moderator, byline=Byline.NO_NAME, other_name="Robin", circumstances=["long-ago"]
    )
    for browser in (client, factories.browser_of(factories.member())):
        said = everywhere(browser, story)
        assert "Wren" not in said and "Robin" not in said and named.email not in said
        assert "omebody who left no name" in said


def test_another_name_stands_in_place_of_the_pen_name(client, named, moderator):
    story = factories.published(named, moderator, byline=Byline.OTHER_NAME, other_name="Robin")
    said = everywhere(client, story)
    assert "Wren" not in said and "by <bdi>Robin</bdi>" in said


def test_the_pen_name_stands_where_its_author_chose_it(client, named, moderator):
    story = factories.published(named, moderator)
    assert "by <bdi>Wren Ashdown</bdi>" in client.get(story.get_absolute_url()).text


@pytest.mark.parametrize("was", [Byline.PEN_NAME, Byline.OTHER_NAME])
def test_going_without_a_name_needs_no_moderator(client, named, moderator, was):
    story = factories.published(named, moderator, byline=was, other_name="Robin")
    assert re.search("Wren|Robin", everywhere(client, story))
    browser = factories.browser_of(named)
    browser.post(reverse("stories:name", args=[story.pk]), {"byline": Byline.NO_NAME})
    assert not re.search("Wren|Robin", everywhere(client, story))


def test_a_name_taken_on_waits_for_a_moderator(client, named, moderator):
    story = factories.published(named, moderator, byline=Byline.NO_NAME)
    browser = factories.browser_of(named)
    address = reverse("stories:name", args=[story.pk])
    browser.post(address, {"byline": Byline.OTHER_NAME, "other_name": "Moderator"})
    assert "omebody who left no name" in everywhere(client, story)


def test_words_not_sent_and_words_not_read_reach_no_reader(client, named, moderator):
    story = factories.published(named, moderator)
    story.title, story.body, story.own_note = "Unsent title", "Unsent body.", "an unsent note"
    story.save()
    assert "nsent" not in everywhere(client, story)
    story.submit()
    assert "nsent" not in everywhere(client, story)
    assert "nsent" not in everywhere(factories.browser_of(moderator), story)


# ---- nothing anybody writes is more than words

HOSTILE = "<img src=x onerror=a()>\"'{{ 7*70700707 }}{% x %}</bdi></textarea><b>"


def test_markup_in_a_story_is_words(client, named, moderator):
    story = factories.published(
        named,
        moderator,
        title=HOSTILE[:120],
        body=f"{HOSTILE}\n\n_{HOSTILE}_\n\n> {HOSTILE}\n\n[a](javascript:b)",
        byline=Byline.OTHER_NAME,
        other_name="<b>{{ 7*70700707 }}</b>",
        own_note=HOSTILE[:80],
        circumstances=["long-ago"],
    )
    said = everywhere(client, story)
    assert "<img src=x" not in said and "<b>{{" not in said and "494904949" not in said
    assert "&lt;img src=x onerror=a()&gt;" in said and "&lt;b&gt;{{ 7*70700707 }}" in said
    assert 'href="javascript' not in said


@pytest.mark.parametrize(
    "name", ["Moderator", "аdmin", "Small Hours", "Wr\u200ben", "a\u202egnp.exe"]
)
def test_another_name_poses_as_nobody(named, name):
    story = factories.draft(factories.member())
    form = NameForm({"byline": Byline.OTHER_NAME, "other_name": name}, instance=story)
    assert "other_name" in form.errors


def test_another_name_is_not_another_members(named):
    form = NameForm(
        {"byline": Byline.OTHER_NAME, "other_name": named.pen_name.upper()},
        instance=factories.draft(factories.member()),
    )
    assert "other_name" in form.errors
    own = {"byline": Byline.OTHER_NAME, "other_name": named.pen_name}
    assert NameForm(own, instance=factories.draft(named)).is_valid()


def test_a_name_taken_off_comes_back_only_with_words_that_were_read(client, named, moderator):
    story = factories.published(named, moderator)
    browser = factories.browser_of(named)
    name = reverse("stories:name", args=[story.pk])
    browser.post(name, {"byline": Byline.NO_NAME})
    for chosen in ({"byline": Byline.PEN_NAME}, {"byline": "other-name", "other_name": "Sparrow"}):
        browser.post(name, chosen)
        assert not re.search("Wren|Sparrow", everywhere(client, story))
    story = type(story).objects.get(pk=story.pk)
    story.submit()
    assert not re.search("Wren|Sparrow", everywhere(client, story))
    story.publish(by=moderator, version=story.sent)
    assert "Sparrow" in everywhere(client, story)


def test_accepting_a_note_brings_back_no_name_taken_off_meanwhile(client, named, moderator):
    story = factories.pending(named)
    browser = factories.browser_of(named)
    browser.post(reverse("stories:name", args=[story.pk]), {"byline": Byline.NO_NAME})
    browser.post(reverse("stories:name", args=[story.pk]), {"byline": Byline.PEN_NAME})
    story = type(story).objects.get(pk=story.pk)
    story.offer(by=moderator, version=story.sent, message="A note?", proposed={"notes": ["birth"]})
    story.accept()
    assert "Wren" not in everywhere(client, story)
