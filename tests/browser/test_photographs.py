"""A photograph is asked for when its reader opens it, with scripts and without."""

import pytest
from playwright.sync_api import expect

PUBLISHED = """
import io
from PIL import Image
from community.members.models import Member
from stories import darkroom, photo_files
from stories.developing import Picture
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
made = [Picture(*size, kind, data) for size, kind, data in darkroom.develop(file.getvalue())]
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
