import pytest

from community.moderation.wordlists import LONGEST_WORD, languages, read, words_of


def language(tmp_path, text):
    path = tmp_path / "xx.txt"
    path.write_text(text, "utf-8")
    return read(path)


def found(tmp_path, section, phrase, text, more=""):
    reader = language(tmp_path, f"[{section}]\n{phrase}\n{more}")
    words = words_of(text, parted=reader.parted)
    marked = reader.phrases(section).found_in(words)
    return [text[words[first].start : words[last - 1].end] for first, last in marked.items()]


@pytest.mark.parametrize(
    ("phrase", "text", "what"),
    [
        ("want to go", "I want to go home", ["want to go"]),
        ("want/need to go", "We NEED, to go", ["NEED, to go"]),
        ("drown*", "drowning, drowned, drow", ["drowning", "drowned"]),
        (
            "not ~ here",
            "not here; not really ever quite here",
            ["not here", "not really ever quite here"],
        ),
        ("not ~ here", "not one two three four here", []),
        ("not ~ here", "not so. I am here", []),
        ("quítame", "QUITAME", ["QUITAME"]),
    ],
)
def test_each_sign_of_a_phrase(tmp_path, phrase, text, what):
    assert found(tmp_path, "danger", phrase, text) == what


@pytest.mark.parametrize(
    ("phrase", "text", "what"),
    [
        ("doctor ^", "the doctor Lowe", ["doctor Lowe"]),
        ("doctor ^", "the doctor came. Doctor April, doctor X", []),
        ("^ General", "at Vale General, in general", ["Vale General"]),
        ("^ General", "Vale general", []),
    ],
)
def test_capitals_in_places(tmp_path, phrase, text, what):
    assert found(tmp_path, "place", phrase, text) == what


@pytest.mark.parametrize(
    ("excuse", "text", "left"),
    [
        ("she said …", "she said I want to go", 0),
        ("she said …", "she said that I want to go", 1),
        ("she said ~ …", "she said that I want to go", 0),
        ("… of shame", "I want to go of shame", 0),
        ("to go on holiday", "I want to go on holiday", 0),
        ("… of shame", "I want to go. Of shame", 1),
    ],
)
def test_what_excuses_a_find(tmp_path, excuse, text, left):
    reader = language(tmp_path, f"[danger]\ni want to go\n[not danger]\n{excuse}\n")
    words = words_of(text, parted=reader.parted)
    marked = reader.phrases("danger").found_in(words)
    assert len(marked) == 1
    assert len(reader.phrases("not danger").excuse(words, marked)) == left


def test_apostrophes_drop_out_or_part_words(tmp_path):
    assert found(tmp_path, "danger", "don't go", "dont go, don’t go") == ["dont go", "don’t go"]
    parted = "[spelling]\napostrophes part words"
    assert found(tmp_path, "danger", "l'eau", "L’eau", parted) == ["L’eau"]
    assert found(tmp_path, "danger", "eau froide", "l'eau froide", parted) == ["eau froide"]


def test_a_full_stop_after_an_abbreviation_ends_no_sentence():
    words = words_of("Dr. Lowe came. He", abbreviations=frozenset({"dr"}))
    assert [word.key for word in words if word.begins] == ["dr", "he"]


def test_of_a_word_without_end_the_beginning_is_folded():
    word, after = words_of("a" + "\u0301\u0323" * 50_000 + " b")
    assert word.key == "a" and (word.start, word.end) == (0, 100_001)
    assert after.key == "b"
    assert len(words_of("a" * 100_000)[0].key) == LONGEST_WORD


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[dangre]\nx y", "line 1: no part is called dangre"),
        ("i want", "line 1: a phrase before the first"),
        ("[danger]\n\n~ want", "line 3: a phrase begins with a word"),
        ("[danger]\nsaid …", "line 2: … stands once"),
        ("[danger]\ndoctor ^", r"line 2: \^ is for places"),
    ],
)
def test_a_mistake_in_a_file_is_named_with_its_line(tmp_path, text, says):
    with pytest.raises(ValueError, match=says):
        language(tmp_path, text)


def test_every_file_can_be_read_and_every_phrase_is_walked():
    assert set(languages()) >= {"en", "es", "fr", "cy", "de", "it", "pl", "pt"}
    for reader in languages().values():
        assert reader.common
        for section in ("danger", "not danger", "way to die", "place", "contact"):
            reader.phrases(section)


@pytest.mark.parametrize("code", ["en", "es", "fr"])
def test_no_phrase_finds_a_word_that_every_story_has(code):
    everyday = "died dead lost death baby murió muerto muerta perdí bebé mort morte perdu bébé"
    reader = languages()[code]
    words = words_of(everyday, parted=reader.parted)
    assert reader.phrases("danger").found_in(words) == {}
    assert reader.phrases("way to die").found_in(words) == {}
