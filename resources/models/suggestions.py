"""A place that somebody thinks should be in the directory."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resources.models.facets import country_choices
from resources.validators import plain_text, web_address

KEPT_FOR = timedelta(days=183)


class SuggestionQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(outcome=self.model.Outcome.WAITING)

    def settled_long_ago(self):
        return self.filter(decided_at__lt=timezone.now() - KEPT_FOR)


class Suggestion(models.Model):
    """Read by an editor before anything comes of it.  Nothing is kept of who sent it."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        TAKEN = "taken", _("In the directory")
        DECLINED = "declined", _("Not taken")

    name = models.CharField(_("name"), max_length=200, validators=[plain_text])
    url = models.URLField(_("website"), max_length=500, validators=[web_address])
    country = models.CharField(_("country"), max_length=3, blank=True, choices=country_choices)
    about = models.TextField(_("about it"), max_length=1000, blank=True, validators=[plain_text])
    # Of the page it was sent from: sending it twice makes one.
    key = models.CharField(max_length=40, unique=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), auto_now_add=True)
    outcome = models.CharField(
        _("what came of it"), max_length=10, choices=Outcome, default=Outcome.WAITING
    )
    service = models.ForeignKey(
        "Service", models.SET_NULL, null=True, blank=True, related_name="suggestions"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["sent_at"]
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")

    def __str__(self):
        return self.name

    def settle(self, outcome, *, by, service=None):
        """Of two editors pressing at once, the second finds it settled: False."""
        now = timezone.now()
        waiting = type(self).objects.waiting().filter(pk=self.pk)
        done = waiting.update(outcome=outcome, decided_at=now, decided_by=by, service=service)
        self.refresh_from_db()
        return bool(done)
