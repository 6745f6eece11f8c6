"""The admin's own doors: who finds them, and where they lead."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse

from community.members.models import Device
from tests.factories import browser_of, claim, member, moderator, pending

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
    Device.meet(person, "/")
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


# ---- signed out while writing


REVIEW = "/admin/stories/story/abcdef/change/"
TYPED = {"outcome": "return", "message_return": "Would you tell me\r\nwhose name that is?"}


def sign_in(client, staff, address):
    return client.post(address, {"login": staff.email, "password": PASSWORD})["Location"]


def test_words_sent_while_signed_out_are_there_after_signing_in_and_sent_again(staff, client):
    case = claim(story := pending(), by=staff)
    address = reverse("admin:stories_story_change", args=[story.pk])
    door = client.post(address, TYPED | {"version": "1"})["Location"]
    assert "Your words are kept" in client.get(door).text
    assert sign_in(client, staff, door) == reverse("admin:kept")
    page = client.get(reverse("admin:kept")).text
    assert f'action="{address}"' in page and "whose name that is?" in page
    assert 'name="outcome" value="return"' in page
    assert "is kept here" in client.get("/admin/").text
    again = TYPED | {"version": "1", "sent-again": address}
    assert client.post(address, again).status_code == 302
    case.refresh_from_db()
    assert case.asked_at and story.last_word().text == "Would you tell me\nwhose name that is?"
    assert "is kept here" not in client.get("/admin/").text


def test_they_stand_in_their_boxes_on_the_page_they_were_typed_on(staff, client):
    case = claim(story := pending(), by=staff)
    address = reverse("admin:stories_story_change", args=[story.pk])
    sent = TYPED | {"version": "1", "here": address}
    press = reverse("admin:still-reading", args=[case.pk])
    sign_in(client, staff, client.post(press, sent)["Location"])
    assert f'formaction="{address}"' in client.get(reverse("admin:kept")).text
    page = client.post(address, sent | {"sent-again": press, "as-typed": "1"})
    assert press not in client.get(reverse("admin:kept")).text
    assert page.status_code == 200 and "whose name that is?</textarea>" in page.text
    case.refresh_from_db()
    assert case.asked_at is None and case.is_held_by(staff)


def test_they_say_of_what_they_are_and_letters_nobody_touched_are_not_theirs(staff, client):
    moderator("Sorrel Ash")
    claim(story := pending(title="The laundry vans"), by=staff)
    address = reverse("admin:stories_story_change", args=[story.pk])
    page = browser_of(staff).get(address)
    form = page.context["form"]
    frames = {box.html_name: box.initial or "" for box in form if "message" in box.name}
    sent = frames | {"here": address, "outcome": "decline", "version": "1"}
    sent |= {"message_decline": "Again my own words.", "rule_decline": "names"}
    sign_in(client, staff, client.post(address, sent)["Location"])
    kept = client.get(reverse("admin:kept")).text
    assert "The laundry vans" in kept and "The button that you had pressed: not published." in kept
    assert kept.count("<textarea") == 1 and "Your words</label>" not in kept
    assert "What you’ll say to them (not published)</label>" in kept
    for name, frame in frames.items():
        assert f'name="{name}"' in kept, frame


def test_of_what_they_may_not_read_no_title_is_shown(staff, client):
    story = pending(staff, title="The laundry vans")
    address = reverse("admin:stories_story_change", args=[story.pk])
    sign_in(client, staff, client.post(address, TYPED | {"here": address})["Location"])
    kept = client.get(reverse("admin:kept")).text
    assert "whose name that is?" in kept and "The laundry vans" not in kept


def test_a_page_elsewhere_is_never_led_to(staff, client):
    sent = TYPED | {"here": "//evil.example/"}
    sign_in(client, staff, client.post(REVIEW, sent)["Location"])
    assert 'formaction="//' not in client.get(reverse("admin:kept")).text


def test_they_can_be_put_away(staff, client):
    sign_in(client, staff, client.post(REVIEW, TYPED)["Location"])
    assert client.post(reverse("admin:kept"), {"away": REVIEW})["Location"] == "/admin/"
    assert "whose name" not in client.get(reverse("admin:kept")).text


def test_a_press_without_words_is_made_again(staff, client):
    door = client.post("/admin/moderation/case/1/claim/")["Location"]
    assert "nothing was done yet" in client.get(door).text
    assert sign_in(client, staff, door) == "/admin/"
    assert "Press it again." in client.get("/admin/").text
    assert "Press it again." not in client.get("/admin/").text


def test_who_is_not_staff_and_who_is_not_signed_in_sees_none_of_them(staff, client):
    client.post(REVIEW, TYPED)
    assert "whose name" not in client.get(reverse("admin:kept"), follow=True).text
    client.force_login(member())
    assert client.get(reverse("admin:kept")).status_code == 404


def test_other_pages_words_are_not_shown_there(staff, client):
    client.post("/me/dates/", {"words": "a day of mine"})
    client.force_login(staff)
    assert "a day of mine" not in client.get(reverse("admin:kept")).text
