import pytest

from community.moderation.lookout import Kind, look


def kinds(text, language="en"):
    return {passage.kind for passage in look(text, language)}


def marked(text, kind, language="en"):
    return [passage.words for passage in look(text, language) if passage.kind == kind]


def test_a_paragraph_in_another_language_is_marked_by_itself():
    foreign = "Mi niña no tiene nombre todavía, pero yo la llamo luz, porque así es como entra."
    text = f"I will put this the way she used to say it, if I may.\n\n{foreign}\n\nThat was hers."
    assert marked(text, Kind.OTHER_LANGUAGE) == [foreign]
    assert Kind.OTHER_LANGUAGE not in kinds(foreign, "es")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Моя дочь родилась ночью и молчала."),
        ("cy", "I am sorry, I can only write this in English and she was ours."),
        (
            "en",
            "Przepraszam, nie umiem tego napisać po angielsku, ale to był nasz syn i go nie ma.",
        ),
        ("en", "Non so come dirlo, ma era nostra figlia e non è mai stata sola con noi."),
    ],
)
def test_scripts_and_small_words_tell_a_language(language, text):
    assert Kind.OTHER_LANGUAGE in kinds(text, language)


def test_a_language_that_is_what_it_says_is_not_marked():
    assert kinds("Моя донька народилася вночі.", "uk") == set()
    assert kinds("Non, je ne sais pas.", "en") == set()
    assert kinds("I am sorry, and I was there when she came to us.", "EN-gb") == set()
    assert kinds("Te quiero, we used to say to the bump.", "en") == set()
    assert kinds("Dw i ddim yn gwybod sut mae dweud hyn, ond roedd hi yn fach.", "cy") == set()
