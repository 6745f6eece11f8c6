"""Three moderators at three screens: who proposes, who agrees, who hands over."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_journey import (
    PASSWORD,
    a_word,
    moderators,  # noqa: F401 (a fixture)
    open_case,
    sign_in,
    tick_what_was_looked_for,
)
from tests.browser.test_pages import look_everywhere
from tests.browser.test_pages_of_members import open_everything

WRITTEN = """
from django.contrib.auth import get_user_model
from stories.models import Story
author = get_user_model().objects.get(email={email!r})
story = Story.objects.create(
    author=author, title={title!r}, body={body!r}, losses=["stillbirth"], byline="no-name"
)
story.submit()
print(story.pk)
"""
DANGER = "I don’t want to be here any more.\n\nThe ward was quiet."


@pytest.fixture
def sent(site):
    """Makes a member whose story waits to be read; returns its title, its id and their address."""

    def sent(body):
        name = a_word()
        title, email = f"The ward {name}", f"tern-{name}@example.org"
        words = f"--email={email}", f"--pen-name=Tern {name}", "--password=-"
        site.manage("create_member", *words, words=PASSWORD)
        script = WRITTEN.format(email=email, title=title, body=body)
        return title, site.manage("shell", "-v0", "-c", script).split()[-1], email

    return sent


def propose_not_to_publish(page, note):
    page.locator("summary", has_text=re.compile("^Don’t publish")).click()
    sentence = page.get_by_label("Which of the seven sentences").locator("visible=true")
    sentence.select_option("names")
    letter = page.get_by_label("What you’ll say to them").locator("visible=true")
    letter.fill("We can’t publish this as it is, because it names the ward.")
    page.get_by_label("For the second moderator").fill(note)
    page.get_by_role("button", name="Propose it").locator("visible=true").click()


def propose_it_again(page, note):
    letter = page.get_by_label("What you’ll say to them").locator("visible=true")
    expect(letter).to_have_value(re.compile("it names the ward"))
    page.get_by_label("For the second moderator").fill(note)
    page.get_by_role("button", name="Propose it").locator("visible=true").click()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_not_to_publish_takes_two(open_page, moderators, sent, scripts):  # noqa: F811
    first, second = moderators
    author = open_page(java_script_enabled=scripts)
    title, pk, email = sent("The ward was quiet. It was Saint Bride’s.")

    open_case(first, title)
    propose_not_to_publish(first, "Do you read it so too?")
    expect(first.locator("body")).to_contain_text("Nothing has happened yet")
    first.goto(f"/admin/stories/story/{pk}/change/")
    expect(first.locator("body")).to_contain_text("It waits for a second moderator.")

    open_case(second, title)
    expect(second.locator("body")).to_contain_text("Do you read it so too?")
    second.get_by_label("A note to whoever proposed it").fill("I would ask them first.")
    second.get_by_role("button", name="Send it back").click()

    open_case(first, title)
    expect(first.locator("body")).to_contain_text("I would ask them first.")
    propose_it_again(first, "I did. They would rather keep it.")
    open_case(second, title)
    second.get_by_role("button", name="I agree: do it").click()
    expect(second.locator("body")).to_contain_text("Done: not published")

    sign_in(author, email)
    author.goto(f"/write/{pk}/sent/")
    expect(author.get_by_role("main")).to_contain_text("it names the ward")
    author.goto(f"/write/{pk}/")
    expect(author.get_by_label("Your story")).to_have_value(re.compile("The ward was quiet"))


def test_somebody_who_may_not_be_safe_is_read_by_two(moderators, sent):  # noqa: F811
    first, second = moderators
    title, pk, _email = sent(DANGER)
    open_case(first, title)
    steps = first.locator(".sh-steps summary").all_inner_texts()
    assert steps[0] == "Is it urgent?" and steps[-1] == "Look after yourselves"
    first.get_by_label("What you did, and what comes next").fill("Asked whether they are safe.")
    first.get_by_role("button", name="Write it down").click()
    expect(first.locator(".sh-hours")).to_contain_text("Asked whether they are safe.")
    open_everything(first)
    found = look_everywhere(first)

    tick_what_was_looked_for(first)
    first.get_by_role("button", name="Propose it").first.click()
    open_case(second, title)
    expect(second.locator(".sh-hours")).to_contain_text("Asked whether they are safe.")
    open_everything(second)
    found += look_everywhere(second)
    second.get_by_role("button", name="I agree: do it").click()
    expect(second.locator("body")).to_contain_text("Done: published")
    assert found == []
    second.goto(f"/stories/{pk}/")
    expect(second.get_by_role("main")).to_contain_text("The ward was quiet.")


def test_what_is_handed_over_is_found_first_with_its_note(moderators, sent):  # noqa: F811
    first, second = moderators
    title, _pk, _email = sent("The ward was quiet.")
    second.goto("/admin/")
    name = second.locator("#user-tools").inner_text().split("Signed in as ")[1].split(".")[0]
    open_case(first, title)
    first.get_by_role("button", name="Give it to somebody else, with a note").click()
    first.get_by_label("Who").first.select_option(label=name)
    first.get_by_role("textbox").first.fill("I have to stop for today.")
    found = look_everywhere(first)
    first.get_by_role("button", name="Hand it over").click()
    second.goto("/admin/moderation/case/")
    second.get_by_role("link", name=re.compile("^For you")).click()
    second.get_by_role("button", name=title).click()
    expect(second.locator("body")).to_contain_text("I have to stop for today.")
    assert found == []
