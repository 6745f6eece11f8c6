"""A member's say over when we write: quiet, paused, and by which clock."""

import re
from zoneinfo import ZoneInfo, available_timezones

import pytest
import time_machine
from django.conf import settings

from community.members.models import MailChoice, Member
from tests import factories
from tests.community.members.coming_in import PASSWORD
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
EMAIL = "/me/email/"


@pytest.fixture
def member():
    return factories.member("Marnie")


@pytest.fixture
def browser(member):
    with time_machine.travel("2027-03-14T12:00Z", tick=False):
        yield browser_of(member)


def test_quiet_until_a_day_and_the_day_is_said(browser, member):
    browser.post(f"{EMAIL}quiet/", {"until": "2027-03-20"})
    assert "It is quiet until Saturday 20 March 2027." in browser.get(EMAIL).text
    browser.post(f"{EMAIL}start-again/")
    assert "It is quiet until" not in browser.get(EMAIL).text


@pytest.mark.parametrize("until", ["", "2027-03-14", "2026-01-01", "2029-01-01", "soon", "\x00"])
def test_a_day_that_does_not_do_gets_a_kind_sentence_and_stays(browser, member, until):
    page = browser.post(f"{EMAIL}quiet/", {"until": until})
    assert page.status_code == 200 and "One thing to look at" in page.text
    assert until in ("", "\x00") or f'value="{until}"' in page.text
    member.refresh_from_db()
    assert member.mail_quiet_until is None


def test_pause_everything_and_start_again(browser, member):
    for _ in range(2):
        assert browser.post(f"{EMAIL}pause/").url == EMAIL
    page = browser.get(EMAIL).text
    assert "Everything is paused" in page and "Pause everything" not in page
    for _ in range(2):
        browser.post(f"{EMAIL}start-again/")
    assert "Everything is paused" not in browser.get(EMAIL).text
    assert not MailChoice.objects.exclude(stopped_at=None).exists()


def test_the_clock_is_theirs_and_nothing_guesses_it(browser, member):
    assert browser.get("/me/time/").text.count(" selected") == 1
    member.refresh_from_db()
    assert member.zone == ZoneInfo(settings.TIME_ZONE)
    browser.post("/me/time/", {"time_zone": "Asia/Kolkata"}, headers={"time-zone": "Asia/Tokyo"})
    page = browser.get("/me/time/").text
    assert "it is 17:30 on Sunday 14 March" in page
    assert "Asia/Kolkata" in browser.get(EMAIL).text
    browser.post("/me/time/", {"time_zone": ""})
    member.refresh_from_db()
    assert member.time_zone == ""


@pytest.mark.parametrize("zone", ["Asia/Nowhere", "../../etc/passwd", "\x00", "a" * 5000, "EST"])
def test_what_is_no_clock_gets_a_kind_sentence(browser, member, zone):
    assert "Choose one of those on the page." in browser.post("/me/time/", {"time_zone": zone}).text
    member.refresh_from_db()
    assert member.time_zone == ""


def test_a_clock_that_is_no_more_is_the_sites(member):
    Member.objects.filter(pk=member.pk).update(time_zone="Asia/Nowhere")
    member.refresh_from_db()
    assert member.zone == ZoneInfo(settings.TIME_ZONE)
    assert browser_of(member).get("/me/time/").status_code == 200


def test_every_clock_that_people_live_by_is_there_and_the_page_is_light(browser):
    page = browser.get("/me/time/").text
    named = ["Europe/Dublin", "America/Argentina/Buenos_Aires", "Pacific/Apia", "Asia/Kolkata"]
    for zone in [*named, "America/St_Johns", "Australia/Lord_Howe"]:
        assert f'value="{zone}"' in page and zone in available_timezones()
    assert len(page.encode()) < 40_000


@pytest.mark.parametrize("address", ["quiet/", "pause/", "start-again/", "../time/"])
def test_signed_out_nothing_happens(client, member, address):
    answer = client.post(EMAIL + address, {"until": "2027-03-20"})
    assert answer.status_code in (302, 404)
    assert "/accounts/login/" in answer.get("Location", "/accounts/login/")
    member.refresh_from_db()
    assert member.mail_paused_at is None


