"""Keeping a date and a quiet while: scripts off, and in nobody's way at any width and light."""

import secrets

import pytest
from playwright.sync_api import expect

from tests.browser.test_journey import PASSWORD, sign_in
from tests.browser.test_pages import look_everywhere


def somebody(site, page):
    word = "".join(secrets.choice("abcdefghij") for _ in range(6))
    known = [f"--email={word}@example.org", f"--pen-name=Pim {word}", "--password=-"]
    site.manage("create_member", *known, words=PASSWORD)
    sign_in(page, f"{word}@example.org")
    return page


def keep_a_date(page, look):
    """29 February, asked once more about; then changed.  Yields what is in somebody's way."""
    page.goto("/me/dates/")
    yield from look(page)
    page.get_by_label("What is the date for?").fill("Pip")
    page.get_by_label("Day (optional)").fill("29")
    page.get_by_label("Month", exact=True).select_option("2")
    page.get_by_role("button", name="Keep this date").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose a day for those.")
    yield from look(page)
    page.get_by_label("1 March").check()
    page.get_by_label("A note by email on the day").check()
    page.get_by_role("button", name="Keep this date").click()
    expect(page.get_by_role("status")).to_contain_text("Only you can see it.")
    page.get_by_role("link", name="Pip, 29 February").click()
    expect(page.get_by_label("1 March")).to_be_checked()
    yield from look(page)
    page.get_by_label("Day (optional)").fill("31")
    page.get_by_role("button", name="Keep it like this").click()
    expect(page.get_by_role("alert")).to_contain_text("There is no 31 February.")
    page.get_by_role("link", name="Erase it").click()
    page.get_by_role("button", name="Erase it for good").click()
    expect(page.get_by_role("main")).to_contain_text("You haven’t kept any dates here.")


def ask_for_quiet(page, look):
    page.goto("/me/email/")
    page.get_by_role("button", name="Be quiet until then").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose a day.")
    yield from look(page)
    page.get_by_role("button", name="Pause everything").click()
    expect(page.get_by_role("main")).to_contain_text("Everything is paused")
    yield from look(page)
    page.get_by_role("button", name="Start again").click()
    expect(page.get_by_role("button", name="Pause everything")).to_be_visible()
    page.get_by_role("link", name="Your time").click()
    page.get_by_label("The nearest place on your clock").select_option("Asia/Kolkata")
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_label("The nearest place on your clock")).to_have_value("Asia/Kolkata")
    yield from look(page)


@pytest.mark.parametrize("scripts, look", [(False, lambda page: []), (True, look_everywhere)])
def test_dates_and_quiet(site, open_page, scripts, look):
    page = somebody(site, open_page(java_script_enabled=scripts))
    assert [*keep_a_date(page, look), *ask_for_quiet(page, look)] == []
