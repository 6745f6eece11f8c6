"""Asking us to think again: who may, until when, and once."""

import html
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from community.members.archive import erase
from community.moderation import appeals, reports
from community.moderation.models import Appeal, Case, Decision, Message
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
WORDS = "The name in it is my own."


@pytest.fixture
def story():
    """Not published."""
    return factories.declined(by=factories.moderator("Bramble Thorne"), title="The heron")


@pytest.fixture
def letter(story):
    return Message.objects.get()


@pytest.fixture
def author(story):
    return browser_of(story.author)


@pytest.fixture
def appeal(story, letter):
    return Appeal.objects.ask(letter.decision, by=story.author, words=WORDS)


def ask_page(letter):
    return reverse("decisions:ask", args=[letter.key])


def ask(browser, letter, words=WORDS):
    return browser.post(ask_page(letter), {"words": words})


def months(n):
    return time_machine.travel(timezone.now() + timedelta(days=30.5 * n), tick=False)


def test_asking_puts_the_decision_before_somebody_else(author, story, letter):
    assert "Ask us to think again" in author.get(letter.get_absolute_url()).text
    assert ask(author, letter)["Location"] == letter.get_absolute_url()
    case = Case.objects.open().get()
    assert (case.kind, case.appealed) == (Case.Kind.APPEAL, letter.decision.number)
    assert (case.author, case.version, case.language) == (story.author, story.sent, "en")
    assert case.appeal.words == WORDS and case.contribution == story
    page = html.unescape(author.get(letter.get_absolute_url()).text)
    assert "You asked us to think again" in page and WORDS in page


def test_a_second_press_asks_nothing_more(author, letter):
    for _ in range(2):
        assert ask(author, letter)["Location"] == letter.get_absolute_url()
    assert ask(author, letter, "Other words.").status_code == 302
    assert Appeal.objects.get().words == WORDS


