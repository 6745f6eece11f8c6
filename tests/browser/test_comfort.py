"""Reading comfort, as somebody without an account has it: no script, and nobody’s way barred."""

import re

from playwright.sync_api import expect

from tests.browser.test_pages import find, look_everywhere
from tests.browser.test_pages_of_members import open_everything


def test_reading_comfort_is_chosen_heeded_and_taken_back(page_without_scripts):
    page = page_without_scripts
    page.goto("/comfort/")
    page.get_by_label("Larger").check()
    page.get_by_label("Dark").check()
    page.get_by_label("A scan with no heartbeat").select_option("out")
    page.get_by_role("button", name="Keep these").click()
    expect(page.get_by_role("status")).to_have_text("Kept. Every page is so from now on.")
    page.goto("/stories/")
    root = page.locator("html")
    expect(root).to_have_attribute("data-theme", "night")
    expect(root).to_have_attribute("data-size", "larger")
    expect(page.get_by_text("Some stories are left out, as you asked.")).to_be_visible()

    story = find(page, "story")
    page.goto(story)
    panel = page.locator("details.comfort")
    panel.locator("summary").click()
    panel.get_by_label("Usual").check()
    panel.get_by_label("Plainer letters").check()
    panel.get_by_role("button", name="Keep these").click()
    expect(root).to_have_attribute("data-face", "plain")
    expect(root).not_to_have_attribute("data-size", re.compile("."))
    assert page.url.endswith(story)

    page.goto("/comfort/")
    page.get_by_role("button", name="Forget what I chose").click()
    expect(page.get_by_role("status")).to_have_text("Forgotten. Everything is as it was at first.")
    assert page.context.cookies() == []


def test_its_pages_are_in_nobodys_way(page):
    page.goto("/comfort/?next=/stories/")
    page.get_by_label("Larger").check()
    page.get_by_label("Plainer letters").check()
    page.get_by_label("A scan with no heartbeat").select_option("out")
    page.get_by_label("Living children").select_option("ask")
    page.get_by_role("button", name="Keep these").click()
    page.wait_for_url("**/stories/")
    assert look_everywhere(page) == []
    for address in ("/comfort/", find(page, "story")):
        page.goto(address)
        open_everything(page)
        assert look_everywhere(page) == []
