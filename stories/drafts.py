"""What is kept while it is being written, over as many sittings as its author needs."""

from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext

from community.moderation.lookout import Kind
from stories.finding import random_id
from stories.vocabulary import LANGUAGES, RIGHT_TO_LEFT


class Beginning:
    """Mix into a manager of what has a random id, and says by ``place()`` what tells it apart."""

    def begin(self, draft):
        """Keep a new one; where the same press made one a moment ago, its words there."""
        while True:
            try:
                with transaction.atomic():
                    draft.revision = 1
                    draft.save(force_insert=True)
                    return draft
            except IntegrityError:
                same = self.filter(author=draft.author).filter(**draft.place()).first()
                if same is not None:
                    return same
                draft.pk = random_id()  # somebody else's has that id: draw again


class Drafted(models.Model):
    """Each save of what was ``TYPED`` counts, so that a second window notices the first."""

    TYPED = ()

    revision = models.PositiveIntegerField(default=0, editable=False)
    begun_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True

    def save_words(self, seen_revision=None):
        """Keep what was typed.

        False, and nothing done, if it was saved from somewhere else since ``seen_revision``.
        """
        row = type(self)._base_manager.filter(pk=self.pk)
        if seen_revision is not None:
            row = row.filter(revision=seen_revision)
        typed = {name: getattr(self, name) for name in self.TYPED}
        saved = row.update(**typed, saved_at=timezone.now(), revision=F("revision") + 1)
        if saved:
            self.refresh_from_db(fields=["revision", "saved_at"])
        return bool(saved)

    def rewrite(self, words):
        """A desk that is open somewhere is told, as if another window had saved."""
        self.revision += 1
        self.saved_at = timezone.now()
        return [*super().rewrite(words), "revision", "saved_at"]

    @classmethod
    def language_choices(cls):
        return LANGUAGES

    def flags(self):
        """What a moderator who opens it should know first."""
        flags = [gettext("In %(language)s") % {"language": self.get_language_display()}]
        return flags if self.language != "en" else []

    @property
    def direction(self):
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    def may_need_someone(self):
        """Whether the words suggest that their writer is in danger."""
        return any(passage.kind == Kind.DANGER for passage in self.passages())
