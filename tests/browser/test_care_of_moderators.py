"""Passing on and looking after oneself, with scripts off, and in nobody's way."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_pages import look_everywhere
from tests.browser.test_pages_of_members import open_everything, signed_in

QUEUE = "/admin/moderation/case/"
SEND = """
from community.members.models import Member
from stories.models import Story
tansy = Member.objects.get(pen_name="Tansy")
for losses, title in ((["molar"], "The long corridor"), (["ectopic"], "The short one")):
    story = Story.objects.create(
        author=tansy, title=title, body="There is a corridor.", losses=losses, byline="no-name"
    )
    story.submit()
"""


@pytest.fixture
def two(site):
    """Two that wait, sent by the member of the trial; afterwards they are gone."""
    site.manage("shell", "-c", SEND)
    yield
    clear = "from stories.models import Story; "
    clear += "[story.delete() for story in Story.objects.filter(body='There is a corridor.')]; "
    clear += "from community.moderation.models import Care; Care.objects.all().delete()"
    site.manage("shell", "-c", clear)


def without_scripts(open_page):
    return lambda **options: open_page(java_script_enabled=False, **options)


def test_with_scripts_off_one_leaves_out_opens_and_passes_on(two, open_page):
    odile = signed_in(without_scripts(open_page), "second@example.org")
    odile.goto(QUEUE)
    odile.get_by_role("link", name="Looking after yourself").click()
    odile.get_by_label("Molar pregnancy").check()
    odile.get_by_role("button", name="Leave these out").click()
    odile.goto(QUEUE)
    expect(odile.get_by_text("Some are left out for now, as you asked.")).to_be_visible()
    expect(odile.get_by_role("button", name="The long corridor")).to_have_count(0)
    odile.get_by_role("button", name="The short one").click()
    odile.get_by_role("button", name="I’m still reading").click()
    expect(odile.get_by_text("It is yours for another hour.")).to_be_visible()
    odile.get_by_role("button", name="Give it to somebody else").click()
    odile.get_by_role("button", name="Hand it over").click()
    expect(odile.get_by_role("alert")).to_contain_text("Say in a few words")
    odile.get_by_label("To whom").select_option(label="Rowan Hale")
    odile.get_by_label("A note for whoever reads next").fill("It would be better with you.")
    odile.get_by_role("button", name="Hand it over").click()

    rowan = signed_in(without_scripts(open_page), "moderator@example.org")
    rowan.goto(QUEUE)
    expect(rowan.get_by_role("link", name="For you (1)")).to_be_visible()
    rowan.get_by_role("button", name="The short one").click()
    expect(rowan.get_by_text("It would be better with you.")).to_be_visible()
    rowan.get_by_role("button", name="Hand back").click()


def test_these_pages_are_in_nobodys_way(two, open_page):
    page = signed_in(open_page, "admin@example.org")
    found = []

    def look(name):
        open_everything(page)
        found.extend(f"{name}: {problem}" for problem in look_everywhere(page))

    page.goto(f"{QUEUE}?tab=story&about=molar&lang=en")
    look("narrowed")
    page.get_by_role("button", name="The long corridor").click()
    page.get_by_role("button", name="Give it to somebody else").click()
    look("hand over")
    page.get_by_role("button", name="Give it to a second moderator").click()
    expect(page.get_by_role("alert")).to_be_visible()
    look("hand over, once more")
    page.goto(QUEUE)
    page.get_by_role("button", name="Hand back what I’ve opened").click()
    page.goto(f"{QUEUE}care/")
    look("care")
    page.get_by_role("button", name="Keep it for me").click()
    look("care, once more")
    page.goto(f"{QUEUE}pace/")
    page.get_by_label("For everybody").fill("900")
    page.get_by_role("button", name="Save these numbers").click()
    look("pace, once more")
    assert found == []
