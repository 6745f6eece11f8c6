"""Thinking again, in the admin: what the page shows, and what can be pressed."""

import html

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from community.moderation import reports
from community.moderation.handovers import hand_over
from community.moderation.models import Appeal, Case, Decision, Message, SafetyEntry
from community.moderation.states import State
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
QUEUE = reverse("admin:moderation_case_changelist") + "?tab=appeals"
WHY = "I have read it, and the name is a cat’s."


@pytest.fixture
def reviewer():
    return factories.moderator("Hazel Quill")


@pytest.fixture
def browser(reviewer):
    return browser_of(reviewer)


@pytest.fixture
def story():
    return factories.declined(by=factories.moderator("Bramble Thorne"), title="The heron")


@pytest.fixture
def appeal(story, reviewer):
    """In front of ``reviewer``."""
    first = Decision.objects.about(story).moves().first()
    appeal = Appeal.objects.ask(first, by=story.author, words="It is my cat’s name.")
    assert Case.objects.all().claim(appeal.case_id, by=reviewer)
    return appeal


@pytest.fixture
def asked_again(reviewer):
    """By a visitor who told us about something that was left up."""
    report = factories.told(words="It names the midwife.")
    first = reports.Report.objects.settle(report.case, "keep", by=factories.moderator())
    appeal = Appeal.objects.ask(first, report=report, words="It still names her.")
    assert Case.objects.all().claim(appeal.case_id, by=reviewer)
    return appeal


def page(appeal):
    return reverse("admin:appeal", args=[appeal.case_id])


def read(browser, address):
    return html.unescape(browser.get(address).text)


def press(browser, appeal, outcome, message=WHY, **fields):
    fields = {"outcome": outcome, f"message_{outcome}": message} | fields
    return browser.post(page(appeal), fields)


def test_the_queue_has_it_for_who_had_no_part(browser, reviewer, appeal):
    text = read(browser, QUEUE)
    assert "Appeals (1)" in text and "The heron" in text and "not published" in text
    first = appeal.first()
    for person in (first.by, first.proposed_by):
        assert "Appeals (0)" in read(browser_of(person), QUEUE)
        assert browser_of(person).get(page(appeal)).status_code == 404
    Case.objects.all().hand_back(by=reviewer)
    opened = browser.post(reverse("admin:claim", args=[appeal.case_id]))
    assert opened["Location"] == page(appeal)


def test_the_page_shows_the_whole_case(browser, story, appeal):
    text = read(browser, page(appeal))
    for words in ("It is my cat’s name.", "laundry vans", "Because.", "Bramble Thorne", "The log"):
        assert words in text
    assert story.author.email not in text


@pytest.mark.parametrize("decided", ["remove", "cover"])
def test_an_author_asking_it_shows_what_was_told_and_noted_then(browser, reviewer, decided):
    teller, second = factories.member("Fern Teller"), factories.moderator("Gorse Second")
    story = factories.published(body="Her name was Anna Example.")
    case = factories.told(story, words="It names the midwife.", by=teller).case
    factories.told(story, words="It says where.", email="told@example.org")
    Case.objects.all().claim(case.pk, by=second)
    SafetyEntry.objects.add(case, step="urgent", text="I rang Hazel.", by=second)
    hand_over(case, by=second, text="Look at the last line.")
    story.body = "She has no name."
    story.save()
    story.submit()
    story.publish(by=second, version=story.sent)
    story.decide(decided, by=second, version=None, message="Because.", rule="names")
    first = Decision.objects.about(story).filter(action=decided).get()
    appeal = Appeal.objects.ask(first, by=story.author, words="It is my cat’s name.")
    assert "midwife" not in read(browser, page(appeal))
    Case.objects.all().claim(appeal.case_id, by=reviewer)
    text = read(browser, page(appeal))
    for words in ("names the midwife", "It says where.", "Anna Example", "has no name"):
        assert words in text
    assert "I rang Hazel." in text and "Look at the last line." in text and "A visitor" in text
    assert "Fern Teller" not in text and "told@example.org" not in text
    assert text.count("She has no name.") == 1


def test_closed_it_shows_nothing_of_it(appeal):
    other = browser_of(factories.moderator())
    text = read(other, page(appeal))
    assert "cat’s" not in text and "laundry" not in text and "Because." not in text
    press(other, appeal, "reverse")
    assert Case.objects.open().filter(pk=appeal.case_id).exists()


def test_reversed_it_is_published_and_the_author_reads_why(browser, client, story, appeal):
    assert press(browser, appeal, "reverse")["Location"] == QUEUE
    assert client.get(story.get_absolute_url()).status_code == 200
    letter = Message.objects.to(story.author).first()
    text = read(browser_of(story.author), letter.get_absolute_url())
    assert WHY in text and "Hazel Quill" in text and "We looked again, and changed it" in text


@pytest.mark.parametrize(
    ("outcome", "fields", "said"),
    [
        ("uphold", {}, "Choose the sentence of the guidelines"),
        ("uphold", {"rule": "made-up"}, "Choose the sentence of the guidelines"),
        ("uphold", {"rule": "names", "message_uphold": "I\n\n…\n\nMine."}, "where the dots are"),
        ("change", {}, "Choose the sentence of the guidelines"),
        ("reverse", {"message_reverse": " "}, "where the dots are"),
        ("reverse", {"message_reverse": "x" * 4001}, "4000 characters fit"),
        ("reverse", {"passage": "x" * 1001}, "1000 characters fit"),
        ("approve", {}, "Choose what should happen with it."),
        ("\x00", {}, "Choose what should happen with it."),
    ],
)
def test_what_is_not_ready_is_refused(browser, story, appeal, outcome, fields, said):
    kept = {"message_uphold": "Mine.", "message_change": "Mine.", "message_reverse": "Mine."}
    response = press(browser, appeal, outcome, **(kept | fields))
    assert response.status_code == 422 and said in html.unescape(response.text)
    assert "Mine." in response.text and 'role="alert"' in response.text
    story.refresh_from_db()
    assert story.state == State.DECLINED and Case.objects.open().exists()


