"""The parts of a story: each saves its own fields, or says what to look at."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from community.moderation.states import State
from stories.models import Story, Visibility
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
PARTS = ["about", "notes", "name", "letters"]


@pytest.fixture
def story():
    return factories.draft()


@pytest.fixture
def author(story):
    return browser_of(story.author)


def at(name, story):
    return reverse(f"stories:{name}", args=[story.pk])


TAKEN = {
    "about": {
        "losses": ["molar", "ectopic"],
        "own_loss": "ours",
        "baby": "Robin",
        "role": "friend",
        "themes": ["work"],
        "language": "ar",
        "circumstances": ["long-ago"],
    },
    "notes": {"notes": ["birth"], "own_note": "a lift", "asks_first": True},
    "name": {"byline": "other-name", "other_name": "Robin"},
    "letters": {"wants_letters": False},
}


def sent_as(fields):
    return {
        n: {True: "on", False: "no"}.get(v, v) if v.__class__ is bool else v
        for n, v in fields.items()
    }


@pytest.mark.parametrize("name", PARTS)
def test_a_part_saves_its_own_fields_and_nothing_else(author, story, name):
    before = Story.objects.values().get(pk=story.pk)
    foreign = {n: v for fields in TAKEN.values() for n, v in sent_as(fields).items()}
    foreign |= {"state": State.PUBLISHED, "author": 1, "visibility": Visibility.SEARCH}
    foreign |= {"is_example": "on", "title": "x", "body": "x", "sent": 1, "shown": 1, "id": "x"}
    assert author.post(at(name, story), foreign | sent_as(TAKEN[name])).status_code == 302
    after = Story.objects.values().get(pk=story.pk)
    changed = {field for field in after if after[field] != before[field]}
    assert changed - {"saved_at"} == TAKEN[name].keys()
    kept = {field: after[field] for field in TAKEN[name]}
    assert {k: sorted(v) if isinstance(v, list) else v for k, v in kept.items()} == {
        k: sorted(v) if isinstance(v, list) else v for k, v in TAKEN[name].items()
    }


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("about", {"losses": "unheard-of", "language": "en"}),
        ("about", {"language": "\x00"}),
        ("about", {"language": "en", "role": "a" * 10_000}),
        ("notes", {"notes": ["birth", "\x00"]}),
        ("notes", {"own_note": "x" * 81}),
        ("name", {"byline": "god"}),
        ("name", {"byline": "other-name"}),
        ("name", {"byline": "other-name", "other_name": "x" * 41}),
        ("letters", {"wants_letters": "perhaps"}),
    ],
)
def test_a_part_that_needs_another_look_keeps_what_was_typed(author, story, name, fields):
    before = Story.objects.values().get(pk=story.pk)
    response = author.post(at(name, story), fields)
    assert response.status_code == 422
    assert "<title>Check this page: " in response.text and 'role="alert"' in response.text
    for value in fields.values():
        if str(value).startswith("x"):
            assert value in response.text
    assert Story.objects.values().get(pk=story.pk) == before


def test_a_part_that_saves_itself_says_so_and_keeps_what_may_not_be(author, story):
    asked = {"headers": {"Accept": "application/json"}}
    response = author.post(at("name", story), {"byline": "no-name"}, **asked)
    assert response.status_code == 200 and "Saved at" in response.json()["saved"]
    assert Story.objects.get(pk=story.pk).byline == "no-name"
    response = author.post(at("name", story), {"byline": "other-name"}, **asked)
    assert response.status_code == 422 and response.json()["message"]
    assert Story.objects.get(pk=story.pk).byline == "no-name"


def test_whether_letters_come_is_said_by_a_press_alone(author, story):
    assert "data-autosave" in author.get(at("name", story)).text
    assert "data-autosave" not in author.get(at("letters", story)).text


@pytest.mark.parametrize("name", PARTS)
def test_a_part_leaves_alone_what_another_window_is_writing(author, story, name):
    with CaptureQueriesContext(connection) as asked:
        author.post(at(name, story), sent_as(TAKEN[name]))
    written = next(q["sql"] for q in asked if q["sql"].startswith('UPDATE "stories_story"'))
    fields = set(re.findall(r'"(\w+)" = ', written.split("WHERE")[0]))
    assert fields - {"unnamed_since"} == {*TAKEN[name], "saved_at"}
