"""How anything becomes visible to others, and stops being so."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from community.moderation.appeals import Appeal, close_with
from community.moderation.care import Care
from community.moderation.cases import Case
from community.moderation.covering import Covering
from community.moderation.log import Decision, Message, Version
from community.moderation.lost_factors import LostFactor
from community.moderation.moves import Moving, TransitionNotAllowed
from community.moderation.pace import Pace
from community.moderation.proposals import Proposal
from community.moderation.reason_texts import ReasonText
from community.moderation.records import MemberNote, Record
from community.moderation.reportable import ReportableWords
from community.moderation.reports import Report
from community.moderation.safety import SafetyEntry
from community.moderation.sanctions import Doing, Sanction
from community.moderation.shields import Shield
from community.moderation.states import MOVES, Action, State
from community.moderation.suggestions import Suggesting, Suggestion
from community.moderation.titles import folded, title_in
from community.moderation.transparency import Numbers, TransparencyReport
from community.moderation.words import Worded

__all__ = [
    "Appeal",
    "Care",
    "Case",
    "Decision",
    "LostFactor",
    "MemberNote",
    "Message",
    "Moderated",
    "Numbers",
    "Pace",
    "Proposal",
    "ReasonText",
    "Record",
    "SafetyEntry",
    "Sanction",
    "Shield",
    "Suggestion",
    "TransitionNotAllowed",
    "TransparencyReport",
    "Version",
]


class ModeratedQuerySet(models.QuerySet):
    def published(self):
        """Whatever has words that a moderator read and that readers see."""
        return self.filter(shown__isnull=False)

    def uncovered(self):
        """Without what is for members only while a moderator looks again."""
        return self.filter(covered_at=None)

    def open_to_moderators(self):
        """Whose words a moderator may know of; a kind leaves out what is its author's alone."""
        return self

    def sent(self):
        """Whatever was sent to be read at least once: all that a moderator may know of."""
        return self.filter(sent__isnull=False)

    def for_reading(self):
        return self.select_related("shown", "author")

    def create_published(self, contributions):
        """Made-up ones in bulk, to measure with: as if each had been sent and published."""
        for each in self._as_sent(contributions):
            each.shown, each.state = each.sent, State.PUBLISHED
        made = self.bulk_create(contributions)
        Case.objects.create_in_line([(each, each.published_at) for each in made], is_closed=True)
        return made

    def create_waiting(self, contributions, since):
        """As many that wait to be read, each since its moment in ``since``."""
        for each in self._as_sent(contributions):
            each.state = State.PENDING
        made = self.bulk_create(contributions)
        Case.objects.create_in_line(zip(made, since, strict=True))
        return made

    def _as_sent(self, contributions):
        kind = ContentType.objects.get_for_model(self.model)
        made = [(each.pk, each.words()) for each in contributions]
        versions = Version.objects.bulk_create(
            Version(
                content_type=kind,
                object_id=pk,
                number=1,
                words=words,
                folded_title=folded(title_in(words)),
            )
            for pk, words in made
        )
        for each, each.sent in zip(contributions, versions, strict=True):
            yield each


