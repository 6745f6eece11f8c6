"""Whether anything tells that two stories or letters, one of them without a name, are one person's:
how they look to a visitor, and what changes for a member who blocks one, and undoes it."""

import re

import pytest

from stories.models import Block, Byline, Letter, Letterbox, Story
from stories.notes import return_letters, send_weekly
from stories.unanswered import make_offers
from stories.vocabulary import Visibility
from tests import factories
from tests.factories import browser_of
from tests.stories.asked import ASKED, asking, since, space
from tests.stories.pages import press

pytestmark = pytest.mark.django_db
KEPT = "Something is being kept for you."
NAME = "T. Fenwick"


@pytest.fixture
def reader():
    return factories.member("Marnie")


@pytest.fixture
def unseen():
    """Who goes without a name once, and once with."""
    return factories.member(NAME)


def test_two_unnamed_stories_do_not_tell_that_they_are_one_persons(client, moderator):
    """The same words by one person, and by two, look alike wherever they are looked at."""
    words = {"byline": Byline.NO_NAME, "visibility": Visibility.SEARCH, "wants_letters": True}
    one, other = factories.member(), factories.member()
    twins = [factories.published(one, moderator, **words) for _ in range(2)]
    stranger = factories.published(other, moderator, **words)
    for story in (*twins, stranger):
        factories.put_up(story, by=moderator)
    told = []
    for story in (*twins, stranger):
        page, letters = (client.get(story.get_absolute_url() + more) for more in ("", "letters/"))
        found = []
        for response in (page, letters):
            ours = Story.objects.get(pk=story.pk).letters.get()
            text = response.text.replace(story.pk, "ID").replace(ours.pk, "LETTER")
            text = text.replace(ours.author.pen_name, "SENDER")
            headers = dict(response.headers)
            assert headers.pop("ETag") and "Last-Modified" not in headers
            headers.pop("Content-Length", None)
            assert one.pen_name not in text and other.pen_name not in text
            assert not re.search(r"\d\d:\d\d|\d{4}-\d\d-\d\d", text)
            found.append((text, sorted(headers.items())))
        told.append(found)
    assert told[0] == told[1] == told[2]
    etags = {client.get(story.get_absolute_url())["ETag"] for story in (*twins, stranger)}
    assert len(etags) == 3
    for address in ("/stories/", "/feeds/stories/", f"/sitemap-stories-{twins[0].pk[0]}.xml"):
        text = client.get(address).text
        assert one.pen_name not in text and other.pen_name not in text
        assert not re.search(r"[1-9]:\d\d:\d\d|:\d[1-9]Z", text)


# ---- by blocking one of two, while letters are being kept


def keep_from_now_on(member):
    Letterbox.objects.update_or_create(member=member, defaults={"when": "held"})


def answered(letter):
    made = Letter.objects.begin(letter.begin_answer(letter.to))
    made.body = "Thank you."
    made.save_words(made.revision)
    made.send()
    made.publish(by=factories.moderator(), version=made.sent)
    return made


def two_letters(reader, unseen):
    unnamed = factories.delivered(factories.wanting(reader), unseen, signed="no-name")
    keep_from_now_on(reader)
    return unnamed, factories.delivered(factories.wanting(reader), unseen)


def two_answers(reader, unseen):
    to_unnamed = factories.delivered(factories.wanting(unseen, byline=Byline.NO_NAME), reader)
    to_named = factories.delivered(factories.wanting(unseen, byline=Byline.PEN_NAME), reader)
    unnamed = answered(to_unnamed)
    keep_from_now_on(reader)
    return unnamed, answered(to_named)


