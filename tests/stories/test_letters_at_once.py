"""Two people act on one letter at the same moment: the safe outcome wins."""

from contextlib import suppress

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from community.moderation.states import State
from stories.letter_pace import A_DAY_AT_FIRST, TooManyToday
from stories.models import Letter
from tests import factories
from tests.community.moderation.test_concurrency import at_once

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="only PostgreSQL has rows that two can meet in"
    ),
]


@pytest.fixture(autouse=True)
def fresh_types():
    ContentType.objects.clear_cache()


def test_taken_back_while_it_is_delivered_it_is_one_or_the_other():
    moderator = factories.moderator()
    letter = factories.sent_letter(factories.wanting())
    mine, theirs = Letter.objects.get(pk=letter.pk), Letter.objects.get(pk=letter.pk)
    at_once(mine.call_back, lambda: theirs.publish(by=moderator, version=theirs.sent))
    letter.refresh_from_db()
    assert letter.state in (State.DRAFT, State.PUBLISHED)
    assert (letter.shown_id is None) == (letter.state == State.DRAFT)


def test_the_same_first_press_at_once_is_one_letter():
    story, sender = factories.wanting(), factories.member()

    def press():
        words = {"author": sender, "story": story, "to": story.author, "body": "Two lines."}
        return Letter.objects.begin(Letter(**words)).pk

    at_once(press, press, press)
    assert Letter.objects.get().body == "Two lines."


def test_a02_letters_sent_at_once_count_each_other():
    sender = factories.member()
    letters = [factories.letter(author=sender) for _ in range(A_DAY_AT_FIRST + 3)]

    def press(letter):
        def send():
            with suppress(TooManyToday):
                letter.send()

        return send

    at_once(*map(press, letters))
    assert Letter.objects.filter(state=State.PENDING).count() == A_DAY_AT_FIRST
