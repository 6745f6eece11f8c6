"""Somebody who lost every second factor: two people let them in again, and they hear first."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.members.mail import account_changed
from community.members.models import Member, Session
from community.moderation.log import Decision
from community.moderation.sanctions import Doing, refuse
from community.moderation.states import Look

MAY_LET_IN = "moderation.add_lostfactor"
# So long the owner of the address has to say that it was not them.
WAITS = timedelta(days=1)
ASKED = gettext_lazy(
    "You told us that you lost your app, your passkeys and your recovery codes. In a day they can "
    "be taken off your account, so that you can sign in without them."
)
TAKEN_OFF = gettext_lazy(
    "Your app, your passkeys and your recovery codes were taken off your account, and you were "
    "signed out everywhere. Sign in, and set up others."
)
KEPT_FOR = timedelta(days=365)


class LostFactorQuerySet(models.QuerySet):
    def open(self):
        return self.filter(done_at=None, ended_at=None)

    @transaction.atomic
    def begin(self, member, *, by, why):
        """The one that is open, if there is one.  The member is told, before anything changes."""
        refuse(by, Doing.MODERATE)
        Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        if member.pk == by.pk:
            raise ValidationError(_("Somebody else has to ask for you."))
        if not Authenticator.objects.filter(user_id=member.pk).exists():
            raise ValidationError(_("They have no second factor: there is nothing to take off."))
        said = {"asked_by": by, "asked_by_name": by.pen_name, "why": why}
        lost, is_new = self.open().get_or_create(member=member, defaults=said)
        if is_new:
            Decision.objects.record(member, Look.LOST, by=by)
            account_changed(member, str(ASKED))
        return lost


class LostFactor(models.Model):
    """That a moderator, or anybody, says they lost it; ``why`` says how that was made sure of."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    why = models.TextField(gettext_lazy("how you made sure that it is them"), max_length=1000)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    asked_by_name = models.CharField(max_length=40)
    asked_at = models.DateTimeField(default=timezone.now)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    done_by_name = models.CharField(max_length=40, blank=True)
    done_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = LostFactorQuerySet.as_manager()

    class Meta:
        default_permissions = ("add",)
        verbose_name = gettext_lazy("lost second factor")
        verbose_name_plural = gettext_lazy("lost second factors")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(done_at=None, ended_at=None),
                name="moderation_lostfactor_one_open",
            ),
            models.CheckConstraint(
                condition=Q(done_by=None) | Q(asked_by=None) | ~Q(done_by=F("asked_by")),
                name="moderation_lostfactor_takes_two",
            ),
        ]

    def __str__(self):
        return f"{self.asked_by_name} · {self.asked_at:%Y-%m-%d}"

    @property
    def ready_at(self):
        return self.asked_at + WAITS

    def why_not(self, by):
        """Why ``by`` can't take them off now, as a sentence; empty if they can."""
        if by.pk in (self.asked_by_id, self.member_id):
            return _("Somebody else has to agree.")
        if timezone.now() < self.ready_at:
            return _("They have a day to say that it was not them.")
        return ""

    @transaction.atomic
    def take_off(self, *, by):
        """Every second factor of theirs goes, and every session.  Whether it was still open."""
        refuse(by, Doing.MODERATE)
        if why_not := self.why_not(by):
            raise ValidationError(why_not)
        done = {"done_at": timezone.now(), "done_by": by, "done_by_name": by.pen_name}
        was_open = LostFactor.objects.open().filter(pk=self.pk).update(**done)
        if was_open:
            Authenticator.objects.filter(user_id=self.member_id).delete()
            Session.objects.filter(member=self.member_id).delete()
            Decision.objects.record(self.member, Look.LET_IN, by=by)
            account_changed(self.member, str(TAKEN_OFF))
        return bool(was_open)

    @transaction.atomic
    def end(self, *, by):
        """It was not them, or they found it.  Whether it was still open."""
        was_open = LostFactor.objects.open().filter(pk=self.pk).update(ended_at=timezone.now())
        if was_open:
            Decision.objects.record(self.member, Look.NOT_LET_IN, by=by)
        return bool(was_open)


def forget():
    """A year after it was asked.  Returns how many went."""
    old = LostFactor.objects.filter(asked_at__lt=timezone.now() - KEPT_FOR)
    return old.delete()[0]
