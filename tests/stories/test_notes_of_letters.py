"""What stands before a letter for anyone, who says it, and how it is left out by it."""

from importlib import import_module

import pytest
from django.apps import apps

from community.comfort import Comfort
from community.moderation.states import State
from stories.labels import LetterNote
from stories.models import Letter
from tests import factories
from tests.factories import browser_of
from tests.stories.pages import member_with, visitor
from tests.stories.test_letter_desk import typed

pytestmark = pytest.mark.django_db
GATE = '<details class="gate">'
BOTH = pytest.mark.parametrize("reader", [visitor, member_with], ids=["visitor", "member"])


def for_anyone(**fields):
    return factories.delivered(body="To whoever is awake,\n\nI am too.", **fields)


def is_picked(client, letter):
    """By chance, and on the front page; the two agree."""
    found = client.get("/letters/any/")["Location"] == letter.get_absolute_url()
    assert (f"not={letter.pk}" in client.get("/").text) == found
    return found


# ---- readers


@BOTH
@pytest.mark.parametrize(
    "fields, wishes, picked, folded",
    [
        ({"notes": ["birth"]}, "", True, False),
        ({"notes": ["birth"]}, "v=1&ask=birth", False, True),
        ({"notes": ["birth"]}, "v=1&out=birth", False, True),
        ({"notes": ["birth"]}, "v=1&out=scan", True, False),
        ({"notes": ["babys-body"]}, "", False, True),
        ({"notes": ["babys-body"]}, "v=1&show=babys-body", False, False),
        ({"asks_first": True}, "", False, True),
        ({"asks_first": True}, "v=1&show=asks-first", False, False),
        ({"asks_first": True}, "v=1&out=asks-first", False, True),
        ({"own_note": "a fall"}, "v=1&out=birth", True, False),
    ],
)
def test_letters_for_anyone_heed_what_their_reader_wishes(reader, fields, wishes, picked, folded):
    letter, client = for_anyone(**fields), reader(wishes)
    assert is_picked(client, letter) == picked
    page = client.get(letter.get_absolute_url()).text
    assert (GATE in page) == folded and "I am too." in page


@BOTH
def test_a_page_says_what_it_describes_and_why_it_is_folded(reader):
    letter = for_anyone(notes=["birth"], own_note="a <fall>")
    said = "This letter describes giving birth and a &lt;fall&gt;."
    assert said in reader("").get(letter.get_absolute_url()).text
    assert "Mentions giving birth, a &lt;fall&gt;" in reader("").get("/").text
    client = reader("v=1&out=birth")
    page = client.get(letter.get_absolute_url()).text
    assert "You asked to leave out letters that describe giving birth." in page and said in page
    assert "Some letters are left out, as you asked." in client.get("/letters/").text
    assert "Some letters are left out" not in reader("").get("/letters/").text


def test_who_speaks_of_not_living_stands_below_somebody_to_talk_to():
    letter = for_anyone(notes=["not-wanting-to-live"])
    page = visitor().get(letter.get_absolute_url()).text
    assert page.index('id="help-first"') < page.index("I am too.")


def test_wishes_cost_no_query(django_assert_num_queries):
    for_anyone(notes=["scan"])
    wishes = Comfort.read("v=1&out=birth.asks-first&ask=scan")
    with django_assert_num_queries(1):
        assert Letter.objects.for_anyone().suiting(wishes).gentle(wishes).count() == 0


def test_what_it_is_left_out_by_goes_with_what_is_shown():
    letter = for_anyone(notes=["babys-body"])
    assert {note.slug for note in LetterNote.objects.all()} == {"babys-body", "asks-first"}
    letter.withdraw()
    assert not LetterNote.objects.exists()


def test_what_was_folded_before_there_were_notes_goes_on_asking_first():
    letter = for_anyone(asks_first=True)
    for_anyone(), factories.delivered(factories.wanting())
    LetterNote.objects.all().delete()
    import_module("stories.migrations.0015_notes_of_letters").note_what_is_folded(apps, None)
    assert [(note.letter, note.slug) for note in LetterNote.objects.all()] == [
        (letter, "asks-first")
    ]


