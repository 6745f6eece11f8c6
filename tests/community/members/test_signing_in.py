import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from community.members.models import Email
from tests.community.members.coming_in import PASSWORD, SIGN_UP, code_in, is_in, sign_in

pytestmark = pytest.mark.django_db


def both_answers(url, data, first="marnie@example.org", second="nobody@example.org"):
    """What two browsers are told, one naming an address that has an account."""
    answers = []
    for email in (first, second):
        client = Client()
        answer = client.post(url, {k: email if v == "EMAIL" else v for k, v in data.items()})
        body = answer.content.decode()
        if answer.status_code == 302:
            body = client.get(answer.url).content.decode()
        body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", body).replace(email, "EMAIL")
        answers.append((answer.status_code, answer.get("Location"), body, sorted(client.cookies)))
    return answers


@pytest.mark.parametrize(
    "url, data",
    [
        ("account_signup", SIGN_UP | {"email": "EMAIL", "pen_name": "Wren"}),
        ("account_signup", SIGN_UP | {"email": "EMAIL", "pen_name": "Wren", "password1": ""}),
        ("account_login", {"login": "EMAIL", "password": "not the password"}),
        ("account_request_login_code", {"email": "EMAIL"}),
        ("account_reset_password", {"email": "EMAIL"}),
    ],
)
def test_a09_known_and_unknown_addresses_get_the_same_answer(marnie, url, data):
    known, unknown = both_answers(reverse(url), data)
    assert known == unknown


@pytest.mark.parametrize("url", ["account_request_login_code", "account_reset_password"])
def test_a09_both_cost_the_same_writing(marnie, url):
    written = []
    for email in (marnie.email, "nobody@example.org"):
        before = Email.objects.count(), DBTaskResult.objects.count()
        Client().post(reverse(url), {"email": email})
        after = Email.objects.count(), DBTaskResult.objects.count()
        written.append([b - a for a, b in zip(before, after, strict=True)])
    assert written == [[1, 1], [1, 1]]
    assert not Email.objects.filter(to="nobody@example.org").exists()


def test_an_unknown_address_gets_no_mail_and_a_known_one_is_told(client, marnie, post):
    client.post(reverse("account_request_login_code"), {"email": "nobody@example.org"})
    client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})
    assert post() is None
    client.post(reverse("account_signup"), SIGN_UP | {"pen_name": "Wren"})
    assert post().subject == "Your account"


def test_any_code_for_an_unknown_address_is_simply_wrong(client):
    client.post(reverse("account_request_login_code"), {"email": "nobody@example.org"})
    page = client.post(reverse("account_confirm_login_code"), {"code": "000000"})
    assert "Check the code" in page.content.decode()
    assert client.post(reverse("account_confirm_login_code"), {"code": ""}).status_code == 200


def test_signing_in_by_password(client, marnie):
    assert sign_in(client).url == reverse("members:space")
    assert is_in(client)
    assert client.session.get_expire_at_browser_close()


def test_staying_signed_in_is_asked_for(client, marnie):
    sign_in(client, remember="on")
    assert not client.session.get_expire_at_browser_close()


def test_signing_in_by_code(client, marnie, post):
    answer = client.post(reverse("account_request_login_code"), {"email": "Marnie@example.org"})
    letter = post()
    code = code_in(letter)
    assert letter.subject == "Your sign-in code"
    assert code not in letter.subject
    assert letter.body.startswith("It works for ten minutes.\n")
    client.post(answer.url, {"code": code, "remember": "on"})
    assert is_in(client)
    assert marnie.check_password(PASSWORD)
    assert not client.session.get_expire_at_browser_close()


def test_a_code_works_for_ten_minutes_and_three_tries(client, marnie, post):
    confirm = reverse("account_confirm_login_code")
    client.post(reverse("account_request_login_code"), {"email": marnie.email})
    code = code_in(post())
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        client.post(confirm, {"code": code})
    assert not is_in(client)

    client.post(reverse("account_request_login_code"), {"email": marnie.email})
    code = code_in(post())
    for _ in range(3):
        client.post(confirm, {"code": "000000" if code != "000000" else "000001"})
    client.post(confirm, {"code": code})
    assert not is_in(client)


