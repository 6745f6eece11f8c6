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
            Facet.NOTE: story.notes + ([Facet.ASKS] if story.must_ask() else []),
        }
        return [cls(story=story, facet=f, slug=slug) for f, many in slugs.items() for slug in many]


def left_out(comfort, story):
    """Why a reader would not find the story that the field ``story`` leads to, each as a question
    of its own: the database answers those by index, which it does not for one with "or" in it.

    ``Facet.ASKS`` among the wishes means whatever its writer keeps folded for a reason of their
    own: none of the notes that always ask stands there.
    """
    notes = Label.objects.filter(story=OuterRef(story), facet=Facet.NOTE)
    if unwanted := sorted(comfort.out - {Facet.ASKS}):
        yield Exists(notes.filter(slug__in=unwanted))
    if Facet.ASKS in comfort.out:
        same_story = Label.objects.filter(story=OuterRef("story"), facet=Facet.NOTE)
        always_ask = same_story.filter(slug__in=sorted(ASKS_FIRST))
        yield Exists(notes.filter(~Exists(always_ask), slug=Facet.ASKS))
