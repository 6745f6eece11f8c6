"""What members write."""

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from community.moderation.models import Moderated
from stories import vocabulary
from stories.after_reading import Acknowledgement, KeptStory, Reader
from stories.agreeing import Agreed
from stories.beforehand import Beforehand
from stories.drafts import Drafted
from stories.finding import StoryManager, random_id
from stories.labels import Label
from stories.ladder import RUNGS, Climbing
from stories.letterbox import Block, Letterbox, Turning
from stories.letters import Letter
from stories.linking import Link
from stories.offers import Asking, Offer
from stories.own_words import OwnWords
from stories.photo_holding import HeldPhoto
from stories.photo_order import notes_of
from stories.photos import Photo
from stories.remembrance import Remembrance
from stories.text import blocks, opening, reading_minutes
from stories.vocabulary import Byline, Visibility

__all__ = [
    "Acknowledgement",
    "Asking",
    "Block",
    "Byline",
    "HeldPhoto",
    "KeptStory",
    "Letter",
    "Letterbox",
    "Link",
    "Offer",
    "Photo",
    "Reader",
    "Remembrance",
    "Story",
    "Visibility",
]


class Story(Climbing, Agreed, Beforehand, OwnWords, Turning, Drafted, Moderated):
    """One person's account of a loss.  Readers get ``story.at(story.shown)``."""

    WORDS = (
        "title",
        "body",
        "losses",
        "role",
        "themes",
        "circumstances",
        "language",
        "notes",
        "own_note",
        "asks_first",
        "byline",
        "other_name",
        "own_loss",
        "baby",
    )
    PROSE = ("title", "body", "own_note", "own_loss", "baby")
    TYPED = ("title", "body")
    BODY_LENGTH = 100_000
    REPORTED_AS = "story"
    AGREED_TO = RUNGS
    IS_WRITTEN_TO = True

    id = models.CharField(primary_key=True, max_length=6, default=random_id, editable=False)
    title = models.CharField(_("title"), max_length=120, blank=True)
    body = models.TextField(_("your story"), max_length=BODY_LENGTH, blank=True)
    losses = models.JSONField(_("kind of loss"), default=list, blank=True)
    role = models.CharField(_("who is writing"), max_length=20, choices=vocabulary.Role, blank=True)
    themes = models.JSONField(_("what it is about"), default=list, blank=True)
    circumstances = models.JSONField(_("circumstances"), default=list, blank=True)
    language = models.CharField(
        _("language"), max_length=8, choices=vocabulary.LANGUAGES, default="en"
    )
    byline = models.CharField(
        _("the name it goes under"), max_length=12, choices=Byline, blank=True
    )
    other_name = models.CharField(_("another name"), max_length=40, blank=True)

    visibility = models.CharField(
        _("who can read it"), max_length=10, choices=Visibility, default=Visibility.EVERYONE
    )
    wants_letters = models.BooleanField(_("letters"), null=True)
    # Whether readers can say that they read it to the end, and its writer is told how many did.
    asks_readers = models.BooleanField(default=True, db_default=True, editable=False)
    unnamed_since = models.DateTimeField(null=True, editable=False)
    is_example = models.BooleanField(default=False, editable=False)
    # A copy of what the photographs say that readers see in it.
    photo_notes = models.JSONField(default=list, db_default=[], editable=False)

    objects = StoryManager()

    class Meta(Moderated.Meta):
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        indexes = [
            models.Index(
                fields=["-published_at", "-id"],
                condition=Q(shown__isnull=False),
                name="stories_story_list",
            ),
            models.Index(
                fields=["published_at", "id"],
                condition=Q(shown__isnull=False, wants_letters=True, is_example=False),
                name="stories_story_wants_letters",
            ),
        ]

    def __str__(self):
        """An address, never a title: this reaches logs and other people's screens."""
        return self.pk

    def get_absolute_url(self):
        return reverse("stories:detail", args=[self.pk])

    def get_desk_url(self):
        return reverse("stories:sent", args=[self.pk])

    def get_photos_url(self):
        return reverse("stories:photos", args=[self.pk])

    def at(self, version):
        twin = super().at(version)
        taken_off = self.unnamed_since and version.made_at < self.unnamed_since
        if taken_off or self.byline == Byline.NO_NAME:
            # Going without a name never waits for a moderator; a name comes back only with words
            # that were sent, and read, since.
            twin.byline = Byline.NO_NAME
        return twin

    def as_shown(self):
        return self.at(self.shown)

    # ---- what readers are told of it

    @property
    def name(self):
        """The name readers see, or "" for none."""
        if self.byline == Byline.OTHER_NAME:
            return self.other_name
        return "" if self.byline == Byline.NO_NAME else self.author.pen_name

    @property
    def opening(self):
        return opening(self.body)

    @property
    def minutes(self):
        return reading_minutes(self.body)

    def role_label(self):
        """Empty for those who would rather not say."""
        return "" if self.role == vocabulary.Role.UNSAID else self.get_role_display()

    def circumstance_labels(self):
        return vocabulary.labels(vocabulary.Circumstance, self.circumstances)

    def theme_links(self):
        return [theme for theme in vocabulary.Theme if theme.value in self.themes]

    def first_paragraphs(self):
        """Its beginning, for a page that shows no more than that."""
        return "\n\n".join(blocks(self.body)[:2])

    def names_its_author(self):
        return self.byline == Byline.PEN_NAME

    # ---- what a moderator sees of it in the queue

    def topics(self):
        return [*self.losses, *self.all_notes()]

    @classmethod
    def topic_choices(cls):
        return [
            (gettext("Kind of loss"), vocabulary.Loss.choices),
            (gettext("It describes"), [*vocabulary.Note.choices, *vocabulary.PhotoNote.choices]),
        ]

    def facts(self):
        """What it is, in a line of the queue."""
        readers = self.get_visibility_display()
        minutes = ngettext("%(n)d minute", "%(n)d minutes", self.minutes) % {"n": self.minutes}
        return [*self.loss_labels(), *filter(None, [self.role_label()]), minutes, readers]

    # ---- what its author does

    @transaction.atomic
    def ask_readers(self, asks):
        """Whether readers can say that they read it; where they can’t, none are counted either."""
        Story.objects.filter(pk=self.pk).update(asks_readers=asks)
        if not asks:
            self.acknowledgements.all().delete()

    def may_be_sent(self):
        """The parts that cannot be left empty (DESIGN.md § 5: the name; and some words)."""
        return bool(self.body.strip() and self.title.strip() and self.byline)

    def photographs_changed(self):
        """What readers see of them has just changed, in this transaction."""
        shown = Photo.objects.standing().filter(story=self).select_related("shown")
        self.photo_notes = notes_of(photo.as_shown() for photo in shown)
        Story._base_manager.filter(pk=self.pk).update(photo_notes=self.photo_notes)
        self.refresh_from_db(fields=["shown"])
        self.shown_changed()

    def delete(self, *args, **kwargs):
        """Its photographs first, each with its files."""
        with transaction.atomic():
            for photo in self.photographs.all():
                photo.delete()
            return super().delete(*args, **kwargs)

    def shown_changed(self):
        Label.objects.filter(story=self).delete()
        if self.shown_id:
            self.refresh_from_db(fields=["photo_notes"])
            Label.objects.bulk_create(Label.of(self.as_shown()))
