"""A member's say over the letters that come to them."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.db import IntegrityError, transaction

from community.members.models import Email
from community.moderation.states import State
from stories.models import Block, Letter, Letterbox, Story
from tests import factories
from tests.factories import browser_of
from tests.stories.pages import press

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer():
    return factories.member("Marnie")


@pytest.fixture
def story(writer):
    return factories.wanting(writer)


@pytest.fixture
def sender():
    return factories.member("T. Fenwick")


def opened(letter):
    press(letter.to, letter, "open")
    return browser_of(letter.to).get(f"/me/letters/{letter.pk}/").text


def test_a_letter_is_a_closed_line_until_it_is_opened(story, writer, sender):
    letter = factories.delivered(story, sender)
    box = browser_of(writer).get("/me/letters/").text
    assert "From <bdi>T. Fenwick</bdi>," in box and "every word" not in box
    assert "One letter is waiting." in browser_of(writer).get("/me/").text
    closed = browser_of(writer).get(f"/me/letters/{letter.pk}/").text
    assert "every word" not in closed and "Open it" in closed
    assert "I read every word." in opened(letter)
    assert "Nothing is waiting." in browser_of(writer).get("/me/").text


def test_nobody_but_its_reader_has_it(story, sender):
    letter = factories.delivered(story, sender)
    for other in (sender, factories.member(), factories.moderator()):
        assert browser_of(other).get(f"/me/letters/{letter.pk}/").status_code == 404
        assert press(other, letter, "open").status_code == 404
    assert browser_of().get(f"/me/letters/{letter.pk}/").status_code == 302
    assert browser_of().get(f"/letters/{letter.pk}/").status_code == 404


def test_a01_a_letter_that_is_not_sent_on_never_reaches_its_reader(story, writer, sender, run_jobs):
    letter = factories.sent_letter(story, sender, body="You should be ashamed.")
    run_jobs()
    mail.outbox.clear()
    factories.decline(letter)
    run_jobs()
    assert [message.to for message in mail.outbox] == [[sender.email]]
    for address in ("/me/", "/me/letters/", story.get_absolute_url()):
        text = browser_of(writer).get(address).text
        assert "ashamed" not in text and "T. Fenwick" not in text
    assert browser_of(writer).get(f"/me/letters/{letter.pk}/").status_code == 404
    assert browser_of(writer).get(f"/report/letter/{letter.pk}/").status_code == 404
    said = browser_of(sender).get(f"/me/letters/sent/{letter.pk}/").text
    assert "can’t send this on" in said and "You should be ashamed." in said


def test_a_letter_is_shown_when_both_want_it_and_hidden_as_soon_as_one_does_not(
    story, writer, sender
):
    page = story.get_absolute_url()
    letter = factories.delivered(story, sender, may_be_shown=True)

    def is_shown():
        shown = {
            "I read every word." in browser_of().get(address).text
            for address in (page, page + "letters/")
        }
        assert len(shown) == 1
        return shown.pop()

    assert not is_shown()
    press(writer, letter, "show")
    assert is_shown()
    press(writer, letter, "hide")
    assert not is_shown()
    press(writer, letter, "show")
    browser_of(sender).post(f"/me/letters/sent/{letter.pk}/private/")
    assert not is_shown()
    press(writer, letter, "show")
    assert not is_shown()


def test_only_the_writer_of_the_story_shows_it_and_only_where_it_is_allowed(story, writer, sender):
    private = factories.delivered(story, sender)
    press(writer, private, "show")
    assert not Letter.objects.put_up().exists()
    allowed = factories.delivered(story, factories.member(), may_be_shown=True)
    press(sender, allowed, "show")
    assert not Letter.objects.put_up().exists()


def test_taking_a_letter_back_takes_it_from_everywhere_at_once(story, writer, sender):
    letter = factories.put_up(story, author=sender)
    opened(letter)
    browser_of(sender).post(f"/me/letters/sent/{letter.pk}/take-back/")
    assert "I read every word." not in browser_of().get(story.get_absolute_url()).text
    assert browser_of(writer).get(f"/me/letters/{letter.pk}/").status_code == 404
    page = browser_of(sender).get(f"/me/letters/sent/{letter.pk}/").text
    assert "Taken back by you" in page and "I read every word." in page
    browser_of(sender).post(f"/me/letters/sent/{letter.pk}/take-back/")
    letter.refresh_from_db()
    assert letter.state == State.WITHDRAWN


def test_a_letter_under_a_story_follows_the_story(story):
    letter = factories.put_up(story)
    visitor, member = AnonymousUser(), factories.member()
    assert letter in Letter.objects.visible_to(visitor)
    Story.objects.filter(pk=story.pk).update(visibility="members")
    assert letter not in Letter.objects.visible_to(visitor)
    assert letter in Letter.objects.visible_to(member)
    story.withdraw()
    assert letter not in Letter.objects.visible_to(member)
    assert letter in Letter.objects.visible_to(story.author)


def test_letters_to_two_without_a_name_are_told_apart_by_their_stories(sender):
    for title in ("The <blue> bowl", "Driving home"):
        factories.sent_letter(factories.wanting(byline="no-name", title=title), sender)
    box = browser_of(sender).get("/me/letters/").text
    for title in ("The &lt;blue&gt; bowl", "Driving home"):
        assert f'To whoever wrote “<bdi lang="en">{title}</bdi>”' in box
    Story.objects.first().withdraw()
    assert browser_of(sender).get("/me/letters/").text.count("To somebody who wrote a story") == 1


# ---- when they come


@pytest.mark.parametrize("when", ["weekly", "held"])
def test_letters_are_kept_until_they_are_asked_for(story, writer, sender, when, run_jobs):
    Letterbox.objects.create(member=writer, when=when)
    factories.delivered(story, sender)
    run_jobs()
    assert [message.to for message in mail.outbox if message.to == [writer.email]] == [
        [writer.email]  # about the story
    ]
    browser = browser_of(writer)
    box = browser.get("/me/letters/").text
    assert "are kept" in box and "T. Fenwick" not in box
    assert "Nothing is waiting." in browser.get("/me/").text
    browser.post("/me/letters/bring/")
    assert "T. Fenwick" in browser.get("/me/letters/").text
    assert "Nothing else has come so far." in browser.post("/me/letters/bring/", follow=True).text


def test_from_now_on_as_they_come_brings_what_was_kept(story, writer, sender):
    Letterbox.objects.create(member=writer, when="held")
    factories.delivered(story, sender)
    browser_of(writer).post("/me/letters/when/", {"when": "coming"})
    assert Letter.objects.come_to(writer).count() == 1


def test_who_gets_letters_as_they_come_is_told_and_not_what(story, writer, sender, run_jobs):
    run_jobs()
    mail.outbox.clear()
    factories.delivered(story, sender)
    run_jobs()
    (message,) = [message for message in mail.outbox if message.to == [writer.email]]
    assert message.subject == "There is something for you"
    assert "etter" not in message.subject + message.body and "Fenwick" not in message.body


def test_thirty_letters_in_the_night_are_one_mail(story, writer):
    already = Email.objects.filter(to=writer.email).count()
    for _ in range(3):
        factories.delivered(story)
    assert Email.objects.filter(to=writer.email).count() == already + 1


# ---- from whom they no longer come


def test_who_is_blocked_reaches_them_no_more_and_is_not_told(story, writer, sender, run_jobs):
    letter = factories.delivered(story, sender)
    press(writer, letter, "block")
    press(writer, letter, "block")
    another_story = factories.wanting(writer)
    run_jobs()
    mail.outbox.clear()
    again = factories.delivered(another_story, sender)
    other = factories.delivered(factories.wanting(), sender)
    run_jobs()
    assert again.delivered_at is None and Letter.objects.come_to(writer).count() == 1
    assert [writer.email] not in [message.to for message in mail.outbox]
    pages = [
        browser_of(sender).get(f"/me/letters/sent/{one.pk}/").text.replace(one.pk, "")
        for one in (again, other)
    ]
    assert [text.count("Sent on") for text in pages] == [1, 1]
    block = Block.objects.get()
    browser_of(writer).post(f"/me/letters/blocked/{block.pk}/")
    browser_of(writer).post("/me/letters/bring/")
    assert Letter.objects.come_to(writer).count() == 1, "what was kept away stays away"


def test_a_block_does_not_tell_that_two_letters_are_by_one(story, writer, sender):
    named = factories.delivered(story, sender)
    unnamed = factories.delivered(factories.wanting(writer), sender, signed="no-name")
    for letter in (named, unnamed):
        opened(letter)
    press(writer, named, "block")
    text = browser_of(writer).get(f"/me/letters/{unnamed.pk}/").text
    assert "Nothing more comes" not in text
    press(writer, unnamed, "block")
    assert Block.objects.count() == 2


def test_nobody_undoes_another_ones_block(story, writer, sender):
    press(writer, factories.delivered(story, sender), "block")
    block = Block.objects.get()
    browser_of(sender).post(f"/me/letters/blocked/{block.pk}/")
    assert Block.objects.exists()


# ---- what always holds


def test_one_letter_from_one_person_to_one_story(story, sender):
    factories.letter(story, sender)
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.bulk_create([Letter(author=sender, story=story, to=story.author)])


def test_a_letter_for_anyone_is_to_nobody(writer):
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.bulk_create([Letter(author=writer, is_for_anyone=True, to=writer)])


def test_a_letterbox_costs_the_same_however_much_is_in_it(
    story, writer, django_assert_max_num_queries
):
    browser = browser_of(writer)
    moderator = factories.moderator()
    for _ in range(15):
        factories.delivered(story, by=moderator)
    with django_assert_max_num_queries(9):
        page = browser.get("/me/letters/").text
    assert page.count("/me/letters/") >= 12 and "Earlier letters" in page
