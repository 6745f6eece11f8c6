"""What takes two people, and that it can't be done by one who plays both."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from community.moderation.models import Case, Decision, Message, Proposal, TransitionNotAllowed
from community.moderation.proposals import NeedsASecond
from community.moderation.reports import Report
from community.moderation.states import Action, Look, State
from community.moderation.two_people import confirm, propose, send_back
from tests import factories

pytestmark = pytest.mark.django_db
DANGER = "I don't want to be here any more."


@pytest.fixture
def first():
    return factories.moderator("Rowan Hale")


@pytest.fixture
def second():
    return factories.moderator("Sorrel Ash")


@pytest.fixture
def proposal(first, second):
    story = factories.pending()
    case = factories.claim(story, by=first)
    return propose(
        case,
        Action.DECLINE,
        by=first,
        version=story.sent,
        message="We can’t publish this as it is, because it names a doctor.",
        rule="names",
        passage="Doctor Tern",
        note="Do you read it so too?",
    )


def test_nobody_declines_alone_where_somebody_else_can_be_asked(first, second):
    story = factories.pending()
    with pytest.raises(NeedsASecond), transaction.atomic():
        story.decline(by=first, version=story.sent, message="No.", rule="names")
    story.refresh_from_db()
    assert story.state == State.PENDING
    assert not Decision.objects.by_moderators().exists()


def test_what_is_proposed_changes_nothing_and_lets_go_of_the_case(proposal, first):
    case = Case.objects.get()
    assert case.contribution.state == State.PENDING
    assert case.closed_at is None and not case.is_held()
    assert Decision.objects.first().action == Look.PROPOSE
    assert not Message.objects.exists()


def test_the_second_confirms_and_the_log_names_both(proposal, first, second):
    decision = confirm(proposal, by=second)
    assert decision.action == Action.DECLINE
    assert (decision.proposed_by, decision.by) == (first, second)
    assert (decision.rule, decision.remark) == ("names", "")
    said = Message.objects.get()
    assert (said.by, said.passage) == (first, "Doctor Tern")
    assert proposal.case.contribution.state == State.DECLINED


def test_the_second_may_change_the_letter(proposal, second):
    confirm(proposal, by=second, message="A kinder letter.")
    assert Message.objects.get().text == "A kinder letter."


def test_nobody_confirms_their_own(proposal, first):
    with pytest.raises(ValidationError):
        confirm(proposal, by=first)
    proposal.refresh_from_db()
    assert proposal.settled_at is None
    assert proposal.case.contribution.state == State.PENDING


def test_the_database_knows_two_different_people(proposal, first):
    row = Proposal.objects.filter(pk=proposal.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(agreed=True, settled_by=first)


def test_an_author_is_nobodys_second(second):
    writer = factories.moderator()
    story = factories.pending(writer)
    case = factories.claim(story, by=second)
    proposal = propose(
        case, Action.DECLINE, by=second, version=story.sent, message="No.", rule="names"
    )
    with pytest.raises(ValidationError):
        confirm(proposal, by=writer)


def test_confirming_twice_is_one_decision(proposal, second):
    confirm(proposal, by=second)
    for person in (second, factories.moderator()):
        with pytest.raises(ValidationError), transaction.atomic():
            confirm(proposal, by=person)
    assert Decision.objects.by_moderators().count() == 1


def test_what_is_sent_back_is_in_line_again_and_says_why(proposal, first, second):
    factories.claim(proposal.case.contribution, by=second)
    send_back(proposal, by=second, answer="I’d ask them first.")
    proposal.refresh_from_db()
    assert (proposal.agreed, proposal.answer) == (False, "I’d ask them first.")
    assert not Case.objects.get().is_held()
    assert Decision.objects.first().action == Look.SEND_BACK
    factories.claim(proposal.case.contribution, by=first)


def test_who_proposed_it_may_take_it_back(proposal, first):
    send_back(proposal, by=first)
    proposal.refresh_from_db()
    assert proposal.agreed is False


def test_a_case_has_one_open_proposal(proposal, second):
    with pytest.raises(TransitionNotAllowed):
        propose(
            proposal.case,
            Action.DECLINE,
            by=second,
            version=proposal.version,
            message="Me too.",
            rule="names",
        )


def test_new_words_from_the_author_end_what_was_proposed(proposal, second):
    story = proposal.case.contribution
    story.body = "Other words."
    story.save()
    story.submit()
    with pytest.raises(ValidationError):
        confirm(proposal, by=second)
    story.refresh_from_db()
    assert story.state == State.PENDING


def test_taking_it_back_ends_what_was_proposed(proposal, second):
    proposal.case.contribution.take_back()
    assert not Proposal.objects.open().exists()
    with pytest.raises(ValidationError):
        confirm(proposal, by=second)


def test_one_active_moderator_may_go_on_and_the_log_says_why(first):
    story = factories.pending()
    factories.moderator().delete()
    gone = factories.moderator()
    gone.is_active = False
    gone.save()
    decision = story.decline(
        by=first, version=story.sent, message="It names a doctor.", rule="names"
    )
    assert decision.remark == "alone"


def test_an_administrator_who_was_not_asked_to_moderate_is_nobodys_second(first):
    factories.member(is_staff=True, is_superuser=True)
    story = factories.pending()
    assert (
        story.decline(by=first, version=story.sent, message="No.", rule="names").remark == "alone"
    )


@pytest.mark.parametrize("action", [Action.PUBLISH, Action.OFFER])
def test_where_somebody_may_not_be_safe_closing_takes_two(first, second, action):
    story = factories.pending(body=DANGER)
    case = factories.claim(story, by=first)
    said = {"version": story.sent, "message": "I read all of it."}
    details = {"proposed": {"own_note": "a wish not to live"}} if action == Action.OFFER else {}
    with pytest.raises(NeedsASecond), transaction.atomic():
        story.decide(action, by=first, **said, **details)
    confirm(propose(case, action, by=first, details=details, **said), by=second)
    story.refresh_from_db()
    assert story.state == {"publish": State.PUBLISHED, "offer": State.OFFERED}[action]


def test_asking_somebody_who_may_not_be_safe_waits_for_nobody(first, second):
    story = factories.pending(body=DANGER)
    story.return_to_author(by=first, version=story.sent, message="Is somebody with you?")
    assert story.state == State.RETURNED


def test_a_worry_about_the_writer_is_answered_by_two(first, second):
    report = factories.told(reason="worried")
    with pytest.raises(NeedsASecond), transaction.atomic():
        Report.objects.settle(report.case, Action.KEEP, by=first)
    decision = confirm(propose(report.case, Action.KEEP, by=first), by=second)
    assert (decision.action, decision.proposed_by) == (Action.KEEP, first)
    report.refresh_from_db()
    assert report.decision == decision


def test_taking_down_waits_for_nobody(first, second):
    report = factories.told(reason="worried")
    story = report.case.contribution
    assert story.remove(by=first, message="Because.", rule="names").target == State.REMOVED


def test_what_one_told_us_of_is_not_offered_to_them(first, second):
    story = factories.published()
    factories.told(story, by=first)
    assert not Case.objects.open().open_to(first).exists()
    assert Case.objects.open().open_to(second).exists()


def test_what_two_agree_to_uncover_is_uncovered_and_still_waits(first, second):
    report = factories.told(reason="worried")
    story = report.case.contribution
    story.cover(by=first, message="Somebody may be named.", rule="names")
    decision = confirm(propose(report.case, Action.UNCOVER, by=first), by=second)
    story.refresh_from_db()
    assert (decision.action, story.covered_at) == (Action.UNCOVER, None)
    assert Case.objects.reported().open().exists() and not Proposal.objects.open().exists()


def test_taking_down_ends_what_was_proposed_about_what_was_told(first, second):
    report = factories.told(reason="worried")
    propose(report.case, Action.KEEP, by=first)
    report.case.contribution.remove(by=second, message="It names the ward.", rule="names")
    assert not Proposal.objects.open().exists()


def test_nobody_holds_what_was_erased(first):
    story = factories.pending()
    factories.claim(story, by=first)
    story.delete()
    assert not Case.objects.filter(claimed_by=first).exists()
