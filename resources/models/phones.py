"""The numbers of a service."""

import re
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from resources import numbers
from resources.validators import plain_text


class Phone(numbers.Dialled, models.Model):
    """A number to ring or write to: as the place prints it, and as a telephone dials it."""

    class Type(models.TextChoices):
        VOICE = numbers.VOICE, _("Call")
        TEXT = numbers.TEXT, _("Text message")
        WHATSAPP = numbers.WHATSAPP, _("WhatsApp")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    service = models.ForeignKey("Service", models.CASCADE, related_name="phones")
    type = models.CharField(_("how"), max_length=10, choices=Type, default=Type.VOICE)
    number = models.CharField(_("number as printed"), max_length=40, validators=[plain_text])
    dial = models.CharField(
        _("number as dialled"),
        max_length=16,
        help_text=_("Digits only, with + and the country where it can be reached from abroad."),
    )
    keyword = models.CharField(_("word to text"), max_length=20, blank=True)
    description = models.CharField(_("a note"), max_length=100, blank=True, validators=[plain_text])

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

    def clean(self):
        if not re.fullmatch(r"\+?[0-9]{2,15}", self.dial):
            raise ValidationError({"dial": _("Write digits only, with + in front or nothing.")})
