"""What somebody tells a moderator about something they saw.

A report freezes what was seen.  However many people tell us, it is one case, answered once, and
nothing is hidden before.  Neither the author nor a moderator learns who told us.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.members.mail import a_private_link
from community.moderation import handovers
from community.moderation.cases import Case, sorted_by
from community.moderation.log import Decision, address_of, new_key
from community.moderation.proposals import Proposal, agreement
from community.moderation.reasons import PRESSING, Reason
from community.moderation.reportable import kinds
from community.moderation.safety import SafetyEntry
from community.moderation.seen import Seen
from community.moderation.states import Action
from community.moderation.tally import Tally
from community.moderation.wording import prefilled
from community.moderation.words import Worded

# Six months: as long as somebody may still ask us to think again.
KEPT_FOR = timedelta(days=183)
# What its author erased stays frozen in an open case for so long at most.
ERASED_IS_KEPT_FOR = timedelta(days=30)
SIGNER = signing.Signer(salt="moderation.report", sep=".")


class ReportQuerySet(models.QuerySet):
    def unanswered(self):
        return self.filter(decision=None)

    def with_token(self, token):
        """The report behind a private link; none if the link is not one of ours.

        The comparison takes as long for a near guess as for a wild one (``Signer``).
        """
        try:
            return self.filter(key=SIGNER.unsign(token) if token.isascii() else "")
        except signing.BadSignature:
            return self.none()

    @transaction.atomic
    def tell(self, contribution, *, number=None, key="", notice=None, **told):
        """Freeze what was seen and put it before the moderators.

        ``number`` names the version that was seen, ``key`` the page it was told from: the same
        page sent twice is one report.  ``told`` is reason, words, email, by, browser.
        """
        case = _open_case(contribution)
        first = self.filter(key=key).first() if key else None
        if first and first.says_the_same(case, told["reason"], told["words"]):
            return first
        seen = Seen.objects.freeze(case, contribution, number)
        key = key if key and first is None else new_key()
        report = self.create(case=case, seen=seen, key=key, **told)
        if told["reason"] in PRESSING:
            Case.objects.filter(pk=case.pk).update(is_urgent=True, worried_by=None)
        if notice is not None:
            notice.report = report
            notice.save()
            report.write_to_them()  # the law asks that a notice is confirmed
        return report

    def look_again_at(self, contribution):
        """A moderator wants it looked at, whether or not anybody told us of it."""
        Seen.objects.freeze(_open_case(contribution), contribution)

    @transaction.atomic
    def settle(self, case, action, *, by, proposal=None, message=""):
        """Answer everybody who told us, without moving what it is about.

        ``message`` is for the author of what stays; if it was covered, there always is one.
        """
        about = case.contribution
        is_told = action == Action.KEEP and about is not None and about.left_up(message)
        ours = Case.objects.reported().open().open_to(by).free_for(by).filter(pk=case.pk)
        if not ours.update(**closed()):
            raise ValidationError(
                _("Another moderator has this one in front of them. Nothing was done.")
            )
        agreed = agreement(action, case, about, by=by, proposal=proposal)
        state = getattr(about, "state", "")
        latest = case.seen.first()
        decision = Decision.objects.record(
            case,
            action,
            by=by,
            case=case,
            version_number=latest and latest.number,
            source=state,
            target=state,
            **agreed,
        )
        if is_told:
            writer = proposal.by if proposal and message and proposal.by else by
            message = message or prefilled(Action.KEEP, by, language=about.language)
            about.say_it_stays(decision, message, by=writer)
        return self.answer(case, decision)

    def close_about(self, contribution):
        """It is being taken down: close what was told about it, and return that case, or None.

        Every open case is locked, in the order in which everybody does, and all before the log,
        whose head everybody waits for.  ``answer`` comes after.
        """
        for case in Case.objects.open().about(contribution).locked():
            if case.kind == Case.Kind.REPORT:
                Case.objects.filter(pk=case.pk).update(**closed())
                Proposal.objects.lapse(case)
                return case
        return None

    def close_unasked(self, contribution):
        """What stood there only because it was covered.  Returns that case, or None.  Not where
        somebody may not be safe: two end that.
        """
        unasked = Case.objects.reported().open().filter(reports=None, is_urgent=False)
        for case in unasked.about(contribution).locked():
            Case.objects.filter(pk=case.pk).update(**closed())
            return case
        return None

    def answer(self, case, decision):
        """``decision`` answers everybody who told us.  Who tells us now opens another case."""
        if case is None:
            return decision
        waiting = self.filter(case=case).unanswered()
        to_be_told = {report.email: report for report in waiting.exclude(email="")}
        for report in to_be_told.values():
            report.write_to_them()
        Tally.objects.add(waiting, decision)
        waiting.update(decision=decision, answered_at=timezone.now(), email="", browser="")
        if case.contribution is None:
            case.seen.all().delete()
            case.content_type.model_class().let_go_of_erased()
        return decision


class Report(models.Model):
    """One person's word about something they saw.

    ``key`` names it in its private link, which also needs our SECRET_KEY: who reads the database
    cannot open it.  ``by`` is for joining what one member says twice; it is shown to nobody.
    ``browser`` does the same for who is signed out, as far as it can be known, until they are
    answered: it is made of a secret that stays with them, for this one thing only.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="reports")
    seen = models.ForeignKey(Seen, models.SET_NULL, null=True, related_name="reports")
    reason = models.CharField(max_length=12, choices=Reason)
    words = models.TextField(max_length=4000, blank=True)
    # Their words go when they go.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="reports"
    )
    browser = models.CharField(max_length=32, blank=True, default="", db_default="")
    email = models.EmailField(blank=True)
    key = models.CharField(max_length=24, unique=True, default=new_key)
    told_at = models.DateTimeField(auto_now_add=True)
    decision = models.ForeignKey(
        Decision, models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, db_index=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["told_at", "pk"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")

    def __str__(self):
        return f"{self.pk}"

    def get_absolute_url(self):
        return reverse("moderation:receipt", args=[SIGNER.sign(self.key)])

    def person(self):
        """The same for all that one person told us about one thing, as far as it can be known."""
        return self.by_id or self.browser or -self.pk

    def says_the_same(self, case, reason, words):
        about = (self.case.content_type_id, self.case.object_id, self.reason, self.words)
        return about == (case.content_type_id, case.object_id, reason, words)

    def write_to_them(self):
        a_private_link(self.email, self.get_absolute_url())


class Notice(models.Model):
    """What the law asks of somebody who says that something is illegal (Regulation (EU)
    2022/2065, Article 16).  Kept apart from the report, and gone with it.
    """

    report = models.OneToOneField(Report, models.CASCADE, related_name="notice")
    where = models.CharField(max_length=500)
    why = models.TextField(max_length=4000)
    is_about_child_abuse = models.BooleanField(default=False)
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    in_good_faith = models.BooleanField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(in_good_faith=True)
                & (Q(is_about_child_abuse=True) | ~Q(name="") & ~Q(email="")),
                name="moderation_notice_says_who_and_in_good_faith",
            ),
        ]

    def __str__(self):
        return f"{self.report_id}"


