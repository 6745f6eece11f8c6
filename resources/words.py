"""How many, in words: DESIGN.md writes numbers below one hundred so."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resources import countries


def in_words(number):
    # Translators: the numbers from 1 to 99 in words, with | between them.
    words = _(
        "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
        "sixteen|seventeen|eighteen|nineteen|twenty|twenty-one|twenty-two|twenty-three|twenty-four|"
        "twenty-five|twenty-six|twenty-seven|twenty-eight|twenty-nine|thirty|thirty-one|thirty-two|"
        "thirty-three|thirty-four|thirty-five|thirty-six|thirty-seven|thirty-eight|thirty-nine|"
        "forty|forty-one|forty-two|forty-three|forty-four|forty-five|forty-six|forty-seven|"
        "forty-eight|forty-nine|fifty|fifty-one|fifty-two|fifty-three|fifty-four|fifty-five|"
        "fifty-six|fifty-seven|fifty-eight|fifty-nine|sixty|sixty-one|sixty-two|sixty-three|"
        "sixty-four|sixty-five|sixty-six|sixty-seven|sixty-eight|sixty-nine|seventy|seventy-one|"
        "seventy-two|seventy-three|seventy-four|seventy-five|seventy-six|seventy-seven|"
        "seventy-eight|seventy-nine|eighty|eighty-one|eighty-two|eighty-three|eighty-four|"
        "eighty-five|eighty-six|eighty-seven|eighty-eight|eighty-nine|ninety|ninety-one|ninety-two|"
        "ninety-three|ninety-four|ninety-five|ninety-six|ninety-seven|ninety-eight|ninety-nine"
    ).split("|")
    return words[number - 1] if 0 < number <= len(words) else str(number)


def places_found(total, country):
    """“Fourteen places in the United Kingdom or open to it.”"""
    said = {"number": in_words(total), "country": countries.in_a_sentence(country)}
    if not country:
        sentence = ngettext("%(number)s place.", "%(number)s places.", total)
    elif country == countries.ANY_COUNTRY:
        sentence = ngettext(
            "%(number)s place open to any country.",
            "%(number)s places open to any country.",
            total,
        )
    else:
        sentence = ngettext(
            "%(number)s place in %(country)s or open to it.",
            "%(number)s places in %(country)s or open to it.",
            total,
        )
    return capfirst(sentence % said)
