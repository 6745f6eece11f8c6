"""Photographs that stand in a story: each is described, and read as words are."""

import hashlib

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.members.models import Consent
from community.moderation.models import Decision, Moderated, ModeratedQuerySet, TransitionNotAllowed
from community.moderation.moves import NotSeenYet
from community.moderation.reasons import PHOTO_REASONS
from community.moderation.states import AWAITING_AUTHOR, Action, Look, State
from stories import photo_files
from stories.agreeing import Agreed
from stories.drafts import Beginning, Drafted
from stories.finding import random_id
from stories.photo_holding import HeldPhoto
from stories.photo_processing import Refusal
from stories.photo_transcoder import FORMATS
from stories.text import blocks
from stories.vocabulary import PhotoKind, PhotoNote

PURPOSE = "photograph"
# Names the sentence beside the button; a change of its words is a new name.
WORDING = "2026-11"
MOST_IN_A_STORY = 12
DESCRIPTION = 600
AT_THE_END = 32_000
# What a moderator can decide from which readers see it, or its author alone lets them.
SHOWS_IT = frozenset({Action.PUBLISH, Action.READ, Action.SUGGEST})
# What was said about it stands until its author changes it, or sends it by itself.
ANSWERED = frozenset({*AWAITING_AUTHOR, State.DECLINED, State.WITHDRAWN})


def mark_of(paragraph):
    """Finds a paragraph again after others have come and gone around it."""
    return hashlib.sha256(" ".join(paragraph.split()).encode()).hexdigest()[:16]


class PhotoQuerySet(ModeratedQuerySet):
    def standing(self):
        """Published, and not of an account that is closed: what it leaves up stands without."""
        return self.published().filter(author__is_active=True)

    def visible_to(self, member):
        """What stands before ``member``: in a story they may read, and not covered from them."""
        story = self.model._meta.get_field("story").related_model
        stories = story.objects.visible_to(member)
        found = self.standing().filter(story__in=stories)
        return found if member.is_authenticated else found.uncovered()

    def open_to(self, person):
        """Whose pictures ``person`` may look at: what is visible to them, and their own."""
        visible = Q(pk__in=self.visible_to(person).values("pk"))
        own = Q(author=person) if person.is_authenticated else Q()
        return self.filter(visible | own if own else visible)

    def processed(self):
        return self.exclude(key="")

    def taking_room(self):
        """What counts towards ``MOST_IN_A_STORY``: not a file that couldn’t be used."""
        return self.filter(refusal="")

    def in_order(self):
        return self.order_by("after", "number", "pk")

    def open_to_moderators(self):
        story = self.model._meta.get_field("story").related_model
        return self.filter(story__in=story.objects.open_to_moderators())


class PhotoManager(Beginning, models.Manager.from_queryset(PhotoQuerySet)):
    pass


