"""A reader's wishes as one line of slugs, whoever wrote it."""

import pytest
from django.conf import settings
from django.test import RequestFactory

from community.comfort import LONGEST, Comfort, on_this_device

WISHES = Comfort(
    size="larger",
    page="night",
    face="plain",
    motion="still",
    leave="hidden",
    country="IE",
    out=frozenset({"scan", "living-children"}),
    ask=frozenset({"birth"}),
    show=frozenset({"abuse", "asks-first"}),
)


@pytest.mark.parametrize("wishes", [Comfort(), Comfort(size="large"), WISHES])
def test_what_was_written_is_read_again(wishes):
    assert Comfort.read(str(wishes)) == wishes


def test_every_wish_there_is_fits_with_room_to_spare():
    slugs = frozenset(f"{'a' * 20}-{chr(97 + n)}b" for n in range(20))
    assert len(str(Comfort(country="IE", size="larger", out=slugs))) < LONGEST


@pytest.mark.parametrize(
    "junk",
    [
        "",
        "v=2&size=large",
        "size=large",
        "v=1" + "&size=large" * 1600,
        "v=1&out=" + "a." * 8000,
        "v=1&size=large\x00" + "é",
        '{"size": "large"}',
        "\ud800",
        "v=1;size=large&&&===",
        "v=1&size[]=large&page=%00&out=%FF%FE&country=<b>",
    ],
)
def test_what_is_no_wish_of_ours_is_none(junk):
    assert Comfort.read(junk) == Comfort()


def test_what_makes_no_sense_is_left_aside_and_the_rest_holds():
    text = "v=1&size=huge&page=night&out=scan.<b>.SCAN.%00.birth&country=ireland&x=y"
    assert Comfort.read(text) == Comfort(page="night", out=frozenset({"scan", "birth"}))


def test_of_two_wishes_about_one_note_the_more_careful_holds():
    wishes = Comfort.read("v=1&show=scan.birth&ask=birth.scan&out=scan")
    assert [wishes.wish(note) for note in ("scan", "birth", "abuse")] == ["out", "ask", ""]


def test_a_device_that_keeps_nothing_is_told_from_one_that_keeps_the_usual():
    request = RequestFactory().get("/")
    assert on_this_device(request) is None
    request.COOKIES[settings.COMFORT_COOKIE_NAME] = "v=1"
    assert on_this_device(request) == Comfort()
