"""Covered: for members only while a moderator looks again."""

import html
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from community.members import archive
from community.moderation.handovers import hand_over
from community.moderation.models import Case, Decision
from community.moderation.reports import Report, Seen
from community.moderation.states import Action, State
from stories.models import Story
from stories.vocabulary import Visibility
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
SENTENCE = "A moderator is looking at this one again."
WORDS = "The laundry vans turn round there."


@pytest.fixture
def moderator():
    return factories.moderator("Bramble Thorne")


@pytest.fixture
def story():
    return factories.published(visibility=Visibility.SEARCH)


def cover(story, by=None):
    story.cover(by=by or factories.moderator(), message="Somebody may be named.", rule="names")
    return story


def stored(story):
    return Story.objects.get(pk=story.pk)


def test_from_the_next_request_no_visitor_finds_it_anywhere(story):
    visitor, kept = browser_of(), story.get_absolute_url()
    assert visitor.get(kept).status_code == 200
    cover(story)
    assert visitor.get(kept).status_code == 404
    assert visitor.get(f"/report/story/{story.pk}/").status_code == 404
    pages = ["/", "/stories/", "/stories/?loss=stillbirth", f"/stories/?before={story.pk}"]
    for page in pages:
        text = visitor.get(page).text
        assert story.pk not in text and story.title not in text
    assert visitor.get("/stories/any/")["Location"] == "/stories/"


def test_a_member_opens_it_folded_behind_a_sentence(story):
    cover(story)
    member = browser_of(factories.member())
    text = member.get(story.get_absolute_url()).text
    assert text.index('<details class="gate">') < text.index(SENTENCE) < text.index(WORDS)
    listed = member.get("/stories/").text
    assert story.title in listed and SENTENCE in listed
    assert "There is a lane behind the hospital." not in listed
    assert member.get("/stories/any/")["Location"] == "/stories/"
    assert story.pk not in member.get("/").text


def test_the_list_costs_what_it_did(django_assert_num_queries):
    writer, moderator = factories.member(), factories.moderator()
    many = [factories.published(writer, moderator) for _ in range(4)]
    with django_assert_num_queries(1):
        browser_of().get("/stories/")
    cover(many[1])
    with django_assert_num_queries(1):
        assert many[1].pk not in browser_of().get("/stories/").text


def test_its_author_is_told_and_their_words_are_as_they_were(story, run_jobs, mailoutbox):
    run_jobs()
    mailoutbox.clear()
    cover(story)
    run_jobs()
    assert [mail.subject for mail in mailoutbox] == ["There is something for you"]
    text = html.unescape(browser_of(story.author).get(f"/write/{story.pk}/sent/").text)
    assert "Somebody may be named." in text
    assert "A moderator is looking at it again." in text
    assert stored(story).shown_id == story.shown_id


def test_what_is_covered_stands_among_the_reports_until_somebody_decides(story, moderator):
    cover(story, by=moderator)
    case = Case.objects.reported().waiting().get()
    assert case.seen.get().words == story.shown.words
    queue = browser_of(moderator).get("/admin/moderation/case/?tab=reports").text
    assert story.title in queue and "To be looked at again" in queue


def test_covering_joins_what_was_told_already(story, moderator):
    factories.told(story)
    cover(story)
    assert Case.objects.reported().count() == 1


def test_leaving_it_up_uncovers_it_in_the_same_transaction(story, moderator):
    report = factories.told(story)
    cover(story)
    Report.objects.settle(report.case, Action.KEEP, by=moderator)
    now = stored(story)
    assert now.covered_at is None and now.shown_id
    assert Decision.objects.first().action == Action.KEEP
    assert "it stays" in now.last_word().text
    assert browser_of().get(story.get_absolute_url()).status_code == 200


def test_a_refused_answer_leaves_it_covered(story, moderator):
    cover(story)
    case = Case.objects.reported().get()
    Case.objects.all().claim(case.pk, by=factories.moderator())
    with pytest.raises(Exception, match="Another moderator"):
        Report.objects.settle(case, Action.KEEP, by=moderator)
    assert stored(story).covered_at


def test_leaving_up_what_was_not_covered_writes_to_nobody(story, moderator, run_jobs, mailoutbox):
    report = factories.told(story)
    run_jobs()
    mailoutbox.clear()
    Report.objects.settle(report.case, Action.KEEP, by=moderator)
    run_jobs()
    assert mailoutbox == [] and not story.messages.exists()


def test_publishing_a_change_and_taking_down_both_end_the_cover(story, moderator):
    cover(story)
    story.body = "Other words."
    story.save()
    story.submit()
    assert stored(story).covered_at
    story.publish(by=moderator, version=story.sent)
    assert stored(story).covered_at is None
    cover(story)
    story.withdraw()
    assert stored(story).covered_at is None and stored(story).state == State.WITHDRAWN


def test_only_what_readers_see_can_be_covered(story):
    draft = factories.draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.filter(pk=draft.pk).update(covered_at=timezone.now() - timedelta(days=1))


# ---- in the admin


def review(story):
    return reverse("admin:stories_story_change", args=[story.pk])


def press(browser, story, outcome, **fields):
    return browser.post(review(story), {"outcome": outcome, f"rule_{outcome}": "names", **fields})


