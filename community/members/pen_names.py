"""Which names people may write under, and which of them look the same.

The idea of a skeleton is that of Unicode Technical Standard #39, § 4: two names whose skeletons
are equal cannot be told apart by a reader.  Ours folds more (case, accents, spaces, I with l),
because it compares names of people, not passwords.  docs/decisions/0010 says why the table is ours.
"""

import unicodedata
from functools import cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST = 40
LONGEST_SKELETON = 120
MOST_MARKS_IN_A_ROW = 3  # Hebrew and Arabic need two, Burmese three
MOST_DIGITS = 4
PUNCTUATION = " .,'’ʼ-‐–·&"
JOINERS = "\u200c\u200d"  # Persian, Sinhala and others spell with them
KEPT_MARKS = {7, 9}  # nukta and virama tell words apart in India's scripts; other marks are accents

LOOK_ALIKES = {
    **str.maketrans("0152iı", "olszll"),
    # Latin
    **str.maketrans("ƅƒɑɡɩɪɣʀʋʏʝᴄᴏᴜᴠᴡᴢꜱꞟꞵꬲꭓꭚøłđħŧ", "bfagllyruyjcouvwzsubexyoldht"),
    # Cyrillic
    **str.maketrans("абвгезкмнорстухьѕіјѡѵүһҽӏӡԁԍԛԝ", "a6brebkmhopctyxbsljwvyhelbdgqw"),
    # Greek
    **str.maketrans("αβγεζηικμνορςστυχϝϳ", "abyezhlkmvopcotuxfj"),
    # Armenian, Georgian, Burmese
    **str.maketrans("ագզհոռստցքօყჿဝ", "wqqhnnusgfoyoo"),
    # Cherokee
    **str.maketrans("ᎠᎡᎢᎥᎩᎪᎫᎬᎱᎳᎷᎻᎽᏀᏂᏃᏏᏒᏔᏕᏙᏚᏞᏟᏢᏦᏧᏴ", "drtlyajerwmhyghzbrwsvslcpkdb"),
    # Coptic
    **str.maketrans("ⲅⲏⲓⲕⲙⲛⲟⲣⲥⲧⲩⲭ", "rhlkmnopctyx"),
    # Lisu
    **str.maketrans("ꓐꓑꓒꓓꓔꓖꓗꓙꓚꓜꓝꓟꓠꓡꓢꓣꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴ", "bpddtgkjczfmnlsrvhwxyaelou"),
    # Canadian Aboriginal
    **str.maketrans("ᐯᑌᑭᑯᑲᒍᒪᕁᕼᖇᖴᗅᗞᗰᗷ", "vupdbjlxhrfadmb"),
}
TAKEN = _("Somebody writes under this name, or one that looks the same. Choose another.")

INSTEAD_OF_LETTERS = str.maketrans("3478", "eatb")  # l33t, looked for in reserved names only

# A name that contains one of these poses as somebody; one that is one of the others means nobody.
POSING = ["administrator", "moderator", "samaritans"]
POSING_AS_A_WORD = ["admin", "mod", "mods", "staff", "official", "samaritan", "webmaster"]
# fmt: off
NOT_NAMES = [
    "anonymous", "anon", "anonym", "somebody", "someone", "nobody", "no name", "unnamed",
    "no one", "member", "a member", "deleted", "deleted member", "author", "writer", "reader",
    "user", "guest", "system", "root", "owner", "editor", "help", "help desk", "helpline",
    "support", "support team", "team", "the team", "site", "security", "abuse", "contact",
    "info", "postmaster", "no reply", "null", "none", "undefined", "lead", "sands", "tommys",
]
# fmt: on

# Scripts that one name may mix (UTS #39, § 5.2, “highly restrictive”).
TOGETHER = [
    {"LATIN", "CJK", "HIRAGANA", "KATAKANA"},
    {"LATIN", "CJK", "BOPOMOFO"},
    {"LATIN", "CJK", "HANGUL"},
]


