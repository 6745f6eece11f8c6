"""Who may read a story: down to moderators only, and up again, by presses on real pages."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_journey import a_word, open_case
from tests.browser.test_pages import look_everywhere
from tests.browser.test_pages_of_members import signed_in
from tests.browser.test_proposing import a_moderator, publish, write

WHO = "Who can read it"


@pytest.fixture
def author(open_page):
    return signed_in(open_page, "member@example.org", java_script_enabled=False)


def choose(author, rung):
    """Without scripts, and without a tick where fewer people read it."""
    author.get_by_role("link", name=WHO).click()
    author.get_by_label(rung).check()
    author.get_by_role("button", name="Let it be so").click()


def test_a_story_goes_down_and_up_by_presses_without_scripts(site, open_page, author):
    title = f"The broom {a_word()}"
    story, moderator, visitor = write(author, title), a_moderator(site, open_page), open_page()
    page = story.replace("/write/", "/stories/")
    publish(moderator, title)
    for rung, heading in (
        ("Moderators only", "Only moderators can read it"),
        ("Only me", "Only you can read it"),
    ):
        author.goto(f"{story}sent/")
        choose(author, rung)
        expect(author.get_by_role("heading", name=heading)).to_be_visible()
        assert visitor.goto(page).status == 404
    choose(author, "Everyone, but not")
    expect(author.get_by_role("alert")).to_contain_text("Tick this if you agree")
    author.get_by_label("I agree that the people I chose").check()
    author.get_by_role("button", name="Let it be so").click()
    expect(author.get_by_role("heading", name="Published")).to_be_visible()
    assert visitor.goto(page).status == 200


def test_what_is_for_moderators_only_is_read_and_its_author_hears_of_it(site, open_page):
    author = signed_in(open_page, "member@example.org")
    expect(author.get_by_role("heading", name="My space")).to_be_visible()
    moderator = a_moderator(site, open_page)
    title = f"For you {a_word()}"
    story = write(author, title)
    choose(author, "Moderators only")
    expect(author.get_by_role("status").last).to_contain_text("because you asked them to")
    open_case(moderator, title)
    expect(moderator.get_by_text("Who may read it, as its author asks")).to_be_visible()
    assert look_everywhere(moderator) == []
    moderator.locator("summary", has_text="Tell them it was read").click()
    moderator.get_by_role("button", name="Tell them it was read").click()
    expect(moderator.locator("body")).to_contain_text("Done: read, as its author asked")
    author.goto(f"{story}sent/")
    expect(author.get_by_role("heading", name="A moderator has read it")).to_be_visible()
    assert look_everywhere(author) == []
    author.get_by_role("link", name=WHO).click()
    expect(author.get_by_role("heading", name=WHO)).to_be_visible()
    assert look_everywhere(author) == []
