"""The admin's own doors: who finds them, and where they lead."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse

from tests.factories import browser_of, member, moderator

pytestmark = pytest.mark.django_db
INSIDE = ["/admin/", "/admin/stories/", "/admin/moderation/case/", "/admin/members/member/"]
INSIDE += ["/admin/no-such-thing/", "/admin/password_change/", "/admin/jsi18n/", "/admin/logout/"]
PASSWORD = "a quiet kettle sings"


@pytest.fixture
def staff():
    person = moderator("Rowan Hale", group="moderators")
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


@pytest.mark.parametrize("address", [*INSIDE, "/admin/login/"])
def test_a_member_who_is_not_staff_finds_nothing_there(address):
    someone = browser_of(member())
    for response in (someone.get(address), someone.post(address)):
        assert response.status_code == 404
        assert "This page isn’t here." in response.text


@pytest.mark.parametrize("address", INSIDE[:-1])
def test_a_visitor_is_led_to_the_sites_own_sign_in_and_back(client, address):
    first = client.get(address)
    second = client.get(first["Location"])
    assert second["Location"].startswith(reverse("account_login"))
    signing_in = client.get(second["Location"])
    assert signing_in.status_code == 200
    assert f'value="{address}"' in signing_in.text


def test_signing_in_leads_nowhere_else(staff, client):
    address = client.get("/admin/login/?next=https://evil.example/")["Location"]
    typed = {"login": staff.email, "password": PASSWORD, "next": "https://evil.example/"}
    assert client.post(address, typed)["Location"] == reverse("members:space")


def test_who_is_in_already_is_led_on(staff):
    assert browser_of(staff).get("/admin/login/")["Location"] == "/admin/"


@pytest.mark.parametrize("address", ["/admin/password_change/", "/admin/password_change/done/"])
def test_a_password_is_changed_on_the_sites_own_page(staff, address):
    browser = browser_of(staff)
    typed = {"old_password": PASSWORD, "new_password1": "x" * 12, "new_password2": "x" * 12}
    for response in (browser.get(address), browser.post(address, typed)):
        assert response.status_code == 302
        assert response["Location"] == reverse("account_change_password")
    staff.refresh_from_db()
    assert staff.check_password(PASSWORD)


def test_a_change_made_from_there_is_told_by_mail(staff, client, run_jobs):
    client.post(reverse("account_login"), {"login": staff.email, "password": PASSWORD})
    page = client.get("/admin/password_change/", follow=True)
    typed = {"oldpassword": PASSWORD, "password1": "three lamps and a stair"}
    client.post(page.redirect_chain[-1][0], typed)
    run_jobs()
    assert [letter.subject for letter in mail.outbox] == ["A change to your account"]


def test_signing_out_is_the_sites_own(staff):
    browser = browser_of(staff)
    asked = browser.get("/admin/logout/")
    assert "Thanks for spending" not in asked.text
    assert browser.get("/admin/").status_code == 200, "looking signs nobody out"
    left = browser.post("/admin/logout/")
    assert left["Location"] == "/"
    assert browser.get("/admin/").status_code == 302


def test_its_front_page_is_called_by_what_is_done_there(staff):
    front = browser_of(staff).get("/admin/").text
    assert "<h1>Moderation</h1>" in front
    assert "Site administration" not in front and "Recent actions" not in front
