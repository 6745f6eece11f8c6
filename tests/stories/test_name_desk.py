"""Putting a name on the wall, and what whoever left it can do afterwards."""

import re

import pytest

from community.members.models import Consent
from community.moderation.models import Case, TransitionNotAllowed
from community.moderation.states import State
from stories.models import Remembrance
from stories.remembrance import PURPOSE, WORDING
from stories.remembrance_desk import LIMIT
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
WRITE = "/remembrance/write/"
TYPED = {"name": "Wren", "day": "9", "month": "3", "year": "2011", "body": "", "signed": "no-name"}
TYPED |= {"language": "en", "agreed": "on", "go": "send"}


@pytest.fixture
def member():
    return factories.member()


@pytest.fixture
def browser(member):
    return browser_of(member)


def fields(page):
    """What the page holds that nobody types."""
    return dict(re.findall(r'type="hidden" name="(letter|revision)" value="([^"]*)"', page.text))


def put(browser, address=WRITE, **typed):
    return browser.post(address, fields(browser.get(address)) | TYPED | typed)


def test_it_goes_to_a_moderator_with_its_consent(browser, member):
    response = put(browser)
    entry = Remembrance.objects.get()
    assert response["Location"] == f"/me/names/{entry.pk}/"
    assert (entry.state, entry.sent.words["name"]) == (State.PENDING, "Wren")
    assert (entry.day, entry.month, entry.year, entry.names_its_author()) == (9, 3, 2011, False)
    consent = Consent.objects.given().get()
    given = (consent.member, consent.purpose, consent.wording, consent.about)
    assert given == (member, PURPOSE, WORDING, f"name {entry.pk}")
    page = browser.get(response["Location"]).text
    assert "It is with a moderator" in page and ", usually within " in page
    assert "Take it back" in page and "A name: <bdi" in browser.get("/me/").text


@pytest.mark.parametrize(
    "said",
    [
        {"name": "Wren", "day": "", "month": "", "year": ""},
        {"name": "", "year": "", "day": "29", "month": "2"},
        {"name": "", "day": "", "month": "", "year": "1981"},
        {"name": "", "day": "", "month": "", "year": "", "body": "We kept the blue cup."},
        {"name": "Mia & Мия"},
        {"name": "نورا"},
        {"name": "さくら"},
        {"name": "Zoë-Ann O’Hara 2"},
    ],
)
def test_a_name_a_day_or_a_line_is_enough_in_any_alphabet(browser, said):
    assert put(browser, **said).status_code == 302
    assert Remembrance.objects.get().state == State.PENDING


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        ({"name": "", "day": "", "month": "", "year": ""}, "One of them is enough."),
        ({"name": "Wr\u202een"}, "Use letters, spaces"),
        ({"name": "Wr\u200ben"}, "Use letters, spaces"),
        ({"name": "Wr\u0435n"}, "in one alphabet"),  # a Cyrillic е
        ({"name": "W" + "\u0301" * 9}, "Use fewer accents"),
        ({"name": "2011"}, "at least one letter"),
        ({"name": "Wren 07700 900123"}, "Use a name rather than a number"),
        ({"name": "x" * 61}, "Make this shorter: 60 characters fit."),
        ({"name": "wren.example.com"}, "Leave out the address of a web page"),
        ({"body": "See https://wren.example"}, "Leave out the address of a web page"),
        ({"body": "Write to wren@example.org"}, "Leave out how to reach somebody"),
        ({"body": "x" * 121}, "A line has room for 120 characters."),
        ({"month": ""}, "Choose the month too"),
        ({"day": "31", "month": "4"}, "That month has no such day."),
        ({"day": "29", "month": "2", "year": "2011"}, "That month has no such day."),
        ({"day": "32"}, "a number, 1 to 31"),
        ({"day": "one"}, "a number, 1 to 31"),
        ({"year": "11"}, "four digits"),
        ({"year": "2999"}, "still to come"),
        ({"month": "13"}, "Choose one of those on the page."),
        ({"signed": "writer"}, "Choose one of those on the page."),
        ({"agreed": ""}, "Tick this if you agree."),
    ],
)
def test_what_has_to_change_is_said_and_every_word_is_kept(browser, said, asks):
    response = put(browser, **said)
    assert response.status_code == 422 and asks in response.text
    assert not Case.objects.exists() and not Consent.objects.exists()
    if said.get("body") and len(said["body"]) < 100:
        assert f'value="{said["body"]}"' in response.text
    assert 'value="9"' in response.text or "day" in said


