"""A proposal that came back: whoever wrote it finds it in their own form, to go on from there."""

from community.moderation.proposals import Proposal
from community.moderation.sanctions import Sanction
from community.moderation.states import Action
from community.moderation.suggestion_forms import as_rows


def came_back(case, *, to=None):
    """What was proposed about ``case`` and sent or taken back, unless something came of it since.

    ``to`` leaves out what somebody else had proposed.
    """
    proposal = Proposal.objects.filter(case=case).sent_back() if case else None
    if proposal is None or proposal.settled_at < case.waiting_since:
        return None
    return proposal if to is None or proposal.by_id == to.pk else None


def about_a_member(member, *, to=None):
    """The same of a suspension, which has no case that waits on."""
    proposal = Proposal.objects.filter(member=member.pk).sent_back()
    if proposal is None or (to and proposal.by_id != to.pk):
        return None
    since = Sanction.objects.filter(member=member.pk, starts_at__gt=proposal.settled_at)
    return None if since.exists() else proposal


def to_decide(proposal):
    """As the form of a decision begins again."""
    action = proposal.action
    return {
        f"message_{action}": proposal.message,
        f"rule_{action}": proposal.rule,
        f"passage_{action}": proposal.passage,
        "note": proposal.note,
    }


def to_ask(proposal, action):
    """As what ``action`` asks besides begins again, or nothing."""
    if proposal is None or proposal.action != action:
        return {}
    if action == Action.SUGGEST:
        return as_rows(proposal.details["changes"])
    return proposal.details.get("proposed", {})


def to_sanction(proposal):
    """As the letter to a member begins again whom somebody proposed to suspend."""
    return {
        "kind": Sanction.Kind.SUSPENDED.value,
        "days": proposal.details["days"],
        "rule": proposal.rule,
        "letter": proposal.message,
        "note": proposal.note,
    }