# ---- its writer


def test_its_writer_says_what_it_describes_and_finds_it_again():
    browser = browser_of(factories.member())
    page = browser.get("/letters/write/").text
    assert "This letter describes" in page and '<details class="aside"><summary>' in page
    letter = page.split('name="letter" value="')[1].split('"')[0]
    fields = typed(letter=letter, notes=["scan", "birth"], own_note="a fall", go="leave")
    browser.post("/letters/write/", fields)
    kept = Letter.objects.get()
    assert (kept.notes, kept.own_note) == (["scan", "birth"], "a fall")
    again = browser.get(f"/me/letters/sent/{kept.pk}/change/").text
    assert 'value="birth"' in again and '<details class="aside" open>' in again


def test_a_note_carries_no_way_to_reach_somebody():
    browser = browser_of(factories.member())
    letter = browser.get("/letters/write/").text.split('name="letter" value="')[1].split('"')[0]
    page = browser.post("/letters/write/", typed(letter=letter, own_note="ring 07700 900123"))
    assert page.status_code == 422 and "Leave out how to reach somebody" in page.text
    assert "ring 07700 900123" in page.text


def test_a_letter_to_one_person_is_asked_for_none_and_takes_none():
    story, sender = factories.wanting(), factories.member()
    browser, address = browser_of(sender), f"/stories/{story.pk}/write-a-letter/"
    assert "This letter describes" not in browser.get(address).text
    browser.post(address, typed(notes=["birth"], own_note="a fall", asks_first="on", go="leave"))
    letter = Letter.objects.get(author=sender)
    assert (letter.notes, letter.own_note, letter.asks_first) == ([], "", False)


# ---- a moderator, who offers one and adds none


def offered(letter, moderator, **fields):
    factories.claim(letter, moderator)
    fields |= {"version": 1, "outcome": "offer", "looked_for": ["names", "harm", "notes"]}
    fields |= {"message_offer": "May we say this first?"}
    address = f"/admin/stories/letter/{letter.pk}/change/"
    return browser_of(moderator).post(address, fields)


def test_a_moderator_offers_a_note_and_its_writer_agrees():
    letter = factories.sent_letter(notes=["scan"])
    offered(letter, factories.moderator(), **{"proposal-notes": ["birth"]})
    letter.refresh_from_db()
    assert letter.state == State.OFFERED and letter.shown_id is None
    browser = browser_of(letter.author)
    page = browser.get(f"/me/letters/sent/{letter.pk}/").text
    assert "This letter describes a scan with no heartbeat and giving birth." in page
    browser.post(f"/me/letters/sent/{letter.pk}/accept/")
    letter.refresh_from_db()
    assert letter.state == State.PUBLISHED and letter.notes == ["scan", "birth"]
    assert not is_picked(visitor("v=1&out=birth"), letter) and is_picked(visitor(), letter)


def test_or_changes_it_and_sends_it_again():
    letter = factories.sent_letter()
    offered(letter, factories.moderator(), **{"proposal-own_note": "a fall"})
    browser = browser_of(letter.author)
    address = f"/me/letters/sent/{letter.pk}/change/"
    revision = browser.get(address).text.split('name="revision" value="')[1].split('"')[0]
    browser.post(address, typed(body="Another.", revision=revision, own_note="falling"))
    letter.refresh_from_db()
    assert letter.state == State.PENDING and letter.own_note == "falling"


def test_none_is_offered_for_a_letter_to_one_person():
    letter, moderator = factories.sent_letter(factories.wanting()), factories.moderator()
    offered(letter, moderator, **{"proposal-notes": ["birth"]})
    letter.refresh_from_db()
    assert letter.state == State.PENDING
    page = browser_of(moderator).get(f"/admin/stories/letter/{letter.pk}/change/").text
    assert "This letter describes" not in page