def closed():
    return {"closed_at": timezone.now(), "claimed_by": None, "claimed_at": None}


def _open_case(contribution):
    """The open case about it, held until the transaction ends, so that nobody closes it before."""
    while True:
        case, _new = Case.objects.get_or_create(
            **address_of(contribution),
            kind=Case.Kind.REPORT,
            closed_at=None,
            defaults=_first_known(contribution),
        )
        if held := Case.objects.open().select_for_update(of=("self",)).filter(pk=case.pk).first():
            return held


def _first_known(contribution):
    """Whose it is, and what readers see it is about; a place is nobody's."""
    if not isinstance(contribution, Worded):
        return {"author": None}
    shown = contribution.at(contribution.shown) if contribution.shown else contribution
    return {"author": contribution.author, **sorted_by(shown)}


def close_with(contribution):
    """It is being erased: nothing of it waits to be read, and what was settled keeps no words."""
    Case.objects.readings().open().about(contribution).update(**closed())
    # Where nobody told us, or nobody who did is still here, there is nothing to answer.
    unasked = Case.objects.reported().about(contribution).filter(reports=None)
    unasked.open().update(**closed())
    Seen.objects.about(contribution).settled().delete()
    handovers.CaseNote.objects.about(contribution).delete()
    cases = Case.objects.about(contribution)
    Proposal.objects.filter(case__in=cases).delete()
    SafetyEntry.objects.filter(case__in=cases).delete()
    cases.update(topics="")


def with_what_was_told(cases):
    """Ready for a list, in four queries however many they are."""
    told = Prefetch("reports", Report.objects.only("case", "reason", "by", "browser"))
    return cases.select_related("claimed_by").prefetch_related(told, "seen")


def forget():
    """What no longer has to be kept.  Returns how many reports went.

    Answered six months ago: the words and the link.  Erased by its author: what was frozen of it,
    at once when the case is closed, after thirty days if it is not.  Decisions have no words.
    """
    now = timezone.now()
    done = Q(case__closed_at__isnull=False) | Q(case__opened_at__lt=now - ERASED_IS_KEPT_FOR)
    for kind in kinds().values():
        seen = Seen.objects.filter(done, case__content_type=ContentType.objects.get_for_model(kind))
        ids = set(seen.values_list("case__object_id", flat=True))
        there = set(map(str, kind._base_manager.filter(pk__in=ids).values_list("pk", flat=True)))
        seen.filter(case__object_id__in=ids - there).delete()
        kind.let_go_of_erased()
    long_ago = now - KEPT_FOR
    Seen.objects.filter(case__closed_at__lt=long_ago).delete()
    Proposal.objects.filter(case__closed_at__lt=long_ago).delete()
    SafetyEntry.objects.filter(case__closed_at__lt=long_ago).delete()
    handovers.forget(closed_before=long_ago)
    # What somebody asked again about goes first, and takes its own time (``appeals.forget``).
    return Report.objects.filter(answered_at__lt=long_ago, appeals=None).delete()[0]
