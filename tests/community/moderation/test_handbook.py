"""The handbook that moderators are given says what the software does."""

from pathlib import Path

import pytest

from community.moderation.rules import Rule
from community.moderation.safety import Step

DOCS = Path("docs")
HANDBOOK = (DOCS / "moderation-handbook.md").read_text()
FOR_OPERATORS = ["moderation-handbook.md", "templates/risk-assessment.md", "templates/terms.md"]


def test_it_has_the_steps_in_their_order():
    headings = [f"{number}. **{step.label}" for number, step in enumerate(Step, start=1)]
    places = [HANDBOOK.find(heading) for heading in headings]
    assert -1 not in places
    assert places == sorted(places)


def test_it_names_every_sentence_of_the_guidelines():
    assert [rule.label for rule in Rule if str(rule.label) not in HANDBOOK] == []


@pytest.mark.parametrize("name", FOR_OPERATORS)
def test_what_operators_copy_says_first_that_it_is_not_legal_advice(name):
    text = (DOCS / name).read_text()
    first = text.split("\n\n")[1]
    assert first.startswith("> **This is not legal advice")
    assert "[" in text.replace("](", "")
    for part in text.split("](")[1:]:
        target = part.split(")")[0].split("#")[0]
        if target and not target.startswith(("/", "…")):
            assert ((DOCS / name).parent / target).exists(), target
