"""How many people were answered how: counts that stay when their reports have gone."""

from collections import Counter

from django.db import models
from django.utils import timezone

from community.moderation.reasons import Reason
from community.moderation.states import Action


class TallyQuerySet(models.QuerySet):
    def add(self, reports, decision):
        """Count ``reports``, which ``decision`` answers.

        Whoever decides holds the head of the log until the end, so nobody else counts meanwhile.
        """
        month = timezone.localtime(decision.at).date().replace(day=1)
        told = reports.order_by().only("reason", "by", "browser")
        people = {(report.reason, report.person()) for report in told}
        for reason, number in Counter(reason for reason, _person in people).items():
            row, _new = self.get_or_create(month=month, reason=reason, outcome=decision.action)
            self.filter(pk=row.pk).update(count=models.F("count") + number)


class Tally(models.Model):
    """In ``month``, named by its first day, for one reason and with one outcome."""

    month = models.DateField()
    reason = models.CharField(max_length=12, choices=Reason)
    outcome = models.CharField(max_length=12, choices=Action)
    count = models.PositiveIntegerField(default=0)

    objects = TallyQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["month", "reason", "outcome"], name="moderation_tally_counts_once"
            )
        ]

    def __str__(self):
        return f"{self.month:%Y-%m} {self.reason} {self.outcome}: {self.count}"
