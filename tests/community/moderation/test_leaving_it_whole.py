"""Whoever goes, a member or a moderator, leaves every case and the whole log behind."""

import pytest
from django.urls import reverse

from community.members.archive import erase
from community.members.models import Member
from community.moderation import handovers
from community.moderation.models import Appeal, Case, Decision, Message, Proposal, SafetyEntry
from community.moderation.safety import worry_about
from community.moderation.states import Action, Look
from community.moderation.two_people import confirm, propose, send_back
from stories.models import Story
from tests import factories
from tests.community.moderation.promises import everything_holds, the_log_is_whole
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
BECAUSE = {"message": "Because it names the ward.", "rule": "names"}


class Busy:
    """Everything that can be open at once, in the hands of ``first`` and about ``author``."""

    def __init__(self):
        self.first, self.second = factories.moderator("Rowan"), factories.moderator("Sorrel")
        self.author = factories.member("Wren Tarn")
        self.held = factories.pending(self.author)
        case = factories.claim(self.held, by=self.first)
        SafetyEntry.objects.add(case, step="urgent", text="Written to at once.", by=self.first)
        worry_about(case, by=self.first)
        self.passed_on = factories.pending(self.author)
        case = factories.claim(self.passed_on, by=self.first)
        handovers.hand_over(case, by=self.first, text="I know this ward.")
        self.proposed = factories.pending(self.author)
        case = factories.claim(self.proposed, by=self.first)
        said = {"by": self.first, "version": self.proposed.sent}
        self.proposal = propose(case, Action.DECLINE, **said, **BECAUSE)
        self.told = factories.published(self.author, by=self.first)
        self.report = factories.told(self.told, reason="worried")
        self.told.cover(by=self.first, **BECAUSE)
        self.declined = factories.declined(self.author, by=self.first)
        last = Decision.objects.get(action=Action.DECLINE)
        self.appeal = Appeal.objects.ask(last, words="It is mine to say.", by=self.author)
        self.sanctioned = [
            factories.sanction(self.author, kind="note", by=self.first),
            factories.sanction(self.author, kind="suspended", by=factories.moderator()),
        ]


@pytest.fixture
def busy(guarded):
    return Busy()


def log():
    return [*Decision.objects.order_by("number").values_list()]


def closed_and_open():
    return [*Case.objects.order_by("pk").values_list("pk", "kind", "object_id", "closed_at")]


@pytest.mark.parametrize("goes", [erase, Member.delete])
def test_a_moderator_who_goes_leaves_every_case_and_the_log_whole(busy, goes):
    before, cases = log(), closed_and_open()
    goes(Member.objects.get(pk=busy.first.pk))
    assert (log(), closed_and_open()) == (before, cases)
    everything_holds()
    busy.proposal.refresh_from_db()
    assert (busy.proposal.by, busy.proposal.by_name) == (None, "Rowan")
    assert {*SafetyEntry.objects.values_list("by_name", flat=True)} == {"Rowan"}
    assert not Case.objects.get(pk=busy.held.open_case().pk).is_held()
    # Somebody else goes on with all of it.
    assert confirm(busy.proposal, by=busy.second).action == Action.DECLINE
    assert factories.claim(busy.held, by=busy.second)
    assert factories.claim(busy.passed_on, by=busy.second)
    the_log_is_whole()


def test_a_member_who_goes_takes_every_word_and_leaves_the_log_whole(busy):
    before = log()
    erase(Member.objects.get(pk=busy.author.pk))
    assert log() == before
    assert not Story.objects.exists() and not Appeal.objects.exists()
    assert not Proposal.objects.open().exists() and not SafetyEntry.objects.exists()
    assert not Message.objects.filter(to=busy.author.pk).exists()
    open_kinds = {*Case.objects.open().values_list("kind", flat=True)}
    assert open_kinds <= {Case.Kind.REPORT}  # what somebody told us about is still answered
    assert not Case.objects.waiting().filter(kind=Case.Kind.READING).exists()
    everything_holds()


def test_the_pages_stand_when_those_who_did_it_have_gone(busy):
    busy.first.delete()
    lead = browser_of(factories.moderator(group="lead-moderators"))
    queue = reverse("admin:moderation_case_changelist")
    for tab in ("story", "reports", "appeals", "author"):
        assert lead.get(queue, {"tab": tab}).status_code == 200
    for story in Story.objects.all():
        page = reverse("admin:stories_story_change", args=[story.pk])
        assert lead.get(page).status_code == 200
    assert lead.get(reverse("admin:moderation_decision_changelist")).status_code == 200
    erase(busy.author)
    for tab in ("story", "reports", "appeals", "author"):
        assert lead.get(queue, {"tab": tab}).status_code == 200
    assert lead.get(reverse("admin:moderation_decision_changelist")).status_code == 200


def test_a_proposal_of_somebody_who_has_gone_is_sent_back_as_any_other(busy):
    busy.first.delete()
    busy.proposal.refresh_from_db()
    send_back(busy.proposal, by=busy.second, answer="I would ask them.")
    assert Decision.objects.first().action == Look.SEND_BACK
    the_log_is_whole()
