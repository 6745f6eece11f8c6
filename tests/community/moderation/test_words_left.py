"""What was half written beside the press that was made stands on the next page."""

import html

import pytest
from django.urls import reverse

from community.moderation.handovers import CaseNote
from community.moderation.models import Care, Case, Decision, Proposal
from community.moderation.states import Action
from community.moderation.two_people import propose
from stories.models import Byline
from tests import factories
from tests.community.moderation.test_going_on import boxes
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
KEPT = "What you had written. Nobody has received it."
ASKED = "Would you tell me whose name that is?"
LINE = "Written to at once."
LOOKED = {"looked_for": ["names", "harm", "notes"]}


@pytest.fixture
def moderator():
    return factories.moderator("Hazel Quill")


@pytest.fixture
def browser(moderator):
    return browser_of(moderator)


@pytest.fixture
def story(moderator):
    story = factories.pending(byline=Byline.NO_NAME)
    factories.claim(story, by=moderator)
    return story


def page_of(story):
    return reverse("admin:stories_story_change", args=[story.pk])


def desk(name, story):
    return reverse(f"admin:{name}", args=[story.open_case().pk])


def left(response):
    text = html.unescape(response.text)
    return KEPT in text and response.status_code == 200


def test_a_look_at_who_wrote_it_keeps_the_letter(browser, story):
    page = browser.post(page_of(story), {"look": "author", "message_return": ASKED})
    assert page.status_code == 200 and boxes(page)["message_return"] == ASKED
    assert story.author.pen_name in html.unescape(page.text)


def test_so_does_reading_words_again_that_were_decided_about(browser):
    story = factories.published()
    story.body = "Changed words."
    story.save()
    story.submit()
    factories.decline(story)
    page = browser.post(page_of(story), {"look": "words", "message_cover": ASKED})
    assert "Changed words." in page.text and boxes(page)["message_cover"] == ASKED


def test_whatever_can_be_pressed_beside_the_words_is_in_their_form(browser, story):
    text = browser.get(page_of(story)).text
    side = text[text.index('aria-label="Decision"') :]
    for press in ('value="author"', "case/hand-back/", "still-reading/", "hand-over/"):
        assert press in side[: side.index("</form>")] and press not in text[: text.index(side)]


def test_handing_back_is_done_and_what_was_written_is_shown(browser, story):
    case = story.open_case()
    sent = {"case": case.pk, "message_return": ASKED}
    page = browser.post(reverse("admin:hand-back"), sent)
    assert left(page) and ASKED in page.text and "Handed back." in page.text
    case.refresh_from_db()
    assert case.claimed_by is None
    page = browser.post(reverse("admin:hand-back"), sent)
    assert page.status_code == 409 and ASKED in page.text


def test_handing_back_with_nothing_written_leads_to_the_queue(browser, story):
    page = browser.post(reverse("admin:hand-back"), {"case": story.open_case().pk})
    assert page.status_code == 302


def test_the_page_for_handing_over_carries_the_words_and_brings_them_back(browser, story):
    page = browser.post(desk("hand-over", story), {"message_return": ASKED, "note": "For you."})
    assert page.status_code == 200
    assert f'<input type="hidden" name="message_return" value="{ASKED}">' in page.text
    assert '<input type="hidden" name="note" value="For you.">' in page.text
    back = {"message_return": ASKED, "pass-note": "Half a note"}
    page = browser.post(desk("still-reading", story), back)
    assert boxes(page)["message_return"] == ASKED and "Half a note" in page.text


def test_handing_over_is_done_and_what_was_written_besides_is_shown(browser, story, moderator):
    address = desk("hand-over", story)
    sent = {"pass-note": "I know them.", "over": "", "message_return": ASKED}
    page = browser.post(address, sent)
    assert left(page) and ASKED in page.text and "I know them." not in page.text
    assert CaseNote.objects.get().text == "I know them."


def test_so_is_handing_over_to_a_buddy(browser, story, moderator):
    Care.objects.update_or_create(moderator=moderator, defaults={"buddy": factories.moderator()})
    assert left(browser.post(desk("to-buddy", story), {"message_return": ASKED}))


def test_a_line_of_the_log_of_hours_is_left_after_a_decision(browser, story):
    Case.objects.update(is_urgent=True)
    sent = {"outcome": "return", "version": "1", "message_return": ASKED, "text": LINE}
    page = browser.post(page_of(story), sent | {"step": "words"})
    assert left(page) and LINE in page.text and ASKED not in page.text
    story.refresh_from_db()
    assert story.last_word().text == ASKED


def test_a_letter_that_a_second_changed_is_left_when_they_send_it_back(browser, moderator):
    story = factories.pending()
    said = {"version": story.sent, "message": "Because.", "rule": "names"}
    propose(story.open_case(), Action.DECLINE, by=factories.moderator(), **said)
    factories.claim(story, by=moderator)
    sent = {"press": "back", "second-message": ASKED, "second-answer": "I would ask."}
    page = browser.post(reverse("admin:second", args=[Proposal.objects.get().pk]), sent)
    assert left(page) and ASKED in page.text and "I would ask." not in page.text


def test_a_letter_for_later_stays_when_something_is_covered(browser, moderator):
    case = factories.told().case
    assert Case.objects.all().claim(case.pk, by=moderator)
    sent = {"outcome": "cover", "up": "1", "rule_cover": "names", "message_cover": "Somebody is."}
    page = browser.post(reverse("admin:report", args=[case.pk]), sent | {"message": ASKED})
    assert page.status_code == 200 and boxes(page)["message"] == ASKED
    assert "Covered. It is still yours to decide." in page.text


