"""Words for somebody who can no longer be written to: one press from a letter for anyone."""

import html
import re

import pytest

from community.moderation.states import State
from stories.models import Letter, Letterbox
from tests import factories
from tests.factories import browser_of
from tests.stories.test_letter_desk import BODY, to, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    return factories.wanting()


@pytest.fixture
def sender():
    return factories.member()


@pytest.fixture
def browser(sender):
    return browser_of(sender)


def pressed(browser, page):
    """What the button that keeps them as a letter for anyone does, twice."""
    form = page.text.split('action="/letters/write/"')[1].split("</form>")[0]
    fields = {
        name: html.unescape(value)
        for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form)
    }
    return [browser.post("/letters/write/", fields) for _ in range(2)][-1]


def down(story):
    story.withdraw()


def no_more_letters(story):
    Letterbox.objects.create(member=story.author, when="off")


@pytest.mark.parametrize("closes", [down, no_more_letters])
def test_words_before_a_closed_door_are_one_press_from_a_letter_for_anyone(browser, story, closes):
    closes(story)
    page = browser.post(to(story), typed(signed="no-name", language="fr"))
    response = pressed(browser, page)
    letter = Letter.objects.get()
    assert response["Location"] == f"/me/letters/sent/{letter.pk}/"
    assert (letter.body, letter.signed, letter.language) == (BODY, "no-name", "fr")
    assert letter.is_for_anyone and letter.story is None and letter.state == State.DRAFT


def test_so_are_words_typed_while_signed_out(client, story):
    client.post(to(story), typed())
    story.withdraw()
    client.force_login(factories.member())
    page = client.get(to(story))
    assert "in the car park" in page.text
    pressed(client, page)
    assert Letter.objects.get().body == BODY


def test_what_came_back_can_be_left_for_anyone_and_stays_until_it_is_erased(browser, sender, story):
    letter = factories.sent_letter(story, author=sender, body=BODY)
    story.withdraw()
    Letter.objects.homeless().get().come_back()
    pressed(browser, browser.get(f"/me/letters/sent/{letter.pk}/"))
    copy = Letter.objects.exclude(pk=letter.pk).get()
    assert copy.is_for_anyone and (copy.body, copy.state) == (BODY, State.DRAFT)


def test_an_answer_with_no_reader_left_is_never_signed_as_the_writer(story):
    letter = factories.delivered(story)
    answer = letter.begin_answer(story.author)
    answer.body = BODY
    answer.save()
    letter.author.delete()
    browser = browser_of(story.author)
    pressed(browser, browser.get(f"/me/letters/sent/{answer.pk}/"))
    assert Letter.objects.get(is_for_anyone=True).signed == "no-name"


def test_who_took_one_back_is_told_that_erasing_it_frees_its_place(browser, sender, story):
    letter = factories.delivered(story, author=sender)
    page = f"/me/letters/sent/{letter.pk}/"
    told = "Once you erase this one, you can write to that story again."
    assert told not in browser.get(page).text
    browser.post(f"{page}take-back/")
    there = browser.get(page).text
    assert told in there and "/letters/write/" not in there
    browser.post(f"{page}erase/")
    assert browser.post(to(story), typed()).status_code == 302
    assert Letter.objects.get().story == story
