"""The review page in the admin: what a moderator reads there, and what not."""

import html
import re

import pytest
from django.urls import reverse

from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
QUEUE = reverse("admin:moderation_case_changelist")
LOOKED = {"looked_for": ["names", "harm", "notes"]}
WORDS = "Because the ward is named."


@pytest.fixture
def moderator():
    return factories.moderator("Bramble Thorne")


@pytest.fixture
def browser(moderator):
    return browser_of(moderator)


@pytest.fixture
def story(moderator):
    """Waiting, and in front of ``moderator``."""
    story = factories.pending()
    factories.claim(story, by=moderator)
    return story


def review(story):
    return reverse("admin:stories_story_change", args=[story.pk])


def test_the_words_are_shown_as_readers_will_see_them_and_cannot_be_changed(browser, story):
    text = browser.get(review(story)).text
    assert "<p>There is a lane behind the hospital.</p>" in text
    assert story.author.pen_name in text
    assert not re.search(r'name="(title|body|state|visibility|byline)"', text)


def test_what_nobody_opened_shows_no_words(browser):
    story = factories.pending(title="A quiet title")
    text = browser.get(review(story)).text
    assert "A quiet title" not in text and "laundry" not in text
    assert story.author.pen_name not in text
    assert "Open it and read" in text


def test_what_somebody_else_holds_shows_no_words(browser):
    story = factories.pending(title="A quiet title")
    factories.claim(story, by=factories.moderator("Clover Hill"))
    text = browser.get(review(story)).text
    assert "A quiet title" not in text and "laundry" not in text
    assert "<bdi>Clover Hill</bdi> has this one in front of them." in html.unescape(text)


def test_a_change_is_shown_beside_what_readers_see(browser, moderator):
    story = factories.published()
    story.body = "Changed words."
    story.save()
    story.submit()
    factories.claim(story, by=moderator)
    text = browser.get(review(story)).text
    assert text.index("Changed words.") < text.index("What readers see until now")
    assert text.index("What readers see until now") < text.index("laundry vans")


def walk(client, story):
    """Everything a moderator can be shown about it, by links and by guesses."""
    pages = [QUEUE, QUEUE + "?tab=author", "/admin/", review(story), "/stories/", "/"]
    for kind in ("stories_story", "moderation_decision"):
        pages.append(reverse(f"admin:{kind}_changelist"))
    for name in ("history", "delete", "change"):
        pages.append(reverse(f"admin:stories_story_{name}", args=[story.pk]))
    pages += [reverse("admin:stories_story_add"), story.get_absolute_url()]
    pages += [f"/write/{story.pk}/", f"/write/{story.pk}/check/"]
    return "\n".join(client.get(page, follow=True).text for page in pages)


@pytest.mark.parametrize("state", ["draft", "taken back", "withdrawn", "pending", "published"])
def test_words_that_were_not_sent_reach_no_moderator(state):
    story = factories.published() if state in ("withdrawn", "published") else factories.draft()
    moderator = factories.moderator()
    if state in ("taken back", "pending"):
        story.submit()
    if state == "taken back":
        story.take_back()
    if state == "withdrawn":
        story.withdraw()
    if state == "pending":
        factories.claim(story, by=moderator)
    story.title, story.body, story.own_note = "Unsent title", "Unsent body", "Unsent note"
    story.save()
    for client in (browser_of(moderator), browser_of(factories.moderator(group="lead-moderators"))):
        said = walk(client, story)
        assert "Unsent" not in said
        if state in ("draft", "taken back", "withdrawn"):
            assert "laundry" not in said
    assert browser_of(moderator).get(review(story)).status_code == 404 if state == "draft" else True


@pytest.mark.parametrize(
    "query",
    [
        "?title__startswith=The",
        "?body__contains=lane",
        "?author__email__contains=writer",
        "?author__pen_name=x",
        "?author=1",
        "?sent__words__title__startswith=T",
        "?versions__words__contains=x",
        "?messages__text__contains=x",
        "?state__contains=p",
        "?shown__words__body__contains=lane",
    ],
)
def test_a_guess_at_words_or_people_gets_no_answer(browser, story, query):
    address = reverse("admin:stories_story_changelist")
    right, wrong = browser.get(address + query), browser.get(address + query + "zzz")
    assert {right.status_code, wrong.status_code} <= {302, 400}
    assert story.pk not in right.text


@pytest.mark.parametrize("query", ["?q=%00", "?o=99.-1", "?p=9", "?all=", "?_to_field=title"])
def test_the_list_of_stories_bears_what_makes_no_sense(browser, story, query):
    response = browser.get(reverse("admin:stories_story_changelist") + query)
    assert response.status_code in (200, 302, 400)


@pytest.mark.parametrize("pk", ["%00", "bbbbbb", "_00", "a" * 5000, "²", "%ed%a0%80", "1;2"])
def test_what_no_story_has_is_not_here(browser, story, pk):
    for address in (f"/admin/stories/story/{pk}/change/", f"/admin/moderation/case/{pk}/change/"):
        assert browser.get(address).status_code == browser.post(address).status_code == 404


def test_markup_is_words_on_every_page_of_the_admin(browser, moderator):
    hostile = "<img src=x>\"'{{ 7*70700707 }}</bdi>"
    story = factories.draft(
        title=hostile, body=f"{hostile}\n\n> {hostile}", own_note=hostile, byline="other-name",
        other_name=hostile, language="ar", circumstances=["long-ago"],
    )  # fmt: skip
    story.submit(answer=hostile)
    assert "&lt;img src=x&gt;" in browser.get(QUEUE).text
    factories.claim(story, by=moderator)
    assert "&lt;img src=x&gt;" in browser.get(review(story)).text
    said = (
        walk(browser, story)
        + browser.post(
            review(story), {"outcome": "decline", "version": 1, "message_decline": "…\n" + hostile}
        ).text
    )
    assert "<img src=x>" not in said and "494904949" not in said


def test_the_page_works_without_scripts_and_asks_the_same_for_any_story(
    browser, story, django_assert_max_num_queries
):
    with django_assert_max_num_queries(23):
        text = browser.get(review(story)).text
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=", text)