def tidied(name):
    """``name`` composed (NFC), without spaces around it or two in a row."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def skeleton(name):
    """What is left of ``name`` for the eye: equal for two names that look the same."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    plain = unicodedata.normalize(
        "NFC",
        "".join(c for c in apart if unicodedata.combining(c) in {0} | KEPT_MARKS),
    ).translate(LOOK_ALIKES)
    return "".join(c for c in plain if c.isalnum() or unicodedata.category(c)[0] == "M").replace(
        "rn", "m"
    )


def check(name):
    """Raises ValidationError, with words for the person, if nobody may write under ``name``."""
    _check_length(name)
    _check_characters(name)
    _check_scripts(name)
    _check_reserved(name)


def check_as_written(name):
    """As careful with the letters of a name that is nobody's pen name: it may be anybody's, and
    several stand side by side (“Mia & Мия”), each in one alphabet.
    """
    _check_letters(name)
    _check_characters(name)
    for word in name.split():
        _check_scripts(word)


def _check_length(name):
    if len(name) > LONGEST or len(skeleton(name)) > LONGEST_SKELETON:
        raise ValidationError(
            _("Choose a shorter name: %(longest)d letters at most."),
            code="long",
            params={"longest": LONGEST},
        )
    _check_letters(name)


def _check_letters(name):
    if not any(c.isalpha() for c in name):
        raise ValidationError(_("Choose a name with at least one letter in it."), code="letterless")


def _check_characters(name):
    if not all(_may_stand(name, place) for place in range(len(name))):
        raise ValidationError(
            _("Use letters, spaces, and a full stop, hyphen or apostrophe if you need one."),
            code="characters",
        )
    marks = "".join("m" if unicodedata.category(c)[0] == "M" else "-" for c in name)
    if marks.startswith("m") or "m" * (MOST_MARKS_IN_A_ROW + 1) in marks:
        raise ValidationError(_("Use fewer accents on one letter."), code="marks")
    if sum(c.isdecimal() for c in name) > MOST_DIGITS:
        raise ValidationError(
            _("Use a name rather than a number, so that nobody can ring it."), code="digits"
        )


def _may_stand(name, place):
    character = name[place]
    if character in JOINERS:
        before = name[place - 1 : place]
        return before.isalpha() and _script(before) not in {"LATIN", "CYRILLIC", "GREEK"}
    return character in PUNCTUATION or unicodedata.category(character) in {
        "Lu", "Ll", "Lt", "Lo", "Lm", "Mn", "Mc", "Nd"
    }  # fmt: skip


def _check_scripts(name):
    scripts = {_script(c) for c in unicodedata.normalize("NFKC", name) if c.isalpha()}
    if len(scripts) > 1 and not any(scripts <= family for family in TOGETHER):
        raise ValidationError(
            _("Write the name in one alphabet. Letters from several can pass for another name."),
            code="scripts",
        )


def _script(letter):
    """The script that the letter's Unicode name begins with; Python has no property for it."""
    first = unicodedata.name(letter, "?").split()[0].split("-")[0]
    return {"IDEOGRAPHIC": "CJK", "HALFWIDTH": "KATAKANA", "MODIFIER": "LATIN"}.get(first, first)


def _check_reserved(name):
    if poses(name):
        raise ValidationError(
            _("Choose another name. This one could be taken for the people who run this site."),
            code="reserved",
        )


def poses(name):
    """Whether readers could take ``name`` for the site, its moderators, or nobody."""
    whole = _letters(name)
    words = {_letters(word) for word in name.replace("-", " ").replace(".", " ").split()}
    anywhere, as_a_word, on_its_own = _reserved(settings.SITE_NAME)
    return (
        any(posing in whole for posing in anywhere)
        or not as_a_word.isdisjoint({*words, whole})
        or whole in on_its_own
    )


@cache
def _reserved(site_name):
    return tuple(
        frozenset(_letters(name) for name in names)
        for names in ([*POSING, site_name], POSING_AS_A_WORD, NOT_NAMES)
    )


def _letters(name):
    return skeleton(name).translate(INSTEAD_OF_LETTERS)
