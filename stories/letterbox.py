"""Where a member's letters come to, when they come, and from whom they no longer do."""

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy


class Letterbox(models.Model):
    """When letters reach a member.  Who never chose has none in the database."""

    class When(models.TextChoices):
        COMING = "coming", pgettext_lazy("letters reach me", "As they come")
        WEEKLY = "weekly", pgettext_lazy("letters reach me", "Once a week, together")
        HELD = "held", pgettext_lazy("letters reach me", "Not now: keep them until I ask")
        OFF = "off", pgettext_lazy("letters reach me", "I don’t want any letters")

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="letterbox"
    )
    when = models.CharField(max_length=8, choices=When, default=When.COMING)
    # Since when the week runs that the next note gathers.
    noted_at = models.DateTimeField(null=True, editable=False)

    def __str__(self):
        return f"{self.member_id} · {self.when}"

    @classmethod
    def of(cls, member):
        return cls.objects.filter(member=member).first() or cls(member=member)


class Block(models.Model):
    """Whoever wrote ``letter`` reaches ``by`` no more, and is not told.

    One row for each letter it was pressed on, so that who blocks somebody twice, once with a name
    and once without, does not learn that they are one.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    letter = models.ForeignKey("stories.Letter", models.SET_NULL, null=True, related_name="+")
    # The name the letter was signed with, empty for none.
    name = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["by", "letter"], name="stories_block_once_a_letter"),
        ]
        indexes = [models.Index(fields=["by", "blocked"], name="stories_block_find")]

    def __str__(self):
        return str(self.pk)

    @classmethod
    def stands_between(cls, reader, writer):
        return cls.objects.filter(by=reader, blocked=writer).exists()
