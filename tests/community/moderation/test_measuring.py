from io import StringIO

import pytest
from django.core.management import call_command

from community.moderation.lookout import Kind
from community.moderation.management.commands import measure_lookout
from community.moderation.measuring import CORPUS, HALVES, LANGUAGES, Count, count, samples

AT_LEAST = {"en": 120, "es": 60, "fr": 60}


def both_halves(language):
    return [passage for half in HALVES for passage in samples(language, half)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_passages_enough_and_a_third_have_nothing_to_find(language):
    passages = both_halves(language)
    assert len(passages) >= AT_LEAST[language]
    assert len({passage.text for passage in passages}) == len(passages)
    assert all(passage.text for passage in passages)
    assert sum(not passage.kinds for passage in passages) * 3 >= len(passages)
    for kind in Kind:
        assert any(kind in passage.kinds for passage in passages)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_danger_that_the_lists_were_written_for_is_missed_again(language):
    danger = count(samples(language, "tuning"))[Kind.DANGER]
    assert danger.found == danger.there
    assert danger.wrong == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_in_the_tuning_half_is_still_found(language):
    for kind, one in count(samples(language, "tuning")).items():
        assert (one.found, one.wrong) == (one.there, 0), kind


def test_shares_are_of_what_they_say():
    assert Count(there=4, found=3, wrong=1).recall == "75 %"
    assert Count(there=4, found=3, wrong=1).precision == "75 %"
    assert Count(there=0, found=0, wrong=0).recall == "–"


def test_the_document_says_what_is_true_now():
    assert measure_lookout.DOCUMENT.read_text("utf-8") == measure_lookout.document()


def test_the_command_prints_a_table_for_each_half_of_each_language():
    out = StringIO()
    call_command("measure_lookout", stdout=out)
    assert out.getvalue().count("### ") == len(LANGUAGES) * len(HALVES)
    assert out.getvalue().count("| danger |") == len(LANGUAGES) * len(HALVES)


def test_the_document_is_written_where_it_belongs(tmp_path, monkeypatch):
    monkeypatch.setattr(measure_lookout, "DOCUMENT", tmp_path / "look-out-for.md")
    call_command("measure_lookout", write=True, stdout=StringIO())
    assert (tmp_path / "look-out-for.md").read_text("utf-8") == measure_lookout.document()


def test_the_halves_are_told_apart_beside_them():
    assert "held-out" in (CORPUS / "README.md").read_text("utf-8")
