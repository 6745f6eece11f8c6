import pytest

from stories.forms import DeskForm, ListForm, NameForm, NotesForm
from stories.models import Byline, Story
from tests import factories

pytestmark = pytest.mark.django_db


def desk(**typed):
    form = DeskForm(typed, instance=Story())
    form.is_valid()
    return form


TYPED = [
    ("one\r\n\r\ntwo\rthree", "one\n\ntwo\nthree"),
    ("nul\x00 bell\x07 escape\x1b", "nul bell escape"),
    ("half a pair \ud83d of it", "half a pair  of it"),
    ("a tab\tstays", "a tab\tstays"),
    ("  spaces and lines stay \n\n", "  spaces and lines stay \n\n"),
    ("👩‍👩‍👧‍👦 é e\u0301 مرحبا \u202eabc\u200b 𒀀", "👩‍👩‍👧‍👦 é e\u0301 مرحبا \u202eabc\u200b 𒀀"),
    ("<b>{{ 7*7 }}</b>", "<b>{{ 7*7 }}</b>"),
    ("", ""),
]


@pytest.mark.parametrize(("typed", "kept"), TYPED)
def test_words_are_kept_as_typed_but_for_what_nobody_can_see(typed, kept):
    form = desk(title="A", body=typed)
    assert (form.errors, form.cleaned_data["body"]) == ({}, kept)


def test_a_title_is_one_line():
    assert desk(title=" The lane\r\nbehind \n it ").cleaned_data["title"] == "The lane behind it"


def test_a_story_has_room_for_a_hundred_thousand_characters_and_no_more():
    assert not desk(body="é" * 100_000).errors
    assert "All of it is still below" in str(desk(body="é" * 100_001).errors["body"])
    assert not desk(body="a\r\n" * 50_000).errors
    assert "perhaps its end" in str(desk(title="t" * 121).errors["title"])


def test_no_browser_is_asked_to_cut_what_is_pasted():
    assert "maxlength" not in desk().as_p()


@pytest.mark.parametrize("revision", ["-1", "1e9", "²", "\x00", "one", "9" * 5000])
def test_a_revision_that_is_none_is_one_that_never_was(revision):
    form = desk(body="x", revision=revision)
    assert form.is_valid() and form.cleaned_data["revision"] == -1


def test_another_name_has_to_be_written():
    story = factories.draft()
    assert "other_name" in NameForm({"byline": Byline.OTHER_NAME}, instance=story).errors
    assert (
        "other_name"
        in NameForm({"byline": Byline.OTHER_NAME, "other_name": " \x00 "}, instance=story).errors
    )
    assert not NameForm({"byline": Byline.NO_NAME}, instance=story).errors
    assert "byline" in NameForm({}, instance=story).errors


def test_a_part_takes_only_what_is_on_its_list():
    form = NotesForm({"notes": ["birth", "made-up"], "own_note": "a" * 81}, instance=Story())
    assert set(form.errors) == {"notes", "own_note"}


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({}, "Showing every kind of loss, by anyone, most recent first."),
        ({"loss": "molar"}, "Showing: Molar pregnancy. By: Anyone. About: Anything."),
        (
            {"role": "father", "lang": "cy", "out": ["asking"]},
            "Showing: Any kind of loss. By: Father. About: Anything. In Cymraeg. "
            "Some stories are left out, as you asked.",
        ),
        ({"loss": "nonsense"}, "Showing every kind of loss, by anyone, most recent first."),
    ],
)
def test_what_is_shown_is_said_in_a_sentence(query, sentence):
    assert ListForm(query).in_words() == sentence
