import pytest

from community.moderation.lookout import Kind, look


def kinds(text, language="en"):
    return {passage.kind for passage in look(text, language)}


def marked(text, kind, language="en"):
    return [passage.words for passage in look(text, language) if passage.kind == kind]


@pytest.mark.parametrize(
    "text",
    [
        "See https://example.org/a?b=1.",
        "(www.example.org)",
        "bluebowl.co.uk, that is",
        "facebook.com/groups/x",
        "https://somebody@example.org/x",
    ],
)
def test_web_addresses_are_links(text):
    assert kinds(text) == {Kind.LINK}


@pytest.mark.parametrize(
    "text",
    ["I put it down.In the end I slept.", "A.B. came at 9.30, weight 3.25kg", "e.g. this", "...so"],
)
def test_a_missing_space_is_no_link(text):
    assert kinds(text) == set()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ring 07700 900 482 any time", "07700 900 482"),
        ("It is +44 (0)7700 900 482.", "+44 (0)7700 900 482"),
        ("C’est le 06 39 98 12 34.", "06 39 98 12 34"),
        ("Mi casa: 612 00 11 22", "612 00 11 22"),
        ("(202) 555 0143", "202) 555 0143"),
        ("Write: a.b@mail.example.org.", "a.b@mail.example.org"),
        ("I am @tansy_knits!", "@tansy_knits"),
        ("tansy at gmail dot com", "tansy at gmail dot com"),
    ],
)
def test_ways_to_reach_somebody_are_contact_details(text, words):
    assert words in marked(text, Kind.CONTACT)


@pytest.mark.parametrize(
    "text",
    [
        "He was born at 04:12 on 17/03/2019 and weighed 2,345 grams.",
        "Scans on 02/04/2021, 09/04/2021 and 2021-04-16.",
        "1981, 1984 1986 1990",
        "10 11 12 13 14 weeks, 0 1 2 3 4 5 6 7 8 9",
        "at 3 @ 4, an @ by itself",
        "07700 ..... 900482",
        "She has my number on the fridge.",
    ],
)
def test_dates_weights_and_counting_are_no_contact_details(text):
    assert kinds(text) == set()
