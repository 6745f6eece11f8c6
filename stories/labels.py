"""Under what a reader finds a published story, or leaves it out."""

from django.db import models
from django.db.models import Exists, OuterRef

from stories.vocabulary import ASKS_FIRST


class Facet:
    """Under what a reader may look for a story.  ``ASKS`` stands among the notes."""

    LOSS, ROLE, THEME, LANGUAGE, NOTE = "loss", "role", "theme", "lang", "note"
    ASKS = "asks-first"


class Label(models.Model):
    """One thing a published story can be found under, or left out for; a copy of what is shown."""

    story = models.ForeignKey("stories.Story", on_delete=models.CASCADE, related_name="labels")
    facet = models.CharField(max_length=8)
    slug = models.CharField(max_length=24)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["story", "facet", "slug"], name="stories_label_once_a_story"
            )
        ]
        indexes = [models.Index(fields=["facet", "slug", "story"], name="stories_label_find")]

    def __str__(self):
        return f"{self.facet}:{self.slug}"

    @classmethod
    def of(cls, story):
        """The labels of ``story`` as its words stand, unsaved."""
        slugs = {
            Facet.LOSS: story.losses,
            Facet.ROLE: [story.role] if story.role else [],
            Facet.THEME: story.themes,
            Facet.LANGUAGE: [story.language],
            Facet.NOTE: story.noted_as(),
        }
        return [cls(story=story, facet=f, slug=slug) for f, many in slugs.items() for slug in many]


class LetterNote(models.Model):
    """One thing a letter for anyone can be left out for; a copy of what is shown."""

    letter = models.ForeignKey("stories.Letter", on_delete=models.CASCADE, related_name="+")
    slug = models.CharField(max_length=24)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["letter", "slug"], name="stories_letternote_once")
        ]

    def __str__(self):
        return self.slug

    @classmethod
    def keep(cls, letter):
        """As its words stand, for readers; nothing while it is not shown."""
        cls.objects.filter(letter=letter).delete()
        if letter.shown_id and letter.is_for_anyone:
            slugs = letter.as_read().noted_as()
            cls.objects.bulk_create(cls(letter=letter, slug=slug) for slug in slugs)


def left_out(comfort, notes, whose):
    """Why a reader would not find what the field ``whose`` of ``notes`` leads to, each as a
    question of its own: the database answers those by index, which it does not for one with "or".

    ``Facet.ASKS`` among the wishes means whatever its writer keeps folded for a reason of their
    own: none of the notes that always ask stands there.
    """
    here = notes.filter(**{whose: OuterRef("pk")})
    if unwanted := sorted(comfort.out - {Facet.ASKS}):
        yield Exists(here.filter(slug__in=unwanted))
    if Facet.ASKS in comfort.out:
        beside = notes.filter(**{whose: OuterRef(whose)})
        always_ask = beside.filter(slug__in=sorted(ASKS_FIRST))
        yield Exists(here.filter(~Exists(always_ask), slug=Facet.ASKS))
