"""The kinds of mail somebody may do without, each stopped by the link at its end."""

import secrets

from django.conf import settings
from django.core import signing
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext_lazy

SIGNER = signing.Signer(salt="members.mail", sep=".")


def new_key():
    return secrets.token_urlsafe(16)


class Kind(models.TextChoices):
    """Mail about the account itself is not among them: codes, and what keeps it safe."""

    DECISION = "decision", pgettext_lazy("mail", "When a moderator has read something I sent")
    LETTER = "letter", pgettext_lazy("mail", "When a letter has come")
    WEEKLY = "weekly", pgettext_lazy("mail", "My weekly note")
    NOTE = "note", pgettext_lazy("mail", "A note about a date I keep, where I asked for one")
    OFFER = "offer", pgettext_lazy("mail", "When I’m asked whether I’d write to somebody")


# What nobody is sent who did not ask for it.
ONLY_IF_ASKED_FOR = frozenset({Kind.OFFER})


class MailChoiceQuerySet(models.QuerySet):
    def with_token(self, token):
        """The choice behind the link of a mail; none if the link is not one of ours.

        The comparison takes as long for a near guess as for a wild one (``Signer``).
        """
        try:
            return self.filter(key=SIGNER.unsign(token) if token.isascii() else "")
        except signing.BadSignature:
            return self.none()

    def stop(self):
        return self.filter(stopped_at=None).update(stopped_at=timezone.now())

    def resume(self):
        return self.update(stopped_at=None)


class MailChoice(models.Model):
    """Whether one member gets one kind of mail.  ``key`` stands in the link that stops it."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail_choices"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    stopped_at = models.DateTimeField(null=True, editable=False)

    objects = MailChoiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "kind"], name="members_mailchoice_one_of_a_kind"
            ),
        ]

    def __str__(self):
        return f"{self.member_id} · {self.kind}"

    def get_absolute_url(self):
        return reverse("members:stop-mail", args=[SIGNER.sign(self.key)])

    @classmethod
    def of(cls, member, kind):
        stopped_at = timezone.now() if kind in ONLY_IF_ASKED_FOR else None
        defaults = {"stopped_at": stopped_at}
        return cls.objects.get_or_create(member=member, kind=kind, defaults=defaults)[0]