def test_the_database_lets_each_decision_be_appealed_once(appeal):
    for again in (
        {"appealed": appeal.case.appealed, "closed_at": timezone.now()},
        {"appealed": appeal.case.appealed},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.create(
                content_type=appeal.case.content_type, object_id="other", kind="appeal", **again
            )


def test_an_appeal_is_an_authors_or_a_tellers(appeal, story):
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.filter(pk=appeal.pk).update(by=None)


@pytest.mark.parametrize("words", ["", "  \n", "x" * 4001])
def test_what_is_not_ready_is_kept_on_the_page(author, letter, words):
    response = ask(author, letter, words)
    assert response.status_code == 422 and 'role="alert"' in response.text
    assert words.strip() in response.text and not Appeal.objects.exists()


def test_what_cannot_be_seen_or_kept_is_left_out(author, letter):
    ask(author, letter, "Mine.\x00\r\nAnd yours.")
    assert Appeal.objects.get().words == "Mine.\nAnd yours."


def test_only_whom_it_is_about_can_ask(letter):
    for person in (factories.member(), factories.moderator(), letter.by):
        browser = browser_of(person)
        assert browser.get(ask_page(letter)).status_code == 404
        assert ask(browser, letter).status_code == 404
    assert not Appeal.objects.exists()


def test_whoever_was_signed_out_finds_their_words(story, letter):
    browser = browser_of()
    assert ask(browser, letter)["Location"].startswith(reverse("account_login"))
    browser.force_login(story.author)
    assert WORDS in browser.get(ask_page(letter)).text
    ask(browser, letter)
    assert WORDS not in browser.session.get("kept_words", {}).values()
    assert Appeal.objects.get().words == WORDS


def test_six_months_and_no_longer(story, letter):
    with months(5.9):
        assert browser_of(story.author).get(ask_page(letter)).status_code == 200
    with months(6.1):
        author = browser_of(story.author)
        assert "Ask us to think again" not in author.get(letter.get_absolute_url()).text
        late = ask(author, letter)
    assert late.status_code == 410 and WORDS in late.text
    assert not Appeal.objects.exists()


def test_a_question_and_a_yes_are_not_asked_about_again():
    asked, published = factories.pending(), factories.pending()
    asked.return_to_author(by=factories.moderator(), version=asked.sent, message="Which?")
    published.publish(by=factories.moderator(), version=published.sent, message="It is up.")
    for letter in Message.objects.all():
        browser = browser_of(letter.to)
        assert "Ask us to think again" not in browser.get(letter.get_absolute_url()).text
        assert ask(browser, letter).status_code == 410
    assert not Appeal.objects.exists()


def test_what_was_taken_down_can_be_asked_about():
    story = factories.published()
    story.remove(by=factories.moderator(), message="Because.", rule="names")
    browser, letter = browser_of(story.author), Message.objects.get()
    where = browser.get(reverse("stories:sent", args=[story.pk])).text
    assert (
        letter.get_absolute_url() in where
        and "mailto:" not in where.split("<main")[1].split("</main")[0]
    )
    ask(browser, letter)
    assert Appeal.objects.get().case.contribution == story


def test_it_can_be_taken_back_and_asked_again(author, letter, appeal):
    back = reverse("decisions:take-back", args=[letter.key])
    for _ in range(2):
        assert author.post(back)["Location"] == letter.get_absolute_url()
    assert not Appeal.objects.exists() and not Case.objects.open().exists()
    ask(author, letter, "Other words.")
    assert Appeal.objects.get().case == Case.objects.open().get()


def test_nobody_else_takes_it_back(letter, appeal):
    back = reverse("decisions:take-back", args=[letter.key])
    assert browser_of(factories.member()).post(back).status_code == 404
    browser_of().post(back)
    assert Appeal.objects.open().exists()


def test_a_story_erased_meanwhile_closes_it(author, story, letter, appeal):
    story.delete()
    assert not Case.objects.open().exists() and not Appeal.objects.exists()
    gone = Decision.objects.get(number=letter.decision.number)
    with pytest.raises(ValidationError):
        Appeal.objects.ask(gone, by=story.author, words=WORDS)
    assert not Case.objects.open().exists()


def test_erasing_a_member_takes_their_letters_and_words_and_leaves_case_and_log(story, appeal):
    cases, log = Case.objects.count(), Decision.objects.count()
    erase(story.author)
    assert not Appeal.objects.exists() and not Message.objects.exists()
    assert (Case.objects.count(), Decision.objects.count()) == (cases, log)
    assert not Case.objects.open().exists()


def test_words_go_six_months_after_the_case_is_closed(appeal):
    with months(7):
        assert appeals.forget() == 0
        assert Appeal.objects.exists()
        Case.objects.filter(pk=appeal.case_id).update(closed_at=timezone.now())
    with months(12):
        assert appeals.forget() == 0
    with months(14):
        assert appeals.forget() == 1
    assert Case.objects.filter(pk=appeal.case_id).exists()


def test_a_report_that_was_asked_about_again_stays_until_that_is_over():
    report = factories.told()
    decision = reports.Report.objects.settle(report.case, "keep", by=factories.moderator())
    Appeal.objects.ask(decision, report=report, words="It still names her.")
    with months(7):
        assert reports.forget() == 0
        Case.objects.open().update(closed_at=timezone.now())
    with months(14):
        assert appeals.forget() == 1
        assert reports.forget() == 1


def test_one_whose_teller_has_left_is_closed():
    report = factories.told(by=factories.member())
    decision = reports.Report.objects.settle(report.case, "keep", by=factories.moderator())
    Appeal.objects.ask(decision, report=report, words="It still names her.")
    erase(report.by)
    appeals.forget()
    assert not Appeal.objects.exists() and not Case.objects.open().exists()


def test_who_told_us_about_it_is_not_offered_its_authors_appeal():
    teller, decider, other = (factories.moderator() for _ in range(3))
    story = factories.published()
    case = factories.told(story, by=teller).case
    assert Case.objects.all().claim(case.pk, by=decider)
    first = story.remove(by=decider, message="It names a ward.", rule="names")
    appeal = Appeal.objects.ask(first, by=story.author, words="It is my cat.")
    offered = Case.objects.waiting().filter(pk=appeal.case_id)
    assert offered.open_to(other).exists()
    assert not offered.open_to(teller).exists() and not offered.open_to(decider).exists()
