"""Whether anybody can make an account at the moment."""

from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MAY_PAUSE = "members.add_signuppause"
LASTS = timedelta(days=1)
KEPT_FOR = timedelta(days=365)


class SignUpPauseQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(until__gt=timezone.now(), lifted_at=None)

    @transaction.atomic
    def begin(self, *, by):
        """(the pause, whether it is new).  It ends by itself, so that nobody can forget it."""
        if standing := self.standing().first():
            return standing, False
        said = {"by": by, "by_name": by.pen_name, "until": timezone.now() + LASTS}
        return self.create(**said), True

    def lift(self):
        """Whether there was one."""
        return bool(self.standing().update(lifted_at=timezone.now()))


class SignUpPause(models.Model):
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=40)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    objects = SignUpPauseQuerySet.as_manager()

    class Meta:
        default_permissions = ("add",)
        verbose_name = _("pause of sign-ups")
        verbose_name_plural = _("many at once")
        ordering = ["-since"]

    def __str__(self):
        return f"{self.since:%Y-%m-%d}"


def forget():
    """Returns how many went."""
    ended = Q(until__lt=timezone.now() - KEPT_FOR)
    return SignUpPause.objects.filter(ended).delete()[0]
