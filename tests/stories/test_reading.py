"""Who may read what, a story's own page, and any story."""

import re

import pytest
from django.utils import timezone

from stories.models import Visibility
from tests import factories
from tests.stories.pages import ANY, LIST, listed, many

pytestmark = pytest.mark.django_db


@pytest.fixture
def for_members(writer, moderator):
    return factories.published(
        writer, moderator, title="For members", visibility=Visibility.MEMBERS
    )


def test_what_is_for_members_is_nowhere_for_a_visitor(client, for_members):
    assert client.get(for_members.get_absolute_url()).status_code == 404
    assert client.get(ANY)["Location"] == LIST
    for address in (LIST, LIST + "?loss=stillbirth", "/"):
        page = client.get(address).text
        assert "For members" not in page and for_members.pk not in page


def test_what_is_for_members_is_there_for_a_member(for_members):
    member = factories.browser_of(factories.member())
    assert "For members" in member.get(for_members.get_absolute_url()).text
    assert listed(member) == [for_members.pk]
    assert member.get(ANY)["Location"] == for_members.get_absolute_url()


def test_a_visitor_sees_one_page_for_what_is_hidden_and_what_never_was(client, for_members):
    hidden = client.get(for_members.get_absolute_url())
    never = client.get("/stories/bbbbbb/")
    assert (hidden.status_code, hidden.text) == (never.status_code, never.text)


def test_who_may_read_holds_from_the_next_request(client, writer, moderator):
    story = factories.published(writer, moderator)
    assert client.get(story.get_absolute_url()).status_code == 200
    story.open_to(Visibility.MEMBERS, wording="x")
    assert client.get(story.get_absolute_url()).status_code == 404
    assert listed(client) == []


def test_what_is_taken_down_is_gone_from_everywhere_at_once(client, writer, moderator):
    rung = Visibility.SEARCH
    story = factories.published(writer, moderator, title="Gone tomorrow", visibility=rung)
    kept = client.get(story.get_absolute_url())["ETag"]
    assert "Gone tomorrow" in client.get("/").text
    story.withdraw()
    page = client.get(story.get_absolute_url(), headers={"If-None-Match": kept})
    assert page.status_code == 404
    assert listed(client) == listed(client, "?loss=stillbirth") == []
    assert client.get(ANY)["Location"] == LIST
    assert "Gone tomorrow" not in client.get("/").text


@pytest.mark.parametrize("begin", [factories.draft, factories.pending])
def test_what_was_not_read_by_a_moderator_is_not_here(begin, client):
    story = begin()
    for browser in (
        client,
        *map(factories.browser_of, [factories.member(), factories.moderator(), story.author]),
    ):
        assert browser.get(story.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    "name", ["%00", "%00bcdfg", "bcdfg", "bcdfghj", "é" * 6, "a" * 5000, "%ed%a0%80", "BCDFGH", "1"]
)
def test_an_address_that_no_story_has_is_not_here(client, name):
    assert client.get(f"/stories/{name}/").status_code == 404


# ---- a story


def test_a_story_in_a_constant_number_of_queries(
    client, writer, moderator, django_assert_num_queries, django_assert_max_num_queries
):
    story = factories.published(
        writer, moderator, notes=["birth", "scan"], themes=["work", "names"]
    )
    with django_assert_num_queries(3):
        client.get(story.get_absolute_url())
    member = factories.browser_of(writer)
    with django_assert_max_num_queries(5):
        member.get(story.get_absolute_url())


def test_a_story_is_in_its_own_language_and_direction(client, writer, moderator):
    story = factories.published(
        writer, moderator, title="الحديقة", body="كانت حديقة صغيرة.", language="ar"
    )
    text = client.get(story.get_absolute_url()).text
    assert '<bdi lang="ar">الحديقة</bdi>' in text
    assert '<div class="prose" lang="ar" dir="rtl">' in text
    assert '<p class="opening" lang="ar" dir="rtl">كانت حديقة صغيرة.</p>' in client.get(LIST).text
    assert '<html lang="en' in text


@pytest.mark.parametrize(
    ("visibility", "hidden"),
    [(Visibility.EVERYONE, True), (Visibility.MEMBERS, True), (Visibility.SEARCH, False)],
)
def test_search_engines_may_keep_only_what_its_author_gave_them(
    writer, moderator, visibility, hidden
):
    story = factories.published(writer, moderator, visibility=visibility)
    text = factories.browser_of(writer).get(story.get_absolute_url()).text
    assert ('<meta name="robots" content="noindex">' in text) == hidden


def test_what_stands_before_a_story_is_said_before_it(client, writer, moderator):
    story = factories.published(writer, moderator, notes=["birth"], own_note="a long corridor")
    text = client.get(story.get_absolute_url()).text
    assert "This story describes giving birth and a long corridor." in text
    assert text.index("giving birth") < text.index("laundry vans")
    assert '<details class="gate"' not in text


def test_a_story_that_asks_first_stays_folded(client, writer, moderator):
    story = factories.published(writer, moderator, notes=["not-wanting-to-live"])
    text = client.get(story.get_absolute_url()).text
    assert '<details class="gate">' in text
    assert text.index('id="help-first"') < text.index('<details class="gate">')
    assert text.index('<details class="gate">') < text.index("laundry vans")
    ids = re.findall(r'\bid="([^"]*)"', text)
    assert len(ids) == len(set(ids))


def test_a_story_shows_a_month_and_never_a_day_or_an_hour(client, writer, moderator):
    story = factories.published(writer, moderator)
    moment = timezone.localtime(story.published_at)
    for address in (story.get_absolute_url(), LIST):
        response = client.get(address)
        assert "Last-Modified" not in response
        for told in ("<time", moment.strftime("%H:%M"), moment.strftime("%Y-%m-%d")):
            assert told not in response.text


# ---- any story


def test_any_story_is_one_that_does_not_ask_first_and_is_kept_by_nobody(client, writer, moderator):
    factories.published(writer, moderator, asks_first=True)
    factories.published(writer, moderator, notes=["abuse"])
    gentle = factories.published(writer, moderator)
    for _ in range(10):
        response = client.get(ANY)
        assert (response.status_code, response["Location"]) == (302, gentle.get_absolute_url())
        assert "no-store" in response["Cache-Control"]
    assert not response.cookies


def test_any_story_is_another_than_the_one_just_read(client, writer, moderator):
    read, other = many(2, writer, moderator)
    for _ in range(10):
        assert client.get(f"{ANY}?not={read.pk}")["Location"] == other.get_absolute_url()
    other.withdraw()
    assert client.get(f"{ANY}?not={read.pk}")["Location"] == LIST


@pytest.mark.parametrize("just_read", ["%00", "%ed%a0%80", "a" * 10_000, "²", "", "x&not=y"])
def test_any_story_bears_what_makes_no_sense(client, writer, moderator, just_read):
    story = factories.published(writer, moderator)
    assert client.get(f"{ANY}?not={just_read}")["Location"] == story.get_absolute_url()
