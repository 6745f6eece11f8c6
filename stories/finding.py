"""How stories are found, and by what address."""

import secrets

from django.db import IntegrityError, models, transaction
from django.db.models import Func, Subquery

from community.comfort import Comfort
from community.moderation.models import ModeratedQuerySet
from stories.labels import Facet, Label, left_out
from stories.vocabulary import TO_EVERYONE, TO_READERS, PhotoNote, Visibility

# No vowels, so that no id spells a word; no 0, 1 or l, so that one can be read aloud.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
NO_WISHES = Comfort()


def random_id(choice=secrets.choice):
    """Six characters, about 387 million of them: an id tells neither what nor when."""
    return "".join(choice(ALPHABET) for _ in range(6))


class ByChance:
    """For querysets of what has a random id."""

    def any_one(self, near=None):
        """One of these, by chance; or always the same one for the same ``near``."""
        near = near or random_id()
        ordered = self.order_by("pk")
        return ordered.filter(pk__gte=near).first() or ordered.first()


class StandsBeyond(Func):
    """Whether a row's two values come before or after those of another, as one pair: an index of
    both is walked by it, and the other row is looked up once.
    """

    template = "(%(pair)s) %(way)s %(place)s"
    output_field = models.BooleanField()

    def as_sql(self, compiler, connection, **context):
        *pair, place = map(compiler.compile, self.get_source_expressions())
        said = {"pair": ", ".join(sql for sql, _ in pair), "place": place[0]}
        params = [each for _, given in (*pair, place) for each in given]
        return self.template % (said | {"way": self.extra["way"]}), params


class Walked:
    """For querysets that are read page by page, each page named by what it follows."""

    def earlier_than(self, pk, among, moment):
        """Those below ``pk`` in a list newest first by ``moment``: costs what the first page does,
        however far down.

        ``among`` is what the asker may see; where ``pk`` is not in it, nothing is below it.
        """
        return self._beyond("<", pk, among, moment)

    def later_than(self, pk, among, moment):
        return self._beyond(">", pk, among, moment)

    def _beyond(self, way, pk, among, moment):
        place = Subquery(among.order_by().filter(pk=pk).values(moment, "pk"))
        return self.filter(StandsBeyond(moment, "pk", place, way=way))


class StoryQuerySet(Walked, ByChance, ModeratedQuerySet):
    def published(self):
        """What readers see: a moderator read it, and its author lets somebody read it."""
        return super().published().filter(visibility__in=TO_READERS)

    def visible_to(self, member):
        """What ``member`` may read, and a visitor without an account."""
        if member.is_authenticated:
            return self.published()
        return self.published().uncovered().filter(visibility__in=TO_EVERYONE)

    def to_be_found(self):
        """What its author lets search engines keep, and others copy."""
        return self.published().uncovered().filter(visibility=Visibility.SEARCH)

    def open_to_moderators(self):
        return self.exclude(visibility=Visibility.ME)

    def kept_from_readers(self):
        """Published once, until its author stepped down to a rung without readers."""
        return super().published().exclude(visibility__in=TO_READERS)

    def written_by(self, member):
        """All that ``member`` wrote, as they left it, with what was sent and what readers see."""
        return self.filter(author=member).select_related("sent", "shown")

    def for_reading(self):
        """Without the author's own copy of the words, which no reader is shown."""
        own_copy = set(self.model.WORDS) - {"byline"}
        return super().for_reading().defer(*own_copy, "author__email", "author__password")

    def labelled(self, facet, slug):
        """Only those readers find under ``slug``."""
        label = Label.objects.filter(story=models.OuterRef("pk"), facet=facet, slug=slug)
        return self.filter(models.Exists(label))

    def about_any(self, slugs):
        """Those readers find under one of these, as a kind of loss or as what it is about."""
        label = Label.objects.filter(
            story=models.OuterRef("pk"), facet__in=[Facet.LOSS, Facet.THEME], slug__in=slugs
        )
        return self.filter(models.Exists(label))

    def not_labelled(self, facet, slugs):
        label = Label.objects.filter(story=models.OuterRef("pk"), facet=facet, slug__in=slugs)
        return self.filter(~models.Exists(label))

    def gentle(self, comfort=NO_WISHES):
        """Without those that ask this reader first, or any, that have a photograph in them, or that
        a moderator looks at again.
        """
        asking = {Facet.ASKS, PhotoNote.PHOTOGRAPH.value, *comfort.ask}
        return self.uncovered().not_labelled(Facet.NOTE, sorted(asking))

    def suiting(self, comfort):
        """Without what this reader asked to leave out (``request.comfort``)."""
        notes = Label.objects.filter(facet=Facet.NOTE)
        return self.filter(*(~why for why in left_out(comfort, notes, "story")))

    def most_recent_first(self):
        return self.order_by("-published_at", "-pk")


class StoryManager(models.Manager.from_queryset(StoryQuerySet)):
    def begin(self, author):
        """An empty desk; the one already waiting, if ``author`` has not written on it."""
        untouched = self.filter(author=author, sent=None, title="", body="", revision=0)
        while not (story := untouched.first()):
            try:
                with transaction.atomic():
                    return self.create(author=author)
            except IntegrityError:  # another story has that id: draw again
                continue
        return story
