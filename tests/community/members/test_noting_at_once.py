"""Two workers in one minute: one note, and what was held back goes once."""

from datetime import timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from community.members import mail, noting
from community.members.models import Email, Note
from tests import factories
from tests.community.moderation import test_concurrency
from tests.community.moderation.test_concurrency import at_once

pytestmark = test_concurrency.pytestmark


def test_several_workers_write_one_note(again):
    today = timezone.localdate()
    for _ in range(3):
        factories.date(factories.member(), day=today.day, month=today.month, wish="on")
    assert sum(at_once(*[noting.send_due] * 4)) == 3
    assert Note.objects.count() == Email.objects.count() == DBTaskResult.objects.count() == 3


def test_several_workers_hand_on_what_was_held_once(again):
    past = timezone.now() - timedelta(minutes=1)
    for _ in range(3):
        Email.objects.create(to="a@example.org", sender="x", waits="rest", held_until=past)
    assert sum(at_once(*[mail.send_held] * 4)) == 3
    assert DBTaskResult.objects.count() == 3
