"""Kinds of devices that somebody has signed in with, so that one they never used is told to them.

A kind is two words ("Firefox/Android"), because to know a single device again we would have to
leave something on it.
"""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

KNOWN_FOR = timedelta(days=90)
LONGEST = 40


class DeviceQuerySet(models.QuerySet):
    def known(self):
        return self.filter(used_on__gte=timezone.localdate() - KNOWN_FOR)


class Device(models.Model):
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="devices")
    kind = models.CharField(max_length=LONGEST)
    used_on = models.DateField()

    objects = DeviceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["member", "kind"], name="members_device_one_of_a_kind"),
        ]

    def __str__(self):
        return self.kind

    @classmethod
    def meet(cls, member, kind):
        """Whether they had not signed in with its like for three months."""
        of_theirs = cls.objects.filter(member=member, kind=kind)
        was_known = of_theirs.known().exists()
        today = {"used_on": timezone.localdate()}
        cls.objects.update_or_create(member=member, kind=kind, defaults=today)
        return not was_known


def forget():
    """Returns how many went."""
    old = Device.objects.filter(used_on__lt=timezone.localdate() - KNOWN_FOR)
    return old.delete()[0]
