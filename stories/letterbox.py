"""Where a member's letters come to, when they come, and from whom they no longer do."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy

# Within so long each story without its author’s pen name shows that they changed their mind.
SHOWS_WITHIN = timedelta(days=10)
CHANCE = secrets.SystemRandom()


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
    def of(cls, member, *, locked=False):
        boxes = cls.objects.select_for_update() if locked else cls.objects.all()
        return boxes.filter(member=member).first() or cls(member=member)

    @property
    def is_off(self):
        return self.when == self.When.OFF

    def keeps(self):
        """What is said of letters that have not come in: the same whether there are any or none, so
        that bringing in none tells nothing of whoever was blocked.
        """
        said = {
            self.When.WEEKLY: gettext("Letters are kept until your week is over, or you ask."),
            self.When.HELD: gettext("Letters are kept for you until you ask."),
            self.When.OFF: gettext("You take no letters. What comes all the same is kept."),
        }
        return said.get(self.when, "")

    @transaction.atomic
    def choose(self, when):
        """From now on; on their stories it shows at once under their pen name, and elsewhere some
        time in the next days, for each its own.
        """
        was_off, self.when, self.noted_at = self.is_off, when, timezone.now()
        self.save()
        for story in self.member.story_set.for_reading():
            has_to_turn = (was_off != story.has_turned()) == self.is_off
            if has_to_turn and story.is_open() and not story.as_shown().names_its_author():
                story.letters_turn_at = self.noted_at + SHOWS_WITHIN * CHANCE.random()
            else:
                story.letters_turn_at = None
            story.save(update_fields=["letters_turn_at"])


class Turning(models.Model):
    """Mix into a story: whether it asks for letters follows its author’s letterbox, in its time."""

    letters_turn_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    def has_turned(self):
        """Whether it shows what its author’s letterbox says now; or still, what it said before."""
        return self.letters_turn_at is None or self.letters_turn_at <= timezone.now()

    def takes_letters(self):
        """Whether readers are told that its writer is glad of letters."""
        box = getattr(self.author, "letterbox", None)
        return bool(self.wants_letters) and self.has_turned() != (box is not None and box.is_off)


def asks_for_letters(story=""):
    """The same, asked of the database, where the field ``story`` leads to it."""
    at, off = f"{story}letters_turn_at", Q(**{f"{story}author__letterbox__when": "off"})
    turned = Q(**{f"{at}__isnull": True}) | Q(**{f"{at}__lte": timezone.now()})
    return Q(**{f"{story}wants_letters": True}) & ((turned & ~off) | (~turned & off))


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
