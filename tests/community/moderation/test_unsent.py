"""Nothing a moderator typed is lost: it stands on the page that says why nothing came of it."""

import html
import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.moderation import handovers
from community.moderation.models import Appeal, Care, Case, Decision, Proposal
from community.moderation.states import Action
from community.moderation.two_people import propose
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
WORDS = "I read it twice, and the name is a cat’s."
KEPT = "What you had written. Nobody has received it."


class Told:
    """What somebody told us about, in front of ``moderator``."""

    name, outcome, typed = "report", "remove", {"message": WORDS, "rule": "names", "up": "1"}

    def __init__(self, moderator):
        self.story = factories.published()
        self.case = factories.told(self.story).case
        assert Case.objects.all().claim(self.case.pk, by=moderator)

    def goes(self):
        self.story.withdraw()

    def page(self):
        return reverse(f"admin:{self.name}", args=[self.case.pk])


class Asked(Told):
    """What somebody asked us to think about again."""

    name, outcome = "appeal", "uphold"
    typed = {"message_uphold": WORDS, "rule": "names"}

    def __init__(self, moderator):
        self.story = factories.declined()
        first = Decision.objects.about(self.story).moves().first()
        self.asked = Appeal.objects.ask(first, by=self.story.author, words="It is my cat.")
        self.case = self.asked.case
        assert Case.objects.all().claim(self.case.pk, by=moderator)

    def goes(self):
        self.asked.take_back()


class Sent(Told):
    """What waits to be read, with a change proposed to its author."""

    name, outcome = "stories_story_change", "suggest"
    typed = {"version": "1", "change-passage_1": "a lane", "change-why_1": WORDS}
    typed |= {"message_suggest": "One passage only."}

    def __init__(self, moderator):
        self.story = factories.pending()
        self.case = factories.claim(self.story, by=moderator)

    def goes(self):
        self.story.take_back()

    def page(self):
        return reverse(f"admin:{self.name}", args=[self.story.pk])


@pytest.fixture
def moderator():
    return factories.moderator("Hazel Quill")


@pytest.fixture
def browser(moderator):
    return browser_of(moderator)


@pytest.fixture(params=[Told, Asked, Sent], ids=lambda kind: kind.name)
def desk(request, moderator):
    return request.param(moderator)


def press(browser, desk, **more):
    return browser.post(desk.page(), {"outcome": desk.outcome, **desk.typed, **more})


def words_on(response):
    text = html.unescape(response.text)
    return response.status_code == 409 and KEPT in text and WORDS in text


def nobody_received(desk):
    last = desk.story.last_word()
    return (last is None or WORDS not in last.text) and not Proposal.objects.open().exists()


def test_who_is_paused_for_haste_reads_why_and_has_their_words(browser, desk, moderator):
    Care.objects.create(moderator=moderator, stopped_at=timezone.now())
    response = press(browser, desk)
    assert "Many decisions were made here" in response.text and words_on(response)
    assert nobody_received(desk)


def test_a_claim_that_somebody_else_took_meanwhile(browser, desk, moderator):
    other = factories.moderator("Bramble Thorne")
    Case.objects.filter(pk=desk.case.pk).update(claimed_by=other, claimed_at=timezone.now())
    response = press(browser, desk)
    assert "You don’t hold this one any more." in response.text and words_on(response)
    assert "<bdi>Bramble Thorne</bdi> has this one in front of them" in response.text
    assert nobody_received(desk)


def test_a_claim_that_lapsed_and_nobody_took_is_still_theirs(browser, desk):
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        assert press(browser, desk).status_code == 302


def test_what_has_gone_meanwhile(browser, desk):
    desk.goes()
    assert words_on(press(browser, desk))


def test_what_was_erased_meanwhile(browser, moderator):
    desk = Sent(moderator)
    desk.story.delete()
    page = press(browser, desk)
    assert page.status_code == 404 and WORDS in html.unescape(page.text)


def test_what_was_pressed_twice_has_arrived_and_is_not_said_to_be_lost(browser, desk):
    assert press(browser, desk).status_code == 302
    assert KEPT not in browser.get(press(browser, desk).headers.get("Location", "/")).text
    assert KEPT not in press(browser, desk).text


def test_what_is_not_ready_stands_in_its_box(browser, desk):
    page = press(browser, desk, rule="made-up", **{"change-passage_1": "a road"})
    assert page.status_code == 422 and WORDS in html.unescape(page.text)


def test_a_form_that_was_open_too_long(moderator, desk):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(moderator)
    sent = {"outcome": desk.outcome, **desk.typed}
    page = strict.post(desk.page(), sent, headers={"Sec-Fetch-Site": "same-origin"})
    assert page.status_code == 403 and WORDS in html.unescape(page.text)
    assert f'name="outcome" value="{desk.outcome}"' in page.text


def test_what_changed_for_readers_meanwhile_leaves_the_answer_in_its_box(browser, moderator):
    desk = Told(moderator)
    page = press(browser, desk, up="7")
    text = html.unescape(page.text)
    assert page.status_code == 409 and "It has changed since you opened this page." in text
    assert WORDS in text and KEPT not in text and 'name="up" value="1"' in text


# ---- what stands beside a decision


@pytest.fixture
def proposed(moderator):
    """One moderator proposes it, and ``moderator`` has it open."""
    story, first = factories.pending(), factories.moderator()
    said = {"version": story.sent, "message": "Because.", "rule": "names"}
    proposal = propose(story.open_case(), Action.DECLINE, by=first, **said)
    factories.claim(story, by=moderator)
    return proposal


