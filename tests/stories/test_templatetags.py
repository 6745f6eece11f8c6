from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from community.comfort import Comfort
from stories.models import Visibility
from stories.templatetags.stories import my_stories, parts, shared_story
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_story_of_the_week_stays_all_week(client):
    stories = {factories.published(visibility=Visibility.SEARCH).pk for _ in range(6)}
    monday = timezone.now().replace(year=2026, month=3, day=2, hour=9)
    week = set()
    for day in range(7):
        with time_machine.travel(monday + timedelta(days=day)):
            week.add(shared_story({"comfort": Comfort()})["story"].pk)
    assert len(week) == 1
    year = set()
    for number in range(40):
        with time_machine.travel(monday + timedelta(weeks=number)):
            year.add(shared_story({"comfort": Comfort()})["story"].pk)
    assert year <= stories and len(year) > 1


@pytest.mark.parametrize(
    "fields",
    [
        {"asks_first": True},
        {"notes": ["abuse"]},
        {"visibility": Visibility.MEMBERS},
        {"visibility": Visibility.EVERYONE},
    ],
)
def test_the_story_of_the_week_may_be_found_and_never_asks_first(client, fields):
    words = {"visibility": Visibility.SEARCH} | fields
    story = factories.published(title="Not for home", **words)
    assert shared_story({"comfort": Comfort()})["story"] is None
    browser = factories.browser_of(story.author)
    assert "Not for home" not in client.get("/").text + browser.get("/").text


def test_home_shows_its_beginning_as_it_was_read(client):
    words = {"body": "One.\n\nTwo.\n\nThree.", "title": "Read"}
    story = factories.published(visibility=Visibility.SEARCH, **words)
    story.title = "Never read"
    story.save()
    text = client.get("/").text
    assert "<p>One.</p>\n<p>Two.</p>" in text and "Three." not in text
    assert ">Read</bdi>" in text and "Never read" not in text


def test_my_space_lists_my_own_with_where_each_is(django_assert_num_queries):
    member = factories.member()
    factories.draft()
    factories.draft(member)
    changed = factories.published(member, title="Changed")
    changed.body += " More."
    changed.save()
    with django_assert_num_queries(1):
        listed = list(my_stories(member)["stories"])
        [story.has_unsent_changes() for story in listed]
    assert len(listed) == 2
    text = factories.browser_of(member).get("/me/").text
    assert "Published. Changes not sent yet" in text and "Writing" in text


def statuses(story):
    return {name: status for name, _, status in parts(story, "desk")["rows"]}


def test_each_part_says_how_far_it_is():
    story = factories.draft(body="", losses=[], role="", themes=[], byline="")
    assert statuses(story) == {
        "desk": "Not yet",
        "about": "Optional",
        "notes": "Optional",
        "photos": "Optional",
        "name": "Not yet",
        "letters": "Optional",
        "check": "Not yet",
    }
    story = factories.pending(notes=["birth"], wants_letters=False)
    assert statuses(story) == {
        "desk": "Writing",
        "about": "Done",
        "notes": "Done",
        "photos": "Optional",
        "name": "Done",
        "letters": "Done",
        "check": "Sent",
    }
