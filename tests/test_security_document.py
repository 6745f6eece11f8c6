"""docs/security.md: every abuse case, drill and requirement has its row, and names what is there.

The numbers are those of OWASP ASVS 5.0.0, levels 1 and 2: a section, and the last of its
requirements.
"""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = (ROOT / "docs/security.md").read_text()
CASES = {"A": 36, "P": 10, "R": 18, "T": 12}
REQUIREMENTS = (
    "1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 "
    "4.2:1 4.3:2 4.4:4 5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 "
    "7.2:4 7.3:2 7.4:5 7.5:2 7.6:2 8.1:2 8.2:3 8.3:1 8.4:1 9.1:3 9.2:4 10.1:2 10.2:2 10.3:4 "
    "10.4:11 10.5:5 10.6:2 10.7:3 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1 12.1:3 12.2:2 12.3:4 "
    "13.1:1 13.2:5 13.3:2 13.4:5 14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 "
    "16.4:3 16.5:3 17.1:1 17.2:4 17.3:2"
)
STATES = {"holds", "partly", "no", "none here"}


def expected():
    for said in REQUIREMENTS.split():
        section, last = said.split(":")
        yield from (f"{section}.{number}" for number in range(1, int(last) + 1))


def answered():
    """(requirement, state, proof) for each row of the table."""
    row = re.compile(r"^\| ([\d.]+)(?:-(\d+))? \| \*([\w ]+)\* \| ([^|]+) \|$", re.MULTILINE)
    for first, last, state, proof in row.findall(DOCUMENT):
        section, number = first.rsplit(".", 1)
        for each in range(int(number), int(last or number) + 1):
            yield f"{section}.{each}", state, proof


def test_every_requirement_is_answered_once():
    assert sorted(each for each, _state, _proof in answered()) == sorted(expected())
    assert len(list(expected())) == 253


def test_every_answer_says_which_and_why():
    assert {state for _each, state, _proof in answered()} <= STATES
    assert [each for each, _state, proof in answered() if len(proof) < 8] == []


def test_every_abuse_case_and_drill_has_its_row():
    rows = re.findall(r"^\| ([APRT]\d\d) \|", DOCUMENT, re.MULTILINE)
    assert rows == [f"{kind}{n:02}" for kind, last in CASES.items() for n in range(1, last + 1)]


@pytest.mark.parametrize("named", sorted(set(re.findall(r"`((?:tests|docs)/[^`]+)`", DOCUMENT))))
def test_what_it_names_is_there(named):
    path, _two, name = named.partition("::")
    text = (ROOT / path).read_text()
    assert not name or f"def {name}(" in text
