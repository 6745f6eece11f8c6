"""The names wall, as everybody reads it."""

import re
from datetime import timedelta

import pytest
import time_machine

from community.members.models import Member
from stories.models import Remembrance
from stories.remembrance_views import PAGE_LENGTH
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
WALL = "/remembrance/"


@pytest.fixture
def reader():
    return factories.moderator()


def on(page):
    """The ids on a page of the wall, in their order."""
    return re.findall(r'<li class="stack g1" id="name-(\w+)">', page.text)


def many(number, by, **fields):
    author = factories.member()
    return [factories.remembered(author, by=by, **fields) for _ in range(number)]


def test_it_is_there_once_a_moderator_has_read_it(client, reader):
    entry = factories.sent_remembrance(name="Wren", day=9, month=3, year=2011)
    assert "Wren" not in client.get(WALL).text
    entry.publish(by=reader, version=entry.sent)
    page = client.get(WALL)
    assert "<h3>Wren</h3>" in page.text and "9 March 2011" in page.text
    assert "There is a lane behind the house." in page.text


def test_no_search_engine_is_shown_it(client, reader):
    factories.remembered(by=reader)
    page = client.get(WALL)
    assert page["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in page.text


def test_they_stand_by_the_day_of_the_year_and_those_without_a_day_behind_them(client, reader):
    days = {
        "none": {"day": None, "month": None},
        "a year": {"day": None, "month": None, "year": 1981},
        "december": {"day": 1, "month": 12, "year": 1950},
        "some march": {"day": None, "month": 3},
        "march": {"day": 31, "month": 3, "year": 2020},
        "january": {"day": 2, "month": 1},
    }
    names = {k: factories.remembered(by=reader, name=k, **day).pk for k, day in days.items()}
    page = client.get(WALL)
    dated = ["january", "march", "some march", "december"]
    assert on(page)[:4] == [names[k] for k in dated]
    assert on(page)[4:] == sorted([names["none"], names["a year"]])
    months = re.findall(r'<h2 id="in-\d+">([^<]+)</h2>', page.text)
    assert months == ["January", "March", "December", "Without a day"]
    assert "<span>1981</span>" in page.text and "<span>March</span>" in page.text


def test_it_stands_where_what_was_read_says_and_moves_when_a_change_is_read(client, reader):
    entry, other = (
        factories.remembered(by=reader, month=3),
        factories.remembered(by=reader, month=5),
    )
    Remembrance.objects.filter(pk=entry.pk).update(month=7, name="Another")
    entry.refresh_from_db()
    entry.send()
    page = client.get(WALL)
    assert on(page) == [entry.pk, other.pk] and "Another" not in page.text
    entry.publish(by=reader, version=entry.sent)
    assert on(client.get(WALL)) == [other.pk, entry.pk]
    assert entry.get_absolute_url() == f"{WALL}?from=709-{entry.pk}#name-{entry.pk}"


def test_unsigned_it_never_tells_whose_it_is(client, reader):
    author = factories.member("Halloran Quill")
    factories.remembered(author, by=reader)
    assert "Halloran" not in client.get(WALL).text
    assert "Halloran" not in browser_of(factories.member()).get(WALL).text
    factories.remembered(author, by=reader, signed="pen-name")
    assert client.get(WALL).text.count("left by <bdi>Halloran Quill</bdi>") == 1


def test_every_name_says_where_to_tell_us(client, reader):
    entry = factories.remembered(by=reader)
    assert f'href="/report/name/{entry.pk}/"' in client.get(WALL).text
    page = client.get(f"/report/name/{entry.pk}/").text
    assert 'value="cruel"' in page and 'value="note"' not in page
    assert "This is about <bdi>Wren</bdi>." in page and "isn’t told who told us" in page
    bare = factories.remembered(by=reader, name="", body="")
    assert "a day without words" in client.get(f"/report/name/{bare.pk}/").text


def test_covered_it_is_for_members_only_and_folded(client, reader):
    entry = factories.remembered(by=reader)
    entry.cover(by=factories.moderator(), message="It may name somebody.", rule="names")
    assert on(client.get(WALL)) == []
    page = browser_of(factories.member()).get(WALL)
    assert on(page) == [entry.pk] and "A moderator is looking at this one again." in page.text


def test_what_was_typed_is_text_and_nothing_else(client, reader):
    factories.remembered(by=reader, name="<b>Wren", body="<script>x</script> _so_", language="ar")
    page = client.get(WALL).text
    assert "&lt;b&gt;Wren" in page and "<script>x" not in page
    assert '<div lang="ar" dir="rtl">' in page


# ---- a page of it


def test_the_year_can_be_walked_there_and_back(client, reader):
    for month in (3, 11):
        many(PAGE_LENGTH - 10, reader, month=month)
    expected = list(Remembrance.objects.round_the_year().values_list("pk", flat=True))
    first = client.get(WALL)
    link = re.search(r'href="(\?after=[\w-]+)" rel="next"', first.text)[1]
    second = client.get(WALL + link)
    assert on(first) + on(second) == expected and len(on(first)) == PAGE_LENGTH
    assert "That is all of them" in second.text and "The year begins here" in first.text
    back = re.search(r'href="(\?before=[\w-]+)" rel="prev"', second.text)[1]
    assert on(client.get(WALL + back)) == on(first)


@pytest.mark.parametrize(
    ("query", "begins"), [("?from=400", 1), ("?from=1107", 2), ("?from=1400", 3), ("?from=100", 0)]
)
def test_a_month_today_and_those_without_a_day_are_reached_by_a_link(client, reader, query, begins):
    days = [(1, 2), (4, 30), (11, 28), (None, None)]
    made = [factories.remembered(by=reader, month=m, day=d).pk for m, d in days]
    page = client.get(WALL + query)
    assert on(page) == made[begins:]
    assert ('rel="prev"' in page.text) == (begins > 0)


def test_today_is_the_sites_own_day(client, settings):
    settings.TIME_ZONE = "Europe/London"
    with time_machine.travel("2026-11-28T04:00:00Z", tick=False):
        text = client.get(WALL).text
    assert 'href="?from=1128"' in text and "From today, 28 November" in text


def test_a_name_taken_back_meanwhile_loses_nobody_their_place(client, reader):
    entries = sorted(each.pk for each in many(3, reader))
    Remembrance.objects.get(pk=entries[0]).withdraw()
    assert on(client.get(f"{WALL}?after=309-{entries[0]}")) == entries[1:]


@pytest.mark.parametrize(
    "query", ["?from=", "?from=²", "?after=1e9", "?from=99999", "?before=101-aaaaaa", "?after=%00"]
)
def test_a_place_made_by_hand_is_the_beginning(client, reader, query):
    entry = factories.remembered(by=reader)
    assert on(client.get(WALL + query)) == [entry.pk]


def test_where_nothing_stands_it_says_so(client, reader):
    assert "There is no name here yet." in client.get(WALL).text
    factories.remembered(by=reader)
    text = client.get(WALL + "?from=1200").text
    assert "Nothing stands from here on." in text


def test_however_many_there_are_a_page_costs_the_same(client, reader, django_assert_num_queries):
    for month in (1, 2):
        many(3, reader, month=month)
    for query in ("", "?from=200", "?after=209-zzzzzz"):
        with django_assert_num_queries(2 if query else 1):
            client.get(WALL + query)


def test_the_wall_is_led_to_from_the_foot_of_every_page(client):
    assert '<a href="/remembrance/">Names</a>' in client.get("/").text


def test_erased_with_its_author_it_is_gone(client, reader):
    entry = factories.remembered(by=reader)
    Member.objects.get(pk=entry.author_id).delete()
    assert on(client.get(WALL)) == []


# ---- the Wave of Light


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-10-15T04:59:59Z", None),
        ("2026-10-15T05:00:00Z", "Kiritimati"),
        ("2026-10-15T05:14:59Z", "Kiritimati"),
        ("2026-10-15T05:15:00Z", "Kiritimati and the Chatham Islands"),  # three quarters of an hour
        ("2026-10-15T13:20:00Z", "Yangon, Dhaka and Kathmandu"),
        ("2026-10-15T13:30:00Z", "Dhaka, Kathmandu and Delhi"),  # half an hour
        ("2026-10-15T18:30:00Z", "London, Dublin and Lagos"),
        ("2026-10-16T04:45:00Z", "the Gambier Islands and the Marquesas"),
        ("2026-10-16T06:59:59Z", "Niue"),
        ("2026-10-16T07:00:00Z", None),
        ("2026-11-15T19:30:00Z", None),
    ],
)
def test_for_an_hour_it_says_where_it_is_seven_in_the_evening(client, settings, moment, said):
    settings.WAVE_OF_LIGHT = True
    with time_machine.travel(moment, tick=False):
        page = client.get(WALL)
    found = re.search(r"It is seven in the evening in ([^:]+): lights are lit", page.text)
    assert (found[1] if found else None) == said
    assert ("street-lit" in page.text) == bool(said)
    assert page["Cache-Control"] == "public, no-cache" and "ETag" in page


def test_it_shows_only_where_the_operator_turned_it_on(client, settings):
    with time_machine.travel("2026-10-15T18:30:00Z", tick=False):
        assert settings.WAVE_OF_LIGHT is False
        assert "Wave of Light" not in client.get(WALL).text


def test_nothing_moves_and_nobody_is_told_apart(client, settings):
    settings.WAVE_OF_LIGHT = True
    with time_machine.travel("2026-10-15T18:30:00Z", tick=False):
        elsewhere = client.get(WALL, headers={"Accept-Language": "ja", "X-Time-Zone": "Asia/Tokyo"})
        assert elsewhere.text == client.get(WALL).text
    with time_machine.travel("2026-10-15T18:30:00Z", tick=False) as time:
        etag = client.get(WALL)["ETag"]
        time.shift(timedelta(hours=1))
        assert client.get(WALL, headers={"If-None-Match": etag}).status_code == 200
