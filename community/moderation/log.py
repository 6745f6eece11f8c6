"""What stays on record: the words as sent, what was said about them, and who decided what."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.moderation.chain import mac_of, seal_of
from community.moderation.rules import Rule
from community.moderation.states import APPEALABLE, MODERATORS_MOVES, Action, Look, Remark, State
from community.moderation.titles import BY_TITLE, LONGEST, TitledQuerySet


def address_of(contribution):
    kind = ContentType.objects.get_for_model(contribution)
    return {"content_type": kind, "object_id": str(contribution.pk)}


class AboutQuerySet(models.QuerySet):
    def about(self, contribution):
        return self.filter(**address_of(contribution))


class AboutContribution(models.Model):
    """Points at a story, and at what a later kind of contribution will be."""

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.CharField(max_length=12)
    contribution = GenericForeignKey("content_type", "object_id")

    class Meta:
        abstract = True

    def address(self):
        return {"content_type_id": self.content_type_id, "object_id": self.object_id}


class Version(AboutContribution):
    """The words as once sent.  ``proposed`` holds what a moderator offered to add to them."""

    number = models.PositiveIntegerField()
    words = models.JSONField()
    folded_title = models.CharField(max_length=LONGEST, default="", db_default="")
    proposed = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects = TitledQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=BY_TITLE, name="moderation_version_by_title")]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "number"],
                name="moderation_version_numbers_differ",
            )
        ]

    def __str__(self):
        return f"{self.object_id} · {self.number}"


class AppendOnly(Exception):
    """Somebody tried to change or remove what is on record."""


class LogHead(models.Model):
    """Where the log ends: one row, so that taking away the last decisions does not go unnoticed.

    Whoever adds to the log locks it, and nothing after it that somebody else might hold: first
    the contribution, then its case, then this.  So numbers have no gaps and nobody waits for ever.
    """

    number = models.PositiveBigIntegerField(default=0)
    mac = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="moderation_loghead_is_one")
        ]

    def __str__(self):
        return str(self.number)

    def move_to(self, decision):
        """Give ``decision`` its place, and end there."""
        decision.number = self.number + 1
        decision.mac = mac_of(decision, self.mac)
        self.number, self.mac = decision.number, decision.mac
        self.seal = seal_of(self.number, self.mac)
        self.save()


class DecisionQuerySet(AboutQuerySet):
    def moves(self):
        """Without the looks: what changed where a contribution is."""
        return self.filter(action__in=Action.values)

    def by_moderators(self):
        return self.filter(action__in=MODERATORS_MOVES)

    def of_people(self):
        """Without those about the examples of a trial, which nobody wrote and nobody waited for."""
        return self.exclude(remark=Remark.EXAMPLE)

    def record(self, about, action, *, by=None, case=None, **more):
        """Add a row about a contribution or a case; ``by`` is None for what its author did."""
        is_case = isinstance(about, AboutContribution)
        address = about.address() if is_case else address_of(about)
        language = getattr(case or about, "language", "")
        return self.create(
            **address,
            case_id=case.pk if case else None,
            action=action,
            role=Decision.Role.MODERATOR if by else Decision.Role.AUTHOR,
            by=by,
            by_name=by.pen_name if by else "",
            language=language,
            **more,
        )

    def look(self, case, look, *, by):
        """Put on record what moves nothing: that ``by`` had the words of ``case`` before them."""
        state = State.PENDING if case.kind == case.Kind.READING else ""
        number = case.version and case.version.number
        return self.record(
            case, look, by=by, case=case, source=state, target=state, version_number=number
        )

    def update(self, **values):
        raise AppendOnly("The log is written once.")

    def delete(self):
        raise AppendOnly("The log is written once.")


# Six months: how long somebody may ask us to think again.
APPEALS_WITHIN = timedelta(days=183)


class Decision(AboutContribution):
    """One recorded move, or a look at what nobody but its author and a moderator may see.  It holds
    no words of anybody's, so that it can outlive the contribution.

    An author is recorded by role only; a moderator by the pen name of that day, and by a key that
    no constraint ties to the account, so that deleting the account leaves the row as it was.
    """

    class Role(models.TextChoices):
        AUTHOR = "author", _("the author")
        MODERATOR = "moderator", _("a moderator")

    number = models.PositiveBigIntegerField(unique=True, editable=False)
    mac = models.CharField(max_length=64, editable=False)
    case_id = models.BigIntegerField(null=True, editable=False)
    version_number = models.PositiveIntegerField(null=True)
    action = models.CharField(max_length=12, choices=[*Action.choices, *Look.choices])
    source = models.CharField(max_length=12)
    target = models.CharField(max_length=12)
    role = models.CharField(max_length=10, choices=Role)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
    )
    by_name = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False, db_index=True)
    waited = models.DurationField(null=True)
    # Empty in the rows of earlier releases, and then left out of their macs.
    rule = models.CharField(max_length=12, choices=Rule, blank=True, default="", db_default="")
    language = models.CharField(max_length=12, blank=True, default="", db_default="")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
    )
    proposed_by_name = models.CharField(max_length=40, blank=True, default="", db_default="")
    remark = models.CharField(max_length=12, choices=Remark, blank=True, default="", db_default="")
    # The number of the decision that an appeal was about.
    appealed = models.PositiveBigIntegerField(null=True)
    # When what it decided ends by itself.
    ends_at = models.DateTimeField(null=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-number"]
        permissions = [("export_decision", "Can download the log")]
        indexes = [models.Index(fields=["content_type", "object_id"])]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(role="moderator") | ~models.Q(by_name=""),
                name="moderation_decision_names_its_moderator",
            )
        ]

    def __str__(self):
        return f"{self.object_id}: {self.get_action_display()}"

    def save(self, **options):
        if not self._state.adding:
            raise AppendOnly("The log is written once.")
        with transaction.atomic():
            LogHead.objects.select_for_update().get().move_to(self)
            super().save(**options)

    def delete(self, **options):
        raise AppendOnly("The log is written once.")

    def appeals_until(self):
        return self.at + APPEALS_WITHIN

    def may_be_appealed(self):
        """By whom it is about.  What was decided on an appeal stands."""
        first = self.action in APPEALABLE and self.appealed is None
        return first and timezone.now() < self.appeals_until()

    def answers_a_report(self):
        """And left up what somebody told us about: they may ask again, for as long."""
        left_up = self.action == Action.KEEP and self.appealed is None
        return left_up and timezone.now() < self.appeals_until()


def new_key():
    return secrets.token_urlsafe(16)


class MessageQuerySet(AboutQuerySet):
    def to(self, member):
        """The letters that came to ``member`` with a decision, newest first."""
        sent = self.filter(to=member, decision__isnull=False)
        return sent.select_related("decision", "content_type").order_by("-decision__number")

    def write(self, decision, *, by, text, to, passage=""):
        """The letter that goes with ``decision``; ``to`` is None for who has no account."""
        return self.create(
            content_type_id=decision.content_type_id,
            object_id=decision.object_id,
            decision=decision,
            by=by,
            by_name=by.pen_name,
            to=to,
            text=text,
            passage=passage,
        )


class Message(AboutContribution):
    """What a moderator and an author say to each other about a contribution.  Goes when it goes.

    What comes with a decision is a letter: ``to`` is who reads it, on a page named by ``key``.
    """

    decision = models.OneToOneField(
        Decision, null=True, on_delete=models.DO_NOTHING, db_constraint=False
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_name = models.CharField(max_length=40)
    from_author = models.BooleanField(default=False)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    key = models.CharField(max_length=24, unique=True, null=True, default=new_key, editable=False)
    text = models.TextField(_("message"), max_length=4000)
    # The passage a decision is about, as it stood; gone with the contribution, like the text.
    passage = models.TextField(max_length=1000, blank=True, default="", db_default="")
    written_at = models.DateTimeField(auto_now_add=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        ordering = ["written_at", "pk"]
        indexes = [models.Index(fields=["content_type", "object_id"])]

    def __str__(self):
        return f"{self.object_id} · {self.written_at:%Y-%m-%d}"

    def get_absolute_url(self):
        return reverse("decisions:letter", args=[self.key])
