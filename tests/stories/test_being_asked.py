"""Being asked: what a member chooses, the mail that they may have, and what leads read."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings as site
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from community.members.mail import send_held
from community.members.models import Consent, MailChoice
from stories.models import Asking, Offer, Story
from stories.unanswered import make_offers
from tests import factories
from tests.factories import browser_of
from tests.stories.asked import asking, since

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    return since(factories.wanting())


@pytest.fixture
def willing():
    return asking()


CHOSEN = {"losses": ["molar", "stillbirth"], "languages": ["en"]}


def test_a_member_chooses_and_agrees_to_it_and_stops(story):
    member = factories.member()
    browser = browser_of(member)
    assert "Ask me now and then" in browser.get("/me/letters/asking/").text
    assert browser.post("/me/letters/asking/", CHOSEN).url == "/me/letters/"
    assert Asking.objects.get().losses == CHOSEN["losses"]
    assert Consent.objects.given().filter(member=member, purpose="be-asked").exists()
    make_offers()
    assert browser.get("/me/letters/asking/").text.count(" checked") == 3
    for _ in range(2):
        browser.post("/me/letters/asking/stop/")
    assert not (Asking.objects.exists() or Offer.objects.exists())
    assert not Consent.objects.given().filter(purpose="be-asked").exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"languages": ["en"]}, "Tick what you could write about"),
        ({"losses": ["molar"]}, "Tick a language"),
        ({"losses": ["unheard-of"], "languages": ["en"]}, "Choose one of those on the page"),
    ],
)
def test_a_choice_that_lacks_something_is_asked_for_kindly(willing, sent, said):
    page = browser_of(willing).post("/me/letters/asking/", sent)
    assert page.status_code == 422 and said in page.text
    assert Asking.objects.get().losses == ["stillbirth"]


def test_there_is_no_mail_unless_they_asked_for_it_and_then_once_in_three_days(run_jobs):
    silent, member = asking(), asking(by_mail=True)
    for _ in range(4):
        since(factories.wanting())
    run_jobs()
    mail.outbox.clear()
    begin = timezone.now()
    for days, letters in ((0, 1), (1, 1), (2, 1), (4, 2)):
        with time_machine.travel(begin + timedelta(days=days)):
            Offer.objects.filter(member=member).open().update(closed_at=begin)
            Asking.objects.update(looked_at=None)
            make_offers()
            run_jobs()
            assert len(mail.outbox) == letters, days
    assert {message.to[0] for message in mail.outbox} == {member.email} != {silent.email}
    message = mail.outbox[0]
    assert message.subject == "There is something for you"
    assert message.body.startswith("Sign in when you’re ready.")
    for told in ("etter", "story", "stillbirth", member.pen_name):
        assert told not in message.body, told


def test_the_mail_waits_for_the_morning_and_is_stopped_by_its_own_link(settings, run_jobs):
    settings.QUIET_HOURS = (22, 8)
    member = asking(by_mail=True)
    night = datetime(2026, 3, 2, 3, tzinfo=ZoneInfo("Europe/London"))
    with time_machine.travel(night, tick=False):
        since(factories.wanting())
        mail.outbox.clear()
        make_offers()
        run_jobs()
        assert not [each for each in mail.outbox if each.to == [member.email]]
    with time_machine.travel(night + timedelta(hours=6), tick=False):
        send_held()
        run_jobs()
    (message,) = [each for each in mail.outbox if each.to == [member.email]]
    link = message.extra_headers["List-Unsubscribe"].strip("<>").partition("/me/")[2]
    browser_of().post(f"/me/{link}")
    assert MailChoice.objects.get(member=member, kind="offer").stopped_at
    assert Asking.objects.filter(member=member).exists()


def test_mail_about_it_is_off_until_it_is_ticked():
    member = factories.member()
    page = browser_of(member).get("/me/email/").text
    assert 'value="offer"' in page and 'value="offer" checked' not in page
    assert (
        MailChoice.of(member, "offer").stopped_at and not MailChoice.of(member, "letter").stopped_at
    )


# ---- the worker, and leads


def test_the_worker_does_it_by_itself_and_a_command_by_hand(story, willing, capsys):
    assert "stories.unanswered.make_offers" in site.TIDYINGS
    call_command("offer_stories")
    assert "Members asked: 1." in capsys.readouterr().out


def test_looking_costs_the_same_however_many_wait(willing, django_assert_max_num_queries):
    moderator, writer = factories.moderator(), factories.member()
    for _ in range(5):
        since(factories.wanting(writer, by=moderator))
    with django_assert_max_num_queries(14):
        assert make_offers() == 1


def test_leads_read_in_words_how_many_wait(story):
    lead = browser_of(factories.moderator(group="lead-moderators"))
    address = "/admin/moderation/numbers/"
    assert "One story whose writer would be glad of a letter has had none" in lead.get(address).text
    since(factories.wanting())
    assert "Two stories whose writers" in lead.get(address).text
    Story.objects.update(wants_letters=False)
    assert "No story waits for a letter." in lead.get(address).text
