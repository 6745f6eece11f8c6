"""A photograph is asked for when its reader opens it, with scripts and without."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.test_pages_of_members import signed_in

PUBLISHED = """
import io
from PIL import Image
from community.members.models import Member
from stories import photo_files, photo_transcoder
from stories.photo_processing import Picture
from stories.models import Photo, Story
writer = Member.objects.get(email="member@example.org")
by = Member.objects.get(email="moderator@example.org")
story = Story(author=writer, title="The bowl", body="It has lemons in it.", losses=["molar"])
story.byline = "pen-name"
story.save()
story.send("everyone", wording="made-up")
story.publish(by=by, version=story.sent)
file = io.BytesIO()
Image.new("RGB", (600, 400), "steelblue").save(file, "PNG")
made = photo_transcoder.transcode(file.getvalue())
made = [Picture(*size, kind, data) for size, kind, data in made]
photo = Photo(story=story, author=writer, description="A blue bowl.", kind="place")
photo.key, photo.sizes = photo_files.keep(made), [[480, 320], [600, 400]]
photo.save()
photo.send()
photo.publish(by=by, version=photo.sent)
print(story.pk)
"""


@pytest.fixture(scope="module")
def story(site):
    return site.manage("shell", "-v0", "-c", PUBLISHED).split()[-1]


def opens(page, story):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"/stories/{story}/", wait_until="networkidle")
    figure = page.locator("figure")
    figure.scroll_into_view_if_needed()
    expect(figure).to_contain_text("A blue bowl.")
    assert not [url for url in asked if "/photographs/" in url]
    with page.expect_response(lambda response: "/photographs/" in response.url) as came:
        page.get_by_text("Show this photograph").click()
    assert came.value.ok and came.value.headers["content-type"] == "image/avif"
    picture = page.get_by_role("img", name="A blue bowl.")
    expect(picture).to_be_visible()
    page.get_by_text("Cover this photograph").click()
    expect(picture).to_be_hidden()


def test_a_photograph_comes_when_it_is_opened(visitor, visitor_without_scripts, story):
    for page in (visitor, visitor_without_scripts):
        opens(page, story)


def a_file(name, colour):
    file = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(file, "PNG")
    return {"name": name, "mimeType": "image/png", "buffer": file.getvalue()}


def test_of_several_at_once_the_first_has_the_words_and_none_comes_twice(open_page):
    page = signed_in(open_page, "member@example.org")
    page.goto("/write/")
    page.get_by_role("button", name="Open an empty page").click()
    page.goto(page.url + "photos/")
    moves = {"name": "it-moves.gif", "mimeType": "image/gif", "buffer": b"GIF89a" + b"." * 40}
    chosen = [a_file("one.png", "red"), a_file("two.png", "blue"), moves]
    page.locator("input[name=file]").set_input_files(chosen)
    words = page.get_by_label("Describe it for someone")
    words.fill("A red one.")
    page.get_by_label("A place or a thing").check()
    page.get_by_role("button", name="Add it").click()
    told = page.locator("[data-progress] li")
    expect(told).to_have_count(3)
    expect(told.nth(2)).to_contain_text("That one moves")
    expect(words).to_have_value("")
    assert page.evaluate("document.querySelector('input[name=file]').files.length") == 0
    page.reload()
    there = page.get_by_role("region", name="In this story").get_by_role("heading", level=3)
    expect(there).to_have_text(["A red one.", "A photograph you have not described yet"])
