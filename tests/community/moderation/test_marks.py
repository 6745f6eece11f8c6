"""What stands out is marked in the words themselves, for a moderator and nobody else."""

import html
import re

import pytest
from django.urls import reverse

from community.moderation.lookout import Kind, Passage
from community.moderation.marks import Mark, line_as_html, marks_in
from tests import factories
from tests.factories import browser_of

NAME = "Desmond Applegarth"


def passage(start, end, kind=Kind.PLACE):
    return Passage(kind, start, end, "")


def test_a_passage_is_marked_in_the_field_it_stands_in():
    marks = marks_in({"title": "A lane", "body": "There is a lane."}, [passage(19, 23)])
    assert [(mark.start, mark.end, mark.words) for mark in marks["body"]] == [(11, 15, "lane")]
    assert "title" not in marks


def test_a_passage_that_reaches_into_the_next_field_ends_where_its_own_does():
    marks = marks_in({"title": "ab", "body": "cd"}, [passage(1, 5)])
    assert [(mark.start, mark.end) for mark in marks["title"]] == [(1, 2)]
    assert [(mark.start, mark.end) for mark in marks["body"]] == [(0, 1)]
    assert marks["title"][0].anchor != marks["body"][0].anchor


def test_passages_that_overlap_are_one_mark_with_both_labels():
    found = [passage(0, 4, Kind.FULL_NAME), passage(2, 6), passage(3, 7), passage(7, 8)]
    first, second = marks_in({"body": "abcdefgh"}, found)["body"]
    assert (first.start, first.end, first.label) == (0, 7, "A full name, A place")
    assert (second.start, second.end) == (7, 8)


def test_a_mark_says_in_words_what_it_is_and_breaks_no_escaping():
    said = line_as_html("<b>a & b</b>", [Mark(3, 8, 'A "place" <i>', "noticed-1")])
    assert said == (
        '&lt;b&gt;<mark id="noticed-1">a &amp; b</mark>'
        ' <small class="sh-label">(A &quot;place&quot; &lt;i&gt;)</small>&lt;/b&gt;'
    )


def read_by_a_moderator(**words):
    moderator = factories.moderator()
    story = factories.pending(**words)
    factories.claim(story, by=moderator)
    address = reverse("admin:stories_story_change", args=[story.pk])
    return story, browser_of(moderator).get(address).text


@pytest.mark.django_db
def test_each_line_of_the_list_leads_to_a_mark_in_the_words():
    _story, page = read_by_a_moderator(
        title=f"For {NAME}",
        body=f"He was called _{NAME}_.\n\n> {NAME}, he said\n\nWrite to me: desmond@example.org.",
        own_note=f"{NAME}, who died",
    )
    marks = re.findall(r'<mark id="(noticed-\d+)">([^<]*)</mark>', page)
    assert len(marks) == len({anchor for anchor, _words in marks}) == 5
    assert [words for _anchor, words in marks].count(NAME) == 4
    assert re.findall(r'<a href="#(noticed-\d+)">', page).sort() == [a for a, _ in marks].sort()
    assert page.count('<small class="sh-label">(A full name)</small>') == 4
    assert f'<h2 class="title"><bdi lang="en">For <mark id="noticed-1">{NAME}</mark>' in page
    assert "This story describes <mark" in page and "<em><mark" in page


@pytest.mark.django_db
def test_what_is_folded_for_readers_is_open_where_something_in_it_is_marked():
    _story, page = read_by_a_moderator(body=f"He was called {NAME}.", asks_first=True)
    assert '<details class="gate" open>' in page
    _story, page = read_by_a_moderator(asks_first=True)
    assert '<details class="gate">' in page


@pytest.mark.django_db
def test_no_reader_and_no_author_sees_a_mark():
    writer = factories.member()
    words = {"title": f"For {NAME}", "body": f"{NAME}.", "own_note": NAME}
    story = factories.published(writer, visibility="search", **words)  # the home page’s, too
    for person in (None, factories.member(), writer):
        client = browser_of(person)
        pages = ["/stories/", "/", story.get_absolute_url()]
        pages += [f"/write/{story.pk}/check/"] if person == writer else []
        for page in pages:
            text = client.get(page).text
            assert "<mark" not in text and "sh-label" not in text
            assert NAME in html.unescape(text)


@pytest.mark.django_db
def test_words_made_to_break_out_of_a_mark_stay_words():
    hostile = '<img src=x onerror=alert(1)> "Desmond Applegarth" </mark></small>'
    _story, page = read_by_a_moderator(title=hostile, body=f"_{hostile}_", own_note=hostile[:80])
    assert "<img" not in page and "&lt;img src=x" in page
    assert page.count("<mark") == page.count("</mark>") >= 2
