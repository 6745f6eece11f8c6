"""What was typed in an ended session is there after signing in, for its writer only."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from community.moderation.states import State
from stories.after_reading import Reader
from stories.models import Asking, Byline, Letterbox, Story, Visibility
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD = "a long lane behind it"
BODY = "\n Words &amp; <b>more</b>.\r\n\r\nمرحبا 👩‍👩‍👧 " + "x" * 2000


@pytest.fixture
def writer():
    return factories.member(password=PASSWORD)


@pytest.fixture
def story(writer):
    return factories.draft(writer)


def at(name, story):
    return reverse(f"stories:{name}", args=[story.pk])


def sign_in(browser, person, address):
    """By the page itself, from where it was said to go."""
    response = browser.post(address, {"login": person.email, "password": PASSWORD})
    assert response.status_code == 302, response.text
    return response["Location"]


@pytest.fixture
def known(db):
    """Sign-in asks first whether an address was confirmed."""

    def confirm(person):
        person.emailaddress_set.create(email=person.email, verified=True, primary=True)
        return person

    return confirm


SENT = {
    "desk": ({"title": "Kept title", "body": BODY, "revision": "0", "go": "next"}, "Kept title"),
    "about": ({"losses": ["molar"], "language": "ar"}, 'value="molar" id="id_losses_5" checked'),
    "notes": ({"notes": ["surgery"], "own_note": "a kept note"}, 'value="a kept note"'),
    "name": ({"byline": Byline.OTHER_NAME, "other_name": "Keptname"}, 'value="Keptname"'),
    "letters": ({"wants_letters": "no"}, 'value="no"'),
    "check": ({"visibility": Visibility.SEARCH, "agreed": "on"}, 'value="search"'),
    "readers": ({"visibility": Visibility.MEMBERS, "agreed": "on"}, 'value="members"'),
}


@pytest.mark.parametrize("name", SENT)
def test_words_sent_while_signed_out_are_there_after_signing_in(client, writer, story, known, name):
    known(writer)
    fields, mark = SENT[name]
    before = Story.objects.values().get(pk=story.pk)
    door = client.post(at(name, story), fields)["Location"]
    assert "Your words are kept" in client.get(door).text
    back = sign_in(client, writer, door)
    assert back == at(name, story)
    page = client.get(back)
    assert page.status_code == 200 and "aren’t saved yet" in page.text
    found = page.text.find(mark)
    assert found > 0, mark
    assert Story.objects.values().get(pk=story.pk) == before
    if name in ("letters", "check", "readers"):
        assert "checked" in page.text[found : found + 120]


def test_every_word_of_the_desk_comes_back_and_is_saved_by_the_button(client, writer, story, known):
    known(writer)
    sign_in(client, writer, client.post(at("desk", story), SENT["desk"][0])["Location"])
    text = client.get(at("desk", story)).text
    body = re.search(r'name="body"[^>]*>\n(.*?)</textarea>', text, re.DOTALL)[1]
    body = html.unescape(body)
    assert body.replace("\n", "\r\n").replace("\r\r", "\r") == BODY.replace("\r\n", "\n").replace(
        "\n", "\r\n"
    )
    client.post(at("desk", story), SENT["desk"][0])
    assert "aren’t saved yet" not in client.get(at("desk", story)).text
    story.refresh_from_db()
    assert story.body == BODY.replace("\r\n", "\n")


def test_words_kept_for_one_page_stand_on_no_other(client, writer, story, known):
    known(writer)
    other = factories.draft(writer)
    sign_in(client, writer, client.post(at("notes", story), SENT["notes"][0])["Location"])
    for address in (at("notes", other), at("desk", story), at("name", story), "/", "/me/"):
        assert "a kept note" not in client.get(address).text


def test_somebody_else_who_signs_in_sees_none_of_it(client, story, known):
    other = known(factories.member(password=PASSWORD))
    back = sign_in(client, other, client.post(at("desk", story), SENT["desk"][0])["Location"])
    assert client.get(back).status_code == 404
    for address in ("/me/", "/write/", at("desk", factories.draft(other))):
        assert "Kept title" not in client.get(address).text


def test_nobody_sees_kept_words_without_signing_in(client, story):
    door = client.post(at("desk", story), SENT["desk"][0])["Location"]
    for address in (door, "/", "/write/", at("desk", story)):
        assert "Kept title" not in client.get(address).text
    assert "Kept title" not in Client().get(door).text


def test_an_ended_session_keeps_the_words_too(client, writer, story, known):
    known(writer)
    client.force_login(writer)
    client.cookies["sessionid"] = "gone"
    door = client.post(at("desk", story), SENT["desk"][0])["Location"]
    assert sign_in(client, writer, door) == at("desk", story)
    assert "Kept title" in client.get(at("desk", story)).text


@pytest.mark.parametrize("name", ["take-back", "take-down", "accept", "erase"])
def test_a_press_while_signed_out_does_nothing_and_leads_somewhere(
    client, writer, story, known, name
):
    known(writer)
    story.submit()
    door = client.post(at(name, story))["Location"]
    assert "nothing was done yet" in client.get(door).text
    back = sign_in(client, writer, door)
    assert "What you pressed while signed out wasn’t done." in client.get(back).text
    assert "wasn’t done" not in client.get(back).text  # said once
    story.refresh_from_db()
    assert story.state == State.PENDING


def of_nobody_else():
    """What is one person's, by the address that words are sent to."""
    letter = factories.delivered(factories.wanting())
    alone = factories.wanting()
    Story.objects.filter(pk=alone.pk).update(visibility=Visibility.ME)
    return {
        f"/me/letters/{letter.pk}/answer/": "/me/letters/zzzzzz/answer/",
        f"/me/letters/sent/{letter.pk}/change/": "/me/letters/sent/zzzzzz/change/",
        f"/write/{factories.draft().pk}/": "/write/zzzzzz/",
        f"/stories/{alone.pk}/write-a-letter/": "/stories/zzzzzz/write-a-letter/",
        f"/me/names/{factories.remembered().pk}/change/": "/me/names/zzzzzz/change/",
        f"/me/dates/{factories.date().pk}/": "/me/dates/9999999/",
    }


