"""Letters: to the writer of one story, or left here for anyone."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.members.mail import something_for_you
from community.members.models import Consent
from community.members.stopping import Kind as Mail
from community.moderation import moderators
from community.moderation.models import Case, Moderated, TransitionNotAllowed
from community.moderation.sanctions import Doing
from community.moderation.shields import Shield
from community.moderation.states import AWAITING_AUTHOR, SENT, Action, State
from stories import vocabulary
from stories.agreeing import Agreed
from stories.beforehand import Beforehand
from stories.drafts import Drafted
from stories.finding import random_id
from stories.labels import LetterNote
from stories.ladder import name_on
from stories.letter_finding import LetterManager
from stories.letter_pace import AUDIENCES, refuse_too_many
from stories.letterbox import Block, Letterbox
from stories.text import opening
from stories.vocabulary import Signature

LONGEST = 4000
# Names the sentence beside the button; a change of its words is a new name.
WORDING = "2026-11"


class Letter(Agreed, Beforehand, Drafted, Moderated):
    """To the writer of ``story``, in answer to a letter, or for anyone.

    ``published`` means that a moderator has read it and it may go; it is in its reader's letterbox
    from ``delivered_at``, and under the story from ``put_up_at``.
    """

    WORDS = ("body", "signed", "language", "asks_first", "notes", "own_note")
    PROSE = ("body", "own_note")
    TYPED = (*WORDS, "may_be_shown")
    REPORTED_AS = "letter"
    AGREED_TO = AUDIENCES
    SENDING = Doing.LETTER

    id = models.CharField(primary_key=True, max_length=6, default=random_id, editable=False)
    story = models.ForeignKey("stories.Story", models.SET_NULL, null=True, related_name="letters")
    answers = models.OneToOneField("self", models.SET_NULL, null=True, related_name="answer")
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="letters_received"
    )
    is_for_anyone = models.BooleanField(default=False, editable=False)

    body = models.TextField(_("your letter"), max_length=LONGEST, blank=True)
    signed = models.CharField(
        _("signed"), max_length=8, choices=Signature, default=Signature.PEN_NAME
    )
    language = models.CharField(
        _("language"), max_length=8, choices=vocabulary.LANGUAGES, default="en"
    )
    may_be_shown = models.BooleanField(_("may be shown"), default=False)

    delivered_at = models.DateTimeField(null=True, editable=False)
    opened_at = models.DateTimeField(null=True, editable=False)
    put_up_at = models.DateTimeField(null=True, editable=False)
    came_back_at = models.DateTimeField(null=True, editable=False)
    is_withheld = models.BooleanField(default=False, editable=False)
    is_example = models.BooleanField(default=False, editable=False)

    objects = LetterManager()

    class Meta(Moderated.Meta):
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints = [
            *Moderated.Meta.constraints,
            models.UniqueConstraint(
                fields=["author", "story"], name="stories_letter_one_to_a_story"
            ),
            models.CheckConstraint(
                condition=Q(is_for_anyone=False) | Q(story=None, answers=None, to=None),
                name="stories_letter_for_anyone_is_to_nobody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["to", "-delivered_at", "-id"],
                condition=Q(delivered_at__isnull=False),
                name="stories_letter_box",
            ),
            models.Index(
                fields=["story", "-put_up_at", "-id"],
                condition=Q(put_up_at__isnull=False),
                name="stories_letter_put_up",
            ),
            models.Index(
                fields=["id"],
                condition=Q(is_for_anyone=True, shown__isnull=False),
                name="stories_letter_for_anyone",
            ),
            models.Index(
                fields=["to"],
                condition=Q(delivered_at=None, shown__isnull=False),
                name="stories_letter_kept",
            ),
            models.Index(fields=["id"], condition=Q(state__in=SENT), name="stories_letter_waiting"),
        ]

    def __str__(self):
        return self.pk

    def get_absolute_url(self):
        if self.is_for_anyone:
            return reverse("stories:letter", args=[self.pk])
        if self.put_up_at and self.may_be_shown and self.story_id:
            return f"{reverse('stories:letters-to', args=[self.story_id])}#letter-{self.pk}"
        return reverse("stories:read-letter", args=[self.pk])

    def get_desk_url(self):
        return reverse("stories:sent-letter", args=[self.pk])

    def called(self):
        return self.title

    def as_read(self):
        """With the words that a moderator read; as they were sent while nobody has."""
        version = self.shown or self.sent
        return self.at(version) if version else self

    # ---- whom it is from and to

    @property
    def name(self):
        """The name its reader sees, or "" for none."""
        if self.signed == Signature.WRITER:
            return name_on(self.answers and self.answers.story)
        return "" if self.signed == Signature.NO_NAME else self.author.pen_name

    @property
    def name_of_reader(self):
        """The name of whom it is to, as its sender knows them; "" where there is none."""
        return self.answers.name if self.answers else name_on(self.story)

    def names_its_author(self):
        return self.signed == Signature.PEN_NAME

    def place(self):
        """What tells it from its author's other letters."""
        if self.is_for_anyone:
            return {"pk": self.pk}
        return {"answers": self.answers} if self.answers_id else {"story": self.story}

    def has_a_reader(self):
        """Whether whom it is to is here, and glad of it."""
        letter = type(self)._base_manager.filter(pk=self.pk)
        return self.is_for_anyone or not letter.filter(type(self).objects.nowhere()).exists()

    def begin_answer(self, author):
        """An answer to this one, by whom it reached; not kept yet."""
        signed = self.answers.signed if self.answers_id else Signature.WRITER
        return type(self)(
            author=author, answers=self, to=self.author, signed=signed, language=self.language
        )

    def may_be_answered(self):
        """Once, and an answer once more: there are no threads."""
        may_end_here = self.answers_id and self.answers.answers_id
        return bool((self.story_id or self.answers_id) and not may_end_here)

    # ---- what a moderator sees of it

    @property
    def title(self):
        return opening(self.body)

    def topics(self):
        """What its reader lived through, for who can’t read about that this week."""
        shown = self.story and self.story.shown
        return [*(shown.words["losses"] if shown else []), *self.notes]

    def facts(self):
        if self.is_for_anyone:
            return [gettext("For anyone")]
        if self.answers_id:
            return [gettext("An answer to a letter")]
        if self.may_be_shown:
            return [gettext("To one person, who may show it")]
        return [gettext("To one person")]

    def needs_second_reader(self):
        """Whether one moderator’s yes is not enough for it to go."""
        shown = self.story and self.story.shown
        return bool(shown and Shield.objects.covers(self.story.as_shown()))

    # ---- what its sender does

    def standing(self):
        """Where it is, to its sender, in a few words."""
        if self.state == State.DRAFT and self.came_back_at:
            return gettext("It came back to you")
        if self.state == State.PUBLISHED:
            # The same whether it was let in, is being kept, or was kept away.
            return gettext("Here, for anyone") if self.is_for_anyone else gettext("Sent on")
        said = {
            State.DECLINED: gettext("Not sent on"),
            State.WITHDRAWN: gettext("Taken back by you"),
        }
        return said.get(self.state) or self.get_state_display()

    def may_be_changed(self):
        return self.state in {State.DRAFT, State.DECLINED} | AWAITING_AUTHOR

    @transaction.atomic
    def send(self, *, answer=""):
        """To a moderator first; with it its sender agrees to who reads it after that.  TooManyToday
        if they are new here and have sent enough for a day.
        """
        refuse_too_many(self)
        Consent.give(self.author, self.audience(), wording=WORDING, about=f"letter {self.pk}")
        self.submit(answer=answer)
        self._stamp(came_back_at=None)
        if self.to and moderators.active().filter(pk=self.to_id).exists():
            # Nobody decides whether a letter to themselves arrives.
            mine = Case.objects.readings().open().about(self).filter(passed_by=None)
            mine.update(passed_by=self.to)

    def audience(self):
        """The purpose under which the consent stands."""
        if self.is_for_anyone:
            return "letter-for-anyone"
        return "letter-may-be-shown" if self.may_be_shown else "letter-to-one"

    def call_back(self):
        """Wherever it is: from its moderator, or from its reader, at once."""
        return self.withdraw() if self.allows(Action.WITHDRAW) else self.take_back()

    @transaction.atomic
    def keep_private(self):
        """From now on it is for its reader only."""
        about = f"letter {self.pk}"
        agreed = Consent.withdraw(self.author, self.audience(), about=about)
        self._stamp(may_be_shown=False, put_up_at=None)
        if agreed:
            Consent.give(self.author, self.audience(), wording=WORDING, about=about)

    @transaction.atomic
    def come_back(self):
        """Nobody is there to read it: its sender has it again, and every word."""
        self.take_back()
        self._stamp(came_back_at=timezone.now())
        something_for_you(self.author, Mail.LETTER)

    # ---- where a moderator’s yes takes it

    def reaches_one(self):
        return self.to_id is not None

    def may_be_covered(self):
        return bool(self.is_for_anyone or self.put_up_at)

    def publish(self, **decided):
        if not self.has_a_reader():
            raise TransitionNotAllowed(
                _("Whom it is to can’t be reached any more. It goes back to its sender.")
            )
        return super().publish(**decided)

    def accept(self):
        if not self.has_a_reader():
            raise TransitionNotAllowed(
                _("It can’t reach anybody at the moment. Your words are kept.")
            )
        return super().accept()

    def shown_changed(self):
        """In its reader’s letterbox at once, if that is how they like it."""
        LetterNote.keep(self)
        if self.shown_id is None or self.to_id is None or self.delivered_at:
            return
        if Block.stands_between(self.to, self.author):
            self._stamp(is_withheld=True)
        elif Letterbox.of(self.to, locked=True).when == Letterbox.When.COMING:
            self._stamp(delivered_at=timezone.now())
            something_for_you(self.to, Mail.LETTER)

    def _stamp(self, **values):
        type(self)._base_manager.filter(pk=self.pk).update(**values)
        for name, value in values.items():
            setattr(self, name, value)
