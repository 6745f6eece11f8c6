"""Second factors: set up, asked for, lost; and what of them is stored."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.members import factors
from tests.community.members.coming_in import PASSWORD, is_in, sign_in

pytestmark = pytest.mark.django_db
SET_UP = reverse("mfa_activate_totp")


def code_of(secret, later=0):
    """What an app shows ``later`` half minutes from now (RFC 6238)."""
    return format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30 + later))


def set_up_app(client, password=PASSWORD):
    """Returns the app's secret and the recovery codes that are shown once."""
    again = client.get(SET_UP)
    client.post(again.url, {"password": password, "next": SET_UP})
    secret = re.search(r'id="key"[^>]*value="(\w+)"', client.get(SET_UP).text)[1]
    shown = client.post(SET_UP, {"code": code_of(secret)}, follow=True)
    return secret, re.findall(r"<li>(\d{8})</li>", shown.text)


@pytest.fixture
def with_app(client, marnie):
    sign_in(client)
    return set_up_app(client)


def test_setting_one_up_asks_for_the_password_again(client, marnie):
    sign_in(client)
    asked = client.get(SET_UP)
    assert asked.url == f"{reverse('account_reauthenticate')}?next={SET_UP.replace('/', '%2F')}"


def test_with_an_app_a_password_alone_lets_nobody_in(with_app, marnie):
    secret, _codes = with_app
    browser = Client()
    asked = sign_in(browser)
    assert asked.url == reverse("mfa_authenticate")
    assert not is_in(browser)
    wrong = browser.post(asked.url, {"code": "000000"})
    assert "Check the code" in wrong.text
    browser.post(asked.url, {"code": code_of(secret, later=1)})
    assert is_in(browser)


def test_nor_does_a_code_by_email_alone(with_app, marnie, post):
    browser = Client()
    browser.post(reverse("account_request_login_code"), {"email": marnie.email})
    code = re.search(r"^\d{6}$", post().body, re.MULTILINE)[0]
    confirmed = browser.post(
        reverse("account_confirm_login_code"), {"code": code, "remember": "on"}
    )
    assert confirmed.url == reverse("mfa_authenticate")
    browser.post(confirmed.url, {"code": code_of(with_app[0], later=1)})
    assert is_in(browser)
    assert not browser.session.get_expire_at_browser_close(), "as they had asked a page before"


def test_a_recovery_code_stands_in_once(with_app):
    codes = with_app[1]
    assert len(codes) == 10
    for browser, lets_in in ((Client(), True), (Client(), False)):
        asked = sign_in(browser)
        browser.post(asked.url, {"code": codes[0]})
        assert is_in(browser) is lets_in


def test_a_code_of_the_app_works_once(with_app):
    code = code_of(with_app[0], later=1)
    for browser, lets_in in ((Client(), True), (Client(), False)):
        browser.post(sign_in(browser).url, {"code": code})
        assert is_in(browser) is lets_in


def test_guessing_codes_is_slow(with_app):
    browser = Client()
    asked = sign_in(browser)
    for guess in range(6):
        page = browser.post(asked.url, {"code": f"{guess:06}"})
    assert "Wait five minutes" in page.text


def test_recovery_codes_are_shown_once(client, with_app):
    page = client.get(reverse("mfa_view_recovery_codes"))
    assert "They were shown once" in page.text
    assert not any(code in page.text for code in with_app[1])
    assert client.get(reverse("mfa_download_recovery_codes")).status_code == 403


def test_t05_no_secret_is_stored_in_the_clear(with_app):
    secret, codes = with_app
    stored = " ".join(str(each.data) for each in Authenticator.objects.all())
    assert secret not in stored
    assert not any(code in stored for code in codes)


def test_a_new_key_of_the_site_opens_what_the_old_one_closed(with_app, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another one"
    browser = Client()
    browser.post(sign_in(browser).url, {"code": code_of(with_app[0], later=1)})
    assert is_in(browser)


def test_the_app_shows_neither_address_nor_host(client, with_app, marnie):
    adapter = factors.FactorAdapter()
    url = adapter.build_totp_url(marnie, "A" * 32)
    assert url.startswith("otpauth://totp/Marnie?")
    assert "issuer=Small%20Hours" in url


def test_a_change_is_told_by_mail(with_app, client, post):
    client.post(reverse("mfa_deactivate_totp"))
    assert post().subject == "A change to your account"
    assert "The app that shows codes was turned off." in post().body
    assert not Authenticator.objects.exists(), "recovery codes alone are no factor"


def test_turning_it_off_asks_again(with_app):
    browser = Client()
    browser.post(sign_in(browser).url, {"code": code_of(with_app[0], later=1)})
    asked = browser.post(reverse("mfa_deactivate_totp"))
    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert Authenticator.objects.count() == 2


@pytest.mark.parametrize(
    "name",
    [
        "mfa_index",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_deactivate_totp",
        "mfa_reauthenticate",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
    ],
)
def test_every_page_is_in_our_design(client, with_app, name):
    page = client.get(reverse(name))
    assert page.status_code == 200
    assert 'class="strip"' in page.text
    for theirs in ("style=", "onclick", "allauth", "Two-Factor", "placeholder"):
        assert theirs not in page.text


def test_garbled_passkeys_are_answered_with_a_sentence(client, with_app):
    client.post(reverse("account_logout"))
    login = reverse("mfa_login_webauthn")
    assert client.get(login, headers={"accept": "application/json"}).json()["request_options"]
    for sent in ("", "{", "[]", '{"id": 1}', '{"response": {"userHandle": "AA"}}'):
        page = client.post(login, {"credential": sent}, follow=True)
        assert page.status_code == 200
        assert not is_in(client)
