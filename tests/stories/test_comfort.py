"""Reading comfort: how somebody says what they wish, and where that is kept."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from community.comfort import Comfort
from community.members.models import Session
from tests import factories
from tests.factories import browser_of
from tests.stories.pages import COMFORT_COOKIE, LIST, PRESSES, listed, member_with, visitor

pytestmark = pytest.mark.django_db
HERE = {"sec-fetch-site": "same-origin"}
OUT_SCAN = "v=1&out=scan"


def press(client, name, **fields):
    return client.post(reverse(name), fields, headers=HERE)


def kept_by(client):
    """What the browser keeps, as the next request would bring it."""
    morsel = client.cookies.get(COMFORT_COOKIE)
    return Comfort.read(morsel.value) if morsel and morsel.value else None


# ---- saying it


def test_what_a_visitor_chooses_is_kept_in_one_cookie_of_slugs():
    client = visitor(enforce_csrf_checks=True)
    answer = press(
        client, "stories:comfort-keep", size="large", birth="out", country="IE", leave="on"
    )
    assert (answer.status_code, answer["Location"]) == (302, "/comfort/?kept")
    assert set(client.cookies) == {COMFORT_COOKIE}
    assert kept_by(client) == Comfort(
        size="large", leave="hidden", country="IE", out=frozenset({"birth"})
    )
    morsel = client.cookies[COMFORT_COOKIE]
    assert morsel["httponly"] and morsel["samesite"] == "Lax" and morsel["path"] == "/"
    assert "private" in answer["Cache-Control"] and "no-store" in answer["Cache-Control"]
    page = client.get("/comfort/?kept").text
    assert "Kept. Every page is so from now on." in page
    assert 'name="size" value="large" id="id_size_1" checked' in page
    assert re.search(r'<select name="birth".*?value="out" selected', page, re.DOTALL)


def test_what_a_member_chooses_is_kept_with_the_account_and_here_only_if_asked():
    marnie = factories.member()
    client = browser_of(marnie)
    press(client, "stories:comfort-keep", page="night", scan="ask")
    marnie.refresh_from_db()
    assert marnie.comfort == Comfort(page="night", ask=frozenset({"scan"}))
    assert kept_by(client) is None
    # "Need help now?" asks no database, so it can't ask the account.
    assert "only if this device keeps it too" in client.get("/comfort/").text
    assert "only if this device keeps it too" not in visitor().get("/comfort/").text
    press(client, "stories:comfort-keep", page="night", here="on")
    assert kept_by(client) == Comfort(page="night")
    press(client, "stories:comfort-look", size="larger")
    assert kept_by(client) == Comfort(size="larger")  # the device follows
    press(client, "stories:comfort-keep", size="larger")
    assert kept_by(client) is None


def test_it_can_be_taken_back():
    client = visitor(OUT_SCAN)
    assert press(client, "stories:comfort-forget")["Location"] == "/comfort/?forgotten"
    assert kept_by(client) is None
    marnie = factories.member()
    marnie.wish(Comfort(size="large"))
    press(browser_of(marnie), "stories:comfort-forget")
    marnie.refresh_from_db()
    assert marnie.comfort is None


def test_a_visitor_who_wants_everything_as_usual_keeps_nothing():
    client = visitor(OUT_SCAN)
    press(client, "stories:comfort-keep")
    assert kept_by(client) is None


def test_the_panel_above_a_story_changes_three_things_and_leads_back():
    story = factories.published()
    client = visitor("v=1&out=scan&country=IE&leave=hidden")
    answer = press(
        client, "stories:comfort-look", size="large", face="on", next=story.get_absolute_url()
    )
    assert answer["Location"] == story.get_absolute_url()
    assert kept_by(client) == Comfort(
        size="large", face="plain", leave="hidden", country="IE", out=frozenset({"scan"})
    )
    assert '<html lang="en-gb" data-size="large" data-face="plain">' in client.get(
        story.get_absolute_url()
    ).text.replace("\n", "")


@pytest.mark.parametrize("name", PRESSES)
@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil", "\\evil",
                                  "https:evil", "\x00/a", "javascript:alert(1)", ""])  # fmt: skip
def test_a16_it_leads_back_to_our_own_pages_only(name, back):
    answer = press(visitor(), name, country="IE", next=back)
    assert answer.status_code == 302
    assert re.fullmatch(r"/comfort/(\?\w+)?", answer["Location"])


@pytest.mark.parametrize("name", PRESSES)
def test_a17_another_site_changes_nothing(name):
    address = reverse(name)
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}, {}):
        client = visitor(OUT_SCAN, enforce_csrf_checks=True)
        assert client.post(address, {"size": "large"}, headers=headers).status_code == 403
        assert kept_by(client) == Comfort.read(OUT_SCAN)
    member = Client(enforce_csrf_checks=True)
    member.force_login(factories.member())
    assert member.post(address, {"country": "IE"}, headers=HERE).status_code == 403


@pytest.mark.parametrize("name", PRESSES)
def test_opening_an_address_that_acts_does_nothing(name):
    client = visitor(OUT_SCAN)
    assert client.get(reverse(name)).status_code == 405
    assert kept_by(client) == Comfort.read(OUT_SCAN)


@pytest.mark.parametrize("field", [{"size": "huge"}, {"scan": "burn"}, {"country": "\x00"}])
def test_what_is_no_choice_is_asked_for_again_and_nothing_kept(field):
    client = visitor()
    answer = press(client, "stories:comfort-keep", **field)
    assert answer.status_code == 422 and kept_by(client) is None
    assert re.search(r"<title>Check this page:\s+Reading comfort", answer.text)
    assert "One thing to look at" in answer.text


def test_a_members_page_is_behind_signing_in_and_says_the_same():
    assert visitor().get("/me/comfort/")["Location"].startswith(reverse("account_login"))
    client = member_with("v=1&size=larger")
    for address in ("/me/comfort/", "/comfort/"):
        page = client.get(address)
        assert 'value="larger" id="id_size_2" checked' in page.text
        assert page["Cache-Control"] == "private, no-store"


# ---- cookies made by hand


@pytest.mark.parametrize(
    "junk",
    ["", "x" * 16_000, "v=1&out=" + "a." * 8000, "v=1&size=<script>&country=../..&page=%00",
     '"\\"', "v=1&out=' OR 1=1--", "v=1&out=scan%00", "é", "v=1&country=ZZ&out=zz"],
)  # fmt: skip
def test_a36_a_cookie_made_by_hand_is_ignored(junk):
    story = factories.published(notes=["scan"])
    client = visitor(junk)
    for address in (LIST, "/", "/comfort/", story.get_absolute_url(), "/help-now/", "/zz/"):
        page = client.get(address)
        assert page.status_code == (404 if address == "/zz/" else 200)
        assert "<script>" not in page.text and "data-size" not in page.text
        assert page["Cache-Control"] == "private, no-store"
    assert listed(client) == [story.pk]


# ---- said to an account whose session has ended meanwhile

SAID = {
    "comfort-keep": ("/me/comfort/", {"page": "night", "scan": "out", "face": "on"}),
    "comfort-look": ("story", {"page": "night", "face": "on"}),
    "comfort-country": ("/me/comfort/", {"country": "IE"}),
    "comfort-forget": ("/me/comfort/", {}),
}
BEFORE = Comfort(size="large", out=frozenset({"birth"}))


@pytest.fixture
def marnie():
    marnie = factories.member()
    marnie.wish(BEFORE)
    return marnie


def say_after_the_end(client, name, story):
    """Press what a page had on it while the session still held; where that leads."""
    place, chosen = SAID[name]
    page = client.get(story.get_absolute_url() if place == "story" else place).text
    account = re.search('name="account" value="([^"]+)"', page)[1]
    Session.objects.all().delete()
    back = story.get_absolute_url()
    return press(client, f"stories:{name}", **chosen, account=account, next=back)["Location"]


@pytest.mark.parametrize("name", SAID)
def test_what_was_said_to_an_account_stays_off_the_device(name, marnie):
    client, story = browser_of(marnie), factories.published()
    door = say_after_the_end(client, name, story)
    assert door.startswith(reverse("account_login")) and COMFORT_COOKIE not in client.cookies
    said = "What you chose is kept" if SAID[name][1] else "nothing was done yet"
    assert said in client.get(door).text
    marnie.refresh_from_db()
    assert marnie.comfort == BEFORE
    client.force_login(marnie)
    page = client.get("/me/comfort/", {"next": story.get_absolute_url()})
    assert ("isn’t kept yet" in page.text) == bool(SAID[name][1])
    sent = page.context["form"].comfort
    assert (
        sent
        == {
            "comfort-keep": Comfort(page="night", face="plain", out=frozenset({"scan"})),
            "comfort-look": BEFORE.but(size="", page="night", face="plain"),
            "comfort-country": BEFORE.but(country="IE"),
            "comfort-forget": BEFORE,
        }[name]
    )
    assert f'name="next" value="{story.get_absolute_url()}"' in page.text
    press(client, "stories:comfort-keep", page="day")
    assert "isn’t kept yet" not in client.get("/me/comfort/").text
    assert kept_by(client) is None


def test_whoever_else_signs_in_there_learns_nothing_of_it(marnie):
    client = browser_of(marnie)
    say_after_the_end(client, "comfort-keep", factories.published())
    client.force_login(factories.member())
    page = client.get("/me/comfort/")
    assert "isn’t kept yet" not in page.text and page.context["form"].comfort == Comfort()


def test_a_device_that_keeps_wishes_keeps_what_it_had_until_they_sign_in(marnie):
    client = browser_of(marnie)
    client.cookies[COMFORT_COOKIE] = OUT_SCAN
    say_after_the_end(client, "comfort-keep", factories.published())
    assert kept_by(client) == Comfort.read(OUT_SCAN)
    client.force_login(marnie)
    tick = re.search(
        r'<input type="checkbox" name="here"( checked)?', client.get("/me/comfort/").text
    )
    assert tick[1] is None  # as it was left, in the form that was sent
