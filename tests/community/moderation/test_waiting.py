from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from community.moderation.models import Decision
from community.moderation.templatetags.moderation import waited
from community.moderation.waiting import ENOUGH, usual_wait, usual_wait_in_words
from tests import factories

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def decided_after(wait, *, ago=DAY):
    """A story that was decided ``ago``, after having waited for ``wait``."""
    now = timezone.now()
    with time_machine.travel(now - ago - wait, tick=False):
        story = factories.pending()
    with time_machine.travel(now - ago, tick=False):
        story.publish(by=factories.moderator(), version=story.sent)
    return story


def decided(number, wait, **when):
    for _ in range(number):
        decided_after(wait, **when)


def test_until_there_are_enough_decisions_it_is_what_the_guidelines_say():
    decided(ENOUGH - 1, timedelta(hours=1))
    assert usual_wait() == 2 * DAY


@pytest.mark.parametrize(
    ("quick", "slow", "wait", "usual"),
    [
        (20, 0, timedelta(hours=1), DAY),
        (20, 0, DAY, DAY),
        (18, 2, timedelta(hours=30), 2 * DAY),
        (19, 1, timedelta(hours=30), DAY),
        (10, 10, timedelta(days=2), 2 * DAY),
        (10, 10, timedelta(days=2, minutes=1), 7 * DAY),
        (0, 20, timedelta(days=30), 7 * DAY),
    ],
)
def test_it_is_by_when_nine_in_ten_were_decided(quick, slow, wait, usual):
    decided(quick, timedelta(minutes=5))
    decided(slow, wait)
    assert usual_wait() == usual


def test_what_was_decided_more_than_a_month_ago_says_nothing():
    decided(ENOUGH, 5 * DAY, ago=31 * DAY)
    assert usual_wait() == 2 * DAY


def test_taking_down_and_what_authors_do_are_not_waits():
    story = decided_after(timedelta(hours=3))
    moderator = factories.moderator()
    story.remove(by=moderator, message="Named.", rule="names")
    factories.pending().take_back()
    waits = Decision.objects.exclude(waited=None)
    assert waits.get().waited == timedelta(hours=3)


def test_a_question_and_the_answer_are_two_waits():
    now = timezone.now()
    with time_machine.travel(now - 9 * DAY, tick=False):
        story = factories.pending()
    with time_machine.travel(now - 8 * DAY, tick=False):
        story.return_to_author(by=factories.moderator(), version=story.sent, message="?")
    with time_machine.travel(now - 2 * DAY, tick=False):
        story.submit(answer="Yes.")
    with time_machine.travel(now, tick=False):
        story.publish(by=factories.moderator(), version=story.sent)
    waits = Decision.objects.by_moderators().order_by("pk").values_list("waited", flat=True)
    assert list(waits) == [DAY, 2 * DAY]


def test_it_is_said_on_the_pages_that_promise_it(client):
    assert usual_wait_in_words() == "within two days"
    assert "usually within two days" in client.get("/write/").text
    decided(ENOUGH, timedelta(hours=1))
    assert "usually within a day" in client.get("/write/").text


@pytest.mark.parametrize(
    ("wait", "said"),
    [
        (timedelta(0), "less than a minute"),
        (timedelta(seconds=-5), "less than a minute"),
        (timedelta(minutes=1), "one minute"),
        (timedelta(minutes=59, seconds=59), "fifty-nine minutes"),
        (timedelta(hours=1, minutes=5), "one hour"),
        (timedelta(hours=33), "one day and nine hours"),
        (timedelta(days=2), "two days"),
        (timedelta(days=3, hours=5), "three days"),
    ],
)
def test_a_wait_is_said_as_people_say_it(wait, said):
    assert waited(wait) == said
