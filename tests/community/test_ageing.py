"""Retention: what the page says, the document says and the command does is one table."""

import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.cache import cache
from django.core.mail import send_mail
from django.core.management import call_command
from django.utils import timezone
from django.utils.html import escape

from community.ageing import ages, expire_hourly
from community.members.ageing import forget_unconfirmed
from community.members.leaving import nobody
from community.members.models import Email, Member, Session
from community.moderation.models import Case, Decision, Sanction, Shield
from stories.models import Story
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
DOCUMENT = (Path(__file__).parents[2] / "docs/privacy.md").read_text()
# Where nothing of anybody stands, or only what editors wrote.
ROW = re.compile(r"^\| `(\w+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def in_days(days):
    return time_machine.travel(timezone.now() + timedelta(days=days))


def run():
    out = io.StringIO()
    call_command("expire", stdout=out)
    return out.getvalue()


def test_p10_the_page_and_the_document_say_what_the_command_does(client):
    page = client.get("/privacy/").text
    for age in ages():
        line = f"{age.how_long()} {age.since}"
        assert f'<li>{escape(age.what)}<br><span class="soft">{escape(line)}</span></li>' in page
        assert f"| {age.what} | {line} |" in DOCUMENT
    assert len(ages()) > 15


def test_the_document_names_every_table_and_every_column():
    said = {table: set(re.findall(r"`(\w+)`", columns)) for table, columns, *_ in rows()}
    there = {
        model._meta.db_table: {field.column for field in model._meta.concrete_fields}
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy
    }
    assert said.keys() - there.keys() == set()
    assert there.keys() - said.keys() == set()
    for table, columns in there.items():
        assert said[table] == columns, table


def rows():
    return ROW.findall(DOCUMENT)


def test_the_document_says_why_and_how_long_of_each():
    assert [row[0] for row in rows() if len(row[2]) < 10 or len(row[3]) < 5] == []


def test_the_worker_does_it_once_an_hour(monkeypatch):
    Session.objects.create(session_key="a", expire_date=timezone.now() - timedelta(days=1))
    expire_hourly()
    assert not Session.objects.exists()
    Session.objects.create(session_key="b", expire_date=timezone.now() - timedelta(days=1))
    expire_hourly()
    assert Session.objects.exists()
    cache.clear()
    expire_hourly()
    assert not Session.objects.exists()


def test_an_address_nobody_confirmed_is_forgotten_after_a_week():
    waiting, confirmed = factories.member("Wren"), factories.member("Alder")
    EmailAddress.objects.create(user=waiting, email=waiting.email)
    EmailAddress.objects.create(user=confirmed, email=confirmed.email, verified=True)
    left = nobody()
    with in_days(6):
        assert forget_unconfirmed() == 0
    with in_days(8):
        assert forget_unconfirmed() == 1
    assert set(Member.objects.all()) == {confirmed, left}


def test_a_draft_goes_only_once_its_writer_has_been_away_as_long():
    here, away = factories.draft(title="Here"), factories.draft(title="Away")
    sent, shown = factories.pending(), factories.published()
    with in_days(729):
        run()
        assert Story.objects.count() == 4
    with in_days(731):
        Member.objects.filter(pk=here.author_id).update(last_login=timezone.now())
        run()
    assert set(Story.objects.all()) == {here, sent, shown}
    assert not Story.objects.filter(pk=away.pk).exists()


def test_an_empty_desk_goes_after_a_month_and_a_written_one_stays():
    empty = Story.objects.begin(factories.member())
    written = factories.draft()
    with in_days(31):
        run()
    assert set(Story.objects.all()) == {written} and empty.pk


def test_what_could_not_be_delivered_goes_and_what_still_waits_stays():
    for to in ("gone@example.com", "waits@example.com"):
        send_mail("There is something for you", "Sign in.", None, [to])
    Email.objects.filter(to="gone@example.com").update(tries=Email.MOST_TRIES)
    with in_days(31):
        run()
    assert Email.objects.get().to == "waits@example.com"


def test_closed_cases_and_sanctions_go_after_two_years_and_the_log_stays():
    member = factories.member()
    factories.published(member)
    factories.sanction(member)
    factories.pending()
    decided = Decision.objects.count()
    with in_days(700):
        run()
        assert Case.objects.count() == 3 and Sanction.objects.exists()
    with in_days(740):
        run()
    assert Case.objects.get().closed_at is None
    assert not Sanction.objects.exists()
    assert Decision.objects.count() == decided
    call_command("verify_log", stdout=io.StringIO())


def test_a_shield_that_stands_is_kept_and_one_lifted_long_ago_goes():
    by = factories.moderator(group="lead-moderators")
    first, second = factories.published(), factories.published()
    for story in (first, second):
        Shield.objects.put_up(contribution=story, by=by, reason="A newspaper wrote about it.")
    Shield.objects.filter(object_id=first.pk).update(lifted_at=timezone.now())
    with in_days(731):
        run()
    assert Shield.objects.filter(object_id=second.pk).exists()
    assert not Shield.objects.filter(object_id=first.pk).exists()


def test_the_admins_own_log_goes_after_a_year():
    LogEntry.objects.create(user=factories.moderator(), object_repr="x", action_flag=CHANGE)
    with in_days(364):
        run()
        assert LogEntry.objects.exists()
    with in_days(366):
        run()
    assert not LogEntry.objects.exists()


def test_the_command_says_how_many_of_what_went():
    browser_of(factories.member())
    with in_days(15):
        said = run()
    assert re.search(r"^ +1  That you are signed in", said, re.MULTILINE)
    assert len(said.splitlines()) == len(ages())
