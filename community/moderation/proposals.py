"""What takes two people: one proposes it, another confirms it or sends it back.

A site with one active moderator may still act; the log then says why one was enough.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.moderation import moderators
from community.moderation.cases import Case
from community.moderation.log import Version
from community.moderation.rules import Rule
from community.moderation.safety import is_more_than_theirs
from community.moderation.states import Action, Remark

# Nobody is told alone that their words are not published, or that they may not come in.
ALWAYS_TWO = frozenset({Action.DECLINE, Action.SUSPEND})
# What ends the care for somebody who may not be safe.  Asking them something waits for nobody.
TWO_IF_UNSAFE = frozenset(
    {
        Action.PUBLISH,
        Action.READ,
        Action.OFFER,
        Action.SUGGEST,
        Action.KEEP,
        Action.UNCOVER,
        Action.CORRECT,
        Action.CLOSE,
    }
)
# What others see once it is decided, or once its author agrees.
FOR_READERS = frozenset({Action.PUBLISH, Action.OFFER, Action.SUGGEST})


WISHES = {
    Action.DECLINE: _("not to publish it"),
    Action.PUBLISH: _("to publish it"),
    Action.READ: _("to tell its author that it was read"),
    Action.OFFER: _("to publish it with a note before reading"),
    Action.SUGGEST: _("to ask the author for a change"),
    Action.KEEP: _("to leave it up"),
    Action.UNCOVER: _("to uncover it again"),
    Action.CORRECT: _("to say that it has been put right"),
    Action.CLOSE: _("to close it"),
    Action.SUSPEND: _("to suspend the member for a time"),
}


OF_WHAT_REACHES_ONE = {
    Action.DECLINE: _("not to deliver it"),
    Action.PUBLISH: _("to deliver it"),
}


class NeedsASecond(ValidationError):
    """One person meant to do what takes two."""


def takes_two(action, case, contribution=None):
    if action in ALWAYS_TWO:
        return True
    if action not in TWO_IF_UNSAFE:
        return False
    twice = getattr(contribution, "needs_second_reader", bool)
    return bool(case and case.is_urgent) or (action in FOR_READERS and twice())


def agreement(action, case, contribution, *, by, proposal=None):
    """What the log says of how many decided; NeedsASecond if there were too few.

    Whatever was proposed about the case and is not this has lapsed.
    """
    if proposal is not None:
        if not proposal.was_agreed(action, case, by=by):
            raise NeedsASecond(_("Something changed while this page was open. Nothing was done."))
        return {"proposed_by": proposal.by, "proposed_by_name": proposal.by_name}
    if case is not None:
        Proposal.objects.lapse(case)
        # It is locked by now; somebody may have told us of danger since it was read.
        case.refresh_from_db(fields=["is_urgent"])
    if not takes_two(action, case, contribution):
        return {}
    if moderators.others(by, author=case and case.author).exists():
        raise NeedsASecond(_("Somebody else has to agree with this first. Nothing was done."))
    return {"remark": Remark.ALONE}


def needing_a_second(actions, case, contribution, *, by):
    """Those of ``actions`` that ``by`` can only propose."""
    two = {action for action in actions if takes_two(action, case, contribution)}
    author = case and case.author
    return two if two and moderators.others(by, author=author).exists() else set()


class ProposalQuerySet(models.QuerySet):
    def open(self):
        return self.filter(settled_at=None)

    def lapse(self, case):
        """What it was about has moved on: there is nothing left to agree with."""
        return self.open().filter(case=case).update(settled_at=timezone.now())

    def settle(self, proposal, *, by, agreed, answer=""):
        """Say yes or no, once.  Nobody says yes to what they proposed; taking it back is a no."""
        ours = self.open().filter(pk=proposal.pk)
        ours = ours.exclude(by=by) if agreed else ours
        if not ours.update(settled_at=timezone.now(), settled_by=by, agreed=agreed, answer=answer):
            raise NeedsASecond(_("Somebody else has to agree with this one."))
        is_more_than_theirs(proposal.case, by=by)
        proposal.refresh_from_db()


class Proposal(models.Model):
    """A decision as one moderator means it, until a second has read the same words.

    ``details`` holds what the move needs besides: the note offered, the date a sanction ends.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="proposals")
    version = models.ForeignKey(Version, models.SET_NULL, null=True, related_name="+")
    # Whom it is about, where it is about a member: it goes when they go.
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+"
    )
    action = models.CharField(max_length=12, choices=Action)
    rule = models.CharField(max_length=12, choices=Rule, blank=True)
    message = models.TextField(_("what you’ll say to them"), max_length=4000, blank=True)
    passage = models.TextField(max_length=1000, blank=True)
    note = models.TextField(_("a note for the second moderator"), max_length=1000, blank=True)
    details = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=40)
    made_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    # None while nobody has said, and for good when it lapsed.
    agreed = models.BooleanField(null=True)
    answer = models.TextField(max_length=1000, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(settled_at=None),
                name="moderation_proposal_one_open_about_a_case",
            ),
            models.CheckConstraint(
                condition=~Q(agreed=True) | Q(by=None) | ~Q(by=F("settled_by")),
                name="moderation_proposal_two_different_people",
            ),
        ]

    def __str__(self):
        return f"{self.case_id}: {self.get_action_display()}"

    def wish(self):
        """Completes “… proposes”."""
        about = self.case.contribution
        if self.action == Action.KEEP and getattr(about, "covered_at", None):
            return _("to uncover it, and leave it up")
        to_one = getattr(about, "reaches_one", bool)() and OF_WHAT_REACHES_ONE.get(self.action)
        return to_one or WISHES.get(self.action, self.get_action_display())

    def was_taken_back(self):
        return self.agreed is False and self.settled_by_id == self.by_id

    def delete(self, *args, **kwargs):
        """Whom it was about is going: nobody has to agree about them any more."""
        if self.member_id:
            Case.objects.open().filter(pk=self.case_id).update(closed_at=timezone.now())
        return super().delete(*args, **kwargs)

    def was_agreed(self, action, case, *, by):
        """Whether ``by`` has just said yes to this, and is not who proposed it."""
        same = (self.action, self.case_id) == (action, case and case.pk)
        return bool(same and self.agreed and self.settled_by_id == by.pk != self.by_id)
