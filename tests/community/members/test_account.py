"""Changing what an account is, and leaving it."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.members.models import Member
from tests.community.members.coming_in import (
    PASSWORD,
    confirm_again,
    is_in,
    link_in,
    sign_in,
)
from tests.factories import member

pytestmark = pytest.mark.django_db


def test_a_new_password_by_mail(client, marnie, post):
    other = Client()
    sign_in(other)
    client.post(reverse("account_reset_password"), {"email": marnie.email})
    letter = post()
    assert letter.body.startswith("Use this link within a day.\n")
    form = client.get(link_in(letter))
    client.post(form.url, {"password1": "another kettle sings"})
    assert is_in(client)
    assert not is_in(other)  # A11
    assert post().subject == "A change to your account"
    assert "more than a day old" in Client().get(link_in(letter)).content.decode()
    assert sign_in(Client(), password="another kettle sings").status_code == 302


def test_the_reset_link_works_for_a_day(client, marnie, post):
    client.post(reverse("account_reset_password"), {"email": marnie.email})
    link = link_in(post())
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert "more than a day old" in client.get(link).content.decode()


def test_changing_the_password_takes_the_old_one_and_says_so_by_mail(client, marnie, post):
    sign_in(client)
    url = reverse("account_change_password")
    refused = client.post(url, {"oldpassword": "no", "password1": "another kettle sings"})
    assert "Type the password you have now." in refused.content.decode()
    client.post(url, {"oldpassword": PASSWORD, "password1": "another kettle sings"})
    marnie.refresh_from_db()
    assert marnie.check_password("another kettle sings")
    letter = post()
    assert letter.subject == "A change to your account"
    assert letter.body.startswith("If this was you, there is nothing to do.\n")
    assert "127.0.0.1" not in letter.body


def test_choosing_a_first_password_asks_for_a_code_first(client, marnie, post):
    marnie.forget_password()
    client.force_login(marnie)
    asked = client.post(reverse("account_set_password"), {"password1": "another kettle sings"})
    assert asked.url.startswith(reverse("members:code-again"))
    assert not Member.objects.get().has_usable_password()
    confirm_again(client, post)
    assert client.get(reverse("account_change_password")).url == reverse("account_set_password")
    client.post(reverse("account_set_password"), {"password1": "another kettle sings"})
    marnie.refresh_from_db()
    assert marnie.check_password("another kettle sings")


def test_changing_the_address_asks_for_the_password_and_waits_for_the_link(client, marnie, post):
    sign_in(client)
    url = reverse("account_email")
    again = client.post(url, {"action_add": "1", "email": "new@example.org"})
    assert again.url.startswith(reverse("account_reauthenticate"))
    client.post(again.url, {"password": PASSWORD, "next": url})
    letter = post()
    assert letter.to == ["new@example.org"]
    marnie.refresh_from_db()
    assert marnie.email == "marnie@example.org"
    client.post(link_in(letter))
    marnie.refresh_from_db()
    assert marnie.email == "new@example.org"
    assert list(EmailAddress.objects.values_list("email", flat=True)) == ["new@example.org"]
    assert post().to == ["marnie@example.org"]  # the old one is told


def test_an_address_that_is_anothers_is_not_given_away(client, marnie, post):
    wren = member("Wren", email="wren@example.org")
    EmailAddress.objects.create(user=wren, email=wren.email, verified=True, primary=True)
    client.force_login(wren)
    confirm_again(client, post)
    answer = client.post(
        reverse("account_email"), {"action_add": "1", "email": "marnie@example.org"}
    )
    assert answer.status_code == 302
    client.post(link_in(post()))
    wren.refresh_from_db()
    assert wren.email == "wren@example.org"


def test_signing_out_is_a_press_not_a_link(client, marnie):
    sign_in(client)
    page = client.get(reverse("account_logout"))
    assert "Everything you saved stays where it is." in page.content.decode()
    assert is_in(client)
    client.post(reverse("account_logout"))
    assert not is_in(client)


def test_r10_a_form_without_its_token_is_not_obeyed(marnie):
    client = Client(enforce_csrf_checks=True)
    assert sign_in(client).status_code == 403
