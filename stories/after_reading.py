"""What somebody does after reading: telling the writer that they did, and keeping a story."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Subquery
from django.utils.crypto import salted_hmac
from django.utils.text import capfirst
from django.utils.translation import ngettext

from community.numerals import in_words

AT_ONCE = 500


def marks_of(reader, story_id):
    """What stands for ``reader``, a word of the asker's, beside this one story: the mark made now,
    then those that earlier keys would have made.

    It can't be turned back, and two of one reader's have nothing in common.
    """
    said = f"{reader} {story_id}"
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    made = (salted_hmac("stories.read", said, key, algorithm="sha256") for key in keys)
    return [mark.hexdigest() for mark in made]


def as_reader(member):
    return f"member {member.pk}"


class Acknowledgement(models.Model):
    """Somebody said that they read ``story`` to the end.  Not who, and not when."""

    mark = models.CharField(primary_key=True, max_length=64)
    story = models.ForeignKey("stories.Story", models.CASCADE, related_name="acknowledgements")

    def __str__(self):
        return self.mark

    @classmethod
    @transaction.atomic
    def give(cls, reader, stories):
        """Count ``reader`` once for the one story in ``stories``.  Returns whether it is there,
        and its writer asks.
        """
        # Whoever takes it down, or asks no more, in this moment comes before or after.
        story = stories.filter(asks_readers=True).select_for_update(of=("self",)).first()
        if story is None:
            return False
        marks = marks_of(reader, story.pk)
        if not cls.objects.filter(mark__in=marks).exists():
            cls.objects.bulk_create([cls(mark=marks[0], story=story)], ignore_conflicts=True)
        return True

    @classmethod
    def take_back(cls, reader, story_id):
        cls.objects.filter(mark__in=marks_of(reader, story_id)).delete()

    @classmethod
    def was_given(cls, reader, story_id):
        return cls.objects.filter(mark__in=marks_of(reader, story_id)).exists()

    @classmethod
    def in_words(cls, story):
        """For its writer: "Nineteen people have read to the end."; nothing while there are none."""
        number = cls.objects.filter(story=story).count() if story.asks_readers else 0
        if not number:
            return ""
        said = ngettext(
            "%(number)s person has read to the end.",
            "%(number)s people have read to the end.",
            number,
        )
        return capfirst(said % {"number": in_words(number)})


class Reader(models.Model):
    """What a member wants under the stories they read.  Who never pressed anything there, nor
    chose, has none in the database.
    """

    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    is_asked = models.BooleanField(default=True, db_default=True)

    def __str__(self):
        return f"{self.member_id}"

    @transaction.atomic
    def delete(self, *args, **kwargs):
        """With what they told writers.  No mark says whose it is: each story has to be tried."""
        reader = as_reader(self.member)
        marked = Acknowledgement.objects.values_list("story_id", flat=True).distinct()
        stories = list(marked.order_by())
        for start in range(0, len(stories), AT_ONCE):
            tried = [m for pk in stories[start : start + AT_ONCE] for m in marks_of(reader, pk)]
            Acknowledgement.objects.filter(mark__in=tried).delete()
        return super().delete(*args, **kwargs)

    @classmethod
    def of(cls, member):
        """From their first press on, so that what they said goes when they go."""
        return cls.objects.get_or_create(member=member)[0]


class KeptStory(models.Model):
    """A story that a member kept, for nobody else to know."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    # Erased by its writer, it leaves a line that says so and no more.
    story = models.ForeignKey("stories.Story", models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "story"], name="stories_keptstory_once")
        ]

    def __str__(self):
        return f"{self.pk}"

    @classmethod
    @transaction.atomic
    def keep(cls, member, stories):
        """Keep the one story in ``stories``; the same press twice is one.  Returns whether it is
        there.
        """
        story = stories.select_for_update(of=("self",)).first()
        if story is not None:
            cls.objects.bulk_create([cls(member=member, story=story)], ignore_conflicts=True)
        return story is not None

    @classmethod
    def of(cls, member, visible):
        """The latest first.  ``is_here`` says whether the story is among ``visible``."""
        here = Exists(visible.filter(pk=OuterRef("story")))
        kept = cls.objects.filter(member=member).annotate(is_here=here)
        return kept.select_related("story__shown", "story__author").order_by("-pk")


def done_by(member, story_id):
    """For the query of the one story that ``member`` has open: what they did about it."""
    given = Acknowledgement.objects.filter(mark__in=marks_of(as_reader(member), story_id))
    kept = KeptStory.objects.filter(member=member, story=OuterRef("pk"))
    return {
        "is_acknowledged": Exists(given),
        "kept_as": Subquery(kept.values("pk")[:1]),
        "is_left_alone": Exists(Reader.objects.filter(member=member, is_asked=False)),
    }
