"""The rules of “look out for”, each with what it must find and what it must leave alone."""

import sys
import unicodedata
from pathlib import Path

import pytest

from community.moderation import lookout
from community.moderation.lookout import Kind, _merged, look

DANGER, WAY, NAME, PLACE = Kind.DANGER, Kind.WAY_TO_DIE, Kind.FULL_NAME, Kind.PLACE
LINK, CONTACT, OTHER = Kind.LINK, Kind.CONTACT, Kind.OTHER_LANGUAGE
NASTY = [
    "",
    " ",
    "\x00I want to die\x00",
    "\ud800 I want to die \udfff",
    "\u202eI want to die\u202c",
    "ok \U0001f469\u200d\U0001f469\u200d\U0001f467 I want to die 🕯",
    "أريد أن أنام I want to die ولا شيء آخر",
    "a" + "\u0301" * 5000 + " I want to die",
    "I want to die\n\n\n" + "' " * 999,
    "@ @@ +() http:// www. .com a@ @b. 00 + ++1 (" * 50,
    "İIßŒﬁ" * 300,
]


def kinds(text, language="en"):
    return {passage.kind for passage in look(text, language)}


def marked(text, kind, language="en"):
    return [passage.words for passage in look(text, language) if passage.kind == kind]


# ---- danger: now, and in the first person


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I don’t want to be here."),
        ("en", "I really don't want to live any more, if I am honest."),
        ("en", "Some days I still think about ending my life."),
        ("en", "They’d be better off without me."),
        ("en", "I wanted to die last night."),
        ("en", "I am frightened of my husband."),
        ("en", "He says he will kill me if I leave."),
        ("en", "It's morning and I can't... go on"),
        ("es", "No quiero seguir viviendo."),
        ("es", "Estarían mejor sin mí."),
        ("es", "Mi marido me pega."),
        ("fr", "Je n’ai plus envie de vivre."),
        ("fr", "J’ai envie d’en finir."),
        ("fr", "Mon compagnon me frappe."),
    ],
)
def test_the_writer_may_not_be_safe_now(language, text):
    assert DANGER in kinds(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I wanted to die that day in 1981."),
        ("en", "I didn’t think I’d survive the winter. I did."),
        ("en", "My baby died. She is dead, and I lost her, and that is the word."),
        ("en", "He didn’t want to live in London."),
        ("en", "I don’t want to die."),
        ("en", "She said she wanted to die of shame."),
        ("en", "“I can’t go on,” she whispered."),
        ("en", "I used to think I can’t go on."),
        ("en", "I’m not suicidal. The doctor asked."),
        ("en", "I can’t go on the ward."),
        ("en", "I don’t want to be here when they come."),
        ("es", "Aquel día quería morirme."),
        ("es", "No quiero morir."),
        ("es", "Quiero morirme de vergüenza."),
        ("fr", "Ce jour-là je voulais mourir."),
        ("fr", "Je ne veux pas mourir."),
        ("fr", "Je n’en peux plus de leurs conseils."),
    ],
)
def test_grief_and_what_is_past_and_what_others_said_are_no_danger(language, text):
    assert DANGER not in kinds(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I miss you I want to die"),
        ("en", "I want to die, he said I was being silly."),
        ("en", "My mother said I should write it: I don’t want to be here."),
        ("en", "I used to think it helped but I want to die."),
        ("en", "I’m not sleeping, I’m suicidal."),
        ("en", "I was alone and suicidal."),
        ("en", "The film ended and I want to die."),
        ("en", "I no longer sleep and I want to die."),
        ("en", "I wish I would not wake up."),
        ("en", "He knows I’m suicidal."),
        ("es", "No duermo y tengo ganas de morir."),
        ("es", "Mi madre dijo que lo escriba: no quiero vivir."),
        ("fr", "Je n’ai pas dormi, j’ai envie de mourir."),
        ("fr", "Ma mère a dit de l’écrire : je veux mourir."),
        ("fr", "Je ne serai plus là demain."),
    ],
)
def test_an_excuse_never_hides_what_stands_on_its_own(language, text):
    assert DANGER in kinds(text, language)


def test_danger_in_another_language_than_stated_is_seen():
    assert DANGER in kinds("Quiero morirme.", "en")
    assert DANGER in kinds("I want to die.", "fr")
    assert DANGER in kinds("I want to die.", "uk")


def test_an_excuse_reaches_only_the_passage_beside_it():
    text = "She said she wants to die. I want to die as well."
    assert marked(text, DANGER) == ["I want to die"]


def test_a_phrase_does_not_cross_the_end_of_a_sentence():
    assert DANGER not in kinds("I want. To die is a verb.")
    assert DANGER in kinds("I want\nto die")
    assert DANGER not in kinds("I want\n\nto die")