def agree(browser, proposal, what="back"):
    typed = {"press": what, "second-message": "Because.", "second-answer": WORDS}
    return browser.post(reverse("admin:second", args=[proposal.pk]), typed)


def test_a_second_moderator_who_is_paused_or_too_late(browser, proposed, moderator):
    care = Care.objects.create(moderator=moderator, stopped_at=timezone.now())
    assert words_on(agree(browser, proposed))
    care.delete()
    Proposal.objects.lapse(proposed.case)
    page = agree(browser, proposed)
    assert "answered meanwhile" in page.text and words_on(page)


def test_a_note_to_whoever_reads_next_and_a_line_of_the_log_of_hours(browser, moderator):
    story = factories.pending(body="I don't want to be here any more.")
    case = factories.claim(story, by=moderator)
    for name, typed in (("hand-over", {"pass-note": WORDS}), ("safety", {"text": WORDS})):
        Case.objects.filter(pk=case.pk).update(claimed_by=None, claimed_at=None)
        page = browser.post(reverse(f"admin:{name}", args=[case.pk]), typed | {"step": "urgent"})
        assert words_on(page), name
        Case.objects.all().claim(case.pk, by=moderator)
    handovers.hand_over(Case.objects.get(pk=case.pk), by=moderator, text=WORDS)
    again = browser.post(
        reverse("admin:hand-over", args=[case.pk]), {"pass-note": WORDS}, follow=True
    )
    assert KEPT not in again.text  # pressed twice


def test_a_letter_to_a_member_whom_somebody_proposed_to_suspend_meanwhile(moderator):
    member, lead = factories.member(), factories.moderator(group="lead-moderators")
    page = reverse("admin:moderation_record_change", args=[member.pk])
    typed = {"do": "sanction", "sanction-kind": "suspended", "sanction-days": "7"}
    typed |= {"sanction-rule": "names", "sanction-letter": WORDS, "sanction-note": "For you two."}
    other = factories.moderator(group="lead-moderators")
    browser_of(other).post(page, typed | {"sanction-letter": "Theirs."})
    text = html.unescape(browser_of(lead).post(page, typed).text)
    assert KEPT in text and WORDS in text and "For you two." in text


def test_what_the_second_says_about_a_member_who_was_decided_about_meanwhile(browser):
    member = factories.member()
    factories.sanction(member)
    page = reverse("admin:moderation_record_change", args=[member.pk])
    typed = {"do": "send-back", "proposal": "1", "second-answer": WORDS}
    text = html.unescape(browser.post(page, typed).text)
    assert "decided meanwhile" in text and KEPT in text and WORDS in text


# ---- what decides nothing leaves the page as it was typed

ASKED = "Would you tell me whose name that is?"
HALF = {"message_return": ASKED, "message": ASKED, "message_uphold": ASKED, "rule": "names"}
BESIDE = {"still-reading": {}, "worry": {}, "safety": {"step": "urgent", "text": WORDS}}


def boxes(page):
    """What stands where something can be typed and sent."""
    found = re.findall(r"<textarea name=\"([^\"]+)\"[^>]*>\s*([^<]*)</textarea>", page.text)
    return {name: html.unescape(text).strip() for name, text in found}


@pytest.mark.parametrize("press", BESIDE)
@pytest.mark.parametrize("kind", [Told, Asked, Sent])
def test_a_press_that_decides_nothing_keeps_what_was_typed(kind, press, moderator, browser):
    case = kind(moderator).case
    page = browser.post(reverse(f"admin:{press}", args=[case.pk]), HALF | BESIDE[press])
    assert page.status_code == 200 and ASKED in boxes(page).values()
    assert 'formaction="' in page.text and not boxes(page).get("text")


@pytest.mark.parametrize("press", BESIDE)
@pytest.mark.parametrize("kind", [Told, Asked, Sent])
def test_nor_is_it_lost_where_the_case_is_somebody_elses_by_now(kind, press, moderator, browser):
    case = kind(moderator).case
    Case.objects.filter(pk=case.pk).update(claimed_by=factories.moderator())
    sent = HALF | BESIDE[press]
    page = browser.post(reverse(f"admin:{press}", args=[case.pk]), sent, follow=True)
    text = html.unescape(page.text)
    assert KEPT in text and ASKED in text and (WORDS in text) is (press == "safety")


def test_a_line_for_the_log_of_hours_is_kept_by_the_buttons_of_a_decision(moderator, browser):
    sent = Sent(moderator)
    Case.objects.filter(pk=sent.case.pk).update(is_urgent=True)
    page = browser.post(sent.page(), {"outcome": "return", "version": "1", "text": WORDS})
    assert page.status_code == 422 and boxes(page)["text"] == WORDS


def test_a_note_on_a_member_and_a_letter_to_them_keep_each_other(moderator):
    member = factories.member()
    page, lead = record_of(member), browser_of(factories.moderator(group="lead-moderators"))
    letter = {"sanction-kind": "read_only", "sanction-letter": WORDS}
    after = lead.post(page, letter | {"do": "note", "note-text": "Wrote twice."})
    assert after.status_code == 200 and "Wrote twice." in after.text
    assert boxes(after)["sanction-letter"] == WORDS and not boxes(after)["note-text"]
    after = lead.post(page, letter | {"do": "sanction", "note-text": "Half a note"})
    assert boxes(after)["note-text"] == "Half a note"


def record_of(member):
    return reverse("admin:moderation_record_change", args=[member.pk])