def test_it_can_be_left_and_gone_on_with(browser):
    put(browser, go="leave", agreed="", body="We kept")
    entry = Remembrance.objects.get()
    assert entry.state == State.DRAFT and not Case.objects.exists()
    address = f"/me/names/{entry.pk}/change/"
    assert 'value="We kept"' in browser.get(address).text
    put(browser, address, body="We kept the blue cup.")
    entry.refresh_from_db()
    assert (entry.state, entry.body) == (State.PENDING, "We kept the blue cup.")


def test_the_same_press_twice_is_one_name(browser):
    hidden = fields(browser.get(WRITE))
    for _ in range(2):
        assert browser.post(WRITE, hidden | TYPED).status_code == 302
    assert Remembrance.objects.count() == Case.objects.count() == 1


def test_a_second_window_is_told_and_keeps_its_words(browser, member):
    entry = factories.remembrance(member)
    address = f"/me/names/{entry.pk}/change/"
    hidden = fields(browser.get(address))
    browser.post(address, hidden | TYPED | {"go": "leave", "name": "First"})
    response = browser.post(address, hidden | TYPED | {"go": "leave", "name": "Second"})
    assert response.status_code == 409
    assert 'value="Second"' in response.text and "First" in response.text
    entry.refresh_from_db()
    assert entry.name == "First"


def test_it_saves_by_itself_and_says_when(browser):
    hidden = fields(browser.get(WRITE))
    asks = {"headers": {"Accept": "application/json"}}
    told = browser.post(WRITE, hidden | TYPED | {"go": ""}, **asks).json()
    assert told["revision"] == 1 and told["saved"].startswith("Saved at")
    assert Remembrance.objects.get().name == "Wren"


def test_signed_out_meanwhile_the_words_wait(client, member):
    hidden = fields(browser_of(member).get(WRITE))
    response = client.post(WRITE, hidden | TYPED)
    assert response["Location"].startswith("/accounts/login/") and not Remembrance.objects.exists()
    client.force_login(member)
    page = client.get(WRITE)
    assert 'value="Wren"' in page.text and "You’re signed in again." in page.text
    assert fields(page)["letter"] != ""


def test_words_that_suggest_danger_are_answered_first(browser):
    response = put(browser, body="I don’t want to be here any more.")
    page = browser.get(response["Location"]).text
    assert page.index("talk to someone tonight") < page.index("It is with a moderator")
    assert Case.objects.get().is_urgent


def test_too_many_at_once_wait(browser):
    for _ in range(int(LIMIT["remembrance"].split("/")[0])):
        assert put(browser).status_code == 302
    response = put(browser, name="Robin")
    assert response.status_code == 429 and "That was a lot at once." in response.text
    assert Remembrance.objects.filter(name="Robin", state=State.DRAFT).exists()


def test_who_may_only_read_keeps_their_words(browser, member):
    sanction = factories.sanction(member, "read-only")
    before = browser.get(WRITE).text
    assert sanction.last_day() in before and 'value="send"' not in before
    response = put(browser)
    assert response.status_code == 403 and 'value="Wren"' in response.text
    assert Remembrance.objects.get().state == State.DRAFT


# ---- afterwards


def test_it_is_taken_down_at_once_and_so_is_the_consent(client, browser, member):
    entry = factories.remembered(member)
    for _ in range(2):
        assert browser.post(f"/me/names/{entry.pk}/take-down/").status_code == 302
    entry.refresh_from_db()
    assert (entry.state, entry.stands_at) == (State.WITHDRAWN, None)
    assert "Wren" not in client.get("/remembrance/").text
    assert not Consent.objects.given().exists()
    assert "Taken down by you" in browser.get(f"/me/names/{entry.pk}/").text
    put(browser, f"/me/names/{entry.pk}/change/")
    entry.refresh_from_db()
    assert entry.state == State.PENDING and Consent.objects.given().exists()


