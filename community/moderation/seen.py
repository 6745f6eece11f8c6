"""What people saw, kept as it was for whoever looks at it again."""

import hashlib
import json

from django.db import models

from community.moderation.cases import Case
from community.moderation.log import address_of
from community.moderation.titles import title_in


class SeenQuerySet(models.QuerySet):
    def about(self, contribution):
        address = address_of(contribution)
        return self.filter(**{f"case__{name}": value for name, value in address.items()})

    def settled(self):
        return self.filter(case__closed_at__isnull=False)

    def freeze(self, case, contribution, number=None):
        """Keep what is seen, or was as version ``number``, for whoever looks at ``case``."""
        number, words = contribution.seen(number)
        digest = hashlib.sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()
        kept = {"number": number, "words": words}
        return self.get_or_create(case=case, digest=digest, defaults=kept)[0]


class Seen(models.Model):
    """The words as somebody saw them who told us; kept once, however many did."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="seen")
    digest = models.CharField(max_length=64)
    number = models.PositiveIntegerField(null=True)
    words = models.JSONField()
    frozen_at = models.DateTimeField(auto_now_add=True)

    objects = SeenQuerySet.as_manager()

    class Meta:
        ordering = ["-frozen_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "digest"], name="moderation_seen_is_frozen_once"
            ),
        ]

    def __str__(self):
        return f"{self.case_id} · {self.number}"

    def title(self):
        return title_in(self.words)
