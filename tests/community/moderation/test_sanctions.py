"""What holds for a time: it is on record, reaches its member, ends by itself, and can be lifted."""

import io
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.members import archive
from community.members.mailboxes import mailbox_of
from community.members.models import Download, Email, Member
from community.moderation import moderators
from community.moderation.models import Case, Decision, Message, Proposal
from community.moderation.proposals import NeedsASecond
from community.moderation.sanctions import (
    Doing,
    Sanction,
    Stopped,
    case_about,
    end_after,
    in_the_way,
    refuse,
    why_not,
)
from community.moderation.shipped_texts import OPENING
from community.moderation.states import Action
from community.moderation.two_people import confirm, propose, send_back
from tests import factories

pytestmark = pytest.mark.django_db
STOPPED = {
    "note": set(),
    "letters-off": {Doing.LETTER},
    "read-only": {Doing.LETTER, Doing.SEND},
    "suspended": set(Doing),
}


@pytest.fixture
def member():
    return factories.member()


@pytest.fixture
def lead():
    return factories.moderator("Odile", group="lead-moderators")


@pytest.mark.parametrize("kind", STOPPED)
def test_each_step_stands_in_the_way_of_its_own(member, kind):
    sanction = factories.sanction(member, kind)
    found = {doing for doing in Doing if in_the_way(member, doing)}
    assert found == STOPPED[kind]
    for doing in STOPPED[kind]:
        assert sanction.last_day() in why_not(member, doing)
        with pytest.raises(Stopped):
            refuse(member, doing)
    assert not any(in_the_way(factories.member(), doing) for doing in Doing)


def test_it_ends_by_itself(member):
    sanction = factories.sanction(member, days=3)
    with time_machine.travel(sanction.ends_at - timedelta(seconds=1)):
        assert sanction.lasts() and in_the_way(member, Doing.SEND)
    with time_machine.travel(sanction.ends_at):
        assert not sanction.lasts() and not in_the_way(member, Doing.SEND)


def test_it_ends_as_the_day_it_names_begins():
    with time_machine.travel("2026-03-27 23:30:00+00:00"):
        ends = timezone.localtime(end_after(3))  # over the night in which the clocks change
    assert (ends.date().isoformat(), ends.hour, ends.utcoffset()) == (
        "2026-03-30",
        0,
        timedelta(hours=1),
    )


def test_of_two_the_longer_is_named(member):
    factories.sanction(member, "read-only", days=28)
    longer = factories.sanction(member, "suspended", days=91)
    assert in_the_way(member, Doing.SEND) == longer
    assert longer.last_day() in why_not(member, Doing.SEND)


def test_asking_costs_one_query(member):
    factories.sanction(member)
    with CaptureQueriesContext(connection) as asked:
        why_not(member, Doing.SEND)
    assert len(asked) == 1


@pytest.mark.parametrize("kind", STOPPED)
def test_it_is_on_record_without_a_word_and_the_member_is_told(member, lead, kind):
    sanction = factories.sanction(member, kind, by=lead)
    decision = Decision.objects.about(member).moves().get()
    assert sanction.decision == decision and decision.rule == "compare"
    assert lead.pk in (decision.by_id, decision.proposed_by_id)
    assert "Odile" in (decision.by_name, decision.proposed_by_name)
    assert (decision.ends_at, decision.object_id) == (sanction.ends_at, str(member.pk))
    assert decision.action == {"suspended": "suspend"}.get(kind, kind)
    letter = Message.objects.to(member).get()
    assert letter.decision == decision and letter.text not in str(Decision.objects.values())
    assert Email.objects.filter(to=member.email, subject="There is something for you").exists()


def test_pressing_twice_is_one(member, lead):
    first, second = (factories.sanction(member, "read-only", by=lead) for _ in range(2))
    assert first == second and Sanction.objects.count() == Decision.objects.count() == 1
    assert Email.objects.filter(to=member.email).count() == 1


def test_lifting_it_is_on_record_and_told_once(member, lead):
    sanction = factories.sanction(member)
    Email.objects.all().delete()
    lifted = sanction.lift(by=lead, letter="From now on.")
    assert (lifted.action, lifted.rule) == ("lift", "")  # it rests on no sentence
    assert sanction.lift(by=lead, letter="Again.") is None
    assert not in_the_way(member, Doing.SEND) and not sanction.lasts()
    assert Decision.objects.about(member).moves().count() == 2
    assert Email.objects.filter(to=member.email).count() == 1
    assert Message.objects.to(member).first().text == "From now on."
    again = factories.sanction(member)
    factories.over(again)
    assert again.lift(by=lead, letter="x") is None


def test_nobody_decides_about_themselves_or_while_suspended(lead, member):
    with pytest.raises(ValidationError):
        factories.sanction(lead, by=lead)
    theirs, mine = factories.sanction(member), factories.sanction(lead)
    for attempt in (lambda: mine.end(by=lead), lambda: theirs.end(by=lead)):
        with pytest.raises(ValidationError):
            attempt()
    with pytest.raises(Stopped):
        factories.sanction(member, "note", by=lead)
    assert Sanction.objects.count() == 2


