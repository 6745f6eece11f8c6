"""Looking after those who read: what one leaves out for a while, whom one turns to, what one
writes down for oneself.
"""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.moderation import moderators

A_WEEK = timedelta(days=7)
A_STOP = timedelta(days=1)
DEBRIEF_IS_KEPT_FOR = timedelta(days=30)


def in_a_week():
    return timezone.localdate() + A_WEEK


class CareQuerySet(models.QuerySet):
    def of(self, moderator):
        """Theirs, or what holds for whoever has chosen nothing."""
        return self.filter(moderator=moderator).first() or self.model(moderator=moderator)

    def leave_out(self, moderator, topics, until):
        """Until the end of that day; after it everything is offered again by itself."""
        listed = f" {' '.join(topics)} " if topics else ""
        chosen = {"left_out": listed, "left_out_until": until if topics else None}
        return self.update_or_create(moderator=moderator, defaults=chosen)[0]


class Care(models.Model):
    """What one moderator has chosen for themselves, and how much they read in a day.

    Nobody else sees what is left out, or whose buddy anybody is.
    """

    moderator = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="care", editable=False
    )
    # Slugs between spaces, as in ``Case.topics``.
    left_out = models.CharField(max_length=500, blank=True)
    left_out_until = models.DateField(null=True, blank=True)
    buddy = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Theirs alone, set by a lead; None for what holds for everybody.
    a_day = models.PositiveSmallIntegerField(null=True, blank=True)
    # Stopped for deciding faster than one can read, until a lead says that it is all right,
    # or for a day.
    stopped_at = models.DateTimeField(null=True, editable=False)
    freed_at = models.DateTimeField(null=True, editable=False)

    objects = CareQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(buddy=None) | ~Q(buddy=F("moderator")),
                name="moderation_care_buddy_is_somebody_else",
            ),
        ]

    def __str__(self):
        return f"{self.moderator_id}"

    def is_stopped(self):
        """Nobody is stopped for ever because the only person who could free them is away."""
        return bool(self.stopped_at and self.stopped_at > timezone.now() - A_STOP)

    def topics_left_out(self):
        """As slugs; none once the day they chose is over."""
        is_on = self.left_out_until and self.left_out_until >= timezone.localdate()
        return self.left_out.split() if is_on else []


def about_any(topics):
    """The cases about one of ``topics``, of which there is one at least."""
    about = Q()
    for topic in topics:
        about |= Q(topics__contains=f" {topic} ")
    return about


def read_by_nobody():
    """The cases that every moderator has left out, or wrote; None when somebody leaves out none.

    Who leaves out what is nobody's business: only that somebody has to be asked.
    """
    people = moderators.active().select_related("care")
    nobody = Q()
    for person in people:
        topics = person.care.topics_left_out() if hasattr(person, "care") else []
        if not topics:
            return None
        nobody &= about_any(topics) | Q(author=person)
    return nobody or None


class DebriefQuerySet(models.QuerySet):
    def of(self, moderator):
        return self.filter(moderator=moderator, written_at__gt=timezone.now() - DEBRIEF_IS_KEPT_FOR)


class Debrief(models.Model):
    """What a moderator writes down for nobody but themselves.  On no list, in no log."""

    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", editable=False
    )
    text = models.TextField(_("for nobody but you"), max_length=10_000)
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = DebriefQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-written_at", "-pk"]

    def __str__(self):
        return f"{self.pk}"


def forget():
    """What moderators wrote down for themselves a month ago.  Returns how much went."""
    long_ago = timezone.now() - DEBRIEF_IS_KEPT_FOR
    return Debrief.objects.filter(written_at__lte=long_ago).delete()[0]
