"""What an author calls it: their words stand where ours would."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from stories import vocabulary


class OwnWords(models.Model):
    """Mix into a story, whose ``losses`` are for finding it."""

    own_loss = models.CharField(
        _("what you call it"), max_length=60, blank=True, default="", db_default=""
    )
    baby = models.CharField(
        _("your baby’s name, or what you call them"),
        max_length=40,
        blank=True,
        default="",
        db_default="",
    )

    class Meta:
        abstract = True

    def loss_labels(self):
        return vocabulary.labels(vocabulary.Loss, self.losses)
