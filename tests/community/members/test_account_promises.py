"""What every mail and every page of an account keeps."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from community.members.models import Email
from tests.community.members.coming_in import SIGN_UP, link_in, sign_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80@localhost"])
def test_a16_links_in_mail_do_not_follow_the_host_header(marnie, host, post, settings):
    settings.ALLOWED_HOSTS = ["*"]
    client = Client(headers={"host": host, "x-forwarded-host": host})
    client.post(reverse("account_reset_password"), {"email": marnie.email})
    client.post(reverse("account_signup"), SIGN_UP | {"email": "b@example.org", "pen_name": "Bo"})
    client.post(reverse("account_signup"), SIGN_UP | {"pen_name": "Wren"})
    post()
    for letter in mail.outbox:
        assert "evil" not in letter.body
        assert f"{settings.SITE_URL}/" in letter.body


def test_p06_every_mail_says_why_it_came_and_gives_nothing_away(client, marnie, run_jobs):
    client.post(reverse("account_signup"), SIGN_UP | {"email": "b@example.org", "pen_name": "Bo"})
    Client().post(reverse("account_signup"), SIGN_UP | {"pen_name": "Wren"})
    Client().post(reverse("account_request_login_code"), {"email": marnie.email})
    Client().post(reverse("account_reset_password"), {"email": marnie.email})
    run_jobs()
    assert len(mail.outbox) == 4
    for letter in mail.outbox:
        assert "You have this because" in letter.body
        assert "\n\n\n" not in letter.body.strip()
        for telling in ["Marnie", "loss", "grief", "story", "stories", "baby", "!"]:
            assert telling not in f"{letter.subject}{letter.body}".replace(marnie.email, "")


@pytest.mark.parametrize(
    "name",
    [
        "login",
        "signup",
        "request_login_code",
        "reset_password",
        "reset_password_done",
        "email_verification_sent",
        "inactive",
    ],
)
def test_a_visitor_finds_every_page_in_our_design(client, name):
    page = client.get(reverse(f"account_{name}"))
    text = page.content.decode()
    assert page.status_code == 200
    assert 'class="strip"' in text
    assert 'content="noindex"' in text
    assert "placeholder" not in text
    assert "style=" not in text
    assert page["Cache-Control"] == "private, no-store" or "no-store" in page["Cache-Control"]


@pytest.mark.parametrize("name", ["email", "change_password", "logout", "reauthenticate"])
def test_a_member_finds_every_page_in_our_design(client, marnie, name):
    sign_in(client)
    text = client.get(reverse(f"account_{name}")).content.decode()
    assert 'class="strip"' in text
    assert "placeholder" not in text
    assert "style=" not in text


@pytest.mark.parametrize("name", ["email", "change_password", "set_password", "reauthenticate"])
def test_signed_out_the_way_leads_to_signing_in(client, name):
    assert client.get(reverse(f"account_{name}")).url.startswith(reverse("account_login"))


def test_the_page_after_signing_up_says_where_mail_is_while_trying_it(client, settings):
    url = reverse("account_email_verification_sent")
    settings.MAIL_TRANSPORT = {"EMAIL_FILE_PATH": "/somewhere/mail"}
    settings.DEBUG = True
    assert "/somewhere/mail" in client.get(url).content.decode()
    settings.DEBUG = False
    assert "/somewhere/mail" not in client.get(url).content.decode()


def test_p03_nothing_personal_is_logged(client, post, caplog):
    caplog.set_level("DEBUG")
    client.post(reverse("account_signup"), SIGN_UP)
    client.post(link_in(post()))
    client.post(reverse("account_logout"))
    sign_in(client, password="wrong wrong")
    sign_in(client)
    ours = [r for r in caplog.records if not r.name.startswith(("django.db", "django.template"))]
    logged = " ".join(r.getMessage() for r in ours)
    for telling in ["marnie", "Marnie", "kettle", "confirm-email/"]:
        assert telling not in logged


def test_nothing_of_a_mail_is_left_after_it_was_sent(client, post):
    client.post(reverse("account_signup"), SIGN_UP)
    post()
    assert not Email.objects.exclude(to="", body="").exists()
