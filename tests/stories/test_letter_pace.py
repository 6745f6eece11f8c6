"""How many letters a new account sends in a day: few, whoever they are to."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from community.members.models import Member
from community.moderation.states import State
from stories.letter_pace import A_DAY_AT_FIRST, NEW_FOR, TooManyToday
from stories.models import Letter
from tests import factories
from tests.factories import browser_of
from tests.stories.test_letter_desk import to, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def new():
    """Somebody who has sent as many as may go in a day."""
    person = factories.member()
    for _ in range(A_DAY_AT_FIRST):
        factories.sent_letter(author=person)
    return person


def test_a02_a_new_account_sends_few_letters_a_day_and_loses_no_word(new):
    story = factories.wanting()
    response = browser_of(new).post(to(story), typed(body="I was there, and it is kept."))
    assert response.status_code == 429 and 0 < int(response["Retry-After"]) <= 86_400
    assert "only a few letters a day can go" in response.text
    assert "I was there, and it is kept." in response.text
    letter = Letter.objects.get(story=story)
    assert letter.state == State.DRAFT and letter.body == "I was there, and it is kept."
    assert not letter.versions.exists()


def test_it_can_go_the_day_after(new):
    letter = factories.letter(factories.wanting(), new)
    with pytest.raises(TooManyToday) as refusal:
        letter.send()
    with time_machine.travel(timezone.now() + timedelta(seconds=refusal.value.again_in)):
        letter.send()


def test_erasing_some_makes_no_room(new):
    for letter in Letter.objects.filter(author=new):
        letter.delete()
    with pytest.raises(TooManyToday):
        factories.sent_letter(author=new)


def test_what_is_sent_again_after_a_question_is_not_one_more(new):
    letter = Letter.objects.filter(author=new).first()
    letter.return_to_author(by=factories.moderator(), version=letter.sent, message="Who is that?")
    letter.body += " My sister."
    letter.save()
    letter.send()
    assert letter.state == State.PENDING


def test_answers_are_never_too_many(new):
    came = factories.delivered(factories.wanting(new))
    factories.sent_letter(author=new, answers=came)
    with pytest.raises(TooManyToday):
        factories.sent_letter(author=new)


def test_after_a_week_nobody_is_new(new):
    Member.objects.filter(pk=new.pk).update(joined_at=timezone.now() - NEW_FOR)
    factories.sent_letter(author=Member.objects.get(pk=new.pk))
