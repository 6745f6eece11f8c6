"""Two people at two computers let their stories point at each other; a visitor
without scripts reads it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_journey import PASSWORD, sign_in
from tests.browser.test_letters import a_word, let_through, write_a_story
from tests.browser.test_pages import look_everywhere

LINE = "The same loss, in another voice"


@pytest.fixture
def people(site, open_page):
    """Two writers and a moderator."""
    pages = []
    for group in ([], [], ["--group=moderators"]):
        word = a_word()
        known = [f"--email={word}@example.org", f"--pen-name=Pim {word}", "--password=-"]
        site.manage("create_member", *known, *group, words=PASSWORD)
        page = open_page()
        sign_in(page, f"{word}@example.org")
        pages.append(page)
    return pages


def invitation(page, story):
    """Its address, without the site’s; and what is in somebody's way."""
    page.goto(story.replace("stories", "write") + "sent/")
    page.get_by_role("link", name="Link it with another voice").click()
    expect(page.get_by_role("heading", name="Another voice")).to_be_visible()
    page.get_by_role("button", name="Make an invitation").click()
    expect(page.get_by_role("heading", name="Your invitation")).to_be_visible()
    return re.search(r"/me/voices/invited/[\w.-]+/", page.locator(".post").inner_text())[0]


def agree(page):
    page.get_by_label("I agree that the two pages point at each other").check()
    page.get_by_role("button", name="Agree to it").click()


def two_stories(people):
    *writers, moderator = people
    titles = [f"The bowl {a_word()}", f"Driving {a_word()}"]
    for page, title in zip(writers, titles, strict=True):
        yield write_a_story(page, title), title
        let_through(moderator, "story", title, "Publish", "Publish it")


def take_up(page, address, title):
    """Yields what is in somebody's way."""
    page.goto(address)
    yield from look_everywhere(page)
    page.get_by_label(title).check()
    page.get_by_role("button", name="See how it would look").click()
    expect(page.get_by_role("main")).to_contain_text("What it tells")
    yield from look_everywhere(page)
    agree(page)
    expect(page.get_by_role("main")).to_contain_text("You have agreed.")


def confirm(page):
    page.goto("/me/")
    yield from look_everywhere(page)
    page.get_by_role("link", name="Look at it").click()
    agree(page)
    expect(page.get_by_role("status")).to_contain_text("The two pages point at each other")
    yield from look_everywhere(page)


def test_two_voices_from_an_invitation_to_the_end(open_page, people):
    (story, _), (_, title) = two_stories(people)
    first, second, _moderator = people
    visitor = open_page(visitor=True, java_script_enabled=False)
    found = [*take_up(second, invitation(first, story), title)]
    visitor.goto(story)
    expect(visitor.get_by_role("main")).not_to_contain_text(LINE)
    found += [*look_everywhere(first), *confirm(first)]
    visitor.reload()
    visitor.get_by_role("link", name=title).click()
    expect(visitor.get_by_role("main")).to_contain_text(LINE)

    second.reload()
    second.get_by_role("button", name="End it").click()
    expect(second.get_by_role("main")).to_contain_text("None.")
    visitor.reload()
    expect(visitor.get_by_role("main")).not_to_contain_text(LINE)
    first.goto("/me/")
    expect(first.get_by_role("main")).to_contain_text("no longer linked with another story")
    assert found == []


@pytest.mark.parametrize("address", ["/me/stories/", "/me/letters/sent/"])
def test_the_long_lists_of_my_space_are_in_nobodys_way(people, address):
    people[0].goto(address)
    assert look_everywhere(people[0]) == []