class Photo(Agreed, Drafted, Moderated):
    """One photograph.  Its picture never changes: another picture is another photograph.

    Until it has been processed, ``aside`` names the file as it came; from then on ``key`` names
    what was made of it, or ``refusal`` says why nothing was.
    """

    WORDS = ("description", "kind")
    PROSE = ("description",)
    TYPED = ("description", "kind")
    REPORTED_AS = "photograph"
    AGREED_TO = (PURPOSE,)
    REPORT_REASONS = PHOTO_REASONS

    id = models.CharField(primary_key=True, max_length=6, default=random_id, editable=False)
    story = models.ForeignKey("stories.Story", models.CASCADE, related_name="photographs")
    description = models.TextField(_("description"), max_length=DESCRIPTION, blank=True)
    kind = models.CharField(_("what it shows"), max_length=12, choices=PhotoKind, blank=True)
    # After so many paragraphs, and which the last of those was; and among those at one place.
    after = models.PositiveSmallIntegerField(default=AT_THE_END)
    beside = models.CharField(max_length=16, blank=True, editable=False)
    number = models.PositiveSmallIntegerField(default=0, editable=False)

    aside = models.CharField(max_length=60, blank=True, editable=False)
    key = models.CharField(max_length=32, blank=True, editable=False, db_index=True)
    sizes = models.JSONField(default=list, editable=False)  # [[width, height], …], small first
    refusal = models.CharField(max_length=10, choices=Refusal, blank=True, editable=False)
    # Its author pressed “send” before it was processed.
    is_wanted = models.BooleanField(default=False, editable=False)
    is_example = models.BooleanField(default=False, editable=False)

    objects = PhotoManager()

    class Meta(Moderated.Meta):
        verbose_name = _("photograph")
        verbose_name_plural = _("photographs")
        constraints = [
            *Moderated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(sent=None) | ~Q(key=""), name="stories_photo_is_sent_once_processed"
            ),
        ]

    def __str__(self):
        return self.pk

    def get_absolute_url(self):
        return f"{self.story.get_absolute_url()}#photograph-{self.pk}"

    def as_shown(self):
        return self.at(self.shown)

    @classmethod
    def let_go_of_erased(cls):
        HeldPhoto.objects.let_go()

    # ---- the picture

    def is_processed(self):
        return bool(self.key)

    def is_being_processed(self):
        return bool(self.aside)

    def file_names(self):
        return photo_files.names_of(self.key, self.sizes)

    def has(self, side, kind):
        return kind in FORMATS and side in [max(size) for size in self.sizes]

    @transaction.atomic
    def came_out(self, pictures, key):
        """It was processed.  False, and nothing done, if it was already, or is gone."""
        sizes = sorted([list(size) for size in {(each.width, each.height) for each in pictures}])
        return self._is_settled(key=key, sizes=sizes, aside="")

    @transaction.atomic
    def did_not_come_out(self, why):
        return self._is_settled(refusal=why, aside="", is_wanted=False)

    def _is_settled(self, **values):
        waiting = type(self)._base_manager.filter(pk=self.pk, aside=self.aside).exclude(aside="")
        if not waiting.update(**values):
            return False
        as_it_came = self.aside
        transaction.on_commit(lambda: photo_files.remove([as_it_came]))
        for name, value in values.items():
            setattr(self, name, value)
        return True

    def delete(self, *args, **kwargs):
        """With every file of it, once the row is gone; also what was processed a moment ago.  While
        somebody has told us about it, its pictures are held for that case.
        """
        with transaction.atomic():
            row = type(self)._base_manager.select_for_update().filter(pk=self.pk).first() or self
            gone = super().delete(*args, **kwargs)
            kept = [] if HeldPhoto.objects.hold(row) else row.file_names()
            names = [*kept, *filter(None, [row.aside])]
            transaction.on_commit(lambda: photo_files.remove(names))
        return gone

    # ---- where it stands

    def stands_after(self, body):
        """After how many paragraphs of ``body``, whatever was written there since."""
        marks = [mark_of(each) for each in blocks(body)]
        if self.beside in marks:
            return marks.index(self.beside) + 1
        return min(self.after, len(marks))

    def put(self, after):
        """After so many paragraphs of its story as it stands."""
        paragraphs = blocks(self.story.body)
        self.after = after if after < len(paragraphs) else AT_THE_END
        self.beside = mark_of(paragraphs[after - 1]) if 0 < after < len(paragraphs) else ""

    # ---- whose it is, and who may see it: as its story

    @property
    def language(self):
        return self.story.language if self.story_id else ""

    def names_its_author(self):
        return self.story.names_its_author()

    def is_for_readers(self):
        return self.story.is_for_readers()

    def is_open(self):
        return super().is_open() and self.story.is_open()

    def is_open_to_moderators(self):
        return self.story.is_open_to_moderators()

    def name(self):
        """Of whom readers know it from."""
        return self.story.name

    # ---- what a moderator sees of it in the queue

    @property
    def title(self):
        return self.description

    def called(self):
        return self.description

    def topics(self):
        if not self.story_id:
            return []
        return [*self.story.topics(), self.note()]

    def facts(self):
        return [self.get_kind_display()]

    def flags(self):
        return [gettext("Needs two")] if self.needs_second_reader() else []

    def needs_second_reader(self):
        """As it was sent, whatever its author says of it since; or as they say by now."""
        as_sent = self.sent.words["kind"] if self.sent else self.kind
        return PhotoKind.BABY in (self.kind, as_sent)

    def must_have_been_seen(self, action, *, by):
        looks = Decision.objects.about(self).filter(action=Look.UNVEIL, by=by)
        if action in SHOWS_IT and not looks.exists():
            raise NotSeenYet(
                _("Show the photograph first: readers open nothing unread. Nothing was done.")
            )

    def note(self):
        """What stands before a story that it is in."""
        return PhotoNote.BABY if self.kind == PhotoKind.BABY else PhotoNote.PHOTOGRAPH

    # ---- what its author does

    def place(self):
        return {"pk": self.pk}

    def get_desk_url(self):
        return self.story.get_photos_url()

    def lacks(self):
        """What has to be there before it can be sent: its description, and what it shows."""
        return [name for name in self.WORDS if not getattr(self, name).strip()]

    def may_be_sent(self):
        may = not self.refusal and not self.lacks() and self.allows(Action.SUBMIT)
        decided = self.state in (State.PENDING, State.PUBLISHED) and not self.has_unsent_changes()
        return may and not decided

    def goes_along(self):
        """When everything of its story is sent."""
        is_answered = self.state in ANSWERED and not self.has_unsent_changes()
        return self.may_be_sent() and not is_answered

    @transaction.atomic
    def send(self, *, answer=""):
        """To a moderator; or as soon as it has been processed.

        Never in the transaction that sends its story: each takes its own place in the log.
        """
        if not self.may_be_sent():
            raise TransitionNotAllowed(_("It lacks something, so nothing was done."))
        about = f"{self.REPORTED_AS} {self.pk}"
        Consent.give(self.author, PURPOSE, wording=WORDING, about=about)
        if self.is_processed():
            self.submit(answer=answer)
        self._want(not self.is_processed())

    @transaction.atomic
    def take_back(self):
        self._want(False)
        return super().take_back() if self.is_waiting() else None

    def _want(self, is_wanted):
        type(self)._base_manager.filter(pk=self.pk).update(is_wanted=is_wanted)
        self.is_wanted = is_wanted

    def shown_changed(self):
        self.story.photographs_changed()
