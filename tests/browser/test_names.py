"""A name’s whole way, by hand, without scripts: left, read first, standing on the wall."""

import secrets

from playwright.sync_api import expect

from tests.browser.test_letters import let_through
from tests.browser.test_pages import look_everywhere
from tests.browser.test_pages_of_members import open_everything, signed_in


def come_in(open_page, email, **options):
    page = signed_in(open_page, email, **options)
    page.wait_for_url("**/me/")
    return page


def leave_a_name(page, name):
    """Without scripts; the first day does not exist."""
    page.goto("/remembrance/")
    page.get_by_role("link", name="Put a name here").click()
    page.get_by_label("A name, or what you call them").fill(name)
    page.get_by_label("Day", exact=True).fill("31")
    page.get_by_label("Month").select_option("April")
    page.get_by_label("I agree that everyone may read this").check()
    page.get_by_role("button", name="Send it to be read").click()
    expect(page.get_by_role("alert")).to_contain_text("That month has no such day.")
    expect(page.get_by_label("A name, or what you call them")).to_have_value(name)
    page.get_by_label("Day", exact=True).fill("30")
    page.get_by_role("button", name="Send it to be read").click()
    expect(page.get_by_role("status").first).to_contain_text("It is with a moderator")


def test_a_name_from_the_first_letter_to_the_wall_and_back(open_page):
    name = f"Wren {''.join(secrets.choice('abcdefghij') for _ in range(6))}"
    member = come_in(open_page, "member@example.org", java_script_enabled=False)
    moderator = come_in(open_page, "moderator@example.org")
    visitor = open_page(visitor=True, java_script_enabled=False)
    leave_a_name(member, name)
    visitor.goto("/remembrance/?from=430")
    expect(visitor.get_by_role("main")).not_to_contain_text(name)
    let_through(moderator, "remembrance", name, "Publish", "Publish it")
    visitor.reload()
    standing = visitor.get_by_role("listitem").filter(has_text=name)
    expect(standing).to_contain_text("30 April")
    member.reload()
    member.get_by_role("button", name="Take it down now").click()
    expect(member.get_by_role("status").first).to_contain_text("Taken down by you")
    visitor.reload()
    expect(visitor.get_by_role("main")).not_to_contain_text(name)


def test_the_pages_of_names_are_in_nobodys_way(open_page):
    page = come_in(open_page, "member@example.org")
    page.goto("/remembrance/write/")
    open_everything(page)
    found = [*look_everywhere(page)]
    page.get_by_role("button", name="Save and leave it for now").click()
    page.wait_for_url("**/me/names/**")
    found += look_everywhere(page)
    visitor = open_page(visitor=True)
    visitor.goto("/remembrance/")
    assert found + look_everywhere(visitor) == []
