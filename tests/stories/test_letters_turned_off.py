"""What shows on somebody’s stories when they want no letters any more, or want them again.

Under their pen name it shows at once.  Elsewhere each story waits for a moment of its own.
"""

from datetime import timedelta
from itertools import product

import pytest
import time_machine
from django.utils import timezone

from community.moderation.states import State
from stories.letterbox import SHOWS_WITHIN, asks_for_letters
from stories.models import Byline, Letter, Letterbox, Story
from stories.notes import return_letters
from stories.unanswered import make_offers
from tests import factories
from tests.factories import browser_of
from tests.stories.asked import ASKED, asking, since, space
from tests.stories.test_two_that_are_one import NAME, answered, two_letters

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    return factories.member("Marnie")


@pytest.fixture
def unseen():
    return factories.member(NAME)


@pytest.fixture
def named(writer):
    return factories.wanting(writer)


@pytest.fixture
def unnamed(writer):
    return [
        factories.wanting(writer, byline=byline, other_name="Otherwise")
        for byline in (Byline.NO_NAME, Byline.NO_NAME, Byline.OTHER_NAME)
    ]


def choose(writer, when):
    browser_of(writer).post("/me/letters/when/", {"when": when})


def asks(story):
    """Whether a visitor finds the button; the two ways of asking agree."""
    there = f'href="/stories/{story.pk}/write-a-letter/"' in (
        browser_of().get(story.get_absolute_url()).text
    )
    assert there == Story.objects.filter(asks_for_letters(), pk=story.pk).exists()
    return there


def in_ten_days():
    return time_machine.travel(timezone.now() + SHOWS_WITHIN, tick=False)


def test_who_turns_letters_off_reads_first_when_it_shows(reader):
    page = browser_of(reader).get("/me/letters/when/").text
    assert "each of the others some time in the next ten days" in page
    assert timedelta(days=10) == SHOWS_WITHIN


@pytest.mark.parametrize("before, after", [("coming", "off"), ("off", "held")])
def test_it_shows_on_each_unnamed_story_at_a_moment_of_its_own(
    before, after, writer, named, unnamed
):
    Letterbox.objects.create(member=writer, when=before)
    was = before != "off"
    choose(writer, after)
    assert asks(named) != was and [asks(story) for story in unnamed] == [was] * 3
    moments = [Story.objects.get(pk=story.pk).letters_turn_at for story in unnamed]
    assert len({*moments}) == 3
    for story, moment in zip(unnamed, moments, strict=True):
        with time_machine.travel(moment - timedelta(seconds=1), tick=False):
            assert asks(story) == was
        with time_machine.travel(moment, tick=False):
            assert asks(story) != was
    with in_ten_days():
        assert not any(asks(story) == was for story in (named, *unnamed))


def test_who_changes_their_mind_back_in_time_changes_nothing(writer, unnamed):
    choose(writer, "off")
    moments = Story.objects.filter(author=writer).order_by("letters_turn_at")
    first, *others = moments
    with time_machine.travel(first.letters_turn_at, tick=False):
        choose(writer, "coming")
        assert not asks(first) and all(asks(story) for story in others)
        again = Story.objects.exclude(pk=first.pk)
        assert {story.letters_turn_at for story in again} == {None}
    with time_machine.travel(first.letters_turn_at + SHOWS_WITHIN, tick=False):
        assert all(asks(story) for story in moments)


def test_what_is_written_until_it_shows_is_kept_and_what_is_on_its_way_then_comes_back(
    writer, unnamed
):
    choose(writer, "off")
    letter, late = (factories.sent_letter(unnamed[0]) for _ in range(2))
    letter.publish(by=factories.moderator(), version=letter.sent)
    assert letter.standing() == "Sent on" and letter in Letter.objects.kept_for(writer)
    assert return_letters() == 0
    with in_ten_days():
        assert return_letters() == 1
    late.refresh_from_db()
    assert late.state == State.DRAFT
    choose(writer, "coming")
    assert {*Letter.objects.come_to(writer)} == {letter}


def test_what_nobody_reads_turns_at_once(writer):
    hidden = factories.wanting(writer, byline=Byline.NO_NAME, visibility="me")
    choose(writer, "off")
    Story.objects.filter(pk=hidden.pk).update(visibility="everyone")
    assert not asks(hidden)


def test_who_is_asked_about_a_story_is_asked_until_it_shows_and_nobody_else_then(writer, unnamed):
    since(unnamed[0])
    one, other = asking(), asking()
    make_offers()
    asked, free = (one, other) if ASKED in space(one) else (other, one)
    since(unnamed[1])
    choose(writer, "off")
    make_offers()
    assert ASKED in space(asked) and ASKED not in space(free)
    with in_ten_days():
        assert ASKED not in space(asked)


def test_the_database_and_a_page_agree_about_every_story(writer, named):
    now = timezone.now()
    moments = [None, now - timedelta(days=1), now + timedelta(days=1)]
    for when, moment, wants in product([None, "coming", "off"], moments, [True, False, None]):
        Letterbox.objects.filter(member=writer).delete()
        if when:
            Letterbox.objects.create(member=writer, when=when)
        Story.objects.filter(pk=named.pk).update(letters_turn_at=moment, wants_letters=wants)
        story = Story.objects.select_related("author__letterbox").get(pk=named.pk)
        found = Story.objects.filter(asks_for_letters(), pk=named.pk).exists()
        assert story.takes_letters() == found, (when, moment, wants)
        letter = Letter(story=story, to=writer, author=factories.member())
        Letter.objects.begin(letter)
        assert letter.has_a_reader() == found, (when, moment, wants)


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
