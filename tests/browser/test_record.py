"""A member's record and the shields, in both widths and both lights: in nobody's way."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_pages import look_everywhere
from tests.browser.test_pages_of_members import signed_in

TOLD = "I’m writing to you about something here.\n\nA letter of yours named a ward.\n\nInes"


@pytest.fixture
def lead(site, open_page):
    """An administrator may do what leads may."""
    return signed_in(open_page, "admin@example.org")


def test_a_member_is_told_and_sees_until_when(lead, open_page):
    lead.goto("/admin/moderation/record/?q=tansy")
    found = look_everywhere(lead)
    lead.get_by_role("link", name="Tansy").click()
    found += look_everywhere(lead)
    lead.get_by_role("button", name="Open what is on record").click()
    lead.get_by_role("button", name="Send it to them").click()
    expect(lead.get_by_role("alert")).to_be_visible()
    found += look_everywhere(lead)
    lead.get_by_label("Letters paused").check()
    lead.get_by_label("For how long").select_option("3")
    lead.get_by_label("Which sentence of the guidelines").select_option("names")
    lead.get_by_role("button", name="Begin the letter").click()
    letter = lead.get_by_label("What you’ll say to them")
    expect(letter).to_have_value(re.compile("For a while you can’t send letters"))
    letter.fill(TOLD)
    lead.get_by_role("button", name="Send it to them").click()
    found += look_everywhere(lead)
    member = signed_in(open_page, "member@example.org")
    member.goto("/me/")
    expect(member.get_by_text("you can’t send letters")).to_be_visible()
    found += look_everywhere(member)
    member.get_by_role("link", name="Read why").click()
    expect(member.get_by_text("A letter of yours named a ward.")).to_be_visible()
    lead.locator("summary", has_text="Lift it now").click()
    lead.get_by_role("button", name="Lift it now").click()
    member.goto("/me/")
    expect(member.get_by_text("you can’t send letters")).to_be_hidden()
    assert found == []


def test_the_shields_are_in_nobodys_way(lead):
    lead.goto("/admin/moderation/shield/")
    assert look_everywhere(lead) == []
