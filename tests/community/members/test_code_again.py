"""Showing by a code that it is you, for whoever has neither a password nor a second factor."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from community.members.code_again import SENT
from tests.community.members.coming_in import code_in, confirm_again, sign_in

pytestmark = pytest.mark.django_db
PAGE = reverse("members:code-again")
ADDRESS = reverse("account_email")
CHANGE = {"action_add": "1", "email": "new@example.org"}


@pytest.fixture
def by_code(client, marnie):
    marnie.forget_password()
    client.force_login(marnie)
    return marnie


def test_a_change_waits_until_the_code_is_typed(client, by_code, post):
    asked = client.post(ADDRESS, CHANGE)
    assert asked.url.startswith(PAGE)
    client.post(asked.url, {"send": "1", "next": ADDRESS})
    code = code_in(post())
    client.post(asked.url, {"code": code, "next": ADDRESS})
    assert post().to == ["new@example.org"], "and then it is made, without being asked for again"


def test_it_counts_for_ten_minutes(client, by_code, post):
    confirm_again(client, post)
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert client.get(reverse("mfa_activate_totp")).url.startswith(PAGE)


def test_a10_three_wrong_codes_are_all(client, by_code, post):
    client.post(PAGE, {"send": "1"})
    code = code_in(post())
    for _ in range(3):
        client.post(PAGE, {"code": "000000" if code != "000000" else "000001"})
    page = client.post(PAGE, {"code": code})
    assert "Ask for another." in page.text


def test_a_code_is_good_for_ten_minutes(client, by_code, post):
    client.post(PAGE, {"send": "1"})
    code = code_in(post())
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert "no longer good" in client.post(PAGE, {"code": code}).text


def test_asking_opens_no_door_by_itself(client, by_code):
    assert client.get(PAGE).status_code == 200
    assert SENT not in client.session
    assert client.post(PAGE, {"code": ""}).status_code == 200
    assert client.post(ADDRESS, CHANGE).url.startswith(PAGE)


def test_who_has_a_password_is_asked_for_that(client, marnie):
    sign_in(client)
    assert client.get(PAGE).url == reverse("account_reauthenticate")


def test_signed_out_it_leads_to_signing_in(client):
    assert client.get(PAGE).url.startswith(reverse("account_login"))
