"""The example stories: well formed, discreet, and nobody's."""

import json
import re
from pathlib import Path

import pytest

from community.members.models import Member

STORIES = json.loads(Path("stories/data/examples.json").read_text("utf-8"))
SLUGS = {
    "losses": """miscarriage missed-miscarriage late-miscarriage very-early-loss ectopic molar
        more-than-one tfmr stillbirth neonatal twin-or-triplet other""",
    "themes": """first-days telling-people hospital names goodbye keepsakes work two-of-us alone
        children faith anger dates trying-again after-loss years-later""",
    "circumstances": "fertility-treatment surrogacy adoption long-ago",
    "notes": """scan birth surgery bleeding intensive-care diagnosis decision living-children
        later-pregnancy unkind-care strong-language babys-body medical-close-up
        not-wanting-to-live abuse""",
}
ROLES = "pregnant partner father other-mother grandparent sibling friend carer unsaid".split()
ASK_FIRST = {"babys-body", "medical-close-up", "not-wanting-to-live", "abuse"}


def all_text(story):
    letters = [part for letter in story["letters"] for part in (letter["from"], letter["body"])]
    return "\n".join([story["title"], story["body"], story["own_note"], *letters])


each_story = pytest.mark.parametrize("story", STORIES, ids=lambda story: story["key"])


def test_there_are_a_handful_by_different_people():
    assert 7 <= len(STORIES) <= 12
    for field in ("key", "title", "pen_name"):
        assert len({story[field] for story in STORIES}) == len(STORIES)
    assert {"en", "es"} == {story["language"] for story in STORIES}
    assert any(story["unnamed"] for story in STORIES)
    assert any(story["asks_first"] for story in STORIES)


@each_story
def test_a_story_uses_the_words_of_the_lists(story):
    for field, slugs in SLUGS.items():
        assert set(story[field]) <= set(slugs.split()), field
    assert story["losses"] and story["role"] in ROLES
    assert len(story["own_note"]) <= 80 and len(story["title"]) <= 120


@each_story
def test_a_story_is_whole_and_typed_with_care(story):
    assert 300 <= len(story["body"].split()) <= 900
    text = all_text(story)
    assert not re.search(r"""["'<>\t\r]|  | \n|\n\n\n|\.\.\.|--""", text)
    assert all(part.count("_") % 2 == 0 for part in text.split("\n"))


@each_story
def test_a_story_leads_to_nobody(story):
    text = all_text(story)
    assert not re.search(r"https?:|www\.|@|\d{5}", text)
    assert not re.search(r"\b(Hospital|Clinic|Infirmary|University|Road|Street)\b", text)


@each_story
def test_a_story_that_must_ask_first_does(story):
    assert story["asks_first"] or not ASK_FIRST & set(story["notes"])


@each_story
def test_letters_come_only_where_they_are_wanted(story):
    assert story["wants_letters"] or not story["letters"]


@each_story
def test_a_pen_name_is_one_that_a_member_could_have(story, db):
    member = Member(email="example@example.org", pen_name=story["pen_name"])
    member.full_clean(exclude=["password"])