def test_lifting_leaves_a_letter_and_a_note_where_they_were():
    member, lead = factories.member(), factories.moderator(group="lead-moderators")
    first, second = (factories.sanction(member, kind) for kind in ("read-only", "letters-off"))
    record = reverse("admin:moderation_record_change", args=[member.pk])
    sent = {"lift": first.pk, f"lift-{first.pk}-letter": "It is over.", "note-text": LINE}
    sent |= {"sanction-letter": ASKED, f"lift-{second.pk}-letter": "Half of one"}
    page = browser_of(lead).post(record, sent)
    assert page.status_code == 200 and "Lifted." in page.text
    words = boxes(page)
    assert words["note-text"] == LINE and words["sanction-letter"] == ASKED
    assert words[f"lift-{second.pk}-letter"] == "Half of one"
    assert Decision.objects.filter(action=Action.LIFT).get().message.text == "It is over."


# ---- back to the queue as it was left


def test_after_a_decision_the_queue_is_as_it_was_left_and_says_what_happened(browser, moderator):
    factories.sent_letter()
    story = factories.pending()
    queue = reverse("admin:moderation_case_changelist")
    shown = browser.get(f"{queue}?tab=story&lang=en&about=stillbirth").text
    back = "tab=story&amp;about=stillbirth&amp;lang=en"
    assert f'name="back" value="{back}"' in shown
    back = html.unescape(back)
    opened = browser.post(desk("claim", story), {"back": back}, follow=True)
    assert f'name="back" value="{html.escape(back)}"' in opened.text
    assert f'href="{queue}?{html.escape(back)}"' in opened.text
    sent = {"outcome": "publish", "version": "1", "back": back, **LOOKED}
    after = browser.post(page_of(story), sent, follow=True)
    assert after.redirect_chain[-1][0] == f"{queue}?{back}" and "Done: published." in after.text


@pytest.mark.parametrize("kind", ["letter", "name", "report"])
def test_who_came_another_way_is_led_to_where_it_stood(browser, moderator, kind):
    made = {"letter": factories.sent_letter, "name": factories.sent_remembrance}
    case = factories.told().case if kind == "report" else made[kind]().open_case()
    assert Case.objects.all().claim(case.pk, by=moderator)
    tab = {"letter": "letter", "name": "remembrance", "report": "reports"}[kind]
    there = browser.post(reverse("admin:hand-back"), {"case": case.pk})["Location"]
    assert there.endswith(f"?tab={tab}")
    assert browser.get(there).status_code == 200


@pytest.mark.parametrize("odd", ["//evil.example", "tab=x&next=y", "%00", "lang=" + "a" * 4000])
def test_a_way_back_that_makes_no_sense_leads_to_the_queue(browser, story, odd):
    sent = {"case": story.open_case().pk, "back": odd}
    there = browser.post(reverse("admin:hand-back"), sent)["Location"]
    queue = reverse("admin:moderation_case_changelist")
    assert there == queue or (there.startswith(f"{queue}?") and "next" not in there)
    assert browser.get(there).status_code == 200


def test_showing_everything_again_leads_back_to_the_queue(browser, moderator):
    Care.objects.leave_out(moderator, ["stillbirth"], None)
    address = reverse("admin:leave-out-nothing")
    after = browser.post(address, {"back": "tab=reports&lang=en"}, follow=True)
    assert after.redirect_chain[-1][0].endswith("?tab=reports&lang=en")
    assert "Nothing is left out." in after.text


# ---- the letter when something covered stays


def test_what_is_covered_stays_with_a_letter_in_a_moderators_words(browser, moderator):
    story = factories.published()
    story.cover(by=moderator, message="Somebody may be named.", rule="names")
    case = Case.objects.reported().get()
    assert Case.objects.all().claim(case.pk, by=moderator)
    report = reverse("admin:report", args=[case.pk])
    assert "it stays. It can be read as before." in boxes(browser.get(report))["message_keep"]
    sent = {"outcome": "keep", "up": "1 covered"}
    empty = browser.post(report, sent | {"message_keep": " "})
    assert empty.status_code == 422
    browser.post(report, sent | {"message_keep": "It was a cat’s name after all."})
    story.refresh_from_db()
    assert story.covered_at is None
    assert story.last_word().text == "It was a cat’s name after all."


def test_where_it_takes_two_the_second_reads_and_changes_that_letter(browser, moderator):
    story, second = factories.published(), factories.moderator()
    story.cover(by=moderator, message="Somebody may be named.", rule="names")
    case = factories.told(story, reason="worried").case
    assert Case.objects.all().claim(case.pk, by=moderator)
    report = reverse("admin:report", args=[case.pk])
    sent = {"outcome": "keep", "up": "1 covered", "message_keep": "It stays, gladly."}
    browser.post(report, sent)
    proposal = Proposal.objects.get()
    assert Case.objects.all().claim(case.pk, by=second)
    there = browser_of(second).get(report)
    assert boxes(there)["second-message"] == "It stays, gladly."
    sent = {"press": "confirm", "second-message": "It stays."}
    browser_of(second).post(reverse("admin:second", args=[proposal.pk]), sent)
    letter = story.last_word()
    assert (letter.text, letter.by_name) == ("It stays.", moderator.pen_name)
