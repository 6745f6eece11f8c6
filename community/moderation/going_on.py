"""A proposal that came back: whoever wrote it finds it in their own form, to go on from there."""

from community.moderation.proposals import Proposal
from community.moderation.sanctions import Sanction
from community.moderation.states import Action
from community.moderation.suggestion_forms import as_rows


def came_back(case, newest):
    """``newest`` of what was proposed about ``case``, if it was sent or taken back and nothing has
    come of the case since.
    """
    is_no = newest is not None and newest.agreed is False
    return newest if is_no and newest.settled_at >= case.waiting_since else None


def newest_about(case):
    return case and case.proposals.select_related("by", "settled_by").order_by("-pk").first()


def mine(case, moderator):
    """What ``moderator`` had proposed about ``case`` and has back."""
    proposal = came_back(case, newest_about(case))
    return proposal if proposal and proposal.by_id == moderator.pk else None


def about_a_member(member):
    """A suspension that came back.  It has no case that waits on."""
    proposals = Proposal.objects.filter(member=member.pk).select_related("by", "settled_by")
    newest = proposals.order_by("-pk").first()
    if newest is None or newest.agreed is not False:
        return None
    since = Sanction.objects.filter(member=member.pk, starts_at__gt=newest.settled_at)
    return None if since.exists() else newest


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
