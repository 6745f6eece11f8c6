"""Writing: the desk and its parts.  Nothing that was typed gets lost."""

import html
import re

import pytest
from django.urls import reverse

from community.moderation.states import State
from stories.models import Byline, Story, Visibility
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}
PAGES = ["desk", "about", "notes", "name", "letters", "check", "sent", "readers", "erase"]
PARTS = ["about", "notes", "name", "letters"]
BUTTONS = ["take-back", "take-down", "accept"]
HOSTILE = "<img src=x>\"'{{ 7*70700707 }}</textarea>"


@pytest.fixture
def story():
    return factories.draft()


@pytest.fixture
def author(story):
    return browser_of(story.author)


def at(name, story):
    return reverse(f"stories:{name}", args=[story.pk])


def typed(text, name):
    """What stands in a text field of a page, as its browser would send it."""
    found = re.search(rf'<textarea[^>]*\bname="{name}"[^>]*>\n(.*?)</textarea>', text, re.DOTALL)
    return html.unescape(found[1])


def send(browser, story, title="A title", body="Some words.", headers=None, **fields):
    fields = {"title": title, "body": body, "revision": story.revision} | fields
    return browser.post(at("desk", story), fields, headers=headers)


# ---- the ladder, for every page and button


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_for_its_author_and_is_kept_by_nobody(
    author, story, name, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8):
        response = author.get(at(name, story))
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert author.head(at(name, story)).status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_who_is_signed_out_comes_back_after_signing_in(client, story, name):
    response = client.get(at(name, story))
    assert (response.status_code, response["Location"]) == (
        302,
        f"{reverse('account_login')}?next={at(name, story)}",
    )


@pytest.mark.parametrize("name", PAGES + BUTTONS)
def test_somebody_elses_story_is_not_here(story, name):
    for person in (factories.member(), factories.moderator()):
        browser = browser_of(person)
        assert browser.get(at(name, story)).status_code == 404
        assert browser.post(at(name, story), {"byline": Byline.NO_NAME}).status_code == 404
    assert Story.objects.get(pk=story.pk).byline == Byline.PEN_NAME


@pytest.mark.parametrize("name", BUTTONS)
def test_a_move_is_made_by_pressing_only(author, story, name):
    for method in ("get", "head", "put", "delete", "patch"):
        assert getattr(author, method)(at(name, story)).status_code == 405


@pytest.mark.parametrize("name", PAGES)
def test_no_page_takes_other_methods(author, story, name):
    methods = ["put", "delete", "patch"] + (["post"] if name == "sent" else [])
    for method in methods:
        assert getattr(author, method)(at(name, story)).status_code == 405


@pytest.mark.parametrize("pk", ["bbbbbb", "%00", "%00bbbbb", "a" * 5000, "²", "%ed%a0%80"])
def test_an_address_that_no_story_has_is_not_here(author, pk):
    for name in ("", "about/", "check/", "erase/"):
        assert author.get(f"/write/{pk}/{name}").status_code == 404


# ---- beginning


def test_what_to_expect_is_told_to_anyone(client, author):
    visitor = client.get(reverse("stories:begin"))
    assert visitor.status_code == 200 and "Make an account" in visitor.text
    assert not visitor.cookies
    assert "Open an empty page" in author.get(reverse("stories:begin")).text
    assert client.post(reverse("stories:begin")).status_code == 405


def test_beginning_twice_opens_one_empty_desk_beside_what_is_written(author, story):
    first = author.post(reverse("stories:new"))
    second = author.post(reverse("stories:new"))
    assert first["Location"] == second["Location"]
    assert Story.objects.filter(author=story.author).count() == 2


def test_one_member_may_have_several_drafts(author, story):
    author.post(reverse("stories:new"))
    empty = Story.objects.exclude(pk=story.pk).get()
    send(author, empty)
    author.post(reverse("stories:new"))
    assert Story.objects.filter(author=story.author).count() == 3
    space = author.get(reverse("members:space")).text
    assert story.title in space and "A title" in space and "(no title yet)" in space


def test_beginning_needs_an_account_and_a_press(client, author):
    assert "next=/write/" in client.post(reverse("stories:new"))["Location"]
    assert author.get(reverse("stories:new")).status_code == 405
    assert Story.objects.count() == 1


# ---- saving


@pytest.mark.parametrize(
    ("go", "leads"),
    [("next", "about"), ("preview", "check"), ("leave", None), ("", "about"), ("\x00", "about")],
)
def test_a_button_saves_and_leads_on(author, story, go, leads):
    response = send(author, story, body="Kept.", go=go)
    assert response["Location"] == (at(leads, story) if leads else reverse("members:space"))
    story.refresh_from_db()
    assert (story.body, story.revision) == ("Kept.", 1)


