"""Asking to think again, from the letter to the answer, by people at their own screens."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_journey import moderators, sign_in  # noqa: F401 (a fixture)
from tests.browser.test_pages import look_everywhere
from tests.browser.test_pages_of_members import open_everything
from tests.browser.test_two_people import sent  # noqa: F401 (a fixture)

TAKEN_DOWN = """
from django.contrib.auth import get_user_model
from stories.models import Story
first = get_user_model().objects.get(email={email!r})
story = Story.objects.get(pk={pk!r})
story.publish(by=first, version=story.sent)
story.remove(by=first, message="It names the ward.", rule="names", passage="The ward")
"""


@pytest.fixture
def taken_down(site, moderators, sent):  # noqa: F811
    """A story that the first of two moderators took down: its title, id, and author's address."""
    title, pk, email = sent("The ward was quiet.")
    moderators[0].goto("/admin/")
    tools = moderators[0].locator("#user-tools").inner_text()
    name = re.search(r"Signed in as \w+ (\w+)", tools)[1]
    script = TAKEN_DOWN.format(email=f"{name}@example.org", pk=pk)
    site.manage("shell", "-v0", "-c", script)
    return title, pk, email


def nowhere(page):
    """Without scripts axe can't look."""
    return []


def ask_again(author, email, look):
    """From the letter in My space to the question; yields what is in somebody's way."""
    sign_in(author, email)
    author.goto("/me/decisions/")
    yield from look(author)
    author.get_by_role("main").get_by_role("link").filter(has_text="taken down").first.click()
    expect(author.get_by_role("main")).to_contain_text("It names the ward.")
    expect(author.get_by_role("main")).to_contain_text("Don’t name people or hospitals")
    yield from look(author)
    author.get_by_role("link", name="Ask us to think again").click()
    author.get_by_label("Why should we think again?").fill("There are a hundred such wards.")
    yield from look(author)
    author.get_by_role("main").get_by_role("button").first.click()


def think_again(first, second, title):
    first.goto("/admin/moderation/case/?tab=appeals")
    expect(first.get_by_role("button", name=title)).to_have_count(0)
    second.goto("/admin/moderation/case/?tab=appeals")
    second.get_by_role("button", name=title).click()
    expect(second.locator("body")).to_contain_text("There are a hundred such wards.")
    open_everything(second)
    yield from look_everywhere(second)
    second.locator("textarea[name=message_reverse]").fill("You are right. It is up again.")
    second.get_by_role("button", name="Reverse it").click()
    expect(second.locator("body")).to_contain_text("Done: appeal: the decision reversed")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_what_came_down_is_thought_about_again_by_somebody_else(
    open_page,
    moderators,  # noqa: F811
    taken_down,
    scripts,
):
    title, pk, email = taken_down
    author, visitor = open_page(java_script_enabled=scripts), open_page(visitor=True)
    assert visitor.goto(f"/stories/{pk}/").status == 404
    in_the_way = list(ask_again(author, email, look_everywhere if scripts else nowhere))
    assert in_the_way == []
    assert list(think_again(*moderators, title)) == []
    visitor.goto(f"/stories/{pk}/")
    expect(visitor.get_by_role("main")).to_contain_text("The ward was quiet.")
    author.goto("/me/decisions/")
    author.get_by_role("main").get_by_role("link").first.click()
    expect(author.get_by_role("main")).to_contain_text("You are right. It is up again.")
