"""What members agreed to, and no longer do."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone


class ConsentQuerySet(models.QuerySet):
    def given(self):
        """What still holds: given, and not withdrawn since."""
        return self.filter(withdrawn_at=None)


class Consent(models.Model):
    """What a member agreed to, in which words, from when until when.

    ``purpose`` and ``about`` are the asking app's: a slug for what is allowed ("everyone"), and
    what it is allowed for ("story k7f3qx"), empty when it is for the account.  ``wording`` names
    the version of the text they saw.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=40)
    about = models.CharField(max_length=80, blank=True)
    wording = models.CharField(max_length=40)
    given_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "purpose", "about"],
                condition=Q(withdrawn_at=None),
                name="members_consent_one_holds_at_a_time",
            ),
        ]

    def __str__(self):
        return f"{self.purpose} {self.about}".strip()

    @classmethod
    def give(cls, member, purpose, *, wording, about=""):
        """The consent that holds from now on; the same one, if it was given in these words."""
        with transaction.atomic():
            # Two presses at once: the second waits here, and finds what the first one wrote.
            get_user_model().objects.select_for_update(no_key=True).get(pk=member.pk)
            asked = cls.objects.filter(member=member, purpose=purpose, about=about)
            holding = asked.given().filter(wording=wording).first()
            if holding is None:
                asked.given().update(withdrawn_at=timezone.now())
                holding = cls.objects.create(
                    member=member, purpose=purpose, about=about, wording=wording
                )
        return holding

    @classmethod
    def withdraw(cls, member, purpose, *, about=""):
        """Whether there was anything to withdraw."""
        holding = cls.objects.given().filter(member=member, purpose=purpose, about=about)
        return bool(holding.update(withdrawn_at=timezone.now()))
