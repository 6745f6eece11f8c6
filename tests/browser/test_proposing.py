"""A change proposed to a writer, and something covered while it is looked at again."""

import os
import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_journey import (
    PASSWORD,
    a_word,
    open_case,
    sign_in,
    tick_what_was_looked_for,
)
from tests.browser.test_pages import look_everywhere
from tests.browser.test_pages_of_members import open_everything, signed_in

BODY = "There was a man with a broom.\n\nHe was _called Desmond Applegarth_, he said.\n\nHe waved."
NAME = "Desmond Applegarth"


@pytest.fixture
def member(open_page):
    return signed_in(open_page, "member@example.org")


def a_moderator(site, open_page, **options):
    """One who has decided nothing yet: whoever decides fast, and often, is stopped."""
    name = a_word()
    email, group = f"{name}@example.org", "--group=moderators"
    who = f"--email={email}", f"--pen-name=Sorrel {name}", "--password=-", group
    site.manage("create_member", *who, words=PASSWORD)
    page = open_page(**options)
    sign_in(page, email)
    return page


@pytest.fixture
def moderator(site, open_page):
    return a_moderator(site, open_page)


def picture(page, name):
    """For whoever wants to see for themselves: PICTURES names a folder."""
    if folder := os.environ.get("PICTURES"):
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            for width in (390, 1280):
                page.set_viewport_size({"width": width, "height": 900})
                page.screenshot(path=f"{folder}/{name}-{width}-{scheme}.png", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})


def write(member, title):
    """Sent to be read.  Returns the address of the author's pages."""
    member.goto("/write/")
    member.get_by_role("button", name="Open an empty page").click()
    member.get_by_label("Title").fill(title)
    member.get_by_label("Your story").fill(BODY)
    member.get_by_role("button", name="Save and carry on").click()
    story = re.match(r".*/write/\w+/", member.url)[0]
    member.goto(f"{story}name/")
    member.get_by_label("My pen name").check()
    member.get_by_role("button", name="Save and carry on").click()
    member.goto(f"{story}check/")
    member.get_by_label("I agree that the people I chose").check()
    member.get_by_role("button", name="Send it to be read").click()
    expect(member.get_by_role("heading", name="with a moderator")).to_be_visible()
    return story


def propose(moderator, title, passage=NAME):
    open_case(moderator, title)
    moderator.locator("summary", has_text=re.compile("^Propose a change")).click()
    moderator.get_by_label("The passage, copied from the text").first.fill(passage)
    moderator.get_by_label("Why", exact=True).first.fill("He may not want to be named.")
    moderator.get_by_role("button", name="Ask the author about the change").click()


def publish(moderator, title):
    open_case(moderator, title)
    tick_what_was_looked_for(moderator)
    moderator.locator("summary", has_text=re.compile("^Publish$")).click()
    moderator.get_by_role("button", name="Publish it", exact=True).click()
    expect(moderator.locator("body")).to_contain_text("Done: published")


def test_what_stands_out_is_marked_and_the_list_leads_there(member, moderator):
    title = f"The broom {a_word()}"
    write(member, title)
    open_case(moderator, title)
    mark = moderator.locator("[data-words] mark")
    expect(mark).to_have_text(NAME)
    expect(moderator.locator("[data-words] em")).to_contain_text("(A full name)")
    moderator.get_by_role("link", name="A full name").click()
    assert moderator.evaluate("document.querySelector('mark:target').textContent") == NAME
    picture(moderator, "review")
    moderator.locator("summary", has_text=re.compile("^Propose a change")).click()
    mark.select_text()
    moderator.get_by_role("button", name="Take what is selected").first.click()
    expect(moderator.get_by_label("The passage, copied from the text").first).to_have_value(NAME)
    picture(moderator, "proposing")
    open_everything(moderator)
    assert look_everywhere(moderator) == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_proposed_change_is_accepted_by_one_press(open_page, site, member, scripts):
    title = f"The broom {a_word()}"
    story = write(member, title)
    moderator = a_moderator(site, open_page, java_script_enabled=scripts)
    propose(moderator, title, passage="He was called Nobody")
    expect(moderator.get_by_role("alert")).to_contain_text("Copy the passage from the text")
    moderator.get_by_label("The passage, copied from the text").first.fill(f"called\n{NAME}")
    moderator.get_by_role("button", name="Ask the author about the change").click()
    expect(moderator.locator("body")).to_contain_text("Done: a change proposed to the author")

    member.goto(f"{story}sent/")
    expect(member.get_by_role("heading", name="A change for you to look at")).to_be_visible()
    expect(member.locator("mark")).to_have_text(f"called {NAME}")
    picture(member, "asked")
    assert look_everywhere(member) == []
    member.get_by_role("button", name="Change it so and publish it").click()
    expect(member.get_by_role("heading", name="Published")).to_be_visible()
    member.get_by_role("link", name="Read it as others do").click()
    expect(member.get_by_role("main")).to_contain_text("He was, he said.")


