"""What an author calls their loss and their baby stands where our words would."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from community.moderation.models import Version
from stories.models import Story
from stories.text import one_line
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
THEIRS = {"own_loss": "my miscarriage", "baby": "Jonah"}


def pages_of(story, browser):
    """Every page that readers find it on, as text."""
    addresses = [story.get_absolute_url() + more for more in ("", "letters/", "write-a-letter/")]
    return [browser.get(address).text for address in (*addresses, "/stories/")]


def test_their_words_stand_in_place_of_ours():
    story = factories.wanting(losses=["miscarriage"], **THEIRS)
    factories.put_up(story)
    page, letters, desk, listed = pages_of(story, browser_of(factories.member()))
    name = f"<bdi>{story.author.pen_name}</bdi>"
    heading = f'Letters to {name} about <bdi lang="en">Jonah</bdi>'
    assert '<h2>About <bdi lang="en">Jonah</bdi></h2>' in page
    assert heading in page and heading in letters
    assert 'About <bdi lang="en">Jonah</bdi>' in desk and "as they do" in desk
    assert "tell me their name" not in desk
    for text in (page, listed):
        assert '<bdi lang="en">my miscarriage</bdi>' in text
        assert "<span>Miscarriage</span>" not in text


def test_without_a_name_on_it_the_letters_are_about_the_baby(client):
    story = factories.wanting(byline="no-name", **THEIRS)
    assert 'Letters about <bdi lang="en">Jonah</bdi>' in client.get(story.get_absolute_url()).text


def test_where_they_gave_none_our_words_stand(client):
    story = factories.wanting(losses=["miscarriage"])
    page, letters, desk, listed = pages_of(story, browser_of(factories.member()))
    assert "<span>Miscarriage</span>" in page and "<span>Miscarriage</span>" in listed
    assert "tell me their name" in desk and "<h2>About" not in page
    assert " about <bdi" not in page + letters


def test_it_is_still_found_under_our_words(client):
    story = factories.published(losses=["miscarriage"], **THEIRS)
    assert story.pk in client.get("/stories/?loss=miscarriage").text


def test_they_are_words_that_are_read_first(client):
    story = factories.published(**THEIRS)
    browser = browser_of(story.author)
    about = {"losses": ["miscarriage"], "language": "en", "own_loss": "ours", "baby": "Jonas"}
    browser.post(reverse("stories:about", args=[story.pk]), about)
    assert Story.objects.get(pk=story.pk).has_unsent_changes()
    page = client.get(story.get_absolute_url()).text
    assert "Jonah" in page and "Jonas" not in page
    assert "Jonas" in browser.get(reverse("stories:check", args=[story.pk])).text


def test_a_moderator_reads_them_with_what_the_word_list_noticed():
    story = factories.pending(baby="Jonah Peter Whitfield", own_loss="the sixth of May")
    moderator = factories.moderator()
    factories.claim(story, moderator)
    page = browser_of(moderator).get(reverse("admin:stories_story_change", args=[story.pk])).text
    assert "the sixth of May" in page and "Found under: Stillbirth." in page
    assert re.search(r"About <bdi[^>]*><mark[^>]*>Jonah Peter Whitfield", page)


def test_what_was_sent_before_they_were_asked_for_is_unchanged(client):
    story = factories.published()
    words = {k: v for k, v in story.shown.words.items() if k not in THEIRS}
    Version.objects.filter(pk=story.shown_id).update(words=words)
    stored = Story.objects.select_related("shown", "sent").get(pk=story.pk)
    assert not stored.has_unsent_changes() and stored.as_shown().baby == ""
    assert client.get(story.get_absolute_url()).status_code == 200


def test_they_are_in_no_mail_no_address_and_no_title(client, run_jobs):
    words = {"own_loss": "Amaryllisloss", "baby": "Amaryllis"}
    story = factories.wanting(visibility="search", **words)
    factories.put_up(story)
    run_jobs()
    for message in mail.outbox:
        assert "Amaryllis" not in f"{message.subject}{message.body}{message.extra_headers}"
    assert mail.outbox
    for text in pages_of(story, browser_of(factories.member())):
        assert "Amaryllis" not in re.search(r"<title>(.*?)</title>", text)[1]
        assert not re.search(r'(?:href|action|id|content)="[^"]*Amaryllis', text)
    assert "Amaryllis" not in client.get("/feeds/stories/").text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Jonah \r\n  James ", "Jonah James"),
        ("\u202eJonah\u2066", "Jonah"),
        ("Jo\u200bnah\ufeff", "Jonah"),
        ("Zoe\u0308", "Zo\u00eb"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("<b>Jonah</b> {{ 7*7 }}", "<b>Jonah</b> {{ 7*7 }}"),
        ("\U0001f56f Jonah", "\U0001f56f Jonah"),
    ],
)
def test_a_name_is_one_line_that_turns_nothing_around(typed, kept):
    assert one_line(typed) == kept


def test_markup_in_them_is_words(client):
    story = factories.wanting(own_loss="<i>ours</i>", baby="<script>&")
    page = client.get(story.get_absolute_url()).text
    assert "&lt;i&gt;ours&lt;/i&gt;" in page and "&lt;script&gt;&amp;" in page
    assert "<i>ours" not in page and "<script>&" not in page


def test_what_is_too_long_is_kept_and_asked_about():
    story = factories.draft()
    about = {"language": "en", "own_loss": "x" * 61, "baby": "y" * 41}
    address = reverse("stories:about", args=[story.pk])
    response = browser_of(story.author).post(address, about)
    assert response.status_code == 422 and "x" * 61 in response.text
    assert "60 characters fit" in response.text and "40 characters fit" in response.text
    assert Story.objects.get(pk=story.pk).baby == ""
