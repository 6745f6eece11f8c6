"""Which links somebody finds: their own, and those that stand on a page they read."""

from datetime import timedelta

from django.core import signing
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone

from community.moderation.sanctions import Doing, refuse

OPEN_FOR = timedelta(days=14)
SIGNER = signing.Signer(salt="stories.link", sep=".")


def oldest():
    """When the oldest invitation was made that is still open."""
    return timezone.now() - OPEN_FOR


class LinkQuerySet(models.QuerySet):
    def with_token(self, token):
        """What an invitation stands for, while it is open or was taken up; the comparison takes as
        long for a near guess as for a wild one (``Signer``).
        """
        try:
            key = SIGNER.unsign(token) if token.isascii() else ""
        except signing.BadSignature:
            return self.none()
        return self.filter(
            Q(second__isnull=False) | Q(made_at__gt=oldest()), key=key, ended_at=None
        )

    def invitations(self):
        return self.filter(second=None, ended_at=None)

    def taken_up(self):
        return self.filter(second__isnull=False)

    def between_two(self):
        """Taken up, and ended by neither."""
        return self.taken_up().filter(ended_at=None)

    def agreed(self):
        return self.between_two().exclude(first_agreed_at=None).exclude(second_agreed_at=None)

    def about(self, story):
        return self.filter(Q(first=story) | Q(second=story))

    def of(self, member):
        """Theirs to see; not what they ended themselves, nor an invitation that ran out."""
        theirs = self.filter(Q(first_author=member) | Q(second_author=member))
        ran_out = Q(second=None, made_at__lte=oldest())
        return theirs.exclude(ended_by=member).exclude(ran_out).order_by("-made_at", "pk")

    def beside(self, story, readable):
        """Agreed ones of ``story`` whose other story is among ``readable``."""
        there = Q(first=story, second__in=readable) | Q(second=story, first__in=readable)
        return self.agreed().filter(there).order_by("made_at", "pk")

    def with_stories(self):
        sides = ["first", "second"]
        return self.select_related(
            *(f"{side}__{what}" for side in sides for what in ("shown", "author"))
        )


class LinkManager(models.Manager.from_queryset(LinkQuerySet)):
    def invite(self, story):
        """The open invitation to ``story``, a new one if there is none."""
        refuse(story.author, Doing.SEND)
        self.invitations().filter(first=story, made_at__lte=oldest()).delete()
        while True:
            is_open = self.invitations().filter(first=story).first()
            if is_open:
                return is_open
            try:
                with transaction.atomic():
                    return self.create(first=story, first_author=story.author)
            except IntegrityError:
                continue  # pressed twice, or somebody else's has that id: look again
