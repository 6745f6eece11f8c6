"""Telling a moderator something, and being answered: by a visitor without scripts, too."""

import re

from playwright.sync_api import expect

from tests.browser.test_pages import find, look_everywhere
from tests.browser.test_pages_of_members import open_everything, signed_in

LINK = "Tell a moderator something about this story"


def begin(page, kind="story"):
    page.goto(find(page, kind))
    page.get_by_role("link", name=LINK if kind == "story" else "Tell a moderator").click()


def send(page):
    page.get_by_role("button", name="Send it to a moderator").click()


def test_the_form_its_errors_and_the_receipt_are_in_nobodys_way(page):
    found = []
    begin(page)
    found += look_everywhere(page)
    send(page)
    assert page.title().startswith("Check this page: ")
    found += look_everywhere(page)
    page.get_by_label("It is cruel to someone").check()
    page.get_by_label("In your own words").fill("I don’t want to be here any more either.")
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("A moderator will read this")
    found += look_everywhere(page)
    assert found == []


def test_a_legal_notice_is_in_nobodys_way(page):
    begin(page)
    page.get_by_label("It is against the law").check()
    send(page)
    found = look_everywhere(page)
    send(page)
    found += look_everywhere(page)
    assert found == []
    page.get_by_label("Why you think").fill("It is libel.")
    page.get_by_label("Your name").fill("A. Person")
    page.get_by_label("Your email address").fill("a.person@example.org")
    page.get_by_label("As far as I know").check()
    send(page)
    expect(page.get_by_role("status")).to_contain_text("Nobody has decided anything yet.")


def test_a_visitor_without_scripts_tells_us_and_reads_the_outcome(page_without_scripts, open_page):
    visitor = page_without_scripts
    begin(visitor)
    title = visitor.locator("main bdi").first.inner_text()
    visitor.get_by_label("It is cruel to someone").check()
    visitor.get_by_label("In your own words").fill("The third paragraph.")
    send(visitor)
    private = visitor.get_by_role("link", name="The private link").get_attribute("href")

    moderator = signed_in(open_page, "moderator@example.org")
    moderator.goto("/admin/moderation/case/?tab=reports")
    found = look_everywhere(moderator)
    moderator.get_by_role("button", name=title).first.click()
    moderator.wait_for_url(re.compile(r"/report/"))
    open_everything(moderator)
    found += look_everywhere(moderator)
    expect(moderator.get_by_text("The third paragraph.")).to_be_visible()
    moderator.get_by_role("button", name="Leave it", exact=True).click()

    visitor.goto(private)
    expect(visitor.get_by_role("status")).to_contain_text("left it as it is")
    found += look_everywhere(moderator)
    visitor.get_by_role("link", name="Ask us to think again", exact=True).click()
    visitor.get_by_role("textbox").fill("It still names her.")
    visitor.get_by_role("main").get_by_role("button").first.click()
    expect(visitor.get_by_role("main")).to_contain_text("Their answer will stand here.")
    assert found == []


def test_a_place_can_be_told_about(page):
    begin(page, "place")
    page.get_by_label("A number, an address or a time is wrong").check()
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("A moderator will read this")
