"""Writing a letter: kept first, looked at once, sent once."""

import re

import pytest
from django.utils import timezone

from community.members.models import Consent, Member
from community.moderation.states import State
from stories.letter_pace import NEW_FOR
from stories.models import Letter, Letterbox, Story
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
BODY = "Marnie,\n\nI read this in the car park before going in to work."


@pytest.fixture
def story():
    return factories.wanting(factories.member("Marnie"))


@pytest.fixture
def sender():
    return factories.member("T. Fenwick")


@pytest.fixture
def browser(sender):
    return browser_of(sender)


def to(story):
    return f"/stories/{story.pk}/write-a-letter/"


def typed(**fields):
    first = {"body": BODY, "may_be_shown": "no", "signed": "pen-name", "language": "en"}
    return {**first, "revision": "0", "go": "send", **fields}


def long_here(member):
    Member.objects.filter(pk=member.pk).update(joined_at=timezone.now() - NEW_FOR)


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page.text)[1]


def test_a_letter_is_sent_to_be_read_and_its_reader_has_nothing_yet(browser, story):
    page = browser.get(to(story))
    assert "Your letter to Marnie" in page.text and "Two lines is a letter." in page.text
    response = browser.post(to(story), typed(may_be_shown="yes"))
    letter = Letter.objects.get()
    assert response["Location"] == f"/me/letters/sent/{letter.pk}/"
    assert (letter.state, letter.body, letter.to) == (State.PENDING, BODY, story.author)
    assert letter.may_be_shown and letter.story == story and letter.delivered_at is None
    assert "is with a moderator" in browser.get(response["Location"]).text
    box = browser_of(story.author).get("/me/letters/").text
    assert "None yet." in box and "kept for you" not in box


def test_sending_it_is_agreeing_to_who_reads_it(browser, sender, story):
    browser.post(to(story), typed(may_be_shown="yes"))
    consent = Consent.objects.given().get(member=sender, purpose="letter-may-be-shown")
    assert consent.about == f"letter {Letter.objects.get().pk}"


def test_the_same_press_five_times_is_one_letter(browser, story):
    for _ in range(5):
        response = browser.post(to(story), typed())
        assert response.status_code == 302
    letter = Letter.objects.get()
    assert letter.versions.count() == 1
    page = browser.get("/letters/write/")
    fields = typed(letter=hidden(page, "letter"))
    for _ in range(3):
        browser.post("/letters/write/", fields)
    assert Letter.objects.filter(is_for_anyone=True).count() == 1


def test_saved_and_left_it_is_there_to_go_on_with(browser, story):
    browser.post(to(story), typed(go="leave"))
    letter = Letter.objects.get()
    assert letter.state == State.DRAFT and not letter.versions.exists()
    assert BODY.replace("\n", "\n") in browser.get(to(story)).text.replace("&#x27;", "’")
    page = browser.get(f"/me/letters/sent/{letter.pk}/change/")
    assert page.status_code == 200 and "in the car park" in page.text


def test_it_saves_itself_while_it_is_written(browser, story):
    answer = browser.post(to(story), typed(go=""), headers={"Accept": "application/json"})
    assert answer.json()["revision"] == 1
    more = typed(go="", body=BODY + " More.", revision="1")
    assert browser.post(to(story), more, headers={"Accept": "application/json"}).json()["saved"]
    assert Letter.objects.get().body.endswith("More.")


def test_two_windows_lose_neither_text(browser, story):
    browser.post(to(story), typed(go="leave", body="The first window."))
    response = browser.post(to(story), typed(body="The second window."))
    assert response.status_code == 409
    assert "The first window." in response.text and "The second window." in response.text
    assert Letter.objects.get().state == State.DRAFT
    browser.post(to(story), typed(body="The second window.", revision=hidden(response, "revision")))
    assert Letter.objects.get().body == "The second window."


CARRIES = [
    ("Look at https://example.com/help for more.", "address of a web page"),
    ("Write to me at somebody@example.com.", "how to reach somebody"),
    ("Ring me on 07700 900123.", "how to reach somebody"),
    ("I am @lanternkeeper there.", "how to reach somebody"),
    ("   ", "Write something, however short"),
]


@pytest.mark.parametrize(("body", "reason"), CARRIES)
def test_a03_what_a_letter_may_not_carry_is_refused_with_every_word_kept(
    browser, story, body, reason
):
    response = browser.post(to(story), typed(body=body))
    assert response.status_code == 422 and reason in response.text
    assert body.strip() in response.text
    assert Letter.objects.get().state == State.DRAFT
    assert Letter.objects.get().body.strip() == body.strip()


def test_a35_the_reason_is_a_kind_of_thing_and_never_which_words(browser, story):
    said = set()
    for n, body in enumerate(["a@b.example x", "Ring 07700 900123", "Ask for @somebodyelse"]):
        text = browser.post(to(story), typed(body=body, revision=str(n and n))).text
        said |= set(re.findall(r'<div class="error"[^>]*>(.*?)</div>', text, re.DOTALL))
    assert len({" ".join(each.split()) for each in said}) == 1


