"""The list of stories: choices and pages."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from stories.models import Story
from tests import factories
from tests.stories.pages import ANY, LIST, TALE, listed, many

pytestmark = pytest.mark.django_db


def link(text, rel):
    found = re.search(rf'<a href="(\?[^"]*)" rel="{rel}">', text)
    return found and found[1].replace("&amp;", "&")


# ---- the list


def test_the_most_recent_stand_first_and_drafts_nowhere(client, writer, moderator):
    first, second = many(2, writer, moderator)
    factories.draft(writer)
    factories.pending(writer)
    assert listed(client) == [second.pk, first.pk]


def test_an_empty_site_says_so_kindly(client):
    text = client.get(LIST).text
    assert "Nobody has written here yet." in text and 'class="tale"' not in text


def test_choices_that_nothing_fits_open_wider_ones(client, writer, moderator):
    many(1, writer, moderator)
    text = client.get(LIST + "?loss=molar").text
    assert "Nobody has written this one yet." in text
    assert '<meta name="robots" content="noindex">' in text


CHOICES = [
    ({"losses": ["ectopic", "tfmr"]}, "?loss=ectopic"),
    ({"losses": ["ectopic", "tfmr"]}, "?loss=tfmr"),
    ({"role": "grandparent"}, "?role=grandparent"),
    ({"themes": ["work", "names"]}, "?theme=names"),
    ({"language": "ar"}, "?lang=ar"),
    ({"losses": ["molar"], "role": "friend", "language": "ga"}, "?loss=molar&role=friend&lang=ga"),
    ({"losses": ["molar"]}, "?loss=ectopic&loss=molar"),
]


@pytest.mark.parametrize(("fields", "query"), CHOICES)
def test_a_choice_shows_what_fits_it_and_only_that(client, writer, moderator, fields, query):
    factories.published(writer, moderator)
    story = factories.published(writer, moderator, **fields)
    assert listed(client, query) == [story.pk]


LEFT_OUT = [
    ({"notes": ["living-children"]}, "children"),
    ({"notes": ["later-pregnancy"]}, "children"),
    ({"notes": ["surgery", "birth"]}, "medical"),
    ({"notes": ["decision"]}, "decision"),
    ({"notes": ["abuse"]}, "asking"),
    ({"asks_first": True}, "asking"),
]


@pytest.mark.parametrize(("fields", "out"), LEFT_OUT)
def test_what_a_reader_leaves_out_is_not_there(client, writer, moderator, fields, out):
    kept = factories.published(writer, moderator, notes=["birth"])
    left = factories.published(writer, moderator, **fields)
    assert set(listed(client)) == {kept.pk, left.pk}
    assert listed(client, f"?out={out}") == [kept.pk]
    assert listed(client, "?out=children&out=medical&out=decision&out=asking") == [kept.pk]


@pytest.mark.parametrize(
    "query",
    [
        "?loss=",
        "?loss=unheard-of",
        "?loss=%00",
        "?loss=stillbirth%00",
        "?role=%ed%a0%80",
        "?theme=" + "a" * 10_000,
        "?lang=en&lang=xx",
        "?out=%00&out=nothing",
        "?loss__author__email=a",
        "?author=1&state=draft&page=%c2%b2&o=author",
        "?role=unsaid",
        "?loss[]=molar",
    ],
)
def test_a_choice_that_makes_no_sense_is_left_aside(client, writer, moderator, query):
    story = factories.published(writer, moderator, role="unsaid")
    assert listed(client, query) == [story.pk]


def test_choices_stay_while_walking_the_pages(client, writer, moderator):
    many(13, writer, moderator, losses=["ectopic"])
    text = client.get(LIST + "?loss=ectopic&out=asking&theme=%00&role=nobody").text
    earlier = link(text, "next")
    assert earlier.startswith("?loss=ectopic&out=asking&before=")
    assert len(listed(client, earlier)) == 1


def test_a_label_follows_the_words_that_readers_see(client, writer, moderator):
    story = factories.published(writer, moderator, losses=["ectopic"])
    story.losses = ["molar"]
    story.save()
    story.submit()
    assert (listed(client, "?loss=ectopic"), listed(client, "?loss=molar")) == ([story.pk], [])
    story.publish(by=moderator, version=story.sent)
    assert (listed(client, "?loss=ectopic"), listed(client, "?loss=molar")) == ([], [story.pk])


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("address", [LIST, ANY, "/stories/bcdfgh/"])
def test_reading_is_not_changing(client, method, address):
    assert getattr(client, method)(address).status_code == 405


# ---- pages


@pytest.fixture
def forty(writer, moderator):
    """Forty that were published at the same moment, as an import might."""
    stories = many(40, writer, moderator)
    Story.objects.update(published_at=timezone.now())
    return stories


def walk(client, rel, query=""):
    pages = []
    while query is not None:
        text = client.get(LIST + query).text
        pages.append((query, TALE.findall(text)))
        query = link(text, rel)
    return pages


def test_walking_down_visits_each_once_and_walking_up_the_same_pages(client, forty):
    down = walk(client, "next")
    visited = [pk for _, page in down for pk in page]
    assert [len(page) for _, page in down] == [12, 12, 12, 4]
    assert sorted(visited) == sorted(story.pk for story in forty)
    up = walk(client, "prev", down[-1][0])
    assert [page for _, page in up] == [page for _, page in reversed(down)]


def test_a_page_far_down_asks_the_database_what_the_first_does(
    client, forty, django_assert_num_queries, django_assert_max_num_queries
):
    last = walk(client, "next")[-1][0]
    for query in ("", last, last + "&loss=stillbirth&role=father&out=medical"):
        with django_assert_num_queries(1):
            assert 'class="tale"' in client.get(LIST + query).text or "role" in query
    member = factories.browser_of(forty[0].author)
    with django_assert_max_num_queries(3):  # session and member
        member.get(LIST + last)


@pytest.mark.parametrize(
    "hide", [Story.withdraw, lambda story: story.open_to("members", wording="x")]
)
def test_a_place_its_reader_may_not_see_tells_nothing(client, writer, moderator, hide):
    oldest, middle, newest = many(3, writer, moderator)
    hide(middle)
    for name in ("before", "after"):
        assert listed(client, f"?{name}={middle.pk}") == listed(client, "?before=zzzzzz")
        assert listed(client, f"?{name}={middle.pk}") == [newest.pk, oldest.pk]


@pytest.mark.parametrize("cursor", ["", "zzzzzz", "a" * 10_000, "%00%00%00%00%00%00", "é", "-1"])
@pytest.mark.parametrize("name", ["before", "after"])
def test_a_place_that_never_was_is_the_first_page(client, writer, moderator, name, cursor):
    story = factories.published(writer, moderator)
    assert listed(client, f"?{name}={cursor}") == [story.pk]
    assert listed(client, f"?{name}=zzzzzz&{name}={cursor}") == [story.pk]


def test_a_draft_marks_no_place(client, writer, moderator):
    story = factories.published(writer, moderator)
    draft = factories.draft(writer)
    for name in ("before", "after"):
        assert listed(client, f"?{name}={draft.pk}") == [story.pk]


def test_beyond_the_last_page_there_is_the_first_again(client, writer, moderator):
    story = factories.published(writer, moderator)
    for name in ("before", "after"):
        assert listed(client, f"?{name}={story.pk}") == [story.pk]


def test_the_order_of_the_list_is_that_of_publishing_not_of_writing(client, writer, moderator):
    first = factories.pending(writer)
    second = factories.published(writer, moderator)
    first.publish(by=moderator, version=first.sent)
    Story.objects.filter(pk=first.pk).update(saved_at=timezone.now() - timedelta(days=9))
    assert listed(client) == [first.pk, second.pk]
