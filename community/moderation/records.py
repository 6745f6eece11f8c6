"""What moderators have in common about a member: what was sent, decided and noted.

Never an email address, a draft, or anything kept for oneself: nothing here asks for them.
"""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from community.moderation.cases import Case
from community.moderation.log import Decision, address_of
from community.moderation.proposals import Proposal
from community.moderation.states import AUTHORS_MOVES, Action, Look

KEPT_FOR = timedelta(days=365)
# As long as a claim: who opened a record has it in front of them for an hour.
A_LOOK_LASTS = timedelta(hours=1)


class RecordQuerySet(models.QuerySet):
    def open_to(self, moderator):
        """Everybody's but their own, without what no moderator may know."""
        return self.exclude(pk=moderator.pk).only("pen_name", "joined_at")

    def waiting_for_a_second(self):
        """About whom something was proposed that takes two."""
        about = Proposal.objects.open().filter(case__kind=Case.Kind.MEMBER)
        return self.filter(pk__in=about.values("case__author"))


class Record(Member):
    """A member, as moderators may see them."""

    objects = RecordQuerySet.as_manager()

    class Meta:
        proxy = True
        default_permissions = ("view",)
        verbose_name = _("member on record")
        verbose_name_plural = _("members on record")
        ordering = ["pen_name_key"]

    def since(self):
        """The month they joined."""
        return date_format(timezone.localtime(self.joined_at), "F Y")

    def decisions(self, contributions):
        """What moderators decided about them and about what they sent."""
        about = Q(**address_of(self))
        for contribution in contributions:
            about |= Q(**address_of(contribution))
        moves = Decision.objects.moves().exclude(action__in=[*AUTHORS_MOVES, Action.STAND_BY])
        return moves.filter(about).select_related("content_type")

    def proposal(self):
        """What one moderator proposed about them, and nobody has answered."""
        about = {"case__kind": Case.Kind.MEMBER, "case__author_id": self.pk}
        return Proposal.objects.open().filter(**about).select_related("case").first()

    @cached_property
    def writes_in(self):
        """The one that they wrote in last, as far as it is known; or ""."""
        theirs = Case.objects.filter(author_id=self.pk).exclude(language="")
        return theirs.order_by("-pk").values_list("language", flat=True).first() or ""

    def leave_note(self, text, *, by):
        """Pressing twice leaves one."""
        lately = self.moderators_notes.filter(written_at__gt=timezone.now() - A_LOOK_LASTS)
        if not lately.filter(by=by, text=text).exists():
            self.moderators_notes.create(by=by, by_name=by.pen_name, text=text)

    def is_open_to(self, moderator):
        """Whether ``moderator`` put on record, within the hour, that they look at it."""
        looks = Decision.objects.about(self).filter(action=Look.MEMBER, by=moderator)
        return looks.filter(at__gt=timezone.now() - A_LOOK_LASTS).exists()

    def look(self, *, by):
        if not self.is_open_to(by):
            Decision.objects.record(self, Look.MEMBER, by=by)


class MemberNote(models.Model):
    """What one moderator leaves for the others about a member.  Never shown to the member."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="moderators_notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=40)
    text = models.TextField(_("a note for other moderators"), max_length=2000)
    written_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        default_permissions = ("add",)
        verbose_name = _("note on a member")
        verbose_name_plural = _("notes on members")
        ordering = ["-written_at", "-pk"]

    def __str__(self):
        return f"{self.pk}"


def forget():
    """Notes are kept for a year.  Returns how many went."""
    return MemberNote.objects.filter(written_at__lt=timezone.now() - KEPT_FOR).delete()[0]
