"""Nobody opens the admin without a second factor, by whatever way they come."""

from collections import defaultdict

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from tests.community.members.coming_in import PASSWORD, sign_in
from tests.community.members.test_factors import code_of, set_up_app
from tests.factories import browser_of, moderator
from tests.test_nothing_acts_by_get import filled, routes

pytestmark = pytest.mark.django_db
ANY = defaultdict(lambda: [1], app_label=["stories"], object=["1/1"])


@pytest.fixture(autouse=True)
def as_on_a_site_for_people(settings):
    settings.STAFF_SECOND_FACTOR = True


@pytest.fixture
def staff():
    person = moderator("Rowan Hale", group="lead-moderators")
    person.is_superuser = True
    person.set_password(PASSWORD)
    person.save()
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    return person


def test_on_every_address_of_the_admin_by_every_method(staff):
    browser = browser_of(staff)
    tried = 0
    for route in routes():
        if route.startswith("admin/"):
            for address in filled(route, ANY):
                for method in (browser.get, browser.head, browser.post, browser.put):
                    answer = method(address)
                    assert answer.status_code in (302, 404, 405), address
                    tried += answer.status_code == 302
    assert tried > 100


def test_with_none_set_up_they_are_led_to_set_one_up_and_then_come_in(staff, client):
    sign_in(client, staff.email)
    assert client.get("/admin/").url == reverse("mfa_index")
    assert "a password alone doesn’t open the admin" in client.get(reverse("mfa_index")).text
    set_up_app(client)
    assert client.get("/admin/").status_code == 200


def test_with_one_shown_on_the_way_in_they_come_in(staff, client):
    sign_in(client, staff.email)
    secret, _codes = set_up_app(client)
    browser = browser_of()
    asked = sign_in(browser, staff.email, next="/admin/")
    browser.post(asked.url, {"code": code_of(secret, later=1)})
    assert browser.get("/admin/").status_code == 200


def test_a_session_from_before_is_asked_to_show_it(staff, client):
    sign_in(client, staff.email)
    secret, _codes = set_up_app(client)
    browser = browser_of(staff)
    asked = browser.get("/admin/")
    assert asked.url.startswith(reverse("mfa_reauthenticate"))
    came = browser.post(asked.url, {"code": code_of(secret, later=1), "next": "/admin/"})
    assert came.url == "/admin/"
    assert browser.get("/admin/").status_code == 200


def test_taking_the_last_one_off_closes_the_admin_again(staff, client):
    sign_in(client, staff.email)
    set_up_app(client)
    Authenticator.objects.filter(user=staff).exclude(type="recovery_codes").delete()
    assert client.get("/admin/").url == reverse("mfa_index")


def test_words_sent_meanwhile_are_kept(staff, client):
    browser = browser_of(staff)
    browser.post("/admin/moderation/shield/", {"topic": "tfmr", "reason": "A hard week."})
    sign_in(client, staff.email)
    assert "A+hard+week." in str(browser.session["kept_words"])


def test_while_trying_the_site_the_admin_says_that_it_asks_for_none(staff, settings):
    settings.STAFF_SECOND_FACTOR = False
    assert "You are trying this site" in browser_of(staff).get("/admin/").text
    settings.STAFF_SECOND_FACTOR = True
