"""After reading, by hand and without scripts: telling the writer, keeping, being asked to write."""

import secrets

import pytest
from playwright.sync_api import expect

from tests.browser.test_journey import PASSWORD, sign_in
from tests.browser.test_pages import look_everywhere

# A story that has waited two days for a letter, by somebody who can sign in.
WAITING = """
from datetime import timedelta
from django.utils import timezone
from community.members.models import Member
from stories.models import Story
writer = Member.objects.get(email="{writer}@example.org")
story = Story(author=writer, title="The heron", body="A card.", losses=["molar"])
story.byline, story.wants_letters = "pen-name", True
story.save()
story.send("everyone", wording="made-up")
story.publish(by=Member.objects.get(email="moderator@example.org"), version=story.sent)
ago = timezone.now() - timedelta(days=2)
Story.objects.filter(pk=story.pk).update(published_at=ago)
print(story.pk)
"""


@pytest.fixture
def people(site, open_page):
    """A writer and a reader, and a browser of the reader's that has no scripts."""
    pages = []
    for _ in range(2):
        word = "".join(secrets.choice("abcdefghij") for _ in range(6))
        known = [f"--email={word}@example.org", f"--pen-name=Pim {word}", "--password=-"]
        site.manage("create_member", *known, words=PASSWORD)
        pages.append((signed_in(open_page, word), word))
    return *pages, signed_in(open_page, word, java_script_enabled=False)


def signed_in(open_page, word, **options):
    page = open_page(**options)
    sign_in(page, f"{word}@example.org")
    page.wait_for_url("**/me/")
    return page


@pytest.fixture
def story(site, people):
    script = WAITING.format(writer=people[0][1])
    return site.manage("shell", "-v0", "-c", script).split()[-1]


def as_a_visitor(page, story):
    page.goto(f"/stories/{story}/")
    page.get_by_role("link", name="Keep this story").click()
    expect(page.get_by_role("main")).to_contain_text(f"/stories/{story}/")
    page.get_by_role("link", name="Back to the story").click()
    page.get_by_role("link", name="I read this").click()
    page.wait_for_url("**/read/")
    page.get_by_role("button", name="I read this").click()
    expect(page.get_by_role("status")).to_contain_text("will know that somebody read to the end")


def as_a_member(page, story):
    page.goto("/me/letters/asking/")
    page.get_by_label("Molar pregnancy").check()
    page.get_by_role("button", name="Ask me now and then").click()
    expect(page.get_by_role("status")).to_contain_text("Kept.")
    page.goto(f"/stories/{story}/")
    page.get_by_role("button", name="I read this").click()
    expect(page.get_by_role("status")).to_contain_text("will know")
    page.get_by_role("button", name="Keep this story").click()
    expect(page.locator("#ack")).to_contain_text("Only you know.")
    page.get_by_role("link", name="What I’ve kept").click()
    expect(page.get_by_role("link", name="The heron")).to_be_visible()


def in_the_way(page, *addresses):
    found = []
    for address in addresses:
        page.goto(address)
        found += [f"{address}: {problem}" for problem in look_everywhere(page)]
    return found


def test_a_story_is_read_kept_and_put_before_who_could_answer_it(site, open_page, people, story):
    (writer, _), (looking, _), reader = people
    as_a_visitor(open_page(java_script_enabled=False), story)
    as_a_member(reader, story)
    site.manage("offer_stories")
    reader.goto("/me/")
    expect(reader.get_by_role("main")).to_contain_text("Somebody wrote about a molar pregnancy")
    place, desk = f"/stories/{story}/", f"/write/{story}/sent/"
    members = ["/me/", place, "/me/kept/", "/me/letters/asking/", "/me/after-reading/"]
    found = in_the_way(looking, *members)
    found += in_the_way(open_page(visitor=True), place, f"{place}keep/")
    found += in_the_way(open_page(), f"{place}read/") + in_the_way(writer, desk)
    expect(writer.get_by_role("main")).to_contain_text("Two people have read to the end.")
    reader.get_by_role("button", name="Not now").click()
    expect(reader.get_by_role("main")).not_to_contain_text("Somebody wrote about")
    writer.get_by_role("button", name="Take it down now").click()
    expect(writer.get_by_role("status").first).to_contain_text("Taken down by you")
    found += in_the_way(looking, "/me/kept/")
    expect(looking.get_by_role("main")).to_contain_text("This one isn’t here any more.")
    assert found == []
