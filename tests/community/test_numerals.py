import pytest
from django.utils import translation

from community.numerals import WORDS, in_words


@pytest.mark.parametrize(
    ("number", "written"),
    [(0, "none"), (1, "one"), (19, "nineteen"), (40, "forty"), (99, "ninety-nine"), (100, "100")],
)
def test_below_one_hundred_a_number_is_a_word(number, written):
    with translation.override("en-gb"):
        assert in_words(number) == written


def test_no_number_has_anothers_word():
    assert len({str(word) for word in WORDS}) == len(WORDS) == 100