def test_the_same_words_pressed_twice_are_saved_once(author, story):
    first, second = send(author, story), send(author, story)
    assert first["Location"] == second["Location"] == at("about", story)
    story.refresh_from_db()
    assert story.revision == 1


def test_an_older_window_is_told_and_both_texts_are_on_the_page(author, story):
    send(author, story, body="From the other window.")
    response = send(author, story, title="Mine", body=" Mine.\n")
    assert response.status_code == 409
    assert typed(response.text, "body") == " Mine.\n" and typed(response.text, "title") == "Mine"
    assert "From the other window." in response.text
    story.refresh_from_db()
    assert story.body == "From the other window."
    assert send(author, story, body=" Mine.\n").status_code == 302
    story.refresh_from_db()
    assert story.body == " Mine.\n"


def test_the_page_after_a_conflict_saves_over_it_when_sent_again(author, story):
    send(author, story, body="Other.")
    text = send(author, story, body="Mine.").text
    revision = re.search(r'name="revision" value="(\d+)"', text)[1]
    assert send(author, story, body="Mine.", revision=revision).status_code == 302


def test_saving_by_itself_answers_when_and_which(author, story):
    saved = send(author, story, headers=JSON)
    assert saved.status_code == 200
    assert saved.json()["revision"] == 1 and re.match(r"Saved at \d\d:\d\d", saved.json()["saved"])
    again = send(author, story, headers=JSON)
    assert (again.status_code, again.json()["revision"]) == (200, 1)
    other = send(author, story, body="Others.", headers=JSON)
    assert (other.status_code, list(other.json())) == (409, ["message"])
    long = send(author, story, body="x" * 100_001, headers=JSON)
    assert (long.status_code, "longer than one story" in long.json()["message"]) == (422, True)


def test_saving_by_itself_when_signed_out_says_so(client, story):
    response = send(client, story, headers=JSON)
    assert response.status_code == 401 and "signed out" in response.json()["message"]
    assert "Location" not in response
    story.refresh_from_db()
    assert story.revision == 0


@pytest.mark.parametrize("revision", [10**30, 2**63, "", "x", "-5"])
def test_a_revision_made_by_hand_breaks_nothing(author, story, revision):
    assert send(author, story, revision=revision).status_code in (302, 409, 422)


def test_a_hundred_thousand_characters_fit(author, story):
    body = ("👩‍👩‍👧" + "é" * 95) * 1000
    assert len(body) == 100_000
    assert send(author, story, body=body).status_code == 302
    story.refresh_from_db()
    assert story.body == body
    assert typed(author.get(at("desk", story)).text, "body") == body


def test_one_more_is_refused_with_every_word_still_there(author, story):
    body = "\n <b>&amp;</b> " + "x" * 100_001
    response = send(author, story, title="t" * 130, body=body)
    assert response.status_code == 422
    assert typed(response.text, "body") == body and typed(response.text, "title") == "t" * 130
    story.refresh_from_db()
    assert story.revision == 0


@pytest.mark.parametrize(
    "raw", [b"\x00", b"\xed\xa0\x80", b"\xff\xfe", b"a\x00b\x01\r\nc", "مرحبا\u202e".encode()]
)
def test_any_bytes_are_words_or_left_out(author, story, raw):
    quoted = b"".join(b"%%%02x" % byte for byte in raw)
    response = author.post(
        at("desk", story),
        b"title=" + quoted + b"&body=" + quoted + b"x&revision=0",
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code == 302
    story.refresh_from_db()
    assert story.body.endswith("x") and "\x00" not in story.body + story.title


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("desk", {"title": HOSTILE, "body": HOSTILE}),
        ("notes", {"own_note": HOSTILE}),
        ("name", {"byline": Byline.OTHER_NAME, "other_name": HOSTILE}),
    ],
)
def test_markup_is_words_on_every_page_of_its_author(author, story, name, fields):
    author.post(at(name, story), fields)
    for page in [*PAGES, None]:
        text = author.get(at(page, story) if page else reverse("members:space")).text
        assert "<img src=x>" not in text and "494904949" not in text


def test_the_desk_takes_no_field_but_its_own(author, story):
    send(author, story, state="published", author=1, is_example="on", visibility="search",
         byline="no-name", shown=1, published_at="2020-01-01")  # fmt: skip
    kept = Story.objects.get(pk=story.pk)
    assert (kept.state, kept.author, kept.is_example) == (State.DRAFT, story.author, False)
    assert (kept.visibility, kept.byline) == (Visibility.EVERYONE, Byline.PEN_NAME)