def test_a_proposed_change_is_written_another_way(member, moderator):
    title = f"The broom {a_word()}"
    story = write(member, title)
    propose(moderator, title)
    member.goto(f"{story}sent/")
    member.get_by_role("link", name="Write it another way").click()
    expect(member.get_by_label("Your story")).to_have_value(BODY)
    member.get_by_label("Your story").fill(BODY.replace(NAME, "Desmond"))
    member.get_by_role("button", name="See how it will look").click()
    member.get_by_label("I agree that the people I chose").check()
    member.get_by_role("button", name="Send it to be read").click()
    publish(moderator, title)
    member.goto(f"/stories/{story.split('/')[-2]}/")
    expect(member.get_by_role("main")).to_contain_text("called Desmond, he said.")


def test_words_are_kept_as_they_are(member, moderator, visitor):
    title = f"The broom {a_word()}"
    story = write(member, title)
    propose(moderator, title)
    member.goto(f"{story}sent/")
    member.get_by_role("link", name="Keep it as it is").click()
    member.get_by_label("Anything you’d like to tell the moderator").fill("He says I may.")
    picture(member, "keeping")
    assert look_everywhere(member) == []
    member.get_by_role("button", name="Keep it, and send it back").click()
    open_case(moderator, title)
    expect(moderator.locator("body")).to_contain_text("He says I may.")
    publish(moderator, title)
    visitor.goto(f"/stories/{story.split('/')[-2]}/")
    expect(visitor.get_by_role("main")).to_contain_text(NAME)


def test_a_story_is_covered_and_then_left_up(member, moderator, visitor):
    title = f"The broom {a_word()}"
    story = write(member, title)
    publish(moderator, title)
    shown = f"/stories/{story.split('/')[-2]}/"
    moderator.goto(f"/admin/stories/story/{story.split('/')[-2]}/change/")
    moderator.locator("summary", has_text=re.compile("^Cover it")).click()
    sentence = moderator.get_by_label("Which of the seven sentences").locator("visible=true")
    sentence.select_option("names")
    said = moderator.get_by_label("What you’ll say to them").locator("visible=true")
    said.fill("Somebody asked us to look again.")
    moderator.get_by_role("button", name="Cover it now").click()
    assert visitor.goto(shown).status == 404
    member.goto(shown)
    expect(member.get_by_text("A moderator is looking at this one again.")).to_be_visible()
    expect(member.get_by_text(NAME)).to_be_hidden()
    picture(member, "covered")
    assert look_everywhere(member) == []
    member.goto(f"{story}sent/")
    expect(member.get_by_role("main")).to_contain_text("Somebody asked us to look again.")
    leave_up(moderator, title)
    visitor.goto(shown)
    expect(visitor.get_by_role("main")).to_contain_text(NAME)
    member.goto(f"{story}sent/")
    expect(member.get_by_role("main")).to_contain_text("it stays")


def leave_up(moderator, title):
    moderator.goto("/admin/moderation/case/?tab=reports")
    moderator.get_by_role("button", name=title).click()
    moderator.wait_for_url("**/report/*")
    picture(moderator, "report")
    open_everything(moderator)
    assert look_everywhere(moderator) == []
    moderator.get_by_role("button", name="Uncover it now").click()