def test_who_is_signed_out_cannot_tell_whether_something_is_there():
    for there, nowhere in of_nobody_else().items():
        told = []
        for address in (there, nowhere):
            browser = Client()
            answer = browser.post(address, {"body": "Anything?"})
            cookies = {name: len(each.value) for name, each in browser.cookies.items()}
            told.append((answer.status_code, answer.url.replace(address, ""), cookies))
        assert told[0] == told[1], there


def test_nor_by_the_words_of_their_own_that_other_pages_push_out(client, writer, story):
    for address in ("/write/zzzzzz/", at("notes", factories.draft())):
        client.post(at("desk", story), SENT["desk"][0])
        for n in "bcdfghj":
            client.post(f"/write/zzzzz{n}/", SENT["desk"][0])
        client.post(address, SENT["desk"][0])
        client.force_login(writer)
        assert "Kept title" not in client.get(at("desk", story)).text
        client.logout()


TICKS = {
    "/me/letters/when/": ({"when": "weekly"}, ["weekly"]),
    "/me/letters/asking/": (
        {"losses": ["molar", "stillbirth"], "languages": ["fr"], "by_mail": "on"},
        ["molar", "stillbirth", "fr"],
    ),
}


@pytest.mark.parametrize("address", TICKS)
def test_ticks_sent_while_signed_out_are_there_after_signing_in(client, writer, known, address):
    known(writer)
    fields, ticked = TICKS[address]
    door = client.post(address, fields)["Location"]
    assert "What you chose is kept" in client.get(door).text
    assert sign_in(client, writer, door) == address
    page = client.get(address).text
    assert "isn’t kept yet" in page
    assert [*re.findall(r'value="([\w-]+)"[^>]* checked', page)] == ticked
    assert not (Letterbox.objects.exists() or Asking.objects.exists())
    client.post(address, fields)
    assert "isn’t kept yet" not in client.get(address).text


@pytest.mark.parametrize("ticked", [True, False], ids=["ticked", "not ticked"])
def test_one_tick_sent_while_signed_out_comes_back_as_it_was(client, writer, known, ticked):
    """Not ticked, nothing comes from a browser but its token: that is a choice as well."""
    known(writer)
    address = "/me/after-reading/"
    sent = {"csrfmiddlewaretoken": "of-the-form"} | ({"is_asked": "on"} if ticked else {})
    client.force_login(writer)
    client.post(address, {} if ticked else {"is_asked": "on"})
    client.logout()
    door = client.post(address, sent)["Location"]
    assert "What you chose is kept" in client.get(door).text
    assert sign_in(client, writer, door) == address
    page = client.get(address).text
    assert "isn’t kept yet" in page and (" checked" in page) == ticked
    assert Reader.objects.get(member=writer).is_asked != ticked
    client.post(address, sent)
    page = client.get(address).text
    assert "isn’t kept yet" not in page and (" checked" in page) == ticked
