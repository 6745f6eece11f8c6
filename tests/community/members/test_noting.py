"""A year of notes, hour by hour: each on its day, by day, once, or not at all."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings as site
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from community import ageing
from community.members import noting
from community.members.mail import send_held
from community.members.models import Email, MailChoice, Note
from tests import factories

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# Where somebody is, a date they keep, and the days of two years on which they have to hear of it.
# Clocks change on many of these.
ASKED = [
    ("Pacific/Auckland", (29, 2), {"in_other_years": "1"}, "2027-03-01 2028-02-29"),
    ("Pacific/Auckland", (2, 4), {}, "2027-04-02 2028-04-02"),
    ("Pacific/Auckland", (24, 9), {"year": 2028}, "2028-09-24"),
    ("Europe/London", (26, 3), {}, "2027-03-26 2028-03-26"),
    ("Europe/London", (29, 10), {"year": 2019}, "2027-10-29 2028-10-29"),
    ("America/St_Johns", (12, 3), {}, "2027-03-12 2028-03-12"),
    ("America/St_Johns", (6, 11), {"wish": "before-1"}, "2027-11-05 2028-11-05"),
    ("Pacific/Apia", (1, 2), {}, "2027-02-01 2028-02-01"),
    ("Pacific/Apia", (1, 1), {"wish": "before-1", "year": 2028}, "2027-12-31 2028-12-31"),
    ("Asia/Kolkata", (3, 3), {"wish": "before-7"}, "2027-02-24 2028-02-25"),
    ("Asia/Kolkata", (None, 10), {"wish": "first"}, "2027-10-01 2028-10-01"),
    ("America/New_York", (1, 3), {"wish": "before-1"}, "2027-02-28 2028-02-29"),
    ("America/New_York", (8, 11), {"wish": "before-3"}, "2027-11-05 2028-11-05"),
    ("Pacific/Honolulu", (29, 2), {"in_other_years": "28"}, "2027-02-28 2028-02-29"),
    ("Pacific/Honolulu", (14, 3), {"wish": "nothing"}, ""),
    ("Pacific/Honolulu", (14, 3), {"wish": "line"}, ""),
    ("Pacific/Honolulu", (14, 3), {"year": 2029}, ""),
]


def somebody(zone="Europe/London", when=(14, 3), **fields):
    member = factories.member(time_zone=zone, email=f"{zone.replace('/', '.')}@post.example")
    factories.date(member, day=when[0], month=when[1], **{"wish": "on"} | fields)
    return member


def moments(watched):
    """Each hour from before the day begins until mail may go, then the evening and the morning
    after, wherever that is; and a noon now and then all through two years."""
    noon = datetime(2027, 1, 5, 12, tzinfo=UTC)
    found = {noon + n * DAY for n in range(0, 730, 3)}
    for zone, day in watched:
        eight = datetime.fromisoformat(f"{day}T08:00").replace(tzinfo=ZoneInfo(zone))
        found |= {eight.astimezone(UTC) + n * HOUR for n in (*range(-10, 3), 13, 14, 24)}
    return sorted(found)


@pytest.fixture
def worker(settings, run_jobs):
    """What the worker does in its minute; returns what it posted."""
    settings.QUIET_HOURS = (22, 8)

    def works():
        noting.send_due()
        send_held()
        run_jobs()
        posted = mail.outbox[:]
        mail.outbox.clear()
        return posted

    return works


def test_two_years_of_dates_around_the_world(worker):
    members, due = {}, set()
    for zone, (day, month), fields, days in ASKED:
        if zone not in members:
            members[zone] = factories.member(time_zone=zone)
        factories.date(members[zone], day=day, month=month, **{"wish": "on"} | fields)
        due |= {(zone, day) for day in days.split()}
    zone_of = {member.email: zone for zone, member in members.items()}
    came = []
    with time_machine.travel(0, tick=False) as clock:
        silent = {("Pacific/Honolulu", f"{year}-03-14") for year in (2027, 2028)}
        for now in moments(due | silent):
            clock.move_to(now)
            for letter in worker():
                zone = zone_of[letter.to[0]]
                here = now.astimezone(ZoneInfo(zone))
                came.append((zone, str(here.date())))
                assert here.hour == 8, f"{zone}: {here}"
    assert sorted(came) == sorted(due)


@pytest.mark.parametrize(
    "back, notes", [("14T21:59", 1), ("14T08:00", 1), ("14T22:00", 0), ("15T09:00", 0)]
)
def test_after_an_outage_it_comes_that_day_or_not_at_all(worker, back, notes):
    somebody()
    with time_machine.travel("2027-03-13T21:00Z", tick=False) as clock:
        assert worker() == []
        clock.move_to(datetime.fromisoformat(f"2027-03-{back}+00:00"))
        assert len(worker()) == notes
        clock.shift(DAY)
        assert worker() == []


def test_a_mail_server_that_was_away_until_night_sends_none_the_next_day(worker, settings):
    somebody()
    works = settings.MAIL_TRANSPORT
    with time_machine.travel("2027-03-14T21:55Z", tick=False) as clock:
        settings.MAIL_TRANSPORT = {"EMAIL_BACKEND": "tests.community.members.test_mail.Refusing"}
        assert worker() == [] and Email.objects.get().tries == 1
        settings.MAIL_TRANSPORT = works
        for _ in range(20):
            clock.shift(HOUR)
            assert worker() == []
    assert not Email.objects.exists()


def test_two_dates_on_one_day_are_one_note(worker):
    member = somebody()
    factories.date(member, wish="on", words="Another")
    factories.date(member, day=15, wish="before-1")
    with time_machine.travel("2027-03-14T09:00Z", tick=False):
        assert len(worker()) == 1 and worker() == []
        # Erased and typed in again, it is the same day still.
        member.kept_dates.all().delete()
        factories.date(member, wish="on")
        assert worker() == []


@pytest.mark.parametrize(
    "change",
    [
        lambda member: member.kept_dates.all().delete(),
        lambda member: member.kept_dates.update(wish="nothing"),
        lambda member: MailChoice.of(member, "note") and MailChoice.objects.all().stop(),
        lambda member: type(member).objects.update(time_zone="Pacific/Apia"),
        lambda member: type(member).objects.update(is_active=False),
        lambda member: type(member).objects.update(mail_paused_at=timezone.now()),
        lambda member: type(member).objects.update(mail_quiet_until="2027-03-20"),
    ],
)
@pytest.mark.parametrize("is_written", [False, True])
def test_who_changes_their_mind_gets_none_even_when_it_is_written(worker, change, is_written):
    member = somebody()
    with time_machine.travel("2027-03-14T13:00Z", tick=False) as clock:
        if is_written:
            assert noting.send_due() == 1
        change(member)
        assert worker() == []
        type(member).objects.update(mail_paused_at=None, mail_quiet_until=None)
        clock.shift(DAY)
        assert worker() == []
    assert not Email.objects.exists()


def test_a_note_costs_the_same_however_many_dates_there_are(
    worker, django_assert_max_num_queries, django_assert_num_queries
):
    others = factories.member()
    for day in range(1, 29):
        factories.date(others, day=day, month=5, wish="on")
    somebody()
    with time_machine.travel("2027-03-14T07:00Z", tick=False) as clock:
        with django_assert_num_queries(4):  # two days on earth, the weekly boxes, what is held
            worker_asks()
        clock.shift(HOUR)
        # The row and its guard; the choice; whether one is on its way; mail and job.
        with django_assert_max_num_queries(24):
            worker_asks()
    assert Email.objects.count() == 1


def worker_asks():
    call_command("send_notes", verbosity=0, stdout=StringIO())


def test_that_a_note_went_is_forgotten_within_days(worker):
    somebody()
    with time_machine.travel("2027-03-14T09:00Z", tick=False) as clock:
        worker()
        clock.shift(7 * DAY)
        assert noting.forget() == 0 and Note.objects.exists()
        clock.shift(DAY)
        assert noting.forget() == 1


def test_the_worker_does_it_by_itself():
    ours = {"noting.send_due", "mail.send_held"}
    assert {f"community.members.{name}" for name in ours} <= {*site.TIDYINGS}
    assert noting.forget in [age.forget for age in ageing.ages()]
