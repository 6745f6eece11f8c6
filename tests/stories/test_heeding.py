"""Every page that lists, links or picks by chance heeds what its reader wishes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.comfort import Comfort
from stories.models import Story
from tests import factories
from tests.factories import browser_of
from tests.stories.pages import ANY, LIST, listed, member_with, visitor

pytestmark = pytest.mark.django_db
OUT_SCAN = "v=1&out=scan"


@pytest.fixture
def stories(writer, moderator):
    fields = {"wants_letters": True, "visibility": "search"}
    plain = factories.published(writer, moderator, **fields)
    scan = factories.published(writer, moderator, notes=["scan"], **fields)
    return plain, scan


BOTH = pytest.mark.parametrize("reader", [visitor, member_with], ids=["visitor", "member"])


@BOTH
def test_what_is_left_out_is_nowhere_to_be_found(stories, reader):
    plain, scan = stories
    assert set(listed(visitor())) == {plain.pk, scan.pk}
    client = reader(OUT_SCAN)
    assert listed(client) == [plain.pk]
    assert listed(client, f"?before={scan.pk}") == [plain.pk]
    for _ in range(8):
        assert client.get(ANY)["Location"] == plain.get_absolute_url()
    home = client.get("/").text
    assert plain.get_absolute_url() in home and scan.get_absolute_url() not in home
    assert client.get(f"{ANY}?not={plain.pk}")["Location"] == LIST


@BOTH
def test_nothing_is_picked_by_chance_rather_than_what_they_leave_out(reader, writer, moderator):
    scan = factories.published(writer, moderator, notes=["scan"], visibility="search")
    assert visitor().get(ANY)["Location"] == scan.get_absolute_url()
    assert scan.get_absolute_url() in visitor().get("/").text
    for wishes in (OUT_SCAN, "v=1&ask=scan"):
        client = reader(wishes)
        assert client.get(ANY)["Location"] == LIST
        assert scan.get_absolute_url() not in client.get("/").text


@BOTH
@pytest.mark.parametrize("page", [LIST, "/"])
def test_it_is_said_that_some_are_left_out_only_when_it_is_so(stories, reader, page):
    said = "Some stories are left out, as you asked."
    assert said in reader(OUT_SCAN).get(page).text
    assert said not in reader("v=1&ask=scan").get(page).text
    assert said not in visitor().get(page).text


@BOTH
def test_what_is_left_out_and_what_nobody_wrote_are_two_things(stories, reader):
    everything = reader("v=1&out=scan").get(LIST + "?loss=molar").text
    assert "Nobody has written this one yet." in everything


def test_where_everything_is_left_out_nobody_is_told_that_nothing_was_written(writer, moderator):
    factories.published(writer, moderator, notes=["scan"])
    text = visitor(OUT_SCAN).get(LIST).text
    assert "There is nothing here that you haven’t asked to leave out." in text
    assert "Nobody has written here yet." not in text


@BOTH
def test_a_story_left_out_is_folded_where_its_address_is_opened(stories, reader):
    _, scan = stories
    letter = factories.put_up(scan)
    text = reader(OUT_SCAN).get(scan.get_absolute_url()).text
    assert "You asked to leave out stories that describe a scan with no heartbeat." in text
    assert text.index('<details class="gate">') < text.index("laundry vans")
    assert 'href="/comfort/"' in text and "Show the story" in text
    assert f"letter-{letter.pk}" not in text and "All the letters shown here" in text
    letters = reader(OUT_SCAN).get(f"{scan.get_absolute_url()}letters/").text
    assert letters.index('<details class="gate">') < letters.index(f"letter-{letter.pk}")
    assert f"letter-{letter.pk}" in visitor().get(scan.get_absolute_url()).text


FOLDED = [
    ({"notes": ["scan"]}, "v=1", False),
    ({"notes": ["scan"]}, "v=1&ask=scan", True),
    ({"notes": ["scan"]}, "v=1&show=scan", False),
    ({"notes": ["babys-body"]}, "v=1", True),
    ({"notes": ["babys-body"]}, "v=1&show=babys-body", False),
    ({"notes": ["babys-body", "abuse"]}, "v=1&show=babys-body", True),
    ({"notes": ["babys-body", "scan"]}, "v=1&show=babys-body&ask=scan", True),
    ({"asks_first": True}, "v=1", True),
    ({"asks_first": True}, "v=1&show=asks-first", False),
    ({"asks_first": True}, "v=1&out=asks-first", True),
    ({"asks_first": True, "notes": ["abuse"]}, "v=1&show=abuse", True),
]


@pytest.mark.parametrize(("fields", "wishes", "is_folded"), FOLDED)
def test_what_asks_first_is_for_this_reader_to_say(fields, wishes, is_folded):
    story = Story(**fields)
    story.comfort = Comfort.read(wishes)
    assert story.is_folded() is is_folded


def test_a_story_shown_at_once_still_says_what_it_describes_and_whom_to_call():
    story = factories.published(notes=["not-wanting-to-live"])
    text = visitor("v=1&show=not-wanting-to-live").get(story.get_absolute_url()).text
    assert '<details class="gate">' not in text
    before, after = text.split("laundry vans")[0], text
    assert "This story describes not wanting to live" in before and 'id="help-first"' in before
    assert after.count('id="help-first"') == 1


@BOTH
def test_help_is_that_of_the_country_they_chose(reader):
    text = reader("v=1&country=NZ").get("/about/").text
    assert '<a href="/help-now/nz/">Need help now?</a>' in text
    assert 'href="tel:1737"' in text and 'href="tel:111"' in text
    for wishes in (None, "v=1&country=ZZ"):
        assert '<a href="/help-now/">Need help now?</a>' in visitor(wishes).get("/about/").text


@BOTH
def test_the_way_out_can_be_out_of_sight_and_stays_within_reach_of_the_keyboard(reader):
    assert "data-leave hidden>" in reader("v=1&leave=hidden").get("/about/").text
    assert "data-leave>" in visitor().get("/about/").text


# ---- what it costs


def test_wishes_cost_a_visitor_and_a_member_no_query(stories):
    story = stories[1]
    wishes = "v=1&out=babys-body.birth.asks-first&ask=scan&country=IE"
    for address in (LIST, "/", story.get_absolute_url()):
        counts = []
        members = browser_of(factories.member()), member_with(wishes)
        for client in (visitor(), visitor(wishes), *members):
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            counts.append(len(asked))
        assert counts[0] == counts[1] and counts[2] == counts[3], address
