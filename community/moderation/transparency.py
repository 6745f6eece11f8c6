"""The yearly page about moderation, drawn from the log by a lead and frozen; and who may count."""

from django.core.validators import MaxLengthValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.moderation import numbers
from community.moderation.log import Decision


class Numbers(Decision):
    """The log counted, as the admin lists it among its pages, with a permission of its own."""

    class Meta:
        proxy = True
        default_permissions = ("view",)
        verbose_name = verbose_name_plural = _("numbers")


class TransparencyQuerySet(models.QuerySet):
    def published(self):
        return self.filter(published_at__isnull=False)

    def drafts(self):
        return self.filter(published_at=None)

    def draw(self, year, *, by):
        """Count ``year`` as the log has it now.  What is published stays as it was published."""
        drawn = {
            "figures": numbers.of(numbers.Period.beginning(year)),
            "drawn_at": timezone.now(),
            "by_name": by.pen_name,
        }
        report, new = self.get_or_create(year=year, defaults=drawn)
        return new or bool(self.drafts().filter(pk=report.pk).update(**drawn))


class TransparencyReport(models.Model):
    """A year of moderation in numbers, as readers find it at /review/<year>/ once published."""

    INTRODUCTION_LENGTH = 4000

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    figures = models.JSONField(editable=False)
    introduction = models.TextField(
        _("introduction"), blank=True, validators=[MaxLengthValidator(INTRODUCTION_LENGTH)]
    )
    drawn_at = models.DateTimeField(editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    # The pen name that day of whoever drew it, and then of whoever published it.
    by_name = models.CharField(max_length=40, editable=False)

    objects = TransparencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("yearly page")
        verbose_name_plural = _("yearly pages")
        ordering = ["-year"]
        default_permissions = ("view",)
        permissions = [("publish_transparencyreport", "Can draw and publish the yearly page")]

    def __str__(self):
        return f"{self.year}"

    def get_absolute_url(self):
        return reverse("yearly-page", args=[self.year])

    def is_over(self):
        """Whether the year had ended when it was counted: a part of one is never published."""
        return timezone.localtime(self.drawn_at).year > self.year

    def publish(self, *, by, drawn_at):
        """Show it to everybody, as it was drawn at ``drawn_at``.

        False, and nothing done, if it was drawn again meanwhile, or is published.
        """
        if not self.is_over():
            return False
        same = TransparencyReport.objects.drafts().filter(pk=self.pk, drawn_at=drawn_at)
        return bool(same.update(published_at=timezone.now(), by_name=by.pen_name))
