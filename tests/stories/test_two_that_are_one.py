"""Whether anything tells that two stories or letters, one of them without a name, are one person's:
how they look to a visitor, and what changes for a member who blocks one, and undoes it."""

import re
from collections import Counter

import pytest

from stories.finding import random_id
from stories.models import Block, Byline, Letter, Letterbox, Link, Remembrance, Story
from stories.notes import send_weekly
from stories.unanswered import make_offers
from stories.vocabulary import Visibility
from tests import factories
from tests.factories import browser_of
from tests.stories.asked import ASKED, asking, since, space
from tests.stories.pages import press, without_tokens
from tests.stories.places import PARTS

pytestmark = pytest.mark.django_db
KEPT = "Letters are kept for you until you ask."
NAME = "T. Fenwick"


@pytest.fixture
def reader():
    return factories.member("Marnie")


@pytest.fixture
def unseen():
    """Who goes without a name once, and once with."""
    return factories.member(NAME)


def looks(response, story):
    """A page and its headers, without what is random for each story."""
    ids = re.compile(f"{story.pk}|{Letter.objects.get(story=story).pk}")
    text = ids.sub("ID", without_tokens(response.text))
    text = re.sub(r'(name="page" value=")[^"]*', r"\1", text)  # which version was seen, signed
    headers = {key: ids.sub("ID", value) for key, value in response.headers.items()}
    headers.pop("ETag", None)
    assert "Last-Modified" not in headers
    text = re.sub(r"Saved at \d\d:\d\d", "", text)  # one’s own
    assert not re.search(r"\d\d:\d\d|\d{4}-\d\d-\d\d", text)
    return text, len(response.content), sorted(headers.items())


def test_two_unnamed_stories_do_not_tell_that_they_are_one_persons(moderator):
    """The same words by one person, and by two, look alike wherever they are looked at: to a
    visitor, to a member, and to somebody who wrote to all three.
    """
    words = {"byline": Byline.NO_NAME, "visibility": Visibility.SEARCH, "wants_letters": True}
    one, other, sender = factories.member(), factories.member(), factories.member()
    twins = [factories.published(one, moderator, **words) for _ in range(2)]
    three = [*twins, factories.published(other, moderator, **words)]
    for story in three:
        factories.put_up(story, by=moderator, author=sender, signed="no-name")
    for person, letter in ((None, None), (factories.member(), None), (sender, "/me/letters/sent/")):
        told, etags = [], set()
        for story in three:
            browser = browser_of(person)
            addresses = [story.get_absolute_url() + part for part in PARTS]
            addresses.append(f"/report/story/{story.pk}/")
            if letter:
                addresses.append(f"{letter}{Letter.objects.get(story=story).pk}/")
            responses = [browser.get(address) for address in addresses]
            etags.add(responses[0].get("ETag", story.pk))
            told.append([looks(response, story) for response in responses])
        assert told[0] == told[1] == told[2] and len(etags) == 3
        for address in ("/stories/", "/feeds/stories/", f"/sitemap-stories-{twins[0].pk[0]}.xml"):
            text = browser.get(address).text
            assert one.pen_name not in text and other.pen_name not in text
            assert not re.search(r"[1-9]:\d\d:\d\d|:\d[1-9]Z", text)


def test_an_id_tells_neither_whose_it_is_nor_when_it_was_made(unseen):
    """Each is drawn anew, for whatever has one: nothing is counted up, and no two begin alike."""
    made = [random_id() for _ in range(400)]
    assert len({*made}) == 400 and made != sorted(made)
    assert max(Counter(pk[:2] for pk in made).values()) < 12
    for model in (Story, Letter, Link, Remembrance):
        assert model._meta.pk.default is random_id, model


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
        return [KEPT in browser.get("/me/letters/").text, KEPT in browser.get("/me/").text]

    assert NAME not in browser.get(f"/me/letters/{unnamed.pk}/").text
    press(reader, unnamed, "block")
    assert pages() == [True, True]
    browser.post(f"/me/letters/blocked/{Block.objects.get().pk}/")
    assert pages() == [True, True]
    browser.post("/me/letters/bring/")
    assert NAME in browser.get("/me/letters/").text
    named.refresh_from_db()
    assert named.delivered_at


@pytest.mark.parametrize("when", ["weekly", "held", "off"])
def test_nobody_learns_whether_anything_is_kept_before_they_bring_it_in(when, reader):
    """So who brings in nothing, after a block, can’t say that there was something."""
    story = factories.wanting(reader)
    keep_from_now_on(reader)
    Letterbox.objects.filter(member=reader).update(when=when)
    browser = browser_of(reader)

    def pages():
        return [without_tokens(browser.get(at).text) for at in ("/me/letters/", "/me/")]

    before = pages()
    Letterbox.objects.filter(member=reader).update(when="held")
    letter = factories.delivered(story)
    Letterbox.objects.filter(member=reader).update(when=when)
    assert letter in Letter.objects.kept_for(reader)
    assert pages() == before


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
    browser_of(reader).post(f"/me/letters/blocked/{Block.objects.get().pk}/")
    bring(reader)
    assert {*Letter.objects.come_to(reader)} == {unnamed, other}
    assert browser_of(unseen).get(f"/me/letters/sent/{named.pk}/").text.count("Sent on") == 1


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
