"""Each kind of mail is stopped from the mail alone, by a press, and by nothing else."""

import re

import pytest
from django.core import mail
from django.test import Client

from community.members.mail import something_for_you, weekly_note
from community.members.models import MailChoice
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return factories.member("Marnie")


def posted(run_jobs):
    run_jobs()
    (message,) = mail.outbox
    mail.outbox.clear()
    return message


def link_in(message):
    return re.search(r"https?://[^/\s]+(/me/email/stop/\S+)", message.body)[1]


@pytest.mark.parametrize("write", [something_for_you, weekly_note])
def test_a_mail_ends_with_why_it_came_and_how_to_stop_its_kind(member, write, run_jobs):
    write(member)
    message = posted(run_jobs)
    lines = [line for line in message.body.splitlines() if line]
    assert lines[-1].endswith(link_in(message))
    assert any(line.startswith("You have this because") for line in lines)
    assert message.extra_headers["List-Unsubscribe"].strip("<>").endswith(link_in(message))
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_p06_the_link_says_nothing_of_who_or_what(member, run_jobs):
    something_for_you(member, "letter")
    link = link_in(posted(run_jobs))
    assert "letter" not in link and "Marnie" not in link
    key = link.split("/")[-2].split(".")[0]
    assert len(key) >= 22, "128 bits or more"


def test_opening_the_link_does_nothing_and_a_press_stops_that_kind(member, run_jobs):
    something_for_you(member, "letter")
    link = link_in(posted(run_jobs))
    stranger = Client(enforce_csrf_checks=True)
    page = stranger.get(link)
    assert "Stop these emails" in page.text and "Marnie" not in page.text
    assert MailChoice.objects.get().stopped_at is None
    stopped = stranger.post(link, {"List-Unsubscribe": "One-Click"})
    assert "any more" in stopped.text
    something_for_you(member, "letter")
    run_jobs()
    assert mail.outbox == []
    something_for_you(member)
    assert posted(run_jobs).to == [member.email]


@pytest.mark.parametrize("token", ["x", "x.y", "é", "a" * 500])
def test_a_link_that_is_not_ours_is_not_here(client, member, token):
    MailChoice.of(member, "letter")
    for send in (client.get, client.post):
        assert send(f"/me/email/stop/{token}/").status_code == 404


def test_the_same_choices_stand_in_my_space(member, run_jobs):
    browser = browser_of(member)
    browser.post("/me/email/", {"kinds": ["weekly"]})
    assert browser.get("/me/email/").text.count(" checked") == 1
    something_for_you(member, "letter")
    something_for_you(member)
    run_jobs()
    assert mail.outbox == []
    browser.post("/me/email/", {"kinds": ["weekly", "letter", "decision"]})
    something_for_you(member)
    assert posted(run_jobs).to == [member.email]


def test_mail_that_waits_is_not_written_twice(member, settings, run_jobs):
    for _ in range(30):
        something_for_you(member, "letter")
    assert posted(run_jobs).to == [member.email]
