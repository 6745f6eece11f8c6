import html
import re
from random import Random
from time import process_time

import pytest

from community.moderation.marks import Mark
from stories.text import OPENING_LENGTH, as_html, blocks, opening, reading_minutes

WRITTEN = [
    ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
    ("One.\n \n\n\t\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
    ("One\ntwo", "<p>One<br>two</p>"),
    ("a _b c_ d", "<p>a <em>b c</em> d</p>"),
    ("_b_, _c_.", "<p><em>b</em>, <em>c</em>.</p>"),
    ("_b\nc_", "<p><em>b<br>c</em></p>"),
    ("snake_case_word", "<p>snake_case_word</p>"),
    ("_a snake_case word_", "<p><em>a snake_case word</em></p>"),
    ("_a _b_", "<p>_a <em>b</em></p>"),
    ("_ not _", "<p>_ not _</p>"),
    ("__", "<p>__</p>"),
    ("> said\n> so", "<blockquote><p>said<br>so</p></blockquote>"),
    ("> said\nnot so", "<p>&gt; said<br>not so</p>"),
    ("* * *", "<hr>"),
    ("***", "<hr>"),
    ("a\n\n*****\n\nb", "<p>a</p>\n<hr>\n<p>b</p>"),
    ("**bold** # no heading", "<p>**bold** # no heading</p>"),
    ("[a](javascript:b)", "<p>[a](javascript:b)</p>"),
    ("<script>_a_</script>", "<p>&lt;script&gt;<em>a</em>&lt;/script&gt;</p>"),
    ("_<b>_", "<p><em>&lt;b&gt;</em></p>"),
    ("a & \"b\" 'c'", "<p>a &amp; &quot;b&quot; &#x27;c&#x27;</p>"),
    ("{{ 7*7 }}{% now %}", "<p>{{ 7*7 }}{% now %}</p>"),
    ("  indented", "<p>  indented</p>".replace("  ", "")),
    ("👩‍👩‍👧 é عربي", "<p>👩‍👩‍👧 é عربي</p>"),
    ("", ""),
    (" \n\n ", ""),
]


@pytest.mark.parametrize(("typed", "shown"), WRITTEN)
def test_words_become_paragraphs_and_no_other_markup(typed, shown):
    assert as_html(typed) == shown


MARKED = [
    ("One two.", "two", '<p>One <mark id="m">two</mark>(it).</p>'),
    ("a _b c_ d", "c_ d", '<p>a <em>b <mark id="m">c</mark></em><mark> d</mark>(it)</p>'),
    ("One.\n\nTwo.", "e.\n\nT", '<p>On<mark id="m">e.</mark></p>\n<p><mark>T</mark>(it)wo.</p>'),
    ("a\nb", "a\nb", '<p><mark id="m">a<br>b</mark>(it)</p>'),
    (
        "> a b\n> c",
        "b\n> c",
        '<blockquote><p>a <mark id="m">b</mark><br><mark>c</mark>(it)</p></blockquote>',
    ),
    ("a\n\n***\n\nb", "***", "<p>a</p>\n<hr>\n<p>b</p>"),
    ("a & <b>", "& <", '<p>a <mark id="m">&amp; &lt;</mark>(it)b&gt;</p>'),
]


LABEL = ' <small class="sh-label">(it)</small>'


@pytest.mark.parametrize(("typed", "passage", "shown"), MARKED)
def test_a_mark_survives_emphasis_lines_and_paragraphs(typed, passage, shown):
    start = typed.index(passage)
    marked = as_html(typed, [Mark(start, start + len(passage), "it", "m")])
    assert marked.replace(LABEL, "(it)") == shown


def anything(random):
    """Some text of the characters that mean something, and marks that do not overlap."""
    bits = ["_", " ", "\n", "\n\n", "> ", "a", "b c", "*", "&", "<", "'", "é", "👩‍👩‍👧", "* * *"]
    text = "".join(random.choices(bits, k=random.randint(0, 40)))
    places = sorted(random.choices(range(len(text) + 2), k=2 * random.randint(0, 5)))
    return text, [
        Mark(start, end, "it", f"m-{start}-{end}")
        for start, end in zip(places[::2], places[1::2], strict=True)
    ]


@pytest.mark.parametrize("seed", range(300))
def test_without_its_marks_a_marked_text_is_what_readers_see(seed):
    text, marks = anything(Random(seed))
    marked = as_html(text, marks)
    assert re.sub("</?mark[^>]*>", "", marked.replace(LABEL, "")) == as_html(text)
    assert len(re.findall(r"<mark id=", marked)) == marked.count("<small")
    inside = "".join(re.findall(r"<mark[^>]*>(.*?)</mark>", marked))
    assert not re.search(r"<(?!br>)", inside), "a mark holds words, and ends before any other tag"
    typed = "".join(text[mark.start : mark.end] for mark in marks)
    said = html.unescape(re.sub("<br>", "", inside))
    assert set(said) <= set(typed) and len(said) <= len(typed)


OPENINGS = [
    ("There is a lane. And more.", "There is a lane."),
    ("Why? Nobody knows.", "Why?"),
    ("“Is it?” she said.", "“Is it?”"),
    ("No end here\nbut a line", "No end here"),
    ("* * *\n\nAfter a pause. More.", "After a pause."),
    ("> _Quoted_ first. Then.", "Quoted first."),
    ("ماذا حدث؟ لا أحد يعرف.", "ماذا حدث؟"),
    ("Room 3.5 was cold. So were we.", "Room 3.5 was cold."),
    ("", ""),
    ("* * *", ""),
]


@pytest.mark.parametrize(("body", "first"), OPENINGS)
def test_a_story_opens_with_its_first_sentence(body, first):
    assert opening(body) == first


def test_a_very_long_sentence_is_cut_between_words():
    cut = opening("word " * 100)
    assert len(cut) <= OPENING_LENGTH + 1 and cut.endswith("word…")


def test_one_long_word_is_cut_too():
    assert len(opening("a" * 100_000)) == OPENING_LENGTH + 1


def test_the_beginning_is_whole_paragraphs():
    assert blocks("\n\na\nb\n\n\n c\n") == ["a\nb", " c"]


@pytest.mark.parametrize(
    ("body", "minutes"), [("", 1), ("one", 1), ("word " * 600, 5), ("字" * 3600, 5)]
)
def test_a_story_takes_whole_minutes_never_none(body, minutes):
    assert reading_minutes(body) == minutes


LONGEST = 100_000
MADE_TO_TAKE_LONG = [
    "_",
    "_a ",
    "_a",
    " _a_b",
    "> ",
    "*",
    "* ",
    ".",
    ".”",
    "\n",
    "\n ",
    "\n\n_\n",
    "a\n",
]


@pytest.mark.parametrize("typed", MADE_TO_TAKE_LONG)
def test_words_made_to_take_long_take_no_time(typed):
    before = process_time()
    for ending in ("", "a"):
        text = typed * (LONGEST // len(typed)) + ending
        as_html(text)
        as_html(text, [Mark(at, at + 2, "it", str(at)) for at in range(0, len(text), 20)])
        opening(text)
        reading_minutes(text)
    assert process_time() - before < 3  # seconds; a quadratic search takes minutes
