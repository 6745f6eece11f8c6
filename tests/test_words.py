"""The words this site keeps out, wherever a person could read them (docs/voice.md)."""

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

KEPT_OUT = {
    "cheer": r"oops|congratulations|yay|hooray|sorry to see you go|thanks for (sharing|joining)",
    "praise": r"journey|heal(s|ed|ing)?|closure|(our|the|a) community|brave(ly)?|inspiring",
    "signs": r"angels?|rainbows?|ribbons?|feathers?|footprints?|born sleeping|passed away",
    "battle": r"battles?|warriors?|be strong|your strength|survivors?|victims?|sufferers?",
    "minimising": r"at least (you|it|she|he|they|we)|only \w+ weeks|just \w+ weeks"
    r"|early enough|for a reason|nature’s way|God’s plan|time heals|you can try again",
    "medicine": r"products of conception|tissue|f[o]?etus|spontaneous abortion|failed pregnancy"
    r"|blighted ovum|incompetent cervix|unborn|terminat(e|ed|ion)|aborted",
    "alarm": r"trigger( warnings?)?|disturbing|graphic|sensitive content",
    "pressure": r"share your story|tell us your story|share it with",
    "refusal": r"rejected|violat(e|es|ed|ion)|spam",
    "machine": r"users?|click here|submit(ted)?|invalid|required field|log ?in\b|e-mail",
    "dates": r"anniversar(y|ies)|angelversar\w+|milestones?|reminders?",
    "death": r"commit(s|ted)? suicide",
}
EMOJI = re.compile("[\u2600-\u27bf\U0001f300-\U0001faff]")
GETTEXT = re.compile(r"^(_|n?p?gettext(_lazy)?|np?gettext(_lazy)?)$")
READ_ALOUD = {"alt", "aria-label", "content", "placeholder", "title", "value"}


class WhatIsRead(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.pieces = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.pieces += [v for k, v in attributes if k in READ_ALOUD and v and tag != "meta"]

    def handle_data(self, data):
        self.pieces.append(data)


def template_text(source):
    source = re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", " ", source, flags=re.S)
    # The words inside a tag are text; the quotes round them are not.
    source = re.sub(r"""\{% (?:translate|trans) (["'])(.*?)\1.*?%\}""", r"\2", source)
    source = re.sub(r"\{%.*?%\}", " ", source, flags=re.S)
    source = re.sub(r"\{\{.*?\}\}", "x", source, flags=re.S)
    return "\n".join(WhatIsRead(source).pieces)


def python_text(source):
    """Every string that is handed to gettext."""
    pieces = []
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call) and GETTEXT.match(getattr(call.func, "id", "")):
            pieces += [a.value for a in call.args if isinstance(getattr(a, "value", 0), str)]
    return "\n".join(pieces)


def readable():
    for path in sorted(Path("templates").rglob("*")):
        if path.suffix in {".html", ".txt"} and path.name != "robots.txt":
            yield pytest.param(path, template_text, id=str(path))
    for app in ("community", "stories", "resources"):
        for path in sorted(Path(app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield pytest.param(path, python_text, id=str(path))


each_file = pytest.mark.parametrize(("path", "text_of"), list(readable()))


@each_file
def test_no_word_that_hurts(path, text_of):
    text = text_of(path.read_text("utf-8"))
    for why, words in KEPT_OUT.items():
        found = re.search(rf"\b({words})\b", text, re.IGNORECASE)
        assert not found, f"{path}: “{found[0]}” ({why})"


@each_file
def test_type_is_set_as_in_a_book(path, text_of):
    text = text_of(path.read_text("utf-8"))
    assert "!" not in text, f"{path}: an exclamation mark"
    assert not EMOJI.search(text), f"{path}: an emoji"
    assert " - " not in text and "..." not in text, f"{path}: a dash or dots typed as signs"
    straight = re.search(r"""\w'\w|(^|\s)['"]\w|\w["']($|[\s.,;:])""", text, re.MULTILINE)
    assert not straight, f"{path}: a straight quote near “{straight[0]}”"


def test_the_readers_of_files_read():
    page = """{% load i18n %}<p title="One">{% translate "Two" %} {{ x }}</p>{# no #}
        {% blocktranslate trimmed %}It's <b>three</b>{% endblocktranslate %}"""
    assert re.sub(r"\s+", " ", template_text(page)).strip() == "One Two x It's three"
    assert python_text('_("a"); ngettext("b", "c", n); f("d")') == "a\nb\nc"
