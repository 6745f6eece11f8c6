"""The same loss, told by two members: their pages point at each other while both agree to it."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from community.members.models import Consent
from community.members.stopping import new_key
from community.moderation.sanctions import Doing, refuse
from stories.finding import random_id
from stories.link_finding import OPEN_FOR, SIGNER, LinkManager, oldest

# How long it is kept that one ended, for whoever was not told yet.
TOLD_FOR = timedelta(days=60)
# A loss has a few voices.  More would be a list of people.
MOST = 4
# Names the sentence that both tick; a change of its words is a new name.
WORDING = "2026-11"


class NotLinked(ValidationError):
    """The two pages don’t point at each other, and why."""


class Link(models.Model):
    """Between ``first``, whose author made the invitation, and ``second``, whose author took it up.

    An agreement is to both names as the pages carried them; ``first_name`` and ``second_name``
    keep those, empty for none.
    """

    id = models.CharField(primary_key=True, max_length=6, default=random_id, editable=False)
    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    first = models.ForeignKey("stories.Story", models.CASCADE, related_name="links_begun")
    second = models.ForeignKey(
        "stories.Story", models.CASCADE, null=True, related_name="links_taken_up"
    )
    first_author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    second_author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+"
    )
    first_name = models.CharField(max_length=40, blank=True)
    second_name = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    first_agreed_at = models.DateTimeField(null=True, editable=False)
    second_agreed_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+"
    )

    objects = LinkManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(second_author=None) | ~Q(second_author=F("first_author")),
                name="stories_link_takes_two_members",
            ),
            models.CheckConstraint(
                condition=Q(second__isnull=False, second_author__isnull=False)
                | Q(second=None, second_author=None, first_agreed_at=None, second_agreed_at=None),
                name="stories_link_nobody_agrees_alone",
            ),
            models.UniqueConstraint(
                fields=["first"],
                condition=Q(second=None),
                name="stories_link_one_invitation_a_story",
            ),
            models.UniqueConstraint(
                Least("first", "second"),
                Greatest("first", "second"),
                condition=Q(second__isnull=False, ended_at=None),
                name="stories_link_once_between_two",
            ),
        ]

    def __str__(self):
        return self.pk

    def get_absolute_url(self):
        return reverse("stories:link", args=[self.pk])

    def get_invitation_url(self):
        return reverse("stories:invited", args=[SIGNER.sign(self.key)])

    def ends_on(self):
        return self.made_at + OPEN_FOR

    # ---- from one side

    def is_first(self, member):
        return member.pk == self.first_author_id

    def own(self, member):
        return self.first if self.is_first(member) else self.second

    def other(self, member):
        return self.second if self.is_first(member) else self.first

    def beside(self, story):
        return self.second if story.pk == self.first_id else self.first

    def has_agreed(self, member):
        """To what readers would see now."""
        at = self.first_agreed_at if self.is_first(member) else self.second_agreed_at
        return at is not None and self.is_as_agreed()

    def standing(self, member, *, is_there):
        """Where it is, in a few words; ``is_there`` is whether they can read the other story."""
        if self.ended_at:
            return _("The other person has ended it")
        if self.second_id is None:
            return _("Waiting for whoever has the invitation")
        if not (is_there and self.both_are_up()):
            return _("Not shown at the moment")
        if self.holds():
            return _("The two pages point at each other")
        return (
            _("Waiting for the other person") if self.has_agreed(member) else _("Waiting for you")
        )

    def asks(self, member):
        """Whether there is something in it for ``member`` to read or to say."""
        if self.ended_at:
            return True
        return bool(self.second_id and self.both_are_up() and not self.has_agreed(member))

    # ---- whether it is shown

    def names(self):
        """As readers see them on the two pages."""
        return self.first.as_shown().name, self.second.as_shown().name

    def is_as_agreed(self):
        """Whether both pages carry the names they did; one that went without since does not."""
        if self.names() != (self.first_name, self.second_name):
            return False
        since = min(filter(None, (self.first_agreed_at, self.second_agreed_at)), default=None)
        return not any(
            name and story.unnamed_since and since and story.unnamed_since > since
            for name, story in ((self.first_name, self.first), (self.second_name, self.second))
        )

    def both_are_up(self):
        """Published, and not being looked at again."""
        both = (self.first, self.second)
        return all(story and story.is_open() and story.covered_at is None for story in both)

    def holds(self):
        both = self.first_agreed_at and self.second_agreed_at and not self.ended_at
        return bool(both and self.both_are_up() and self.is_as_agreed())

    # ---- what its two members do

    @transaction.atomic
    def take_up(self, story):
        """``story`` is the other voice; with it its author agrees, and the first is asked.

        Of two who have the same invitation open, the second finds it gone.
        """
        refuse(story.author, Doing.SEND)
        self._consent(story.author)
        self._lock_stories(self.first_id, story.pk)
        self._refuse_too_many(story)
        free = Link.objects.invitations().filter(pk=self.pk, made_at__gt=oldest())
        free = free.exclude(first_author=story.author)
        try:
            with transaction.atomic():
                taken = free.update(second=story, second_author=story.author)
        except IntegrityError:
            raise NotLinked(_("These two are linked already.")) from None
        if not taken:
            raise NotLinked(_("This invitation has ended. Nothing was done."))
        self._agreed(story.author)

    @transaction.atomic
    def agree(self, member):
        """A second press changes nothing."""
        refuse(member, Doing.SEND)
        self._consent(member)
        self._lock_stories(self.first_id, self.second_id)
        if not Link.objects.between_two().select_for_update().filter(pk=self.pk).exists():
            raise NotLinked(_("The other person has ended it. Nothing was done."))
        self._refuse_too_many(self.own(member))
        self._agreed(member)

    def _agreed(self, member):
        """Who agreed to other names than those of now is asked again."""
        link = Link.objects.with_stories().get(pk=self.pk)
        if not link.both_are_up():
            raise NotLinked(_("One of the two stories isn’t up at the moment. Nothing was done."))
        if not link.is_as_agreed():
            link.first_agreed_at = link.second_agreed_at = None
            link.first_name, link.second_name = link.names()
        side = "first_agreed_at" if link.is_first(member) else "second_agreed_at"
        setattr(link, side, getattr(link, side) or timezone.now())
        stamps = ["first_name", "second_name", "first_agreed_at", "second_agreed_at"]
        link.save(update_fields=stamps)

    @transaction.atomic
    def end(self, member):
        """At once.  The other is told by My space; whoever reads that, or takes an invitation back,
        leaves nothing of it.
        """
        for author in filter(None, (self.first_author, self.second_author)):
            Consent.withdraw(author, "linked", about=f"link {self.pk}")
        ours = Link.objects.filter(pk=self.pk)
        ours.filter(second=None).delete()
        ours.exclude(ended_at=None).exclude(ended_by=member).delete()
        ours.filter(ended_at=None).update(
            ended_at=timezone.now(), ended_by=member, first_name="", second_name=""
        )

    def _consent(self, member):
        Consent.give(member, "linked", wording=WORDING, about=f"link {self.pk}")

    @staticmethod
    def _lock_stories(*pks):
        """In one order, so that two who agree at once wait for each other and see both."""
        stories = Link._meta.get_field("first").related_model._base_manager
        list(stories.select_for_update().filter(pk__in=pks).order_by("pk").values("pk"))

    def _refuse_too_many(self, story):
        others = Link.objects.between_two().exclude(pk=self.pk)
        for one in (self.first_id, story.pk):
            if others.about(one).count() >= MOST:
                raise NotLinked(_("One of the two stories is linked with several others already."))


def forget():
    """Invitations nobody took up, and ended links that were read or are old."""
    Link.objects.invitations().filter(made_at__lte=oldest()).delete()
    Link.objects.filter(ended_at__lte=timezone.now() - TOLD_FOR).delete()
