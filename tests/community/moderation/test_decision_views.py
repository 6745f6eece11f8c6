"""A letter that came with a decision: for whom it is, and for nobody else."""

import html

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from community.moderation.models import Appeal, Message
from community.moderation.reports import Report
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
LETTERS = reverse("decisions:letters")


@pytest.fixture
def letter():
    """Written to the author of a story that was not published."""
    factories.declined(by=factories.moderator("Bramble Thorne"), title="The heron")
    return Message.objects.get()


@pytest.fixture
def reader(letter):
    return browser_of(letter.to)


def read(browser, address):
    return html.unescape(browser.get(address).text)


def test_it_says_what_was_decided_by_whom_and_where_the_words_are(reader, letter):
    page = read(reader, letter.get_absolute_url())
    assert "We can’t publish this as it is" in page and "The heron" in page
    assert "From <bdi>Bramble Thorne</bdi>, a moderator" in page and "<p>Because.</p>" in page
    assert reverse("stories:sent", args=[letter.object_id]) in page


def test_words_that_it_quotes_stand_apart_as_a_quotation(letter, reader):
    Message.objects.filter(pk=letter.pk).update(passage="There is <a> lane\n\nand a van.")
    page = reader.get(letter.get_absolute_url()).text
    said = page.split('<blockquote class="said" dir="auto">')[1].split("</blockquote>")[0]
    assert said == "<p>There is &lt;a&gt; lane</p>\n\n<p>and a van.</p>"


def test_my_space_and_the_page_of_letters_list_it(reader, letter):
    for address in (reverse("members:space"), LETTERS):
        page = read(reader, address)
        assert letter.get_absolute_url() in page
        assert "We can’t publish this as it is" in page and "The heron" in page


def test_nobody_else_finds_it(letter):
    address = letter.get_absolute_url()
    for person in (factories.member(), factories.moderator(), letter.by):
        browser = browser_of(person)
        assert browser.get(address).status_code == 404
        assert address not in browser.get(LETTERS).text + browser.get("/me/").text
    away = browser_of().get(address)
    assert away["Location"].startswith(reverse("account_login"))
    assert "Nobody has written to you" in read(browser_of(factories.member()), LETTERS)


@pytest.mark.parametrize("key", ["x", "%00", "%ed%a0%80", "a" * 3000, "'"])
def test_a_key_that_is_none_of_ours_is_not_here(reader, key):
    assert reader.get(f"/me/decisions/{key}/").status_code in (400, 404)


def test_it_is_kept_by_no_cache(reader, letter):
    assert "no-store" in reader.get(letter.get_absolute_url())["Cache-Control"]


def test_its_words_are_shown_as_typed(reader, letter):
    Message.objects.filter(pk=letter.pk).update(text="<b>Why</b> {{ 7*70700707 }}?")
    assert "&lt;b&gt;Why&lt;/b&gt; {{ 7*70700707 }}?" in reader.get(letter.get_absolute_url()).text


def test_what_the_author_said_is_no_letter(letter):
    story = letter.decision.contribution
    story.submit(answer="Like this?")
    assert list(Message.objects.to(story.author)) == [letter]


def test_it_stands_where_the_story_is_until_the_story_moves(reader, letter):
    where = reverse("stories:sent", args=[letter.object_id])
    assert letter.get_absolute_url() in reader.get(where).text
    story = letter.decision.contribution
    story.body += " More."
    story.save()
    story.submit()
    assert "Because." not in reader.get(where).text
    assert "Because." in reader.get(letter.get_absolute_url()).text


def test_erasing_the_story_erases_its_letters(reader, letter):
    letter.decision.contribution.delete()
    assert reader.get(letter.get_absolute_url()).status_code == 404
    assert not Message.objects.exists()


def test_the_list_asks_the_same_of_the_database_however_many(reader, letter):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            reader.get(LETTERS)
        return len(queries)

    one = asked()
    for _ in range(6):
        story = factories.pending(letter.to)
        story.return_to_author(by=letter.by, version=story.sent, message="Which?")
    assert asked() == one
    assert "All letters from moderators" in read(reader, "/me/")


def test_what_somebody_else_asked_about_the_same_decision_is_not_its_readers():
    story = factories.published()
    report = factories.told(story)
    story.cover(by=factories.moderator(), message="Somebody may be named.", rule="names")
    left_up = Report.objects.settle(report.case, "keep", by=factories.moderator())
    report.refresh_from_db()
    Appeal.objects.ask(left_up, report=report, words="It names her.")
    letter = Message.objects.get(decision=left_up)
    browser = browser_of(story.author)
    for _ in range(2):
        page = read(browser, letter.get_absolute_url())
        assert "think again" not in page and "It names her." not in page
        browser.post(reverse("decisions:take-back", args=[letter.key]))
    assert Appeal.objects.get().is_open()