def test_taken_back_from_its_moderator_it_waits_nowhere(browser, member):
    entry = factories.sent_remembrance(member)
    address = f"/me/names/{entry.pk}/take-back/"
    assert "Take it back" in browser.get(f"/me/names/{entry.pk}/").text
    browser.post(address)
    entry.refresh_from_db()
    assert entry.state == State.DRAFT and not Case.objects.open().exists()
    assert not Consent.objects.given().exists()
    published = factories.remembered(member)
    page = browser.post(f"/me/names/{published.pk}/take-back/", follow=True).text
    assert "It was published before you took it back." in page and "Take it down now" in page


def test_taking_back_a_change_leaves_what_was_read(browser, member):
    entry = factories.remembered(member)
    put(browser, f"/me/names/{entry.pk}/change/", name="Robin")
    browser.post(f"/me/names/{entry.pk}/take-back/")
    entry.refresh_from_db()
    assert (entry.state, entry.as_shown().name) == (State.DRAFT, "Wren")
    assert Consent.objects.given().exists()


def test_a_change_waits_while_what_was_read_stays_up(client, browser, member):
    entry = factories.remembered(member)
    put(browser, f"/me/names/{entry.pk}/change/", name="Robin")
    assert "<h3>Wren</h3>" in client.get("/remembrance/").text
    assert "Your changes are with a moderator" in browser.get(f"/me/names/{entry.pk}/").text
    assert "On the wall. Your changes: With a moderator" in browser.get("/me/").text
    # While it is being read its author takes it back first.
    address = f"/me/names/{entry.pk}/change/"
    assert browser.get(address)["Location"] == f"/me/names/{entry.pk}/"


def test_a_question_is_answered_from_the_same_page(browser, member):
    entry = factories.sent_remembrance(member)
    ask = {"by": factories.moderator(), "version": entry.sent, "message": "Is that a surname?"}
    entry.return_to_author(**ask)
    assert "Is that a surname?" in browser.get(f"/me/names/{entry.pk}/change/").text
    put(browser, f"/me/names/{entry.pk}/change/", answer="It is her first name.")
    entry.refresh_from_db()
    assert entry.state == State.PENDING
    assert entry.messages.filter(from_author=True).get().text == "It is her first name."


def test_a_change_that_would_leave_nothing_is_not_accepted(member):
    entry = factories.sent_remembrance(member, name="", day=None, month=None)
    line = {"field": "body", "start": 0, "passage": entry.body, "why": "It says where."}
    said = {"by": factories.moderator(), "version": entry.sent, "message": "Because."}
    entry.suggest(**said, changes=[{**line, "instead": ""}])
    with pytest.raises(TransitionNotAllowed, match="Nothing would be left"):
        entry.accept()


def test_erased_nothing_of_it_is_left(browser, member):
    entry = factories.remembered(member)
    assert "gone from the wall at once" in browser.get(f"/me/names/{entry.pk}/erase/").text
    assert browser.post(f"/me/names/{entry.pk}/erase/")["Location"] == "/me/"
    assert not Remembrance.objects.exists()


PAGES = ["", "change/", "take-back/", "take-down/", "accept/", "keep/", "erase/"]


@pytest.mark.parametrize("page", PAGES)
def test_nobody_else_finds_it_there(client, page):
    entry = factories.remembered()
    stranger = browser_of(factories.moderator())
    for method in ("get", "post"):
        assert getattr(stranger, method)(f"/me/names/{entry.pk}/{page}").status_code in (404, 405)
        assert getattr(client, method)(f"/me/names/{entry.pk}/{page}").status_code in (302, 405)
    entry.refresh_from_db()
    assert entry.state == State.PUBLISHED


def test_in_my_space_names_cost_one_query_however_many(
    browser, member, django_assert_max_num_queries
):
    for _ in range(4):
        factories.remembrance(member)
    with django_assert_max_num_queries(13):
        assert browser.get("/me/").text.count("A name: ") == 4
