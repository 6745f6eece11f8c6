"""Whether the addresses we give still answer.  A machine asks; a person decides."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

ASKED_ABOUT_AFTER = timedelta(days=7)


class LinkCheckQuerySet(models.QuerySet):
    def to_look_at(self):
        """Those that failed twice, a week apart: only then is a person asked."""
        return self.filter(
            failed_at__gte=models.F("first_failed_at") + ASKED_ABOUT_AFTER,
        )


class LinkCheck(models.Model):
    """The last answers of one address of one place.  Nothing is ever hidden because of it."""

    class Outcome(models.TextChoices):
        FINE = "fine", _("It answers")
        MOVED = "moved", _("It has moved to another site")
        GONE = "gone", _("The page is not there")
        REFUSED = "refused", _("It does not answer machines")
        BROKEN = "broken", _("It answers with a fault")
        LOOP = "loop", _("It sends us round and round")
        SLOW = "slow", _("It does not answer in time")
        UNSAFE = "unsafe", _("Its certificate is not right")
        UNREACHED = "unreached", _("It cannot be reached")
        NOT_ASKED = "not-asked", _("It asks machines to stay away")

    service = models.ForeignKey("Service", models.CASCADE, related_name="link_checks")
    url = models.URLField(_("address"), max_length=500)
    outcome = models.CharField(_("what came back"), max_length=10, choices=Outcome)
    status = models.PositiveSmallIntegerField(_("HTTP status"), null=True, blank=True)
    moved_to = models.URLField(_("moved to"), max_length=500, blank=True)
    checked_at = models.DateTimeField(_("asked at"))
    # Since when it has failed without a good answer in between; empty while it answers.
    first_failed_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        ordering = ["checked_at"]
        verbose_name = _("link check")
        verbose_name_plural = _("link checks")
        constraints = [
            models.UniqueConstraint(
                fields=["service", "url"], name="resources_link_check_once_an_address"
            ),
        ]

    def __str__(self):
        return self.url