def test_the_review_page_covers_with_a_reason_and_uncovers_again(story, moderator):
    browser = browser_of(moderator)
    assert "Cover it" in browser.get(review(story)).text
    assert press(browser, story, "cover", message_cover="").status_code == 422
    assert stored(story).covered_at is None
    press(browser, story, "cover", message_cover="Somebody may be named.")
    assert stored(story).covered_at
    page = browser.get(review(story)).text
    assert "Uncover it" in page and "Covered. Only members see these words." in page
    assert "It is among the reports" in page
    press(browser, story, "cover", message_cover="Again.")
    assert Decision.objects.filter(action=Action.COVER).count() == 1
    press(browser, story, "uncover", message_uncover="It can be read as before.")
    assert stored(story).covered_at is None
    assert not Case.objects.reported().open().exists(), "nobody told us, and nothing is covered"
    decision = Decision.objects.get(action=Action.UNCOVER)
    assert decision.case_id == Case.objects.reported().get().pk


def test_what_somebody_told_us_waits_on_when_it_is_uncovered(story, moderator):
    factories.told(story)
    cover(story).uncover(by=moderator, message="It can be read as before.")
    assert Case.objects.reported().open().exists(), "nobody has answered yet"


def test_nobody_covers_their_own():
    writer = factories.moderator()
    story = factories.published(writer)
    press(browser_of(writer), story, "cover", message_cover="Because.")
    assert stored(story).covered_at is None


@pytest.fixture
def reported(story, moderator):
    case = factories.told(story).case
    assert Case.objects.all().claim(case.pk, by=moderator)
    return case


def answer(moderator, case, outcome, **fields):
    browser, address = browser_of(moderator), reverse("admin:report", args=[case.pk])
    up = browser.get(address).context["up"]
    return browser.post(
        address, {"outcome": outcome, "up": up, "rule": "names", "rule_cover": "names", **fields}
    )


def test_from_a_report_it_is_covered_and_then_left_up(story, moderator, reported):
    assert answer(moderator, reported, "cover", message_cover=" ").status_code == 422
    response = answer(moderator, reported, "cover", message_cover="Somebody may be named.")
    assert response["Location"] == reverse("admin:report", args=[reported.pk])
    assert stored(story).covered_at
    reported.refresh_from_db()
    assert reported.closed_at is None and reported.is_held_by(moderator)
    page = browser_of(moderator).get(response["Location"]).text
    assert "Only members see it for now" in page and 'value="cover"' not in page
    answer(moderator, reported, "keep")
    assert stored(story).covered_at is None
    reported.refresh_from_db()
    assert reported.closed_at


def test_the_press_that_uncovers_says_so_or_does_nothing(story, moderator, reported):
    browser, address = browser_of(moderator), reverse("admin:report", args=[reported.pk])
    before = browser.get(address)
    assert "Leave it as it is" in before.text and "Uncover" not in before.text
    cover(story)  # by somebody else, meanwhile
    page = browser.post(address, {"outcome": "keep", "up": before.context["up"]})
    assert page.status_code == 409 and stored(story).covered_at
    assert "Uncover it, and leave it up" in page.text and ">Uncover it now</button>" in page.text
    assert "Leave it as it is" not in page.text and ">Leave it</button>" not in page.text


def test_who_agrees_to_uncover_it_reads_that_it_is_uncovered(story, moderator):
    case = factories.told(story, reason="worried").case
    cover(story)
    second = factories.moderator()
    for each, press in [(moderator, {"outcome": "keep"}), (second, {})]:
        assert Case.objects.all().claim(case.pk, by=each)
        page = browser_of(each).get(reverse("admin:report", args=[case.pk]))
        assert ("under “Uncover it, and leave it up”" in html.unescape(page.text)) == bool(press)
        if press:
            answer(each, case, "keep")
    assert f"{moderator.pen_name} proposes to uncover it, and leave it up." in page.text


def test_from_a_report_what_is_covered_is_taken_down(story, moderator, reported):
    answer(moderator, reported, "cover", message_cover="Somebody may be named.")
    answer(moderator, reported, "remove", message="It names a ward.")
    assert stored(story).state == State.REMOVED and stored(story).covered_at is None


def test_where_nobody_told_us_nobody_is_said_to_have_left(story, moderator):
    cover(story)
    case = Case.objects.reported().get()
    assert Case.objects.all().claim(case.pk, by=moderator)
    text = browser_of(moderator).get(reverse("admin:report", args=[case.pk])).text
    assert "Nobody is waiting for an answer" in text and "Whoever told us has left" not in text


def test_erased_where_nobody_told_us_nothing_is_kept(story):
    cover(story)
    archive.erase(story.author)
    assert not Case.objects.reported().open().exists() and not Seen.objects.exists()


def test_whoever_told_us_reads_that_it_is_covered(story):
    report = factories.told(story)
    receipt = report.get_absolute_url()
    assert "Nobody has decided anything yet." in browser_of().get(receipt).text
    cover(story)
    text = browser_of().get(receipt).text
    assert "Nobody has decided" not in text
    assert "Until a moderator has decided, only members can read it." in text


def test_a_place_is_not_covered(a_place, moderator):
    case = Report.objects.tell(a_place, reason="wrong", words="", email="", by=None).case
    assert Case.objects.all().claim(case.pk, by=moderator)
    text = browser_of(moderator).get(reverse("admin:report", args=[case.pk])).text
    assert 'value="keep"' in text and 'value="cover"' not in text


def test_notes_on_what_nobody_told_us_of_are_found_from_taking_it_down(story, moderator):
    cover(story)
    case = Case.objects.reported().get()
    assert Case.objects.all().claim(case.pk, by=moderator)
    hand_over(case, by=moderator, text="Look at the last line.")
    decision = story.remove(by=moderator, message="It names a ward.", rule="names")
    assert list(Case.objects.settled_by(decision)) == [case]
    assert case.notes.get().text == "Look at the last line."
