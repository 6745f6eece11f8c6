"""Whose words a record was, before it was ours."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from resources.validators import plain_text, web_address


class Publisher(models.Model):
    """Another directory that rows came from, and on what terms."""

    name = models.CharField(_("name"), max_length=200, validators=[plain_text])
    url = models.URLField(_("where it is"), max_length=500, unique=True, validators=[web_address])
    licence = models.CharField(_("licence"), max_length=200, blank=True)
    licence_url = models.URLField(
        _("the licence’s words"), max_length=500, blank=True, validators=[web_address]
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("publisher")
        verbose_name_plural = _("publishers")

    def __str__(self):
        return self.name


class FromElsewhere(models.Model):
    """A row that may have come from another publisher, who knows it by ``identifier``."""

    publisher = models.ForeignKey(
        Publisher,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("came from"),
    )
    identifier = models.CharField(
        _("its id there"), max_length=200, blank=True, default="", db_default=""
    )

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["publisher", "identifier"],
                name="resources_%(class)s_came_once",
                violation_error_message=_("This was taken in from there already."),
            ),
            models.CheckConstraint(
                condition=Q(publisher=None, identifier="")
                | (Q(publisher__isnull=False) & ~Q(identifier="")),
                name="resources_%(class)s_known_by_its_publisher",
                violation_error_message=_("Say where it came from and its id there, or neither."),
            ),
        ]