def test_upheld_the_letter_says_which_sentence(browser, story, appeal):
    press(browser, appeal, "uphold", rule="names", passage="Dr <i>Green</i>")
    letter = Message.objects.to(story.author).first()
    text = browser_of(story.author).get(letter.get_absolute_url()).text
    assert f"{reverse('care')}#names" in text and "Dr &lt;i&gt;Green&lt;/i&gt;" in text
    assert letter.decision.rule == "names"


def test_a_second_press_finds_it_answered(browser, appeal):
    for _ in range(2):
        press(browser, appeal, "reverse")
    assert Decision.objects.filter(action="reverse").count() == 1
    assert "has been answered" in read(browser, page(appeal))


def test_taken_back_meanwhile_nothing_is_decided_and_the_page_says_so(browser, appeal, story):
    appeal.take_back()
    assert press(browser, appeal, "reverse").status_code == 409
    assert "took it back" in read(browser, page(appeal))
    assert not Decision.objects.filter(action="reverse").exists()


def test_the_text_for_a_sentence_is_there_without_scripts(browser, asked_again):
    fields = {"use_text": "letter", "rule": "names", "message_reverse": "Mine."}
    response = browser.post(page(asked_again), fields)
    text = html.unescape(response.text)
    assert response.status_code == 200 and "Mine." in text
    assert "“the midwife” or “the hospital” is enough" in text
    assert Case.objects.open().exists()
    browser.post(page(asked_again), fields | {"rule": "\x00"})


def test_of_who_told_us_and_asked_again_nothing_shows(browser, asked_again):
    text = read(browser, page(asked_again))
    assert "It still names her." in text and "It names the midwife." in text
    press(browser, asked_again, "reverse", rule="names", letter="It is down.")
    story = asked_again.case.contribution
    assert story.state == State.REMOVED
    author = read(browser_of(story.author), f"/write/{story.pk}/sent/")
    assert "It is down." in author and "names her" not in author and WHY not in author


def test_taking_it_down_needs_its_letter_and_its_sentence(browser, asked_again):
    for fields in ({"rule": "names"}, {"letter": "It is down."}):
        assert press(browser, asked_again, "reverse", **fields).status_code == 422
    assert press(browser, asked_again, "uphold").status_code == 302
    assert asked_again.case.contribution.state == State.PUBLISHED


def test_only_moderators_reach_it(client, appeal):
    assert client.get(page(appeal)).status_code == 302
    assert browser_of(factories.member()).get(page(appeal)).status_code == 404
    editor = browser_of(factories.moderator(group="directory-editors"))
    assert editor.get(page(appeal)).status_code == 404
    assert press(editor, appeal, "reverse").status_code == 404
    assert client.get("/admin/moderation/case/99999999999999999999/appeal/").status_code == 302


def test_the_tab_asks_the_same_of_the_database_however_many(browser):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            browser.get(QUEUE)
        return len(queries)

    def another():
        story = factories.declined()
        first = Decision.objects.about(story).moves().first()
        Appeal.objects.ask(first, by=story.author, words="Again.")

    another()
    asked()  # kinds are looked up once, and remembered
    one = asked()
    for _ in range(4):
        another()
    assert asked() == one


@pytest.mark.parametrize("kind", ["note", "suspended"])
def test_an_appeal_against_a_sanction_is_read_and_ends_it(browser, reviewer, kind):
    sanction = factories.sanction(factories.member(), kind, letter="Two letters set weeks beside.")
    words = "I meant it kindly."
    appeal = Appeal.objects.ask(sanction.decision, by=sanction.member, words=words)
    assert "About a member" in read(browser, QUEUE)
    assert browser.post(reverse("admin:claim", args=[appeal.case_id])).url == page(appeal)
    text = read(browser, page(appeal))
    assert words in text and "Two letters set weeks beside." in text
    browser.post(page(appeal), {"outcome": "reverse", "message_reverse": WHY})
    sanction.refresh_from_db()
    assert sanction.lifted_at and sanction.lifted_by == reviewer


@pytest.mark.parametrize(
    ("first", "outcome", "offers"),
    [
        ("cover", "change", "Uncover it, and ask its author something"),
        ("remove", "cover", "Cover it instead"),
        ("remove", "change", "Ask the author something instead"),
    ],
)
def test_a_third_way_is_offered_in_words_and_taken(browser, reviewer, first, outcome, offers):
    story = factories.published()
    said = {"message": "Because.", "rule": "names"}
    story.decide(first, by=factories.moderator(), version=None, **said)
    decision = Decision.objects.about(story).filter(action=first).get()
    appeal = Appeal.objects.ask(decision, by=story.author, words="It is my cat’s name.")
    Case.objects.all().claim(appeal.case_id, by=reviewer)
    assert offers in read(browser, page(appeal))
    assert press(browser, appeal, outcome).status_code == 422  # which sentence?
    assert press(browser, appeal, outcome, rule="names").status_code == 302
    assert "something else" in read(browser_of(story.author), story_letter(story))


def story_letter(story):
    return Message.objects.to(story.author).first().get_absolute_url()


def test_whoever_decides_reads_beforehand_that_it_comes_down(browser, appeal, asked_again):
    told, declined = read(browser, page(asked_again)), read(browser, page(appeal))
    assert "It was wrong: take it down" in told and ">Take it down</button>" in told
    assert "It was wrong<small>" in declined and ">Reverse it</button>" in declined