# As a browser sends them: a token always comes along, so no tick at all is a choice too.
TOKEN = {"csrfmiddlewaretoken": "of-the-form"}
# Where they are sent, the fields, where they come back to, and what is chosen there.
CHOSEN = {
    "ticks": (EMAIL, {"kinds": ["letter"]}, EMAIL, ["letter"]),
    "no tick": (EMAIL, {}, EMAIL, []),
    "a day": (f"{EMAIL}quiet/", {"until": "2027-03-20"}, f"{EMAIL}#quiet", ["2027-03-20"]),
    "a clock": ("/me/time/", {"time_zone": "Asia/Kolkata"}, "/me/time/", ["Asia/Kolkata"]),
}


def sign_in(client, door):
    """By the page itself, from where it was said to go."""
    fields = {"login": "marnie@example.org", "password": PASSWORD}
    return client.post(door, fields)["Location"]


def as_stored(member):
    own = Member.objects.filter(pk=member.pk)
    return own.values("time_zone", "mail_paused_at", "mail_quiet_until").get()


def chosen_on(form):
    ticked = re.findall(r'value="([^"]*)"[^>]* (?:checked|selected)', form)
    return ticked + re.findall(r'type="date"[^>]* value="([^"]*)"', form)


@pytest.mark.parametrize("what", CHOSEN)
@time_machine.travel("2027-03-14T12:00Z", tick=False)
def test_what_was_chosen_while_signed_out_is_there_after_signing_in(client, marnie, what):
    address, fields, place, chosen = CHOSEN[what]
    before = as_stored(marnie)
    door = client.post(address, fields | TOKEN)["Location"]
    assert "What you chose is kept" in client.get(door).text
    assert sign_in(client, door) == place
    page = client.get(place).text
    form = page.partition("isn’t kept yet")[2].partition("</form>")[0]
    assert page.count("isn’t kept yet") == 1 and chosen_on(form) == chosen
    assert as_stored(marnie) == before and not MailChoice.objects.exists()
    client.post(address, fields | TOKEN)
    assert "isn’t kept yet" not in client.get(place).text


def test_two_forms_of_one_page_come_back_each_by_itself(client, marnie):
    """Keeping one leaves the other as it was chosen."""
    client.post(f"{EMAIL}quiet/", {"until": "soon"} | TOKEN)
    sign_in(client, client.post(EMAIL, {"kinds": ["weekly"]} | TOKEN)["Location"])
    assert client.get(EMAIL).text.count("isn’t kept yet") == 2
    client.post(EMAIL, {"kinds": ["weekly"]} | TOKEN)
    page = client.get(EMAIL).text
    assert page.count("isn’t kept yet") == 1 and 'value="soon"' in page
    client.post(f"{EMAIL}pause/")  # which holds for longer
    client.post(f"{EMAIL}start-again/")
    assert "isn’t kept yet" not in client.get(EMAIL).text


@pytest.mark.parametrize("address", ["pause/", "start-again/"])
def test_a_press_while_signed_out_does_nothing_and_leads_to_the_button(client, marnie, address):
    if address == "start-again/":
        browser_of(marnie).post(f"{EMAIL}pause/")
    before = as_stored(marnie)
    door = client.post(EMAIL + address, TOKEN)["Location"]
    assert "nothing was done yet" in client.get(door).text
    assert sign_in(client, door) == f"{EMAIL}#quiet"
    page = client.get(f"{EMAIL}#quiet")
    assert page.status_code == 200 and f'action="{EMAIL}{address}"' in page.text
    assert as_stored(marnie) == before


@pytest.mark.parametrize("address", ["pause/", "start-again/"])
def test_pressing_is_a_press(browser, address):
    assert browser.get(EMAIL + address).status_code == 405


def test_the_page_costs_the_same_always(browser, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):  # session, member, choices
        browser.get(EMAIL)
