"""The pages behind signing in, in both widths and both lights: nothing in anybody's way."""

import re

import pytest
from playwright.sync_api import expect

from community.management.commands.prepare_trial import PASSWORD
from tests.browser.reading import overflow, use_long_words
from tests.browser.test_pages import look_everywhere, too_wide

PARTS = ["", "about/", "notes/", "name/", "letters/", "check/", "sent/", "readers/", "erase/"]


# What a member does besides writing: also on the smallest phone there is.
OWN = ["", "comfort/", "stories/", "letters/", "letters/when/", "letters/asking/"]
OWN += ["letters/sent/", "letters/blocked/", "kept/", "after-reading/", "voices/", "dates/"]
OWN += ["email/", "time/", "account/"]
ON_THE_SMALLEST = [f"/me/{page}" for page in OWN]
ON_THE_SMALLEST += ["/remembrance/", "/remembrance/write/", "/letters/", "/letters/write/"]


def signed_in(open_page, email, **options):
    page = open_page(**options)
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: "/login/" not in address)  # a press doesn't wait for it
    return page


def open_everything(page):
    """Also those that close each other."""
    page.evaluate(
        "() => document.querySelectorAll('details').forEach("
        "each => { each.removeAttribute('name'); each.open = true })"
    )


@pytest.fixture
def member(open_page):
    return signed_in(open_page, "member@example.org")


@pytest.fixture
def moderator(open_page):
    return signed_in(open_page, "moderator@example.org")


@pytest.fixture
def story(member):
    """The address of a story that lacks only a name to be sent."""
    member.goto("/write/")
    member.get_by_role("button", name="Open an empty page").click()
    member.get_by_label("Title").fill("The heron")
    member.get_by_label("Your story").fill(
        "A card with a heron on it.\n\n* * *\n\n> There is always."
    )
    member.get_by_role("button", name="Save and carry on").click()
    return re.match(r".*/write/\w+/", member.url)[0]


def test_the_pages_of_a_story_are_in_nobodys_way(member, story):
    found = []
    for part in PARTS:
        member.goto(story + part)
        open_everything(member)
        found += [f"{part or 'desk'}: {problem}" for problem in look_everywhere(member)]
    assert found == []


def test_a_part_that_needs_another_look_is_in_nobodys_way(member, story):
    member.goto(f"{story}name/")
    member.get_by_label("Another name, for this story").check()
    member.get_by_role("button", name="Save and carry on").click()
    assert member.title().startswith("Check this page: ")
    assert look_everywhere(member) == []


@pytest.mark.parametrize("address", ["/me/", "/me/account/", "/accounts/email/", "/write/"])
def test_my_space_is_in_nobodys_way(member, address):
    member.goto(address)
    assert look_everywhere(member) == []


def test_the_smallest_phone_is_in_nobodys_way(member):
    found = []
    for address in ON_THE_SMALLEST:
        assert member.goto(address).ok, address
        open_everything(member)
        found += [f"{address} {problem}" for problem in look_everywhere(member, widths=(320, 1280))]
        use_long_words(member)
        found += [f"{address} {problem}" for problem in too_wide(member)]
    assert found == []


def in_the_way_in_the_admin(moderator):
    for address in ("/admin/", "/admin/moderation/decision/", "/admin/moderation/case/"):
        moderator.goto(address)
        yield from (f"{address}: {problem}" for problem in look_everywhere(moderator))
        if address != "/admin/":  # whose long words are Django's own
            use_long_words(moderator)
            moderator.set_viewport_size({"width": 390, "height": 900})
            if overflow(moderator):
                yield f"{address}, long words: {overflow(moderator)} pixels too wide"
    moderator.goto(address)


def test_the_queue_and_the_review_page_are_in_nobodys_way(member, story, moderator):
    member.goto(f"{story}name/")
    member.get_by_label("No name").check()
    member.get_by_role("button", name="Save and carry on").click()
    member.goto(f"{story}check/")
    member.get_by_label("I agree that the people I chose").check()
    member.get_by_role("button", name="Send it to be read").click()
    assert look_everywhere(member) == []

    found = [*in_the_way_in_the_admin(moderator)]
    moderator.get_by_role("button", name="The heron").first.click()
    moderator.wait_for_url("**/change/*")
    open_everything(moderator)
    found += [f"review: {problem}" for problem in look_everywhere(moderator)]
    moderator.get_by_role("button", name="Publish it", exact=True).click()
    expect(moderator.get_by_role("alert")).to_be_visible()
    open_everything(moderator)
    found += [f"review, once more: {problem}" for problem in look_everywhere(moderator)]
    assert found == []
