"""The numbers of a service."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from resources import numbers
from resources.models.facets import language_choices
from resources.models.parts import IdentifierField, ServicePart
from resources.validators import plain_text


class Phone(numbers.Dialled, ServicePart):
    """A number to ring or write to: as the place prints it, and as a telephone dials it."""

    class Type(models.TextChoices):
        VOICE = numbers.VOICE, _("Call")
        TEXT = numbers.TEXT, _("Text message")
        WHATSAPP = numbers.WHATSAPP, _("WhatsApp")

    uuid = IdentifierField()
    service = models.ForeignKey("Service", models.CASCADE, related_name="phones")
    type = models.CharField(_("how"), max_length=10, choices=Type, default=Type.VOICE)
    number = models.CharField(_("number as printed"), max_length=40, validators=[plain_text])
    dial = models.CharField(
        _("number as dialled"),
        max_length=16,
        help_text=_("Digits only, with + and the country where it can be reached from abroad."),
    )
    keyword = models.CharField(_("word to text"), max_length=20, blank=True)
    description = models.CharField(_("a note"), max_length=300, blank=True, validators=[plain_text])
    # HSDS phone.languages; empty is the languages of the place.
    language = models.CharField(
        _("language"),
        max_length=12,
        blank=True,
        default="",
        db_default="",
        choices=language_choices,
    )
    always_open = models.BooleanField(_("answered day and night"), default=False, db_default=False)
    # The day its verification counts from; see Service.reckon_standing.
    stands_from = models.DateField(_("confirmed on"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("number")
        verbose_name_plural = _("numbers")
        constraints = [
            models.UniqueConstraint(
                fields=["service", "type", "dial"],
                name="resources_phone_listed_once",
                violation_error_message=_("This number is in the list already."),
            ),
            models.CheckConstraint(
                condition=~Q(number="") & ~Q(dial=""),
                name="resources_phone_can_be_dialled",
                violation_error_message=_("Write the number as printed and as dialled."),
            ),
            models.CheckConstraint(
                condition=~Q(type="whatsapp") | Q(dial__startswith="+"),
                name="resources_phone_whatsapp_names_its_country",
                violation_error_message=_("WhatsApp needs the number with + and its country."),
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def contact(self):
        """As a verification names it: what is dialled, and how."""
        return f"{self.type}:{self.dial}"

    @property
    def identity(self):
        return f"phone/{self.service.slug}/{self.type}/{self.dial}"

    def clean(self):
        if not re.fullmatch(r"\+?[0-9]{2,15}", self.dial):
            raise ValidationError({"dial": _("Write digits only, with + in front or nothing.")})
