"""Mail that is held back, and when it goes after all."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from community.members.mail import a_private_link, send_held, something_for_you, weekly_note
from community.members.models import Email, MailChoice, Member
from tests import factories
from tests.community.members.coming_in import PASSWORD, sign_in
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def member():
    return factories.member("Marnie")


@pytest.fixture
def posted(settings, run_jobs):
    """What the worker posts at a moment."""
    settings.QUIET_HOURS = (22, 8)

    def at(moment):
        with time_machine.travel(f"{moment}Z", tick=False):
            send_held()
            run_jobs()
        sent = [letter.subject for letter in mail.outbox]
        mail.outbox.clear()
        return sent

    return at


def change(member, **values):
    Member.objects.filter(pk=member.pk).update(**values)
    member.refresh_from_db()


@pytest.mark.parametrize(
    "zone, written, before, after",
    [
        ("", "2027-06-01T21:30", "2027-06-02T06:59", "2027-06-02T07:00"),  # 22:30 in London
        ("Pacific/Auckland", "2027-06-01T12:00", "2027-06-01T19:59", "2027-06-01T20:00"),
        ("Asia/Kolkata", "2027-06-01T16:30", "2027-06-02T02:29", "2027-06-02T02:30"),
        ("America/St_Johns", "2027-03-14T03:00", "2027-03-14T10:29", "2027-03-14T10:30"),
        ("America/New_York", "2027-11-07T04:00", "2027-11-07T12:59", "2027-11-07T13:00"),
    ],
)
def test_night_is_where_somebody_is(member, posted, zone, written, before, after):
    change(member, time_zone=zone)
    with time_machine.travel(f"{written}Z", tick=False):
        something_for_you(member)
    assert posted(written) == posted(before) == []
    assert posted(after) == ["There is something for you"]


def by_day(member):
    return datetime.fromisoformat("2027-03-15T08:00+00:00")


def paused(member):
    change(member, mail_paused_at=timezone.now())


def quiet_until(member):
    change(member, mail_quiet_until=date(2027, 3, 20))


def keeps_a_quiet_date(member):
    factories.date(member, is_quiet=True)


def keeps_two_in_a_row(member):
    factories.date(member, is_quiet=True)
    factories.date(member, day=None, wish="first", month=4, is_quiet=True)
    factories.date(member, day=15, is_quiet=True, year=2010)
    factories.date(member, day=16, is_quiet=True, year=2028)


@pytest.mark.parametrize(
    "rest, goes",
    [
        (keeps_a_quiet_date, "2027-03-15T08:00"),
        (keeps_two_in_a_row, "2027-03-16T08:00"),
        (quiet_until, "2027-03-20T08:00"),
    ],
)
@pytest.mark.parametrize("is_written_first", [True, False])
def test_what_was_held_back_comes_gathered_and_by_day(member, posted, rest, goes, is_written_first):
    with time_machine.travel("2027-03-14T12:00Z", tick=False):
        if not is_written_first:
            rest(member)
        for _ in range(3):
            something_for_you(member, "letter")
            something_for_you(member)
        weekly_note(member)
        if is_written_first:
            rest(member)
    moment = datetime.fromisoformat("2027-03-14T12:00")
    while moment < datetime.fromisoformat(goes):
        assert posted(moment.isoformat()) == [], moment
        moment += timedelta(hours=4)
    # Of two that may go at the same moment, either goes first.
    assert sorted(posted(goes)) == ["There is something for you", "Your weekly note"]
    assert posted("2027-04-30T12:00") == []


def test_paused_nothing_comes_until_it_is_started_again(member, posted):
    paused(member)
    with time_machine.travel("2027-03-14T12:00Z", tick=False):
        something_for_you(member)
        a_private_link(member.email, "/report/receipt/x/")
    for days in range(0, 60, 5):
        assert posted((datetime(2027, 3, 14, 12) + days * DAY).isoformat()) == []
    with time_machine.travel("2027-06-01T23:00Z", tick=False):
        assert browser_of(member).post("/me/email/start-again/").status_code == 302
    assert posted("2027-06-01T23:01") == []
    assert posted("2027-06-02T07:00") == ["There is something for you"] * 2


def test_a_kind_that_was_stopped_meanwhile_does_not_come(member, posted):
    with time_machine.travel("2027-03-14T23:00Z", tick=False):
        something_for_you(member)
        something_for_you(member, "letter")
    assert posted("2027-03-14T23:01") == []
    MailChoice.objects.filter(kind="decision").stop()
    assert posted("2027-03-15T08:00") == ["There is something for you"]
    assert Email.objects.get().sent_at


def test_it_goes_where_they_are_by_then(member, posted, run_jobs):
    with time_machine.travel("2027-03-14T23:00Z", tick=False):
        something_for_you(member)
        run_jobs()
        change(member, email="new@example.org")
    with time_machine.travel("2027-03-15T08:00Z", tick=False):
        send_held()
        run_jobs()
    assert [letter.to for letter in mail.outbox] == [["new@example.org"]]


def test_nothing_is_left_of_whose_it_was(member, posted):
    something_for_you(member)
    assert posted(f"{timezone.now() + DAY:%Y-%m-%d}T12:00")
    assert (Email.objects.get().member, Email.objects.get().kind) == (None, "")


def test_a_code_comes_at_night_and_what_changed_is_said_in_the_morning(client, marnie, posted):
    paused(marnie)
    with time_machine.travel("2027-01-14T03:12Z", tick=False):
        client.post("/accounts/login/code/", {"email": marnie.email})
        assert posted("2027-01-14T03:12") == ["Your sign-in code"]
        client = Client()
        sign_in(client)
        new = {"oldpassword": PASSWORD, "password1": "another quiet kettle"}
        assert client.post("/accounts/password/change/", new).status_code == 302
    assert posted("2027-01-14T03:13") == []
    assert posted("2027-01-14T08:00") == ["A change to your account"]


def test_a_mail_that_gave_up_stands_in_nobodys_way(member, posted):
    something_for_you(member)
    Email.objects.update(tries=Email.MOST_TRIES)
    something_for_you(member)
    assert Email.objects.count() == 2


def test_what_is_good_until_a_moment_never_goes_after_it(member, posted):
    with time_machine.travel("2027-03-14T12:00Z", tick=False):
        something_for_you(member, until=timezone.now() + DAY)
    assert posted("2027-03-15T12:00") == [] and not Email.objects.exists()