def test_another_code_can_be_asked_for(client, marnie, post):
    confirm = reverse("account_confirm_login_code")
    client.post(reverse("account_request_login_code"), {"email": marnie.email})
    first = code_in(post())
    client.post(confirm, {"action": "resend"})
    second = code_in(post())
    assert first != second
    client.post(confirm, {"code": second})
    assert is_in(client)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example",
        "https://evil.example/",
        "\\\\evil.example",
        "https:evil.example",
        "%2F%2Fevil.example/",
        "javascript:alert(1)",
    ],
)
def test_a16_nobody_is_sent_elsewhere_after_signing_in(client, marnie, elsewhere):
    assert sign_in(client, next=elsewhere).url.startswith(("/me/", "%2F%2F"))
    assert client.get(reverse("account_login"), {"next": elsewhere}).url.startswith(("/me/", "%2F"))


def test_next_leads_back(client, marnie):
    assert sign_in(client, next="/write/").url == "/write/"


def test_a28_somebody_suspended_is_told_and_stays_out(client, marnie, post):
    marnie.is_active = False
    marnie.save()
    assert sign_in(client).url == reverse("account_inactive")
    assert not is_in(client)
    assert "can’t be used" in client.get(reverse("account_inactive")).content.decode()
    client.post(reverse("account_request_login_code"), {"email": marnie.email})
    assert post() is None


def test_a10_guessing_passwords_is_slow_and_a_code_still_lets_the_owner_in(client, marnie, post):
    for _ in range(6):
        page = sign_in(Client(), password="guess")
    assert page.status_code == 429 and page["Retry-After"] == "300"
    assert "Wait five minutes" in page.content.decode()
    assert marnie.email in page.content.decode()
    assert sign_in(Client()).status_code == 429  # the right one waits too
    assert sign_in(Client(), HTTP_HOST="other.example").status_code in (429, 400)
    client.post(reverse("account_request_login_code"), {"email": marnie.email})
    client.post(reverse("account_confirm_login_code"), {"code": code_in(post())})
    assert is_in(client)


def test_too_much_at_once_is_a_kind_429(client):
    for _ in range(31):
        page = sign_in(client, email="x@example.org")
    assert page.status_code == 429
    assert "That was a lot at once." in page.content.decode()
    assert page["Retry-After"]


def test_a32_one_address_gets_at_most_three_mails_an_hour(marnie, run_jobs):
    for url in ["account_request_login_code", "account_reset_password"] * 3:
        Client().post(reverse(url), {"email": marnie.email})
    run_jobs()
    assert len(mail.outbox) == 3


def from_network(number):
    return Client(REMOTE_ADDR=f"198.51.{number // 250}.{number % 250 + 1}")


def test_t01_five_wrong_passwords_by_a_stranger_shut_nobody_out_elsewhere(client, marnie):
    for _ in range(6):
        sign_in(from_network(1), password="guess")
    assert "Wait five minutes" in sign_in(from_network(1)).text
    sign_in(client)
    assert is_in(client)


@pytest.mark.parametrize("address", ["marnie@example.org", "nobody@example.org"])
def test_a10_guessing_from_everywhere_ends_and_the_owner_is_told_once(
    client, marnie, run_jobs, address, monkeypatch
):
    monkeypatch.setattr("community.members.adapter.MOST_GUESSES", {"guesses": "6/h/key"})
    for number in range(8):
        answer = sign_in(from_network(number), address, "guess")
    assert answer.status_code == 429
    run_jobs()
    told = [letter.to for letter in mail.outbox]
    assert told == ([[marnie.email]] if address == marnie.email else [])
    assert Email.objects.count() == 1, "for nobody it costs the same writing"


def test_a10_and_a_code_by_email_still_lets_the_owner_in(client, marnie, post, monkeypatch):
    monkeypatch.setattr("community.members.adapter.MOST_GUESSES", {"guesses": "2/h/key"})
    for number in range(3):
        sign_in(from_network(number), password="guess")
    assert sign_in(client).status_code == 429
    client.post(reverse("account_request_login_code"), {"email": marnie.email})
    client.post(reverse("account_confirm_login_code"), {"code": code_in(post())})
    assert is_in(client)
