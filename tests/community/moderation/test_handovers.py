"""Still reading, handing back, handing over, and asking for a second moderator."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from community.members.archive import erase
from community.moderation import handovers, reports
from community.moderation.handovers import CaseNote, give_to_second, hand_over
from community.moderation.models import Care, Case, Decision
from community.moderation.states import Look
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
QUEUE = reverse("admin:moderation_case_changelist")


@pytest.fixture
def moderator():
    return factories.moderator("Bramble Thorne")


@pytest.fixture
def odile():
    return factories.moderator("Odile")


@pytest.fixture
def browser(moderator):
    return browser_of(moderator)


@pytest.fixture
def case(moderator):
    case = factories.claim(factories.pending(title="The lane"), by=moderator)
    case.refresh_from_db()
    return case


def address(name, case):
    return reverse(f"admin:{name}", args=[case.pk])


def looks(case):
    kept = Decision.objects.filter(case_id=case.pk, action__in=Look.values)
    return list(kept.order_by("number").values_list("action", "by_name"))


def listed(person, asked=""):
    page = browser_of(person).get(QUEUE + asked).text
    return re.findall(r'class="t sh-link"><bdi>([^<]*)</bdi>', page)


# ---- an hour, and another


def test_still_reading_is_a_press_that_gives_another_hour(browser, moderator, case):
    with time_machine.travel(timezone.now() + timedelta(minutes=50)):
        review = browser.get(address("moderation_case_change", case), follow=True).text
        assert "still reading" in review and "It is yours until" in review
        browser.get(address("still-reading", case))
        browser.post(address("still-reading", case))
    with time_machine.travel(timezone.now() + timedelta(minutes=100)):
        case.refresh_from_db()
        assert case.is_held_by(moderator)
    with time_machine.travel(timezone.now() + timedelta(minutes=111)):
        assert not case.is_held_by(moderator)


def test_looking_at_a_case_gives_no_more_time(browser, case):
    before = case.claimed_at
    with time_machine.travel(timezone.now() + timedelta(minutes=50)):
        browser.get(address("moderation_case_change", case), follow=True)
    case.refresh_from_db()
    assert case.claimed_at == before


def test_what_lapsed_is_still_theirs_unless_somebody_took_it(browser, case, moderator, odile):
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        browser.post(address("still-reading", case))
        case.refresh_from_db()
        assert case.is_held_by(moderator)
    with time_machine.travel(timezone.now() + timedelta(hours=5)):
        assert Case.objects.all().claim(case.pk, by=odile)
        page = browser.post(address("still-reading", case), follow=True)
        assert "You don’t hold this one any more." in page.text
        case.refresh_from_db()
        assert case.is_held_by(odile)


# ---- handing over


def test_whoever_is_named_finds_it_first_with_the_note(browser, moderator, odile, case):
    factories.pending(title="Older")
    browser.post(
        address("hand-over", case),
        {"pass-to": odile.pk, "pass-note": "I know this family.", "over": ""},
    )
    case.refresh_from_db()
    assert case.claimed_by is None and case.passed_by is None
    assert looks(case) == [("open", "Bramble Thorne"), ("hand-over", "Bramble Thorne")]
    page = browser_of(odile).get(QUEUE).text
    assert "For you (1)" in page and listed(odile) == ["The lane"]
    assert "Handed on by <bdi>Bramble Thorne</bdi>" in page and "I know this family" not in page
    assert "For you" not in browser.get(QUEUE).text
    review = browser_of(odile).post(address("claim", case), follow=True).text
    assert "I know this family." in review
    assert "For you" not in browser_of(odile).get(QUEUE).text


def test_it_waits_for_anybody_too(browser, moderator, odile, case):
    third = factories.moderator()
    hand_over(case, by=moderator, to=odile, text="A note.")
    assert "The lane" in listed(third) and "The lane" in listed(moderator)
    assert Case.objects.all().claim(case.pk, by=third)
    assert handovers.for_you(odile) == []


def test_only_whoever_holds_it_reads_the_note(browser, moderator, odile, case):
    hand_over(case, by=moderator, text="A word for you.")
    review = address("moderation_case_change", case)
    assert "A word for you." not in browser_of(odile).get(review, follow=True).text
    assert Case.objects.all().claim(case.pk, by=odile)
    assert "A word for you." in browser_of(odile).get(review, follow=True).text
    assert "A word for you." not in browser.get(review, follow=True).text
    log = browser.get(reverse("admin:moderation_decision_changelist")).text
    assert "Handed over with a note" in log and "A word for you." not in log


def test_a_note_is_asked_for_and_what_was_chosen_is_kept(browser, odile, case):
    response = browser.post(
        address("hand-over", case), {"pass-to": odile.pk, "pass-note": " ", "over": ""}
    )
    assert response.status_code == 422
    assert "Say in a few words what whoever reads next should know." in response.text
    assert f'<option value="{odile.pk}" selected>' in response.text
    assert not CaseNote.objects.exists()


@pytest.mark.parametrize("to", ["writer", "member", "nonsense", "0", "9" * 40, "\x00"])
def test_it_goes_to_moderators_only_and_never_to_its_author(browser, case, to):
    people = {"writer": case.author.pk, "member": factories.member().pk}
    sent = {"pass-to": people.get(to, to), "pass-note": "Kept words", "over": ""}
    response = browser.post(address("hand-over", case), sent)
    assert response.status_code == 422 and "Kept words" in response.text
    case.refresh_from_db()
    assert case.claimed_by and not CaseNote.objects.exists()


def test_a_note_of_any_length_and_kind_is_answered(browser, case):
    for note, status in (("a" * 2001, 422), ("a\x00b", 302)):
        sent = {"pass-note": note, "over": ""}
        assert browser.post(address("hand-over", case), sent).status_code == status
    assert CaseNote.objects.get().text == "ab"


def test_nobody_passes_on_what_they_do_not_hold(browser, moderator, odile, case):
    other = browser_of(odile)
    for name in ("hand-over", "to-buddy"):
        Care.objects.update_or_create(moderator=odile, defaults={"buddy": moderator})
        other.post(address(name, case), {"pass-note": "Mine now", "over": ""})
    case.refresh_from_db()
    assert case.is_held_by(moderator) and not CaseNote.objects.exists()
    assert hand_over(case, by=odile, text="x") is False
    own = factories.pending(moderator).open_case()
    for name in ("hand-over", "to-buddy", "still-reading"):
        assert browser.post(address(name, own)).status_code == 404


def test_pressing_twice_passes_it_on_once(browser, case):
    for _ in range(2):
        page = browser.post(
            address("hand-over", case), {"pass-note": "Once", "over": ""}, follow=True
        )
    assert "You don’t hold this one any more." in page.text
    assert CaseNote.objects.count() == 1 and len(looks(case)) == 2


def test_a_report_is_passed_on_in_the_same_way(browser, odile, moderator):
    case = factories.told(factories.published(title="Seen")).case
    browser.post(address("claim", case))
    assert "still reading" in browser.get(reverse("admin:report", args=[case.pk])).text
    browser.post(
        address("hand-over", case), {"pass-to": odile.pk, "pass-note": "Reported twice", "over": ""}
    )
    assert listed(odile) == ["Seen"]
    page = browser_of(odile).post(address("claim", case), follow=True).text
    assert "Reported twice" in page


def test_one_press_gives_it_to_a_buddy(browser, moderator, odile, case):
    assert (
        "Hand over to" not in browser.get(address("moderation_case_change", case), follow=True).text
    )
    browser.post(reverse("admin:buddy"), {"buddy": odile.pk})
    page = browser.get(address("moderation_case_change", case), follow=True).text
    assert "Hand over to <bdi>Odile</bdi>" in page
    browser.post(address("to-buddy", case))
    assert handovers.for_you(odile) == [case.pk]


def test_a_buddy_who_may_not_read_it_is_not_given_it(browser, odile, moderator):
    Care.objects.create(moderator=moderator, buddy=odile)
    case = factories.claim(factories.pending(odile), by=moderator)
    page = browser.post(address("to-buddy", case), follow=True)
    assert "Choose somebody else." in page.text
    case.refresh_from_db()
    assert case.is_held_by(moderator)


# ---- a second moderator


def test_whoever_asks_for_a_second_is_not_offered_it_again(browser, moderator, odile, case):
    browser.post(address("hand-over", case), {"pass-note": "Please look", "second": ""})
    case.refresh_from_db()
    assert case.passed_by == moderator and case.claimed_by is None
    assert looks(case)[-1] == ("second", "Bramble Thorne")
    assert listed(moderator) == [] and listed(odile) == ["The lane"]
    assert not Case.objects.all().claim(case.pk, by=moderator)
    assert "A second moderator was asked for" in browser_of(odile).get(QUEUE).text


def test_alone_it_stays_and_is_said_kindly(browser, moderator, case):
    response = browser.post(
        address("hand-over", case), {"pass-note": "Is anybody there", "second": ""}
    )
    assert response.status_code == 422 and "Is anybody there" in response.text
    assert "Nobody else is here to read this just now, so it stays with you." in response.text
    with pytest.raises(ValidationError):
        give_to_second(case, by=moderator, text="x")
    case.refresh_from_db()
    assert case.is_held_by(moderator) and case.passed_by is None


# ---- what is kept


def test_the_notes_go_when_the_words_go(moderator, case):
    hand_over(case, by=moderator, text="About their hospital")
    erase(case.author)
    assert not CaseNote.objects.exists()


def test_the_notes_go_half_a_year_after_the_case_is_closed(moderator, odile, case):
    hand_over(case, by=moderator, text="About their hospital")
    story = case.contribution
    factories.claim(story, by=odile)
    story.publish(by=odile, version=story.sent)
    reports.forget()
    assert CaseNote.objects.exists()
    with time_machine.travel(timezone.now() + timedelta(days=184)):
        reports.forget()
    assert not CaseNote.objects.exists()


def test_a_moderator_who_leaves_leaves_their_notes(moderator, odile, case):
    hand_over(case, by=moderator, to=odile, text="For whoever comes")
    moderator.delete()
    odile.delete()
    note = CaseNote.objects.get()
    assert (note.by_name, note.by, note.to) == ("Bramble Thorne", None, None)