# ---- a way to die


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "My uncle hanged himself."),
        ("en", "In 1994 I took an overdose."),
        ("es", "Mi primo se ahorcó."),
        ("fr", "Mon cousin s’est pendu."),
    ],
)
def test_a_way_to_die_is_marked_whoever_it_was(language, text):
    assert kinds(text, language) == {WAY}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "We hung the stocking. I cut the cord. I had gas and air."),
        ("en", "They gave me two tablets and I took them all with a glass of squash."),
        ("en", "He tied a rope swing to the tree and jumped in the car."),
        ("es", "Me tomé las dos pastillas con agua."),
        ("fr", "On a pendu la crémaillère, j’ai avalé les deux comprimés."),
    ],
)
def test_ropes_and_tablets_are_not_ways_to_die(language, text):
    assert kinds(text, language) == set()


# ---- places


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("en", "They took me to St Mary’s Hospital.", "St Mary’s Hospital"),
        ("en", "I asked Dr. Halloran.", "Dr. Halloran"),
        ("en", "It was Ward 14.", "Ward 14"),
        ("es", "Fue en el Hospital General de Valdeviento.", "Hospital General de Valdeviento"),
        ("es", "La doctora Zubieta vino.", "doctora Zubieta"),
        ("fr", "C’était au CHU de Valsombre.", "CHU de Valsombre"),
        ("fr", "L’hôpital Saint-Elme.", "hôpital Saint-Elme"),
    ],
)
def test_hospitals_and_titles_are_places(language, text, place):
    assert any(place in words for words in marked(text, PLACE, language))


@pytest.mark.parametrize(
    "text",
    [
        "The hospital was kind. The Hospital was big. A doctor came.",
        "On St Stephen’s Day we stayed at the Grove Hotel in Leeds.",
        "Nurses came. A midwife sat down. In general they were kind.",
    ],
)
def test_a_place_without_a_name_is_none(text):
    assert PLACE not in kinds(text)


# ---- whatever is typed


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
@pytest.mark.parametrize("language", ["en", "EN-gb", "ar", "", "xx", "../en", "\x00"])
def test_any_text_and_any_language_will_do(text, language):
    passages = look(text, language)
    assert all(text[one.start : one.end] == one.words for one in passages)
    if "die" in text:
        assert any("I want to die" in one.words for one in passages if one.kind == DANGER)


@pytest.mark.parametrize(
    "spelt",
    [
        "I don't want to be here",
        "I don’t want to be here",
        "I DONT WANT TO BE HERE",
        "i do\u00adn’t want to be here",
        "I don’t want to be he\u200bre",
        "I  don’t, want\nto be “here”",
    ],
)
def test_quotes_capitals_and_unseen_characters_hide_nothing(spelt):
    assert DANGER in kinds(spelt)


def test_accents_may_be_composed_decomposed_or_left_out():
    text = "No quiero estar aquí, estarían mejor sin mí."
    for form in (unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)):
        passages = look(form, "es")
        assert [one.kind for one in passages] == [DANGER, DANGER]
        assert [form[one.start : one.end] for one in passages] == [one.words for one in passages]
    assert marked("no quiero estar aqui", DANGER, "es") == ["no quiero estar aqui"]


def test_passages_come_in_order_and_those_of_a_kind_never_overlap():
    text = "Dr Anna Halloran: I want to die, I can’t go on like this. 07700 900123, a@b.example.org"
    passages = look(text, "en")
    assert [one.kind for one in passages] == [PLACE, NAME, DANGER, DANGER, CONTACT, CONTACT]
    for kind in Kind:
        ends = [0]
        for one in passages:
            if one.kind == kind:
                assert one.start >= ends[-1]
                ends.append(one.end)


def test_what_overlaps_is_one_passage():
    assert _merged([(2, 4), (0, 9), (5, 7), (9, 10)]) == [(0, 9), (9, 10)]


def test_danger_ranks_first():
    assert [kind.rank for kind in Kind] == list(range(7))
    assert min(Kind, key=lambda kind: kind.rank) == DANGER


def steps(text):
    """How many lines of the reader's own code run."""
    ours, count = str(Path(lookout.__file__).parent), 0

    def trace(frame, event, argument):
        nonlocal count
        count += 1
        return trace if frame.f_code.co_filename.startswith(ours) else None

    look("once, so that the lists are read", "en")
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        look(text, "en")
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(
    "piece",
    [
        "i don't want to be here ",
        "i don't really ",
        "i i i ",
        "she said I want to die ",
        "Anna Whitlow de la ",
        "St Mary ",
        "1 ",
        "07 ",
        "a.a.",
        "@a",
        "www.",
        "a\u0301\u0323",
        "\n",
        "' ",
        "je n'en peux plus ",
    ],
)
def test_twice_the_text_takes_twice_the_steps(piece):
    """Not a clock, which would measure the machine; and after the lists were read once."""
    look(piece, "en")
    assert steps(piece * 200) <= 2.2 * steps(piece * 100) + 500
