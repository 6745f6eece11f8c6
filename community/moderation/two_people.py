"""Proposing what takes two people, and what the second can do with it."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from community.moderation.cases import Case
from community.moderation.log import Decision
from community.moderation.models import Moderated, TransitionNotAllowed
from community.moderation.moves import refuse_unreasoned
from community.moderation.proposals import Proposal
from community.moderation.reports import Report
from community.moderation.safety import is_more_than_theirs
from community.moderation.sanctions import Sanction
from community.moderation.states import ANSWERS, MOVES, Look

CHANGED = _("Something changed while this page was open. Nothing was done; look again.")


@transaction.atomic
def propose(case, action, *, by, version=None, **said):
    """Put ``action`` before a second moderator, and let go of the case.

    ``said`` is message, rule, passage, note, details.  TransitionNotAllowed if the case is not
    ``by``'s to decide, has a proposal already, or is about newer words than ``version``.
    """
    if action in MOVES:
        refuse_unreasoned(action, rule=said.get("rule", ""), message=said.get("message", ""))
    about = _locked(case)
    is_reading = case.kind == Case.Kind.READING
    if is_reading and not (about.allows(action) and version and about.sent_id == version.pk):
        raise TransitionNotAllowed(CHANGED)
    ours = Case.objects.open().open_to(by).free_for(by).filter(pk=case.pk)
    if not ours.update(claimed_by=None, claimed_at=None):
        raise TransitionNotAllowed(
            _("Another moderator has this one in front of them. Nothing was done.")
        )
    try:
        with transaction.atomic():
            proposal = Proposal.objects.create(
                case=case, action=action, version=version, by=by, by_name=by.pen_name, **said
            )
    except IntegrityError:
        raise TransitionNotAllowed(CHANGED) from None
    is_more_than_theirs(case, by=by)
    Decision.objects.look(case, Look.PROPOSE, by=by)
    return proposal


@transaction.atomic
def confirm(proposal, *, by, message=None):
    """Do what was proposed, with the letter as the second moderator leaves it."""
    case = proposal.case
    about = _locked(case)
    if not Case.objects.open().open_to(by).free_for(by).filter(pk=case.pk).locked():
        raise TransitionNotAllowed(CHANGED)
    Proposal.objects.settle(proposal, by=by, agreed=True)
    said = {
        "message": proposal.message if message is None else message,
        "rule": proposal.rule,
        "passage": proposal.passage,
        "proposal": proposal,
    }
    if case.kind == Case.Kind.MEMBER:
        return Sanction.objects.agree(proposal, by=by, letter=said["message"])
    if case.kind == Case.Kind.REPORT and proposal.action in ANSWERS:
        words = said["message"]
        return Report.objects.settle(case, proposal.action, by=by, proposal=proposal, message=words)
    return about.decide(
        proposal.action, by=by, version=proposal.version, **said, **proposal.details
    )


@transaction.atomic
def send_back(proposal, *, by, answer=""):
    """A no from the second, or who proposed it takes it back.  The case is in line again."""
    _locked(proposal.case)
    held = Case.objects.open().filter(pk=proposal.case_id).locked()
    Proposal.objects.settle(proposal, by=by, agreed=False, answer=answer)
    ours = Case.objects.filter(pk__in=[case.pk for case in held])
    ours.filter(claimed_by=by).update(claimed_by=None, claimed_at=None)
    # About a member nothing waits but what was proposed.
    ours.filter(kind=Case.Kind.MEMBER).update(closed_at=timezone.now())
    Decision.objects.look(proposal.case, Look.SEND_BACK, by=by)


def _locked(case):
    """What the case is about, held first, as everybody does, where it is a contribution or a
    member.
    """
    about = case.contribution
    if isinstance(about, Moderated):
        about.lock()
    elif case.kind == Case.Kind.MEMBER:
        list(Member.objects.select_for_update(no_key=True).filter(pk=case.object_id))
    return about
