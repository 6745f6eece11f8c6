import unicodedata
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError

from community.members import pen_names

WELCOME = [
    "Marnie",
    "T. Fenwick",
    "Old Heather",
    "Ilse and Ro",
    "O’Neill",
    "O'Neill",
    "Anne-Marie",
    "M & J",
    "Ann 2019",
    "Łucja",
    "Thuỳ Dương",
    "Ольга",
    "Θεοδώρα",
    "عائشة",
    "أُمّ عُمَر",
    "\u0645\u06cc\u200c\u0646\u0648\u06cc\u0633\u0645",  # Persian, spelt with a joiner
    "נֹעַם",
    "राम",
    "さくら ゆい",
    "田中さくら",
    "李梅",
    "김 Ann",
    "x" * pen_names.LONGEST,
    "Iris Moody",  # begins like a short word for moderator, and is a name
    "Staffan",
]
REFUSED = {
    "the site": ["Small Hours", "small  hours", "Sma11 Hours", "SmaIl-Hours", "Small Hours Ann"],
    "moderators": ["Moderator", "M0derat0r", "mod3rator", "the moderator Jane", "Mod", "Staff Ann"],
    "admin": ["admin", "ADMIN", "adm1n", "Ａｄｍｉｎ", "𝐀dmin", "a.d.m.i.n", "Ãdmín"],
    "helplines": ["Samaritans", "Samar1tans", "Sarnaritans", "support", "Help"],
    "nobody": ["anonymous", "Somebody", "someone", "No name", "deleted member"],
    "another alphabet's letters": ["аdmin", "Маrnie", "Mаrnie", "ᗰarnie", "Αnn"],
    "what can't be seen": ["Mar\u200bnie", "Mar\u00adnie", "\u202eeinraM", "\ufeffMarnie"],
    "joiners where no script needs them": ["Mar\u200cnie", "\u200cMarnie", "Marnie\u200d x"],
    "marks": ["a" + "\u0301" * 300, "Z" + "\u0335" * 5, "\u0301Ann"],
    "not letters": ["", " ", "2019", "...", "07700 900123a", "Ann 20191"],
    "ways to get in touch, markup": ["a@b.example", "http://a", "<b>Ann</b>", "{{ 7 }}", "☺Ann"],
    "what breaks databases": ["Ann\x00", "Ann\ud800", "Ann\x1b"],
    "length": ["x" * (pen_names.LONGEST + 1), "ﷺ" * 30],
}  # fmt: skip


@pytest.mark.parametrize("name", WELCOME)
def test_a_name_in_any_alphabet_is_welcome(name):
    pen_names.check(pen_names.tidied(name))


@pytest.mark.parametrize("name", [name for names in REFUSED.values() for name in names], ids=ascii)
def test_a04_a_name_that_could_mislead_is_refused_with_a_sentence(name):
    with pytest.raises(ValidationError) as refusal:
        pen_names.check(pen_names.tidied(name))
    for sentence in refusal.value.messages:
        assert sentence.endswith(".")
        assert "!" not in sentence


@pytest.mark.parametrize(
    "one, other",
    [
        ("Old Heather", "old  heather"),
        ("Old Heather", "OldHeather"),
        ("Old Heather", "0ld Heather"),
        ("Old Heather", "Öld Heather"),
        ("Lily", "Iily"),
        ("Lily", "1i1y"),
        ("Arnold", "Amold"),
        ("Coco", "Сосо"),  # the second is Cyrillic throughout
        ("Nora", "Ｎｏｒａ"),
        ("Zoë", "Zoe"),
        ("Løve", "Love"),
        ("Groß", "Gross"),
        ("عمر", "عُمَر"),
    ],
)
def test_names_that_look_the_same_share_a_skeleton(one, other):
    assert pen_names.skeleton(one) == pen_names.skeleton(other)


@pytest.mark.parametrize(
    "one, other", [("राम", "रमा"), ("राम", "राज"), ("李梅", "李海"), ("Ann", "Anna")]
)
def test_names_that_differ_do_not(one, other):
    assert pen_names.skeleton(one) != pen_names.skeleton(other)


def test_the_name_of_the_site_is_reserved_whatever_it_is(settings):
    settings.SITE_NAME = "Lantern Row"
    with pytest.raises(ValidationError):
        pen_names.check("L4ntern  R0w")
    pen_names.check("Small Hours")


def test_every_letter_there_is_gets_an_answer():
    """No character, alone or in a name, is an error."""
    for number in range(0x110000):
        character = chr(number)
        if unicodedata.category(character) != "Cn":
            pen_names.skeleton(f"A{character}n")
            with suppress(ValidationError):
                pen_names.check(f"A{character}n")


def test_table_of_look_alikes_only_gives_plain_letters():
    for looks_like in pen_names.LOOK_ALIKES.values():
        assert chr(looks_like).isascii() if isinstance(looks_like, int) else looks_like.isascii()
