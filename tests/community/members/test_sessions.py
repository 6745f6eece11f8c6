"""Where somebody is signed in: what is kept of it, who sees it, how it ends."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.members import devices, sessions
from community.members.models import Device, Session
from tests.community.members.coming_in import is_in, sign_in
from tests.factories import browser_of, member

pytestmark = pytest.mark.django_db
PAGE = reverse("members:devices")
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15"
    " (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1"
)
LAPTOP = "Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0"


@pytest.mark.parametrize(
    "said, words",
    [
        (PHONE, "Safari on iPhone"),
        (LAPTOP, "Firefox on Linux"),
        (LAPTOP.replace("X11; Linux x86_64", "Windows NT 10.0"), "Firefox on Windows"),
        ("Mozilla/5.0 (Linux; Android 16) Chrome/142.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (Macintosh) Chrome/142.0 Safari/537.36 Edg/142.0", "Edge on Mac"),
        ("curl/8", "A browser we don’t know"),
        ("", "A browser we don’t know"),
    ],
)
def test_a_device_is_two_words(rf, said, words):
    request = rf.get("/", headers={"user-agent": said})
    assert sessions.in_words(sessions.device_of(request)) == words


def test_each_place_is_listed_and_can_be_ended(client, marnie):
    phone = Client(headers={"user-agent": PHONE})
    sign_in(phone)
    sign_in(client)
    page = client.get(PAGE)
    assert "Safari on iPhone" in page.text
    there = page.context["elsewhere"][0]
    client.post(PAGE, {"end": there.mark})
    assert not is_in(phone)
    assert is_in(client)


def test_a11_all_others_end_with_one_press(client, marnie):
    others = [Client(), Client()]
    for each in (*others, client):
        sign_in(each)
    client.post(PAGE, {"end": "all"})
    assert [is_in(each) for each in others] == [False, False]
    assert is_in(client)


def test_a19_nobody_ends_anothers(client, marnie):
    sign_in(client)
    other = browser_of(member())
    mark = Session.objects.get(member=marnie).mark
    for end in (mark, "all", "", "\x00"):
        other.post(PAGE, {"end": end})
    assert is_in(client)
    assert mark not in other.get(PAGE).text


def test_t05_neither_network_nor_the_whole_line_of_the_browser_is_kept(marnie):
    sign_in(Client(headers={"user-agent": PHONE}, REMOTE_ADDR="203.0.113.9"))
    held = str(Session.objects.get(member=marnie).get_decoded())
    assert "Safari/iPhone" in held
    for telling in ("203.0", "Mozilla", "19_1"):
        assert telling not in held


def test_no_key_stands_on_the_page(client, marnie):
    sign_in(Client())
    sign_in(client)
    page = client.get(PAGE).text
    assert not any(each.session_key in page for each in Session.objects.all())


def test_the_day_it_was_last_used_is_kept_and_nothing_finer(client, marnie):
    sign_in(client)
    tomorrow = timezone.now() + timedelta(days=1)
    with time_machine.travel(tomorrow):
        client.get("/me/")
    assert Session.objects.get(member=marnie).seen_on == timezone.localdate(tomorrow)


def test_a_sign_in_on_an_unknown_device_is_told_by_mail_once(marnie, post):
    sign_in(Client(headers={"user-agent": PHONE}))
    letter = post()
    assert letter.subject == "A change to your account"
    assert letter.body.startswith("If this was you, there is nothing to do.\n")
    assert "Safari on iPhone" in letter.body
    sign_in(Client(headers={"user-agent": PHONE}))
    post()
    assert len(mail.outbox) == 1


def test_a_device_is_forgotten_after_three_months(marnie):
    assert not Device.meet(marnie, "/")
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        assert devices.forget() == 1
        assert Device.meet(marnie, "/")
