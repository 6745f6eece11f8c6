"""Who confirmed what of a place, how, and when; and from which day that counts."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resources.models.choices import Assurance, Kind, Method
from resources.validators import web_address


class VerificationQuerySet(models.QuerySet):
    def of_contact(self, contact):
        """Those in which ``contact`` was seen, as a list, the latest first."""
        return [verification for verification in self if contact in verification.contacts]


class Verification(models.Model):
    """One look at a place by one person.  Never changed: who looks again makes another."""

    service = models.ForeignKey("Service", models.CASCADE, related_name="verifications")
    method = models.CharField(_("how"), max_length=10, choices=Method)
    on = models.DateField(_("on"))
    # The name at that time stays when the person goes.  Nobody: whoever made the file.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    by_name = models.CharField(max_length=40, blank=True)
    source_url = models.URLField(
        _("where it says so"), max_length=500, blank=True, validators=[web_address]
    )
    note = models.CharField(_("a note"), max_length=300, blank=True)
    # What was seen there, as it is dialled: a number that changes was not seen.
    contacts = models.JSONField(default=list, blank=True)

    objects = VerificationQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        constraints = [
            models.CheckConstraint(
                condition=~Q(method=Method.SITE) | ~Q(source_url=""),
                name="resources_verification_says_where",
                violation_error_message=_("Give the address of the page that confirms this."),
            ),
            models.CheckConstraint(
                condition=Q(method=Method.FILE) | ~Q(by_name=""),
                name="resources_verification_says_who",
                violation_error_message=_("Somebody has to have looked."),
            ),
        ]

    def __str__(self):
        return self.get_method_display()

    def clean(self):
        if self.on and self.on > timezone.localdate():
            raise ValidationError({"on": _("This day has not come yet.")})

    @property
    def person(self):
        return self.by_id or self.by_name

    @property
    def assurance(self):
        return {
            Method.FILE: Assurance.PUBLISHED,
            Method.SITE: Assurance.SITE,
            Method.ANSWER: Assurance.ORGANISATION,
        }[self.method]


def counts_from(verifications, kind):
    """The day from which ``verifications`` (the latest first) count, or None.

    Of a crisis line two people looked, each by themselves: what counts is the earlier of their
    latest days, because after that only one look is left.  A file that the operator loaded
    counts alone, from its own day; see decision 130.
    """
    if not verifications:
        return None
    if kind != Kind.CRISIS_LINE:
        return verifications[0].on
    latest = {}
    for verification in verifications:
        latest.setdefault(verification.person, verification.on)
    by_two = sorted(latest.values(), reverse=True)[1:2]
    by_file = [v.on for v in verifications if v.method == Method.FILE][:1]
    return max(by_two + by_file, default=None)
