"""What needs a second reader before a letter reaches it: one story, or every story of a kind."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.moderation.log import Decision, address_of
from community.moderation.sanctions import Doing, refuse
from community.moderation.states import Action

MAY_SHIELD = "moderation.add_shield"


class ShieldQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(Q(until=None) | Q(until__gt=timezone.now()), lifted_at=None)

    def over(self, contribution):
        """Those that cover it as its words stand: itself, or a kind it is about."""
        itself = Q(**address_of(contribution))
        return self.standing().filter(itself | Q(topic__in=contribution.topics()))

    def covers(self, contribution):
        """Whether what is written to it needs a second reader."""
        return self.over(contribution).exists()

    @transaction.atomic
    def put_up(self, *, by, reason, until=None, **over):
        """Over ``topic=`` or ``contribution=``; the one that stands, if one does already."""
        refuse(by, Doing.MODERATE)
        about = {"topic": over["topic"]} if "topic" in over else address_of(over["contribution"])
        self.filter(**about, lifted_at=None, until__lte=timezone.now()).update(lifted_at=F("until"))
        said = {"reason": reason, "until": until, "by": by, "by_name": by.pen_name}
        shield, is_new = self.get_or_create(**about, lifted_at=None, defaults=said)
        if is_new:
            shield.note(Action.SHIELD, by=by)
        return shield


class Shield(models.Model):
    """By default over some kinds of loss; a lead puts one up, or lifts it, with one press."""

    topic = models.CharField(max_length=40, blank=True, db_index=True)
    content_type = models.ForeignKey(ContentType, models.PROTECT, null=True, related_name="+")
    object_id = models.CharField(max_length=12, blank=True)
    contribution = GenericForeignKey("content_type", "object_id")
    reason = models.TextField(_("why, for moderators"), max_length=1000, blank=True)
    # Nobody put up those that come with the site.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=40, blank=True)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    lifted_by_name = models.CharField(max_length=40, blank=True)

    objects = ShieldQuerySet.as_manager()

    class Meta:
        default_permissions = ("add", "view")
        verbose_name = _("shield")
        verbose_name_plural = _("shields")
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(topic="", content_type__isnull=False) & ~Q(object_id="")
                | ~Q(topic="") & Q(content_type=None, object_id=""),
                name="moderation_shield_over_a_kind_or_one",
            ),
            models.UniqueConstraint(
                fields=["topic"],
                condition=Q(lifted_at=None) & ~Q(topic=""),
                name="moderation_shield_one_over_a_kind",
            ),
            models.UniqueConstraint(
                fields=["content_type", "object_id"],
                condition=Q(lifted_at=None, topic=""),
                name="moderation_shield_one_over_each",
            ),
        ]

    def __str__(self):
        return self.topic or self.object_id

    @transaction.atomic
    def lift(self, *, by):
        """Whether it was still up."""
        refuse(by, Doing.MODERATE)
        lifted = {"lifted_at": timezone.now(), "lifted_by": by, "lifted_by_name": by.pen_name}
        was_up = Shield.objects.standing().filter(pk=self.pk).update(**lifted)
        if was_up:
            self.note(Action.UNSHIELD, by=by)
        return bool(was_up)

    def note(self, action, *, by):
        """On record about what it covers, or about itself when that is a kind of loss."""
        about = self if self.topic else self.contribution
        Decision.objects.record(about, action, by=by, ends_at=self.until)