class Moderated(Moving, Suggesting, Covering, Worded, ReportableWords, models.Model):
    """Something a member writes and others may read once a moderator has.

    A kind names its ``WORDS``: the fields that a moderator reads.  Its row holds them as the author
    last left them; ``sent`` as they were last sent; ``shown`` as readers see them.
    """

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="%(class)s_set"
    )
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT, editable=False)
    # The versions go when their contribution goes, so the database need not be asked twice.
    sent = models.ForeignKey(
        Version, null=True, editable=False, on_delete=models.DO_NOTHING, related_name="+"
    )
    shown = models.ForeignKey(
        Version, null=True, editable=False, on_delete=models.DO_NOTHING, related_name="+"
    )
    published_at = models.DateTimeField(null=True, editable=False)
    # Since when only members read it, because a moderator is looking at it again.
    covered_at = models.DateTimeField(null=True, editable=False)

    # What sending one of these is, for whoever may not do everything for a time.
    SENDING = Doing.SEND
    # Whether letters are written to one, and a shield can stand over it.
    IS_WRITTEN_TO = False

    versions = GenericRelation(Version)
    messages = GenericRelation(Message)
    shields = GenericRelation(Shield)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED) | Q(shown__isnull=False, shown=F("sent")),
                name="%(app_label)s_%(class)s_published_is_what_was_read",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.WITHDRAWN, State.REMOVED]) | Q(shown=None),
                name="%(app_label)s_%(class)s_taken_down_is_not_shown",
            ),
            models.CheckConstraint(
                condition=Q(shown=None) | Q(published_at__isnull=False),
                name="%(app_label)s_%(class)s_shown_since_a_day",
            ),
            models.CheckConstraint(
                condition=Q(covered_at=None) | Q(shown__isnull=False),
                name="%(app_label)s_%(class)s_covered_while_shown",
            ),
        ]

    # ---- where it is

    def needs_second_reader(self):
        """Whether two people have to read it before anybody else does."""
        return False

    def must_have_been_seen(self, action, *, by):
        """NotSeenYet where ``by`` would show readers what they have not looked at."""

    def allows(self, action):
        return MOVES[action].begins_at(self)

    def is_waiting(self):
        """Sent, and not yet decided: its author may take it back."""
        return self.allows(Action.TAKE_BACK)

    def open_case(self):
        return Case.objects.readings().open().about(self).first()

    def last_word(self):
        """The letter that came with the last move, unless it has moved since."""
        letter = Message.objects.to(self.author_id).about(self).first()
        if letter is None:
            return None
        moves = Decision.objects.about(self).filter(action__in=MOVES)
        return None if moves.filter(number__gt=letter.decision.number).exists() else letter

    # ---- the moves

    @transaction.atomic
    def submit(self, *, answer=""):
        """Send the words as they stand to be read; sending the same words twice does nothing."""
        self.lock()
        if not self.has_unsent_changes() and self.state in (State.PENDING, State.PUBLISHED):
            return None
        version = self._new_version(self.words())
        Case.objects.put_in_line(self, version)
        if answer:
            self._say(answer, by=self.author, from_author=True)
        return self._apply(Action.SUBMIT, by=self.author, sent=version)

    def take_back(self):
        return self._apply(Action.TAKE_BACK, by=self.author)

    @transaction.atomic
    def withdraw(self):
        """Needs nobody, and waits for nobody's decision: whatever was decided a moment ago."""
        self.lock()
        return self._apply(Action.WITHDRAW, by=self.author)

    @transaction.atomic
    def accept(self):
        """Publish the words a moderator read, with the note or the changes they proposed."""
        self.lock()
        self.refresh_from_db()  # with what its author saved a moment ago
        if self.state == State.SUGGESTED:
            return self.accept_changes()
        decision = self._apply(Action.ACCEPT, by=self.author, version=self.sent)
        self.save(update_fields=self.take_up(self.sent.proposed))
        return decision

    def publish(self, *, by, version, **said):
        return self._apply(Action.PUBLISH, by=by, version=version, **said)

    @transaction.atomic
    def read(self, *, by, version, **said):
        """By a moderator and nobody else, as its author asked: it is shown to no reader."""
        self.lock()
        if not self.allows(Action.READ):
            raise TransitionNotAllowed(
                _("Its author asks something else by now. Nothing was done; look again.")
            )
        return self._apply(Action.READ, by=by, version=version, **said)

    @transaction.atomic
    def offer(self, *, by, version, proposed, **said):
        """Publish if the author agrees to ``proposed``, a change of some of the words."""
        self.lock()
        # Its author sent these words when they sent the ones they come from.
        offered = self._new_version(version.words | proposed, proposed, version.made_at)
        return self._apply(Action.OFFER, by=by, version=version, sent=offered, **said)

    def return_to_author(self, *, by, version, **said):
        return self._apply(Action.RETURN, by=by, version=version, **said)

    def decline(self, *, by, version, **said):
        return self._apply(Action.DECLINE, by=by, version=version, **said)

    @transaction.atomic
    def remove(self, *, by, **said):
        self.lock()  # whatever its author sent a moment ago: it is about what readers see
        told = Report.objects.close_about(self)
        # Where nobody told us, nothing but the decision leads to the case that is closed with it.
        said["looked_at"] = told if told and not told.reports.exists() else None
        return Report.objects.answer(told, self._apply(Action.REMOVE, by=by, **said))

    def decide(self, action, *, by, version, **said):
        """The move that a moderator chose, about the words in ``version``."""
        about_readers = {
            Action.REMOVE: self.remove,
            Action.COVER: self.cover,
            Action.UNCOVER: self.uncover,
        }
        if action in about_readers:
            return about_readers[action](by=by, **said)
        verbs = {
            Action.PUBLISH: self.publish,
            Action.READ: self.read,
            Action.OFFER: self.offer,
            Action.SUGGEST: self.suggest,
            Action.RETURN: self.return_to_author,
            Action.DECLINE: self.decline,
        }
        return verbs[action](by=by, version=version, **said)

    def delete(self, *args, **kwargs):
        """Erase the words, every version and every message.  Decisions hold none, and stay."""
        with transaction.atomic():
            # Whoever is about to add a version or a message waits, and finds it gone.
            list(type(self)._base_manager.select_for_update().filter(pk=self.pk).values("pk"))
            close_with(self)
            return super().delete(*args, **kwargs)

    def shown_changed(self):
        """What readers see has just changed, in this transaction: a kind's copies follow."""