def test_what_often_hurts_is_pointed_at_once_and_never_stops_it(browser, story):
    hurts = typed(body="Everything happens for a reason, they told me.")
    page = browser.post(to(story), hurts)
    assert page.status_code == 200 and "“<bdi>Everything happens for a reason</bdi>”" in page.text
    assert Letter.objects.get().state == State.DRAFT
    again = {**hurts, "seen": hidden(page, "seen"), "revision": hidden(page, "revision")}
    assert browser.post(to(story), again).status_code == 302
    assert Letter.objects.get().state == State.PENDING


def test_too_long_a_letter_comes_back_whole(browser, story):
    body = "Long. " * 700
    response = browser.post(to(story), typed(body=body))
    assert response.status_code == 422 and "4000" in response.text.replace(",", "")
    assert body.strip() in response.text


def test_a18_a_letter_takes_no_field_but_its_own(browser, sender, story):
    other = factories.wanting()
    extra = {"state": "published", "author": other.author_id, "to": other.author_id}
    extra |= {"story": other.pk, "delivered_at": "2020-01-01", "is_for_anyone": "on"}
    browser.post(to(story), typed(**extra, asks_first="on"))
    letter = Letter.objects.get()
    assert (letter.author, letter.story, letter.to) == (sender, story, story.author)
    assert letter.state == State.PENDING and letter.delivered_at is None
    assert not letter.is_for_anyone and not letter.asks_first


def test_nobody_writes_to_who_is_not_glad_of_letters(browser, story):
    Story.objects.filter(pk=story.pk).update(wants_letters=None)
    page = browser.post(to(story), typed())
    assert "isn’t taking letters" in page.text and "in the car park" in page.text
    Story.objects.filter(pk=story.pk).update(wants_letters=True)
    Letterbox.objects.create(member=story.author, when="off")
    assert "isn’t taking letters" in browser.get(to(story)).text
    assert not Letter.objects.exists()


def test_a_story_that_came_down_while_the_letter_was_typed_keeps_the_words(browser, story):
    browser.get(to(story))
    story.withdraw()
    response = browser.post(to(story), typed())
    assert response.status_code == 404 and "has come down" in response.text
    assert "in the car park" in response.text and not Letter.objects.exists()
    never = browser.post("/stories/zzzzzz/write-a-letter/", typed())
    assert (never.status_code, unnamed(never)) == (404, unnamed(response))
    assert browser.get(to(story)).status_code == 404


def unnamed(page):
    """Without what is new each time."""
    return re.sub(r'name="(csrfmiddlewaretoken|letter)" value="[^"]*"', "", page.text)


def test_a_draft_to_it_stays_with_whoever_wrote_it(browser, story):
    browser.post(to(story), typed(go="leave"))
    story.withdraw()
    letter = Letter.objects.get()
    response = browser.post(f"/me/letters/sent/{letter.pk}/change/", typed(revision="1"))
    assert "can’t be reached at the moment" in browser.get(response["Location"]).text
    letter.refresh_from_db()
    assert letter.state == State.DRAFT and letter.body == BODY


def test_a_visitor_signs_in_and_finds_their_words(client, story):
    assert client.get(to(story))["Location"].startswith("/accounts/login/?next=/stories/")
    door = client.post(to(story), typed())["Location"]
    assert "Your words are kept" in client.get(door).text
    client.force_login(factories.member())
    page = client.get(to(story))
    assert "in the car park" in page.text and "aren’t saved yet" in page.text
    assert not Letter.objects.exists()


def test_a_lot_at_once_is_told_to_wait_with_the_words_kept(sender, browser):
    long_here(sender)
    for n in range(7):
        response = browser.post(to(factories.wanting()), typed(body=f"Letter {n}, and kept."))
    assert response.status_code == 429 and "Letter 6, and kept." in response.text
    assert int(response["Retry-After"]) > 0
    assert Letter.objects.filter(state=State.PENDING).count() == 6
    assert Letter.objects.filter(author=sender).count() == 7


def test_a05_markup_is_words_wherever_a_letter_stands(browser, story):
    body = "<b>{{ 7*7 }}</b> <script>alert(1)</script> javascript:alert(1)\r\nBcc: a"
    browser.post(to(story), typed(body=body))
    letter = Letter.objects.get()
    letter.publish(by=factories.moderator(), version=letter.sent)
    reader = browser_of(story.author)
    reader.post(f"/me/letters/{letter.pk}/open/")
    for page in (
        browser.get(f"/me/letters/sent/{letter.pk}/"),
        reader.get(f"/me/letters/{letter.pk}/"),
        browser_of(factories.moderator()).get(f"/admin/stories/letter/{letter.pk}/change/"),
    ):
        assert "&lt;script&gt;alert(1)" in page.text and "{{ 7*7 }}" in page.text
        assert "<script>alert" not in page.text


@pytest.mark.parametrize("what", ["", "change/", "take-back/", "private/", "erase/"])
def test_a_letter_is_its_senders_alone(story, what):
    letter = factories.sent_letter(story)
    address = f"/me/letters/sent/{letter.pk}/{what}"
    for other in (story.author, factories.member(), factories.moderator()):
        assert browser_of(other).get(address).status_code in (404, 405)
        assert browser_of(other).post(address).status_code in (404, 405)
    letter.refresh_from_db()
    assert letter.state == State.PENDING
