"""A place’s texts in another language."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from resources.models.facets import language_choices
from resources.models.parts import ServicePart
from resources.validators import plain_text


class Translation(ServicePart):
    """What is empty here is shown in the language it was written in."""

    TEXTS = ("description", "hours", "application_process")

    service = models.ForeignKey("Service", models.CASCADE, related_name="translations")
    language = models.CharField(_("language"), max_length=12, choices=language_choices)
    description = models.TextField(
        _("in two sentences"), max_length=600, blank=True, validators=[plain_text]
    )
    hours = models.CharField(_("hours"), max_length=300, blank=True, validators=[plain_text])
    application_process = models.TextField(
        _("what happens when you get in touch"),
        max_length=600,
        blank=True,
        validators=[plain_text],
    )

    class Meta:
        ordering = ["language"]
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        constraints = [
            models.UniqueConstraint(
                fields=["service", "language"],
                name="resources_translation_once_a_language",
                violation_error_message=_("This place has texts in this language already."),
            ),
        ]

    def __str__(self):
        return self.get_language_display()
