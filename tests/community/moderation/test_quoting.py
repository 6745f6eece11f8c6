"""A passage is found as it reads on the page, and leaves everything around it as it was."""

import re
from random import Random
from time import process_time

import pytest

from community.moderation.quoting import FoundTwice, NotFound, find, paragraphs, replaced
from stories.text import as_html, blocks

FOUND = [
    ("He was called Desmond.", "called Desmond", "called Desmond"),
    ("He was\ncalled  Desmond.", "was called Desmond", "was\ncalled  Desmond"),
    ("He was called Desmond.", "  called\n Desmond ", "called Desmond"),
    ("He was _called Desmond_ there.", "was called Desmond there", "was _called Desmond_ there"),
    ("He was _called Desmond_ there.", "_called Desmond_", "called Desmond"),
    ("> so he said\n> to me", "he said to me", "he said\n> to me"),
    ("One.\n\nTwo.", "One. Two.", "One.\n\nTwo."),
    ("One.\n\n* * *\n\nTwo.", "One.\n\nTwo.", "One.\n\n* * *\n\nTwo."),
    ("It’s “here”.", 'It\'s "here"', "It’s “here”"),
    ("a snake_case word", "snake_case", "snake_case"),
    ("été à l’hôpital 👩‍👩‍👧 عربي", "l'hôpital 👩‍👩‍👧", "l’hôpital 👩‍👩‍👧"),
    ("字字文字", "文字", "文字"),
]


@pytest.mark.parametrize(("text", "copied", "passage"), FOUND)
def test_what_was_copied_from_the_page_is_found_in_what_was_typed(text, copied, passage):
    field, start, end = find(copied, {"title": "A lane", "body": text})
    assert (field, text[start:end]) == ("body", passage)


@pytest.mark.parametrize("copied", ["Desmond B", "", "  ", "_", ">", "desmond", "\n\n"])
def test_what_stands_nowhere_is_not_found(copied):
    with pytest.raises(NotFound):
        find(copied, {"body": "He was called Desmond."})


def test_what_stands_in_two_places_is_not_one_passage():
    for fields in ({"body": "aaa"}, {"title": "a", "body": "a"}, {"body": "_a_ and a"}):
        with pytest.raises(FoundTwice):
            find("a", fields)


LEFT_OUT = [
    ("He was called Desmond there.", "Desmond", "He was called there."),
    ("He was called Desmond.", "Desmond", "He was called."),
    ("He was called Desmond, and", "Desmond", "He was called, and"),
    ("Desmond was there.", "Desmond", "was there."),
    ("At the lane Desmond", "Desmond", "At the lane"),
    ("One. Two. Three.", "Two.", "One. Three."),
    ("One.\n\nTwo.\n\nThree.", "Two.", "One.\n\nThree."),
    ("One.\nTwo.\nThree.", "Two.", "One.\nThree."),
    ("One.\n\nTwo.", "Two.", "One."),
    ("One.\n\nTwo.", "One.", "Two."),
    ("One.\n\n> Two.\n\nThree.", "Two.", "One.\n\nThree."),
    ("> One.\n> Two.", "Two.", "> One."),
    ("called _Desmond_ there", "Desmond", "called there"),
    ("was _called Desmond_ there", "Desmond_ there", "was _called_"),
    ("was _called Desmond_ there", "was _called", "_Desmond_ there"),
    ("was _Desmond_ there", "Desmond_ there", "was"),
    ("One.\n\nTwo.", "One.\n\nTwo.", ""),
]


@pytest.mark.parametrize(("text", "passage", "left"), LEFT_OUT)
def test_what_is_left_out_takes_its_own_gap_along_and_nothing_else(text, passage, left):
    start = text.index(passage)
    assert replaced(text, start, start + len(passage)) == left


INSTEAD = [
    ("He was called Desmond.", "Desmond", "D.", "He was called D.."),
    ("called _Desmond_ there", "Desmond", "D", "called _D_ there"),
    ("was _called Desmond_ there", "Desmond_ there", "D", "was _called_ D"),
    ("One.\n\nTwo.", "Two.", "Three.", "One.\n\nThree."),
]


@pytest.mark.parametrize(("text", "passage", "instead", "put"), INSTEAD)
def test_other_words_stand_where_the_passage_stood(text, passage, instead, put):
    start = text.index(passage)
    assert replaced(text, start, start + len(passage), instead) == put


def words(text):
    return re.findall(r"[^\W_]+", text)


def shown(text):
    return re.sub("<[^>]+>", " ", as_html(text))


@pytest.mark.parametrize("seed", range(400))
def test_every_other_word_stays_in_its_order_and_no_mark_of_typing_comes_to_light(seed):
    random = Random(seed)
    between = [" ", " ", " ", ", ", ". ", "\n", "\n\n", "\n\n> ", "\n\n***\n\n"]
    said = ["w{0}", "w{0}", "_w{0}_", "_w{0} x{0} y{0}_", "_w{0}\nx{0}_"]
    text = "".join(random.choice(said).format(n) + random.choice(between) for n in range(20))
    places = [found.span() for found in re.finditer(r"[wxy]\d+", text)]
    first, last = sorted(random.sample(places, 2))
    start, end = first[0], last[1]
    for instead in ("", "other"):
        left = replaced(text, start, end, instead)
        assert words(left) == words(text[:start]) + words(instead) + words(text[end:])
        assert "_" not in shown(left), (text, text[start:end], left)


@pytest.mark.parametrize("seed", range(100))
def test_paragraphs_are_those_that_readers_see(seed):
    text = "".join(Random(seed).choices(["a", "b c", "\n", "\n\n", " ", "\t", "> "], k=30))
    found = [text[start:end].strip() for start, end in paragraphs(text)]
    assert found == [block.strip() for block in blocks(text)]


@pytest.mark.parametrize("typed", ["_", "_a ", "> ", "* ", "\n", "\n ", " ", "a\n\n", "aa"])
def test_words_made_to_take_long_take_no_time(typed):
    before = process_time()
    text = typed * (100_000 // len(typed))
    for copied in ("b", text[:4000]):
        with pytest.raises(LookupError):
            find(copied + "b", {"body": text})
    paragraphs(text)
    replaced(text, 50_000, 50_010)
    assert process_time() - before < 4  # seconds; a quadratic search takes minutes
