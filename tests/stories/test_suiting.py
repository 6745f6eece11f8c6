"""What a reader asked to leave out is not found; the labels decide, and no query is added."""

import pytest

from community.comfort import Comfort
from stories.models import Story
from tests import factories
from tests.stories.pages import many

pytestmark = pytest.mark.django_db


def wishing(**notes):
    return Comfort(**{wish: frozenset(slugs) for wish, slugs in notes.items()})


def found(comfort):
    return set(Story.objects.published().suiting(comfort))


@pytest.fixture
def stories():
    writer, moderator = factories.member(), factories.moderator()
    return {
        name: many(1, writer, moderator, **fields)[0]
        for name, fields in {
            "plain": {},
            "scan": {"notes": ["scan"]},
            "body": {"notes": ["babys-body", "scan"]},
            "folded": {"asks_first": True},
            "both": {"asks_first": True, "notes": ["abuse"]},
        }.items()
    }


@pytest.mark.parametrize(
    "wishes, kept",
    [
        (wishing(), {"plain", "scan", "body", "folded", "both"}),
        (wishing(ask={"scan"}, show={"abuse"}), {"plain", "scan", "body", "folded", "both"}),
        (wishing(out={"scan"}), {"plain", "folded", "both"}),
        (wishing(out={"babys-body", "abuse"}), {"plain", "scan", "folded"}),
        (wishing(out={"asks-first"}), {"plain", "scan", "body", "both"}),
        (wishing(out={"asks-first", "abuse"}), {"plain", "scan", "body"}),
        (wishing(out={"never-heard-of"}), {"plain", "scan", "body", "folded", "both"}),
    ],
)
def test_a_story_with_a_note_left_out_is_not_found(stories, wishes, kept):
    assert found(wishes) == {stories[name] for name in kept}


def test_what_asks_this_reader_first_is_never_picked_by_chance(stories):
    gentle = Story.objects.published().gentle(wishing(ask={"scan"}, show={"babys-body"}))
    assert set(gentle) == {stories["plain"]}


def test_asking_costs_one_query_with_wishes_as_without(stories, django_assert_num_queries):
    with django_assert_num_queries(1):
        found(wishing(out={"scan", "asks-first"}))


def test_each_reason_is_a_question_that_an_index_answers():
    sql = str(Story.objects.all().suiting(wishing(out={"scan", "asks-first"})).query)
    assert sql.count("NOT EXISTS") == 3 and " OR " not in sql
