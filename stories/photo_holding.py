"""The files of a photograph that was erased while somebody had told us about it.

The row is gone, and no reader, nor its author, finds it.  Whoever has the case in front of them may
look, until it is closed or has been open for ``ERASED_IS_KEPT_FOR``.
"""

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.moderation.models import Case
from community.moderation.reports import ERASED_IS_KEPT_FOR
from stories import photo_files


class HeldPhotoQuerySet(models.QuerySet):
    def hold(self, photo):
        """Keep the files of ``photo``, which was erased just now, for the open case about it.

        False where no case is open: nothing is kept then.
        """
        case = Case.objects.reported().open().about(photo).first()
        if case is None or not photo.key:
            return False
        self.create(case=case, key=photo.key, sizes=photo.sizes)
        return True

    def needed(self):
        since = timezone.now() - ERASED_IS_KEPT_FOR
        return self.filter(case__closed_at=None, case__opened_at__gte=since)

    def needed_for(self, case):
        return self.needed().filter(case=case).first()

    def let_go(self):
        """Erase what no open case needs any more.  Returns how many photographs went."""
        gone = list(self.exclude(pk__in=self.needed().values("pk")))
        for held in gone:
            held.delete()
        return len(gone)


class HeldPhoto(models.Model):
    case = models.OneToOneField("moderation.Case", models.CASCADE, related_name="+")
    key = models.CharField(max_length=32)
    sizes = models.JSONField()  # as a photograph has them

    objects = HeldPhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photograph held for a case")
        verbose_name_plural = _("photographs held for a case")

    def __str__(self):
        return f"{self.case_id}"

    def file_names(self):
        return photo_files.names_of(self.key, self.sizes)

    def has(self, side, kind):
        return photo_files.name_of(self.key, side, kind) in self.file_names()

    @transaction.atomic
    def delete(self, *args, **kwargs):
        names = self.file_names()
        transaction.on_commit(lambda: photo_files.remove(names))
        return super().delete(*args, **kwargs)
