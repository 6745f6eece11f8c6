"""Who would like to be asked to write where nobody has yet, and what they are asked about."""

from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from community.members.models import Consent
from community.members.stopping import Kind as Mail
from community.members.stopping import MailChoice
from stories import vocabulary

LASTS = timedelta(days=2)
# After “not now”, or after no answer, which may mean the same.
A_REST = timedelta(days=7)
# Where nothing fitted somebody, it is not looked for again at once.
A_WHILE = timedelta(hours=1)
BETWEEN_MAILS = timedelta(days=3)
PURPOSE = "be-asked"
# Names the sentence beside the button; a change of its words is a new name.
WORDING = "2026-11"


class AskingQuerySet(models.QuerySet):
    def due(self, now):
        """For whom a story may be looked for: none is before them, and they are not resting."""
        before_them = Offer.objects.open().filter(member=OuterRef("member"))
        rested = Q(rests_until=None) | Q(rests_until__lte=now)
        not_lately = Q(looked_at=None) | Q(looked_at__lte=now - A_WHILE)
        asked = self.filter(~Exists(before_them), rested, not_lately, member__is_active=True)
        return asked.order_by(models.F("looked_at").asc(nulls_first=True), "pk")


class Asking(models.Model):
    """What one member chose to be asked about.  Who never chose has none in the database."""

    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    losses = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    rests_until = models.DateTimeField(null=True, editable=False)
    looked_at = models.DateTimeField(null=True, editable=False)
    mailed_at = models.DateTimeField(null=True, editable=False)

    objects = AskingQuerySet.as_manager()

    def __str__(self):
        return f"{self.member_id}"

    @classmethod
    @transaction.atomic
    def keep(cls, member, *, losses, languages, by_mail):
        """From now on; that these are kept is about their health, so they agree to it."""
        Consent.give(member, PURPOSE, wording=WORDING)
        chosen = {"losses": losses, "languages": languages, "looked_at": None, "rests_until": None}
        cls.objects.update_or_create(member=member, defaults=chosen)
        choice = MailChoice.objects.filter(pk=MailChoice.of(member, Mail.OFFER).pk)
        choice.resume() if by_mail else choice.stop()

    @transaction.atomic
    def stop(self):
        """Nothing is left of what they chose, nor of what was put before them."""
        Consent.withdraw(self.member, PURPOSE)
        Offer.objects.filter(member=self.member).delete()
        self.delete()

    def claim(self, now):
        """Whether this worker, and no other, looks for this member.  The UPDATE decides."""
        mine = Asking.objects.filter(pk=self.pk, looked_at=self.looked_at)
        return bool(mine.update(looked_at=now))

    def may_be_mailed(self, now):
        """Whether the last mail is long enough ago; counts this one."""
        long_ago = Q(mailed_at=None) | Q(mailed_at__lte=now - BETWEEN_MAILS)
        return bool(Asking.objects.filter(long_ago, pk=self.pk).update(mailed_at=now))


class OfferQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_at=None)

    def lapsed(self, now):
        return self.open().filter(ends_at__lte=now)


class Offer(models.Model):
    """A story that waits for a letter, before one member, for a time.  Its writer never knows."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    story = models.ForeignKey("stories.Story", models.CASCADE, related_name="+")
    # What the two have in common.
    loss = models.CharField(max_length=24)
    ends_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["story"], condition=Q(closed_at=None), name="stories_offer_to_one_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["member"], condition=Q(closed_at=None), name="stories_offer_one_at_a_time"
            ),
            models.UniqueConstraint(fields=["member", "story"], name="stories_offer_once"),
        ]

    def __str__(self):
        return f"{self.pk}"

    def wrote_about(self):
        """Completes "Somebody wrote about …"."""
        return vocabulary.WROTE_ABOUT[self.loss]

    @transaction.atomic
    def close(self, *, rest=False):
        """Somebody else may be asked about it.  Whether it was still open."""
        now = timezone.now()
        if not Offer.objects.open().filter(pk=self.pk).update(closed_at=now):
            return False
        stamps = {"rests_until": now + A_REST} if rest else {"looked_at": None}
        Asking.objects.filter(member=self.member_id).update(**stamps)
        return True
