"""What was changed in the directory, by whom: before and after, side by side."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Change(models.Model):
    """One field of a place that got another value; a part that came or went (HSDS metadata)."""

    class Action(models.TextChoices):
        CREATE = "create", _("added")
        UPDATE = "update", _("changed")
        DELETE = "delete", _("removed")

    service = models.ForeignKey("Service", models.CASCADE, related_name="changes")
    # HSDS last_action_type and last_action_date.
    action = models.CharField(max_length=10, choices=Action)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    by_name = models.CharField(max_length=40, blank=True)
    field_name = models.CharField(max_length=60)
    previous_value = models.TextField(blank=True)
    replacement_value = models.TextField(blank=True)
    # What told us it was wrong, where somebody did: how long it took to correct is counted.
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("change")
        verbose_name_plural = _("changes")

    def __str__(self):
        return self.field_name

    @classmethod
    def between(cls, service, before, after, *, by=None):
        """Rows, not saved, for what differs between two pictures of ``service``."""
        who = {"by": by, "by_name": by.pen_name if by else ""}
        return [
            cls(
                service=service,
                action=cls._action(before, after, name),
                field_name=name,
                previous_value=before.get(name, ""),
                replacement_value=after.get(name, ""),
                **who,
            )
            for name in dict.fromkeys([*before, *after])
            if before.get(name, "") != after.get(name, "")
        ]

    @classmethod
    def _action(cls, before, after, name):
        if not before.get(name):
            return cls.Action.CREATE
        return cls.Action.UPDATE if after.get(name) else cls.Action.DELETE


WORDS = (
    "name", "slug", "organization", "kind", "status", "description", "url", "email", "hours",
    "cost", "fees_description", "application_process", "closing_note", "replaced_by",
)  # fmt: skip


def picture(service):
    """Everything of ``service`` that an editor can change, in words, by the name of its field."""
    said = {name: str(getattr(service, name) or "") for name in WORDS}
    said |= {
        "service_areas": _listed(service.service_areas.all()),
        "languages": _listed(service.languages.all()),
        "terms": _listed(service.terms.all()),
        "schedules": _listed(service.schedules.all()),
    }
    for phone in service.phones.all():
        words = (phone.number, phone.dial, phone.keyword, phone.language, phone.description)
        said[f"phones {phone.uuid}"] = " · ".join(filter(None, (phone.type, *words)))
    for translation in service.translations.all():
        words = (translation.description, translation.hours, translation.application_process)
        said[f"translations {translation.language}"] = "\n".join(filter(None, words))
    return said


def _listed(rows):
    return ", ".join(sorted(map(str, rows)))
