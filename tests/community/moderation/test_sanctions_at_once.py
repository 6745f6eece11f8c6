"""Several people at once, about a member: one decision each, and nobody waits for ever."""

import pytest
from django.contrib.contenttypes.models import ContentType

from community.moderation.models import Decision, Sanction
from community.moderation.sanctions import case_about, end_after
from community.moderation.states import Action
from community.moderation.two_people import confirm, propose, send_back
from tests import factories
from tests.community.moderation import test_concurrency
from tests.community.moderation.test_concurrency import at_once

pytestmark = test_concurrency.pytestmark


@pytest.fixture(autouse=True)
def fresh_types():
    ContentType.objects.clear_cache()


def test_the_same_press_at_once_is_one_sanction(again):
    member, lead = factories.member(), factories.moderator(group="lead-moderators")
    said = {"rule": "safe", "letter": "Once.", "ends_at": end_after(7)}
    at_once(*(lambda: Sanction.objects.give(member, "read-only", by=lead, **said),) * 6)
    assert Sanction.objects.count() == Decision.objects.about(member).moves().count() == 1


def test_of_agreeing_and_sending_back_at_once_one_counts(again):
    member, lead = factories.member(), factories.moderator(group="lead-moderators")
    others = [factories.moderator() for _ in range(3)]
    said = {"rule": "safe", "message": "Why.", "details": {"days": 7}, "member": member}
    proposal = propose(case_about(member), Action.SUSPEND, by=lead, **said)
    yes, no, too = others
    at_once(
        lambda: confirm(proposal, by=yes),
        lambda: send_back(proposal, by=no),
        lambda: confirm(proposal, by=too),
    )
    proposal.refresh_from_db()
    assert Sanction.objects.count() == bool(proposal.agreed)
    assert proposal.settled_by_id in (yes.pk, no.pk, too.pk)


def test_lifting_at_once_is_lifting_once(again):
    member, lead = factories.member(), factories.moderator(group="lead-moderators")
    sanction = factories.sanction(member, "letters-off", by=lead)
    at_once(*(lambda: Sanction.objects.get().lift(by=lead, letter="Lifted."),) * 4)
    sanction.refresh_from_db()
    assert sanction.lifted_at
    assert Decision.objects.about(member).filter(action=Action.LIFT).count() == 1
