"""What can be decided on an appeal, by whom, and what comes of it."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from community.moderation import reports
from community.moderation.models import Appeal, Case, Decision, Message
from community.moderation.rethinking import decide, outcomes
from community.moderation.sanctions import Sanction, end_after
from community.moderation.states import APPEALS_MOVES, Action, State
from tests import factories

pytestmark = pytest.mark.django_db
WHY = "I have read all of it again."


@pytest.fixture
def reviewer():
    return factories.moderator("Hazel Quill")


def appealed(story):
    """The last decision about ``story``, asked about by its author."""
    decision = Decision.objects.about(story).moves().first()
    return Appeal.objects.ask(decision, by=story.author, words="It is mine to say.")


def asked_again(about):
    """As if who told us about it had asked again, after it was left up."""
    report = factories.told(about)
    decision = reports.Report.objects.settle(report.case, Action.KEEP, by=factories.moderator())
    return Appeal.objects.ask(decision, report=report, words="It still names her.")


def removed(**fields):
    story = factories.published(**fields)
    story.remove(by=factories.moderator(), message="Because.", rule="names")
    return story


def settle(appeal, outcome, reviewer, **more):
    decision = decide(appeal, outcome, by=reviewer, message=WHY, **more)
    about = appeal.case.contribution
    about.refresh_from_db()
    return decision, about


def covered(**fields):
    story = factories.published(**fields)
    story.cover(by=factories.moderator(), message="Because.", rule="names")
    return story


MAKE = {Action.DECLINE: factories.declined, Action.REMOVE: removed, Action.COVER: covered}
TABLE = [(first, outcome, move) for (first, outcome), move in APPEALS_MOVES.items()]


@pytest.mark.parametrize(("first", "outcome", "move"), TABLE)
def test_every_row_of_the_table_is_walked_once(first, outcome, move, reviewer):
    story = MAKE[first]()
    appeal = appealed(story)
    assert story.state in move.sources
    decision, story = settle(appeal, outcome, reviewer)
    assert (decision.source, decision.target) == (appeal.first().target, move.to)
    assert (decision.appealed, decision.case_id) == (appeal.first().number, appeal.case_id)
    assert story.state == move.to
    assert bool(story.shown_id) is bool(move.shows or move.while_shown)
    assert bool(story.covered_at) is bool(move.covers)
    with pytest.raises(ValidationError):
        settle(appeal, outcome, reviewer)
    assert Decision.objects.filter(appealed__isnull=False).count() == 1


@pytest.mark.parametrize("first", MAKE)
def test_upholding_moves_nothing_and_says_why(first, reviewer):
    story = MAKE[first]()
    was = story.state
    decision, story = settle(appealed(story), Action.UPHOLD, reviewer, rule="names")
    assert (story.state, decision.rule, decision.remark) == (was, "names", "")
    letter = Message.objects.to(story.author).first()
    assert (letter.text, letter.decision, letter.by) == (WHY, decision, reviewer)
    assert not decision.may_be_appealed()
    assert not Case.objects.open().filter(kind=Case.Kind.APPEAL).exists()


def test_it_is_told_by_mail_that_something_is_there(reviewer, run_jobs, mailoutbox):
    story = factories.declined()
    run_jobs()
    mailoutbox.clear()
    settle(appealed(story), Action.UPHOLD, reviewer)
    run_jobs()
    assert [mail.subject for mail in mailoutbox] == ["There is something for you"]


def test_what_was_published_is_there_for_readers(client, reviewer):
    _decision, story = settle(appealed(factories.declined()), Action.REVERSE, reviewer)
    assert client.get(story.get_absolute_url()).status_code == 200
    _decision, story = settle(appealed(removed()), Action.REVERSE, reviewer)
    assert client.get(story.get_absolute_url()).status_code == 200


def test_what_was_shown_is_shown_again_though_newer_words_were_sent(client, reviewer):
    story = factories.published(body="As it was read.")
    story.body = "Newer, and unread."
    story.save()
    story.submit()
    story.remove(by=factories.moderator(), message="Because.", rule="names")
    assert Decision.objects.get(action="remove").version_number == 1
    _decision, story = settle(appealed(story), Action.REVERSE, reviewer)
    page = client.get(story.get_absolute_url()).text
    assert "As it was read." in page and "Newer" not in page
    assert story.state == State.DRAFT and story.body == "Newer, and unread."


def test_what_moved_on_meanwhile_is_not_moved_and_goes_first_when_it_is_sent(reviewer):
    story = factories.declined()
    appeal = appealed(story)
    story.body += " More."
    story.save()
    story.submit()
    story.take_back()
    assert outcomes(appeal) == [Action.UPHOLD, Action.REVERSE]
    decision, story = settle(appeal, Action.REVERSE, reviewer)
    assert decision.source == decision.target == story.state == State.DRAFT
    other = factories.pending()
    story.submit()
    line = Case.objects.readings().waiting().most_pressing_first()
    assert [case.contribution for case in line] == [story, other]
    assert line[0].waiting_since == appeal.first().at


def test_a_question_waits_for_its_author_and_is_answered_as_any(reviewer):
    _decision, story = settle(appealed(removed()), Action.CHANGE, reviewer, rule="names")
    assert Case.objects.awaiting_author().get().contribution == story
    story.body = "Without the name."
    story.save()
    story.submit(answer="Like this?")
    assert story.state == State.PENDING and Case.objects.readings().waiting().count() == 1
    story.publish(by=reviewer, version=story.sent)
    assert story.shown == story.sent


def test_what_is_covered_is_uncovered(reviewer):
    decision, story = settle(appealed(covered()), Action.REVERSE, reviewer)
    assert story.covered_at is None and story.state == State.PUBLISHED
    assert decision.action == Action.REVERSE


def test_who_asked_again_about_a_report_can_bring_it_down(client, reviewer):
    story = factories.published()
    appeal = asked_again(story)
    more = {"rule": "names", "letter": "I have taken this down."}
    decision, story = settle(appeal, Action.REVERSE, reviewer, **more)
    assert client.get(story.get_absolute_url()).status_code == 404
    assert (decision.target, decision.rule) == (State.REMOVED, "names")
    letters = {letter.text: letter for letter in Message.objects.all()}
    assert letters[WHY].to is None
    assert letters["I have taken this down."].to == story.author
    assert letters["I have taken this down."].decision.may_be_appealed()
    assert story.last_word() == letters["I have taken this down."]


def test_left_up_again_it_stays_and_its_author_hears_nothing(reviewer):
    story = factories.published()
    _decision, story = settle(asked_again(story), Action.UPHOLD, reviewer)
    assert story.shown_id and story.last_word() is None
    assert not Message.objects.to(story.author).exists()


def test_covered_instead_it_waits_among_the_reports(reviewer):
    more = {"rule": "names", "letter": "I have covered this."}
    _decision, story = settle(asked_again(factories.published()), Action.CHANGE, reviewer, **more)
    assert story.covered_at and Case.objects.reported().waiting().exists()


def test_of_what_has_come_down_meanwhile_only_closing_is_left(reviewer):
    story = factories.published()
    appeal = asked_again(story)
    story.withdraw()
    assert outcomes(appeal) == [Action.CLOSE]
    with pytest.raises(ValidationError):
        settle(appeal, Action.REVERSE, reviewer)
    settle(appeal, Action.CLOSE, reviewer)


def test_a_place_that_was_left_can_be_asked_about(reviewer, a_place):
    appeal = asked_again(a_place)
    assert Case.objects.waiting().open_to(reviewer).filter(pk=appeal.case_id).exists()
    assert outcomes(appeal) == [Action.UPHOLD, Action.REVERSE]
    decide(appeal, Action.REVERSE, by=reviewer, message="It is put right now.")


def test_it_is_offered_to_nobody_who_took_part(reviewer):
    proposer = factories.moderator()
    story = factories.declined(by=proposer)
    appeal = appealed(story)
    first = appeal.first()
    for person in (first.by, first.proposed_by, proposer):
        assert not Case.objects.open_to(person).filter(pk=appeal.case_id).exists()
        with pytest.raises(ValidationError):
            settle(appeal, Action.REVERSE, person)
    assert Case.objects.open_to(reviewer).filter(pk=appeal.case_id).exists()


def test_nor_to_its_author_nor_to_who_told_us(reviewer):
    teller = factories.moderator()
    story = factories.published(factories.moderator())
    report = factories.told(story, by=teller)
    decision = reports.Report.objects.settle(report.case, Action.KEEP, by=reviewer)
    appeal = Appeal.objects.ask(decision, report=report, words="Again.")
    for person in (teller, story.author, reviewer):
        assert not Case.objects.open_to(person).filter(pk=appeal.case_id).exists()


def test_where_there_is_one_moderator_the_log_says_so():
    story = factories.pending()
    alone = factories.moderator()
    story.decline(by=alone, version=story.sent, message="Because.", rule="names")
    decision, _story = settle(appealed(story), Action.UPHOLD, alone)
    assert decision.remark == "alone"


@pytest.mark.parametrize("message", ["", " \n"])
def test_no_answer_without_its_reasons(message, reviewer):
    appeal = appealed(factories.declined())
    with pytest.raises(ValidationError):
        decide(appeal, Action.UPHOLD, by=reviewer, message=message)
    assert appeal.is_open() and Case.objects.open().exists()


def test_whoever_asked_reads_the_answer_where_they_asked(reviewer):
    story = factories.declined()
    letter = story.last_word()
    settle(appealed(story), Action.UPHOLD, reviewer)
    browser = factories.browser_of(story.author)
    page = browser.get(letter.get_absolute_url()).text
    answer = Message.objects.to(story.author).first()
    assert answer.get_absolute_url() in page and "Take it back" not in page
    assert "Ask us to think again" not in browser.get(answer.get_absolute_url()).text
    browser.post(reverse("decisions:take-back", args=[letter.key]))
    assert Appeal.objects.exists()


# ---- what was decided about a member


@pytest.mark.parametrize("kind", ["note", "letters-off", "read-only", "suspended"])
def test_reversing_a_sanction_ends_it_and_upholding_leaves_it(kind, reviewer):
    for outcome in (Action.UPHOLD, Action.REVERSE):
        sanction = factories.sanction(factories.member(), kind)
        by = sanction.member
        appeal = Appeal.objects.ask(sanction.decision, by=by, words="I meant it kindly.")
        shorter = [] if kind == "note" else [Action.CHANGE]
        assert outcomes(appeal) == [Action.UPHOLD, Action.REVERSE, *shorter]
        decision = decide(appeal, outcome, by=reviewer, message=WHY)
        sanction.refresh_from_db()
        assert bool(sanction.lifted_at) is (outcome == Action.REVERSE)
        assert decision.appealed == sanction.decision.number
        assert Message.objects.to(by).first().text == WHY


def test_of_two_one_reads_again_what_the_other_wrote_and_the_log_says_why():
    one, two = factories.moderator(), factories.moderator()
    story = factories.pending(two)
    story.decline(by=one, version=story.sent, message="It names the ward.", rule="names")
    appeal = appealed(story)
    assert not Case.objects.open().open_to(two).exists()
    assert Case.objects.open().open_to(one).get() == appeal.case
    assert settle(appeal, Action.UPHOLD, one)[0].remark == "alone"
    three = factories.moderator()
    assert not Case.objects.filter(pk=appeal.case_id).open_to(one).exists()
    assert Case.objects.filter(pk=appeal.case_id).open_to(three).exists()


def test_a_sanction_can_be_made_shorter_and_never_longer(reviewer):
    member = factories.member()
    lead = factories.moderator(group="lead-moderators")
    said = {"rule": "compare", "letter": "For a while, no letters."}
    given = Sanction.objects.give(member, "letters-off", by=lead, ends_at=end_after(30), **said)
    appeal = Appeal.objects.ask(given.decision, by=member, words="A month is long.")
    assert outcomes(appeal) == [Action.UPHOLD, Action.REVERSE, Action.CHANGE]
    for days in (30, 31):
        with pytest.raises(ValidationError, match="Choose a day before"):
            decide(appeal, Action.CHANGE, by=reviewer, message=WHY, ends_at=end_after(days))
    decision = decide(appeal, Action.CHANGE, by=reviewer, message=WHY, ends_at=end_after(7))
    given.refresh_from_db()
    assert given.ends_at == decision.ends_at == end_after(7)
    assert given.lasts()


def test_where_its_writer_may_not_be_safe_two_read_it_again_before_it_is_published(reviewer):
    story = factories.pending()
    Case.objects.about(story).update(is_urgent=True)  # somebody saw what a word list missed
    factories.decline(story)
    decision, story = settle(appealed(story), Action.REVERSE, reviewer)
    assert story.state == decision.target == State.PENDING
    assert story.open_case().is_urgent
