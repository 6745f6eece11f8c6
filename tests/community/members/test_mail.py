from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.mail import BadHeaderError, EmailMultiAlternatives, send_mail
from django.core.mail.backends.locmem import EmailBackend as InMemory
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from community import jobs
from community.members.mail import deliver, forget_sent, send_held, something_for_you
from community.members.models import Email
from tests.factories import member

pytestmark = pytest.mark.django_db


class Refusing(InMemory):
    """A mail server that repeats the address in its refusal, as they do."""

    def send_messages(self, messages):
        raise OSError("550 no such person: marnie@example.org")


@pytest.fixture
def mailbox_refuses(settings):
    settings.MAIL_TRANSPORT = {"EMAIL_BACKEND": "tests.community.members.test_mail.Refusing"}


def write(to="marnie@example.org"):
    send_mail("Subject", "Body", None, [to])
    return Email.objects.first()


def test_what_is_sent_anywhere_waits_in_the_outbox(run_jobs):
    write()
    assert mail.outbox == []
    run_jobs()
    (letter,) = mail.outbox
    assert (letter.to, letter.subject, letter.body) == (["marnie@example.org"], "Subject", "Body")


def test_nothing_is_left_of_whom_it_went_to_or_what_it_said(run_jobs):
    email = write()
    run_jobs()
    email.refresh_from_db()
    assert email.sent_at
    assert (email.to, email.subject, email.body, email.headers) == ("", "", "", {})


def test_what_is_rolled_back_is_not_sent(run_jobs):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write()
        raise ZeroDivisionError
    run_jobs()
    assert mail.outbox == []
    assert not DBTaskResult.objects.exists()


def test_everybody_gets_their_own_mail_and_sees_no_other_address(run_jobs):
    send_mail("Subject", "Body", None, ["a@example.org", "b@example.org"])
    run_jobs()
    assert sorted(letter.to for letter in mail.outbox) == [["a@example.org"], ["b@example.org"]]


def test_two_workers_send_one_mail():
    email = write()
    assert email.claim()
    assert not Email.objects.get(pk=email.pk).claim()


def test_a_mail_that_was_sent_is_not_sent_again():
    email = write()
    deliver.call(email.pk)
    deliver.call(email.pk)
    assert len(mail.outbox) == 1


def test_a_mail_whose_worker_died_is_sent_by_another_with_the_same_message_id(run_jobs):
    email = write()
    email.claim()
    with time_machine.travel(timezone.now() + timedelta(minutes=9), tick=False):
        run_jobs()
        assert mail.outbox == []
    with time_machine.travel(timezone.now() + timedelta(minutes=30), tick=False):
        run_jobs()
    (letter,) = mail.outbox
    assert letter.extra_headers["Message-ID"] == email.message_id


def test_r06_a_refused_mail_is_tried_again_later_and_kept(mailbox_refuses, run_jobs, settings):
    email = write()
    run_jobs()
    email.refresh_from_db()
    assert (email.tries, email.trouble, email.claimed_at) == (1, "OSError", None)
    assert email.to == "marnie@example.org"

    settings.MAIL_TRANSPORT = {"EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend"}
    with time_machine.travel(timezone.now() + timedelta(seconds=20), tick=False):
        run_jobs()
        assert mail.outbox == []
    with time_machine.travel(timezone.now() + timedelta(seconds=40), tick=False):
        run_jobs()
    assert len(mail.outbox) == 1


def test_t06_what_the_server_said_is_kept_nowhere(mailbox_refuses, run_jobs, caplog):
    email = write()
    for _ in range(6):
        DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(run_after=timezone.now())
        run_jobs()
    email.refresh_from_db()
    assert email.tries == 6
    assert DBTaskResult.objects.failed().count() == 1
    for result in DBTaskResult.objects.all():
        said = f"{result.traceback}{result.return_value}{result.args_kwargs}"
        assert "marnie" not in said
    assert "marnie" not in caplog.text
    assert "marnie" not in email.trouble


def test_killed_workers_mail_comes_back_by_itself(run_jobs):
    write()
    job = DBTaskResult.objects.get()
    job.claim("killed")
    run_jobs()
    assert mail.outbox == []
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=False):
        jobs.put_back_stuck()
        run_jobs()
    assert len(mail.outbox) == 1


def test_mail_goes_out_plain_and_unanswered_by_machines(run_jobs):
    write()
    run_jobs()
    message = mail.outbox[0].message()
    assert message.get_content_type() == "text/plain"
    assert message["Auto-Submitted"] == "auto-generated"


def test_mail_with_anything_but_plain_text_is_refused():
    letter = EmailMultiAlternatives("Subject", "Body", None, ["a@example.org"])
    letter.attach_alternative("<p>Body</p>", "text/html")
    with pytest.raises(ValueError):
        letter.send()
    assert not Email.objects.exists()


def test_a_header_with_a_line_break_is_refused():
    with pytest.raises(BadHeaderError):
        send_mail("Subject\nBcc: everybody@example.org", "Body", None, ["a@example.org"])
    assert not Email.objects.exists()


def test_p06_the_neutral_mail_gives_nothing_away(run_jobs):
    something_for_you(member("Old Heather"))
    run_jobs()
    (letter,) = mail.outbox
    assert letter.subject == "There is something for you"
    assert letter.body.startswith("Sign in when you’re ready. It will wait.\n")
    assert "http://localhost:8000/me/" in letter.body
    for telling in ["Heather", "loss", "story", "baby", "moderator"]:
        assert telling not in letter.body


@pytest.mark.parametrize(
    "written, goes",
    [
        ("2026-11-23T21:59", "2026-11-23T21:59"),
        ("2026-11-23T22:00", "2026-11-24T08:00"),
        ("2026-11-24T03:12", "2026-11-24T08:00"),
        ("2026-11-24T08:00", "2026-11-24T08:00"),
        ("2026-03-28T23:30", "2026-03-29T07:00"),  # the clocks go forward in that night
    ],
)
def test_what_nobody_just_asked_for_waits_until_morning(written, goes, run_jobs, settings):
    settings.QUIET_HOURS = (22, 8)
    with time_machine.travel(f"{written}+00:00", tick=False):
        something_for_you(member())
        write()
        run_jobs()
        assert len(mail.outbox) == 1 + (written == goes)
    with time_machine.travel(f"{goes}+00:00", tick=False):
        send_held()
        run_jobs()
        assert len(mail.outbox) == 2


def test_sent_rows_go_after_a_month(run_jobs):
    write()
    run_jobs()
    write()
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert forget_sent() == 1
    assert Email.objects.get().sent_at is None


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_no_transaction_is_open_while_the_server_answers(settings, run_jobs):
    settings.MAIL_TRANSPORT = {"EMAIL_BACKEND": "tests.community.members.test_mail.Looking"}
    write()
    run_jobs()
    assert Looking.was_in_transaction is False


class Looking(InMemory):
    was_in_transaction = None

    def send_messages(self, messages):
        Looking.was_in_transaction = transaction.get_connection().in_atomic_block
        return super().send_messages(messages)
