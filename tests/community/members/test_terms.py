"""What people agree to: asked apart, in versions, asked again when it changes, taken back."""

import pytest
from django.urls import reverse

from community.members import terms
from community.members.models import Consent, Member
from community.moderation.sanctions import Doing, why_not
from tests import factories
from tests.community.members.coming_in import SIGN_UP, link_in
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
PAGE = reverse("members:agreement")
BOTH = {"care": "on", "keeping": "on"}
NEW = terms.Terms("2027-01", ("Letters are kept for a year.",))


@pytest.fixture
def wren():
    person = factories.member("Wren")
    terms.agree(person)
    return person


@pytest.fixture
def changed(monkeypatch):
    monkeypatch.setattr(terms, "VERSIONS", [*terms.VERSIONS, NEW])


@pytest.mark.parametrize("left_out", ["care", "keeping"])
def test_each_is_ticked_for_itself_at_sign_up(client, left_out):
    typed = {name: value for name, value in SIGN_UP.items() if name != left_out}
    page = client.post(reverse("account_signup"), typed)
    assert "Tick this too." in page.text
    assert f'value="{SIGN_UP["email"]}"' in page.text, "and nothing typed is lost"
    assert not Member.objects.exists()


def test_both_are_on_record_with_their_version(client, post):
    client.post(reverse("account_signup"), SIGN_UP)
    client.post(link_in(post()))
    held = Consent.objects.given().values_list("purpose", "wording")
    assert sorted(held) == [("care", terms.current()), ("keeping", terms.current())]
    assert client.get("/me/").status_code == 200


@pytest.mark.parametrize("address", ["/me/", "/write/", "/me/letters/", "/me/dates/"])
def test_a_change_asks_again_and_says_what_changed(wren, changed, address):
    browser = browser_of(wren)
    asked = browser.get(address)
    assert asked.url.startswith(PAGE)
    page = browser.get(asked.url)
    assert "Letters are kept for a year." in page.text
    assert browser.post(PAGE, BOTH | {"next": address}).url == address
    assert browser.get(address).status_code == 200
    assert Consent.objects.given().filter(member=wren, wording="2027-01").count() == 2


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/stories/",
        "/help-now/",
        "/me/account/",
        "/me/comfort/",
        "/me/decisions/",
        "/me/delete/",
        "/me/download/",
        "/accounts/email/",
        PAGE,
    ],
)
def test_reading_help_the_copy_and_leaving_go_on_without_being_asked(wren, changed, address):
    assert browser_of(wren).get(address).status_code == 200


def test_words_on_their_way_are_not_stopped(wren, changed):
    story = factories.draft(wren)
    browser_of(wren).post(f"/write/{story.pk}/", {"title": "T", "body": "Kept.", "revision": 0})
    story.refresh_from_db()
    assert story.body == "Kept."


@pytest.mark.parametrize("purpose", terms.To.values)
def test_p08_taking_it_back_unpublishes_at_once(wren, purpose, client):
    story, name = factories.published(wren), factories.remembered(wren)
    letter = factories.delivered(author=wren)
    waiting = factories.sent_letter(author=wren)
    browser_of(wren).post(PAGE, {"take-back": purpose})
    assert client.get(story.get_absolute_url()).status_code == 404
    for thing in (name, letter, waiting):
        thing.refresh_from_db()
        assert thing.shown is None
        assert thing.state in ("withdrawn", "draft")
    assert not Consent.objects.given().filter(member=wren, purpose=purpose).exists()


def test_and_nothing_more_is_sent_until_they_agree_again(wren):
    terms.take_back(wren, "keeping")
    assert "Agree again" in why_not(wren, Doing.SEND)
    assert why_not(wren, Doing.MODERATE) == ""
    browser = browser_of(wren)
    assert "You took it back" in browser.get(PAGE).text
    browser.post(PAGE, BOTH)
    wren.refresh_from_db()
    assert why_not(wren, Doing.SEND) == ""


@pytest.mark.parametrize("ticked", [{}, {"care": "on"}, {"keeping": "on"}])
def test_one_tick_is_not_both(wren, changed, ticked):
    page = browser_of(wren).post(PAGE, ticked)
    assert page.status_code == 422
    wren.refresh_from_db()
    assert terms.is_asked(wren)


@pytest.mark.parametrize("there", ["https://evil.example/", "//evil.example", "javascript:x"])
def test_a16_it_leads_nowhere_else(wren, there):
    assert browser_of(wren).post(PAGE, BOTH | {"next": there}).url == "/me/"


def test_a_program_that_fills_in_everything_makes_no_account(client, post):
    answer = client.post(reverse("account_signup"), SIGN_UP | {"website": "http://x.example"})
    assert answer.url == reverse("account_email_verification_sent"), "and is told nothing of it"
    assert not Member.objects.exists()
    assert post() is None