def test_it_says_why(member):
    for letter in ("", " \n"):
        with pytest.raises(ValidationError):
            factories.sanction(member, letter=letter)


@pytest.mark.parametrize("change", [{"ends_at": None}, {"kind": "note"}])
def test_the_database_holds_what_a_sanction_is(member, change):
    sanction = factories.sanction(member)
    with pytest.raises(IntegrityError), transaction.atomic():
        Sanction.objects.filter(pk=sanction.pk).update(**change)


# ---- one mailbox


@pytest.mark.parametrize(
    "one, other, are_one",
    [
        ("marnie@example.org", "Marnie@Example.ORG", True),
        ("marnie@example.org", "marnie+two@example.org", True),
        ("mar.nie@gmail.com", "m.arnie+x@googlemail.com", True),
        ("mar.nie@example.org", "marnie@example.org", False),
        ("marnie@example.org", "marnie@example.net", False),
        ("+a@example.org", "+b@example.org", False),
    ],
)
def test_spellings_of_one_mailbox(one, other, are_one):
    assert (mailbox_of(one) == mailbox_of(other)) == are_one


def test_a28_a_second_account_of_the_same_mailbox_is_held_too():
    first = factories.member(email="mar.nie@gmail.com")
    second = factories.member(email="marnie+second@googlemail.com")
    sanction = factories.sanction(first)
    assert "marnie" not in sanction.mailbox and "@" not in sanction.mailbox
    assert in_the_way(second, Doing.SEND) == sanction
    factories.over(sanction)
    assert not in_the_way(second, Doing.SEND)


# ---- two people


def proposed(member, lead, **details):
    said = {"message": "You wrote about hers.", "rule": "compare", "member": member}
    said["details"] = {"days": 28} | details
    return propose(case_about(member), Action.SUSPEND, by=lead, **said)


def test_a_suspension_takes_two_different_people(member, lead):
    second = factories.moderator("Rowan")
    with pytest.raises(NeedsASecond):
        Sanction.objects.give(
            member, "suspended", by=lead, rule="safe", letter="x", ends_at=end_after(3)
        )
    proposal = proposed(member, lead)
    assert not in_the_way(member, Doing.SEND)
    with pytest.raises(ValidationError):
        confirm(proposal, by=lead)
    with pytest.raises(ValidationError):
        confirm(proposal, by=member)
    decision = confirm(proposal, by=second, message="You wrote about her loss.")
    assert (decision.proposed_by, decision.by, decision.remark) == (lead, second, "")
    assert decision.message.text == "You wrote about her loss."
    assert decision.sanction.ends_at == end_after(28)
    with pytest.raises(ValidationError):
        confirm(proposal, by=factories.moderator())
    assert not Case.objects.open().exists() and Sanction.objects.count() == 1


def test_sent_back_it_holds_nobody(member, lead):
    proposal = proposed(member, lead)
    send_back(proposal, by=factories.moderator(), answer="Write to them first.")
    assert not Sanction.objects.exists() and not in_the_way(member, Doing.SEND)
    assert proposed(member, lead).pk != proposal.pk


def test_one_moderator_alone_may_go_ahead_and_the_log_says_so(member, lead):
    said = {"rule": "safe", "letter": "x", "ends_at": end_after(3)}
    sanction = Sanction.objects.give(member, "suspended", by=lead, **said)
    assert sanction.decision.remark == "alone"


def test_who_is_suspended_is_nobody_to_ask(member, lead):
    other = factories.moderator()
    factories.sanction(other)
    Member.objects.exclude(pk__in=[member.pk, lead.pk, other.pk]).delete()
    assert list(moderators.active()) == [lead]


def test_an_erased_member_leaves_the_log_and_nothing_else(member, lead):
    mark = "quillwort"
    factories.sanction(member, "read-only", by=lead, letter=mark)
    proposed(member, lead)
    before = Decision.objects.count()
    archive.erase(member)
    assert not Sanction.objects.exists() and not Proposal.objects.exists()
    assert not Case.objects.waiting().exists()
    assert Decision.objects.count() == before
    call_command("verify_log", stdout=io.StringIO())


def test_who_is_suspended_takes_a_copy_and_leaves_and_is_told_so_everywhere():
    browser = factories.browser_of(member := factories.sanction(factories.member()).member)
    mine = browser.get("/me/").text
    for address in ("/me/download/", "/me/delete/"):
        assert f'href="{address}"' in mine and browser.get(address).status_code == 200
    Download.objects.ask(member)
    archive.leave_now(member, {})
    assert not Member.objects.filter(pk=member.pk).exists()
    letter, review = str(OPENING[Action.SUSPEND]), factories.browser_of().get("/review/").text
    assert "take a copy of it, and leave." in letter and "taking a copy of it, leaving," in review
    assert "to the people who run this" not in letter + mine.partition("</main>")[0]
