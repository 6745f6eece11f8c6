"""Asking us to think again: once about each decision, within six months, in one’s own words.

Somebody who had no part in the decision reads the whole case anew.
"""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.moderation import reports
from community.moderation.cases import Case, sorted_by
from community.moderation.log import APPEALS_WITHIN, Decision, Message, Version
from community.moderation.reports import Report, closed
from community.moderation.states import Action, State
from community.moderation.words import Worded

# Where an answer moves what is read again; newer words may wait meanwhile.
BACK = {(State.REMOVED, State.PUBLISHED), (State.REMOVED, State.DRAFT)}


class AppealQuerySet(models.QuerySet):
    def open(self):
        return self.filter(case__closed_at=None)

    def by_authors(self):
        """From whoever it is about, and not from whoever told us of it."""
        return self.filter(report=None)

    def against(self, decision):
        return self.filter(case__appealed=decision.number).select_related("decision").first()

    def of_teller(self, report):
        """What they asked about the answer, by this or another report of theirs, or None."""
        theirs = Q(report=report)
        if report.by_id:
            theirs |= Q(report__by=report.by_id)
        return self.filter(theirs).against(report.decision)

    @transaction.atomic
    def ask(self, decision, *, words, by=None, report=None):
        """Put ``decision`` before somebody else.  Asked twice, it is asked once; of several who
        told us, each may ask.
        """
        if not (decision.may_be_appealed() if by else decision.answers_a_report()):
            raise ValidationError(_("This can’t be asked about any more."))
        case, _new = Case.objects.get_or_create(
            appealed=decision.number,
            teller=report and report.pk,
            defaults=_case_about(decision),
        )
        case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        if there := self.filter(case=case).first():
            return there
        if decision.contribution is None:
            raise ValidationError(_("This isn’t here any more. Nothing was done."))
        Case.objects.filter(pk=case.pk).update(closed_at=None, waiting_since=timezone.now())
        return self.create(case=case, by=by, report=report, words=words)

    def forget(self):
        """Answered six months ago, or never to be answered: their words go, and so does what was
        said to whoever has no account.  Returns how many went.
        """
        Case.objects.open().filter(kind=Case.Kind.APPEAL, appeal=None).update(**closed())
        gone = self.filter(case__closed_at__lt=timezone.now() - APPEALS_WITHIN)
        said = gone.exclude(report=None).values("decision")
        Message.objects.filter(to=None, decision__in=said).delete()
        return gone.delete()[0]


class Appeal(models.Model):
    """Why somebody thinks that a decision was wrong: whoever it is about, or who told us of it.

    The case names the decision, and the database lets each be named once by whom it is about, and
    once by each who told us.
    """

    case = models.OneToOneField(Case, models.CASCADE, related_name="appeal")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="appeals"
    )
    report = models.ForeignKey(Report, models.CASCADE, null=True, related_name="appeals")
    words = models.TextField(_("why we should think again"), max_length=4000)
    asked_at = models.DateTimeField(auto_now_add=True)
    decision = models.ForeignKey(
        Decision, models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        constraints = [
            models.CheckConstraint(
                condition=Q(by=None) ^ Q(report=None), name="moderation_appeal_is_somebodys"
            )
        ]

    def __str__(self):
        return f"{self.pk}"

    def is_open(self):
        return self.decision_id is None and self.case.closed_at is None

    def first(self):
        """The decision that it asks about."""
        return Decision.objects.get(number=self.case.appealed)

    def brought_back(self):
        """Who reads again what was taken down: "everybody", "members", or nobody ("")."""
        ended = self.decision
        if ended is None or (ended.source, ended.target) not in BACK:
            return ""
        return "everybody" if ended.action == Action.REVERSE else "members"

    def answer(self):
        """What whoever asked without an account reads; None until somebody has decided."""
        answered = Message.objects.filter(decision=self.decision_id, to=None)
        return answered.first() if self.decision_id else None

    @transaction.atomic
    def take_back(self):
        """Whether nobody had decided yet."""
        ours = Case.objects.open().filter(pk=self.case_id)
        taken = ours.update(**closed())
        if taken:
            super().delete()
        return bool(taken)

    @transaction.atomic
    def delete(self, *args, **kwargs):
        """Goes with whoever asked: there is nothing left to think about."""
        Case.objects.open().filter(pk=self.case_id).update(**closed())
        return super().delete(*args, **kwargs)


def _case_about(decision):
    about = decision.contribution
    version = Version.objects.filter(
        content_type=decision.content_type_id,
        object_id=decision.object_id,
        number=decision.version_number,
    ).first()
    author = about if isinstance(about, get_user_model()) else getattr(about, "author", None)
    return {
        "content_type": decision.content_type,
        "object_id": decision.object_id,
        "kind": Case.Kind.APPEAL,
        "author": author,
        "version": version,
        **(sorted_by(about) if isinstance(about, Worded) else {}),
    }


def close_with(contribution):
    """It is being erased: there is nothing left to think about, and what its author said goes."""
    appeals = Case.objects.about(contribution).filter(kind=Case.Kind.APPEAL)
    Appeal.objects.filter(case__in=appeals, report=None).delete()
    appeals.open().update(**closed())
    reports.close_with(contribution)


def forget():
    return Appeal.objects.forget()