@pytest.mark.parametrize("write", [two_letters, two_answers])
def test_what_is_being_kept_does_not_change_with_a_block(write, reader, unseen):
    unnamed, named = write(reader, unseen)
    browser = browser_of(reader)

    def pages():
        return [KEPT in browser.get("/me/letters/").text, "being kept" in browser.get("/me/").text]

    assert NAME not in browser.get(f"/me/letters/{unnamed.pk}/").text
    before = pages()
    assert before[0]
    press(reader, unnamed, "block")
    assert pages() == before
    browser.post(f"/me/letters/blocked/{Block.objects.get().pk}/")
    assert pages() == before
    browser.post("/me/letters/bring/")
    assert NAME in browser.get("/me/letters/").text
    named.refresh_from_db()
    assert named.delivered_at


def bring(reader):
    browser_of(reader).post("/me/letters/bring/")


def as_they_come(reader):
    browser_of(reader).post("/me/letters/when/", {"when": "coming"})


def a_week_later(reader):
    Letterbox.objects.filter(member=reader).update(when="weekly")
    assert send_weekly() == 1, "there is a letter of somebody else"


@pytest.mark.parametrize("let_in", [bring, as_they_come, a_week_later])
def test_what_was_kept_is_held_back_when_it_is_let_in_and_stays_away(let_in, reader, unseen):
    unnamed, named = two_letters(reader, unseen)
    other = factories.delivered(factories.wanting(reader))
    press(reader, unnamed, "block")
    let_in(reader)
    assert {*Letter.objects.come_to(reader)} == {unnamed, other}
    assert KEPT not in browser_of(reader).get("/me/letters/").text
    browser_of(reader).post(f"/me/letters/blocked/{Block.objects.get().pk}/")
    assert KEPT not in browser_of(reader).get("/me/letters/").text
    bring(reader)
    assert {*Letter.objects.come_to(reader)} == {unnamed, other}
    assert browser_of(unseen).get(f"/me/letters/sent/{named.pk}/").text.count("Sent on") == 1


# ---- by letters being turned off


def test_who_turns_letters_off_reads_first_what_that_shows(reader):
    page = browser_of(reader).get("/me/letters/when/").text
    assert "It shows on all of them at once" in page


def test_an_answer_does_not_tell_that_letters_were_turned_off(reader, unseen):
    """Nor which of two letters are by one who turned them off: it is kept, as for anybody."""
    letters = [
        factories.delivered(factories.wanting(reader), unseen, signed=signed)
        for signed in ("no-name", "pen-name")
    ]
    letters.append(factories.delivered(factories.wanting(reader)))
    Letterbox.objects.create(member=unseen, when="off")
    answers = [answered(letter) for letter in letters]
    assert {answer.standing() for answer in answers} == {"Sent on"}
    assert [bool(answer.delivered_at) for answer in answers] == [False, False, True]
    assert {*Letter.objects.kept_for(unseen)} == {*answers[:2]}


def test_what_was_read_before_letters_were_turned_off_stays_kept(reader, unseen):
    named = two_letters(reader, unseen)[1]
    Letterbox.objects.filter(member=reader).update(when="off")
    return_letters()
    named.story.withdraw()
    return_letters()
    assert named in Letter.objects.kept_for(reader)


# ---- by blocking whoever may have written what they are asked about


@pytest.mark.parametrize("before", [True, False], ids=["asked before", "asked after"])
def test_what_somebody_is_asked_about_does_not_change_with_their_block(before, reader, unseen):
    asking(reader)
    since(factories.wanting(unseen, byline=Byline.NO_NAME))
    named = factories.delivered(factories.wanting(reader), unseen)
    if before:
        make_offers()
        assert ASKED in space(reader)
    press(reader, named, "block")
    make_offers()
    assert ASKED in space(reader)
    browser_of(reader).post(f"/me/letters/blocked/{Block.objects.get().pk}/")
    make_offers()
    assert ASKED in space(reader)


def test_nobody_notices_on_what_they_are_asked_that_they_were_blocked(reader, unseen):
    asking(unseen)
    since(factories.wanting(reader, byline=Byline.NO_NAME))
    letter = factories.delivered(factories.wanting(reader), unseen)
    make_offers()
    press(reader, letter, "block")
    assert ASKED in space(unseen)
