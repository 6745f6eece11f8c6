from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.members.models import Member
from tests.community.members.coming_in import SIGN_UP, code_in, is_in, link_in, sign_in

pytestmark = pytest.mark.django_db


def test_signing_up_from_the_mail_signs_in(client, post):
    sent = client.post(reverse("account_signup"), SIGN_UP)
    assert sent.url == reverse("account_email_verification_sent")
    assert not is_in(client)
    letter = post()
    assert letter.subject == "Confirm your email address"
    assert letter.body.startswith("Use this link within a day.\n")
    link = link_in(letter)
    page = client.get(link)
    assert "Marnie" in page.content.decode()
    assert not EmailAddress.objects.get().verified  # a scanner that opens links confirms nothing
    assert client.post(link).url == reverse("members:space")
    assert is_in(client)
    assert Member.objects.get().has_usable_password()


def test_the_link_works_for_a_day(client, post):
    client.post(reverse("account_signup"), SIGN_UP)
    link = link_in(post())
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert "more than a day old" in client.get(link).content.decode()
        assert client.post(link).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(hours=23)):
        client.post(link)
    assert EmailAddress.objects.get().verified


def test_signing_up_without_a_password_means_a_code_each_time(client, post):
    client.post(reverse("account_signup"), SIGN_UP | {"password1": ""})
    client.post(link_in(post()))
    assert is_in(client)
    assert not Member.objects.get().has_usable_password()


def test_email_is_kept_in_lower_case(client):
    client.post(reverse("account_signup"), SIGN_UP | {"email": "Marnie@Example.ORG"})
    assert Member.objects.get().email == "marnie@example.org"


def test_a28_the_same_mailbox_in_another_spelling_is_the_same_account(client, marnie):
    client.post(
        reverse("account_signup"), SIGN_UP | {"email": "MARNIE@example.org", "pen_name": "Other"}
    )
    assert Member.objects.count() == 1


@pytest.mark.parametrize(
    "field, value",
    [
        ("email", ""),
        ("email", "marnie"),
        ("email", "a" * 300 + "@example.org"),
        ("pen_name", ""),
        ("pen_name", "Admin"),
        ("pen_name", "x" * 1_000_000),
        ("pen_name", "Mar\x00nie"),
        ("pen_name", "\u202eeinraM"),
        ("password1", "short"),
        ("password1", "password123"),
        ("password1", "marnie@example"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_cannot_be_kept_comes_back_with_the_words_typed(client, field, value):
    page = client.post(reverse("account_signup"), SIGN_UP | {field: value})
    assert page.status_code == 200
    assert field in page.context["form"].errors
    text = page.content.decode()
    assert "Check this page:" in text
    assert text.count('value="Marnie"') == (field != "pen_name")
    assert not Member.objects.exists()


def test_a_pen_name_that_looks_like_anothers_is_refused(client, marnie):
    page = client.post(
        reverse("account_signup"), SIGN_UP | {"email": "b@example.org", "pen_name": "Marn1e"}
    )
    assert "looks the same" in page.content.decode()


def test_a18_extra_fields_are_ignored(client):
    extra = {"is_staff": "on", "is_superuser": "on", "groups": "1", "is_active": "", "id": "7"}
    client.post(reverse("account_signup"), SIGN_UP | extra)
    made = Member.objects.get()
    assert (made.is_staff, made.is_superuser, made.is_active) == (False, False, True)


def test_r07_pressing_twice_makes_one_account_and_one_mail(post):
    for _ in range(2):  # two clients: the first answer, with its cookie, never arrived
        client = Client()
        answer = client.post(reverse("account_signup"), SIGN_UP)
        assert answer.url == reverse("account_email_verification_sent")
    post()
    assert len(mail.outbox) == 1
    client.post(link_in(mail.outbox[0]))
    assert is_in(client)
    assert Member.objects.get().has_usable_password()


def test_nobody_can_sign_up_with_anothers_address_and_wait(client, post):
    stranger = Client()
    stranger.post(reverse("account_signup"), SIGN_UP)
    link = link_in(post())
    assert "will not be kept" in client.get(link).content.decode()
    client.post(link)
    sign_in(stranger)
    assert not is_in(stranger)


def test_nor_when_the_owner_comes_in_by_code(client, post):
    stranger = Client()
    stranger.post(reverse("account_signup"), SIGN_UP)
    post()
    client.post(reverse("account_request_login_code"), {"email": "marnie@example.org"})
    client.post(reverse("account_confirm_login_code"), {"code": code_in(post())})
    assert is_in(client)
    assert not Member.objects.get().has_usable_password()


def test_words_kept_in_the_session_survive_signing_up_and_in(client, post, marnie):
    session = client.session
    session["kept_words"] = "There is a lane behind the hospital."
    session.save()
    before = client.session.session_key
    sign_in(client)
    assert client.session["kept_words"] == "There is a lane behind the hospital."
    assert client.session.session_key != before  # A11: a fixed session gains nothing
