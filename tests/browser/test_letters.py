"""A letter's whole way, by hand: written, read first, opened, shown, seen by a visitor."""

import re
import secrets

import pytest
from playwright.sync_api import expect

from tests.browser.test_journey import PASSWORD, sign_in, tick_what_was_looked_for
from tests.browser.test_pages import look_everywhere
from tests.browser.test_pages_of_members import open_everything, signed_in

SAID = "I was there too."


def a_word():
    return "".join(secrets.choice("abcdefghij") for _ in range(6))


@pytest.fixture
def people(site, open_page):
    """A writer, somebody who writes to them, and a moderator, at their own computers."""
    pages = []
    for group in ([], [], ["--group=moderators"]):
        word = a_word()
        known = [f"--email={word}@example.org", f"--pen-name=Pim {word}", "--password=-"]
        site.manage("create_member", *known, *group, words=PASSWORD)
        page = open_page()
        sign_in(page, f"{word}@example.org")
        pages.append((page, f"Pim {word}"))
    return pages


def write_a_story(page, title):
    page.goto("/write/")
    page.get_by_role("button", name="Open an empty page").click()
    page.get_by_label("Title").fill(title)
    page.get_by_label("Your story").fill("The kettle, and then the quiet.")
    page.get_by_role("button", name="Save and carry on").click()
    story = re.search(r"/write/(\w+)/", page.url)[1]
    page.goto(f"/write/{story}/name/")
    page.get_by_label("My pen name").check()
    page.get_by_role("button", name="Save and carry on").click()
    page.get_by_label("Yes, letters are welcome").check()
    page.get_by_role("button", name="Save and carry on").click()
    page.get_by_label("I agree that the people I chose").check()
    page.get_by_role("button", name="Send it to be read").click()
    return f"/stories/{story}/"


def let_through(page, tab, name, outcome, press):
    page.goto(f"/admin/moderation/case/?tab={tab}")
    page.get_by_role("button", name=name).first.click()
    page.wait_for_url("**/change/*")
    tick_what_was_looked_for(page)
    page.locator("summary", has_text=re.compile(f"^{outcome}")).first.click()
    page.get_by_role("button", name=press, exact=True).click()
    expect(page.locator("body")).to_contain_text(re.compile("Done: (published|it is on its way)"))


def send_a_letter(page, story, name, greeting):
    """With one thing in it that often hurts, pointed at.  Yields what is in somebody's way."""
    page.goto(story)
    page.get_by_role("link", name=f"Write to {name}").click()
    letter = page.get_by_label(f"Your letter to {name}")
    letter.fill(f"{greeting}\n\nTime heals. I was there too.")
    page.get_by_label("can show it under the story").check()
    page.get_by_role("button", name="Send it to be read").click()
    expect(page.get_by_role("alert")).to_contain_text("Time heals")
    yield from look_everywhere(page)
    letter.fill(f"{greeting}\n\nI was there too.")
    page.get_by_role("button", name="Send it to be read").click()
    expect(page.get_by_role("status").first).to_contain_text("with a moderator")
    yield from look_everywhere(page)


def open_a_letter(page):
    """From a sentence, through a closed line, to the words."""
    page.goto("/me/")
    expect(page.get_by_role("main")).to_contain_text("One letter is waiting.")
    page.get_by_role("link", name="Go to my letters").click()
    yield from look_everywhere(page)
    page.get_by_role("link", name="From Pim").click()
    expect(page.get_by_role("main")).not_to_contain_text(SAID)
    page.get_by_role("button", name="Open it").click()
    expect(page.get_by_role("main")).to_contain_text(SAID)
    yield from look_everywhere(page)


def test_a_letter_from_the_first_word_to_standing_under_the_story(open_page, people):
    (writer, name), (sender, _), (moderator, _) = people
    title, greeting = f"The kettle {a_word()}", f"Dear {a_word()},"
    story = write_a_story(writer, title)
    let_through(moderator, "story", title, "Publish", "Publish it")
    visitor = open_page(visitor=True, java_script_enabled=False)

    found = [*send_a_letter(sender, story, name, greeting)]
    writer.goto("/me/letters/")
    expect(writer.get_by_role("main")).to_contain_text("None yet.")
    let_through(moderator, "letter", greeting, "Deliver it", "Deliver the letter")
    found += open_a_letter(writer)

    visitor.goto(story)
    expect(visitor.get_by_role("main")).not_to_contain_text(SAID)
    writer.get_by_role("button", name="Show it under my story").click()
    visitor.reload()
    expect(visitor.get_by_role("main")).to_contain_text(SAID)
    sender.get_by_role("button", name="Take it back").click()
    visitor.reload()
    expect(visitor.get_by_role("main")).not_to_contain_text(SAID)
    assert found == []


PAGES = ["/me/letters/", "/me/letters/when/", "/me/letters/blocked/", "/me/email/"]


@pytest.mark.parametrize("address", [*PAGES, "/letters/write/"])
def test_a_page_of_letters_is_in_nobodys_way(open_page, address):
    page = signed_in(open_page, "member@example.org")
    page.goto(address)
    open_everything(page)
    assert look_everywhere(page) == []
