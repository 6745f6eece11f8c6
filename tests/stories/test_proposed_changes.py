"""A change proposed to a letter: its sender answers as the author of a story does."""

import pytest

from community.moderation.models import TransitionNotAllowed
from community.moderation.states import State
from stories.models import Letter
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
BODY = "Hello,\n\nMy doctor was Dr Heron. I read every word."


@pytest.fixture
def letter():
    letter = factories.sent_letter(factories.wanting(), body=BODY)
    passage = "My doctor was Dr Heron."
    change = {"field": "body", "start": BODY.index(passage), "passage": passage, "instead": ""}
    letter.suggest(
        by=factories.moderator(),
        version=letter.sent,
        message="May we leave the name out?",
        changes=[change | {"why": "It names somebody."}],
    )
    return letter


def stored(letter):
    return Letter.objects.get(pk=letter.pk)


def at(letter, part=""):
    return f"/me/letters/sent/{letter.pk}/{part}"


def test_the_sender_sees_it_in_place_and_lets_it_go_by_one_press(letter):
    sender = browser_of(letter.author)
    page = sender.get(at(letter)).text
    assert "It names somebody." in page and ">My doctor was Dr Heron.</mark>" in page
    assert page.count('<blockquote class="prose said" lang="en" dir="ltr">') == 2  # and afterwards
    desk = sender.get(at(letter, "change/")).text
    assert '<blockquote class="said" dir="auto"><p>My doctor was Dr Heron.</p></blockquote>' in desk
    for _press in range(2):
        assert sender.post(at(letter, "accept/")).status_code == 302
    now = stored(letter)
    assert (now.state, now.delivered_at is None) == (State.PUBLISHED, False)
    assert now.as_read().body == now.body == "Hello,\n\nI read every word."


def test_the_sender_keeps_it_as_it_is(letter):
    sender = browser_of(letter.author)
    assert sender.get(at(letter, "keep/")).status_code == 200
    assert sender.post(at(letter, "keep/"), {"why": "She is my sister."}).status_code == 302
    assert stored(letter).state == State.PENDING
    assert stored(letter).messages.filter(from_author=True).get().text == "She is my sister."


def test_what_was_typed_while_signed_out_is_there_afterwards(letter):
    visitor = browser_of()
    visitor.post(at(letter, "keep/"), {"why": "She is my sister."})
    visitor.force_login(letter.author)
    assert "She is my sister." in visitor.get(at(letter, "keep/")).text


def test_the_sender_writes_it_another_way_or_takes_it_back(letter):
    sender = browser_of(letter.author)
    assert BODY.split("\n")[-1] in sender.get(at(letter, "change/")).text
    sender.post(at(letter, "take-back/"))
    assert stored(letter).state == State.DRAFT and stored(letter).body == BODY


def test_a_letter_whose_reader_is_gone_goes_nowhere(letter):
    letter.story.withdraw()
    with pytest.raises(TransitionNotAllowed):
        stored(letter).accept()
    assert stored(letter).shown_id is None


def test_nobody_else_answers_for_its_sender(letter):
    for person in (None, factories.member(), letter.to):
        client = browser_of(person)
        for part in ("accept/", "keep/"):
            client.post(at(letter, part), {"why": ""})
    assert stored(letter).state == State.SUGGESTED
