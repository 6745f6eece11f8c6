"""What waits for a moderator."""

from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.moderation import moderators
from community.moderation.log import (
    AboutContribution,
    AboutQuerySet,
    Decision,
    Version,
    address_of,
)
from community.moderation.lookout import Kind
from community.moderation.states import MODERATORS_MOVES, Action, Look

# A claim lapses after an hour (DESIGN.md § 8), so that nothing waits for somebody who left.
CLAIM_LASTS = timedelta(hours=1)


def sorted_by(contribution):
    """What the queue can be narrowed to, taken from what is being looked at."""
    topics = contribution.topics()
    return {
        "language": contribution.language,
        "topics": f" {' '.join(topics)} " if topics else "",
    }


def _waiting_since(contribution):
    """Now; or where an appeal found us wrong after its words had moved on, since we were wrong."""
    settling = [*MODERATORS_MOVES, Action.REVERSE]
    last = Decision.objects.about(contribution).filter(action__in=settling).first()
    if last and last.action == Action.REVERSE and last.source == last.target:
        return Decision.objects.get(number=last.appealed).at
    return timezone.now()


def noticed_in(contribution):
    """A word list's guesses about the words as they stand."""
    kinds = {passage.kind for passage in contribution.passages()}
    return {
        "noticed": [kind.value for kind in Kind if kind in kinds],
        "is_urgent": Kind.DANGER in kinds,
    }


class CaseQuerySet(AboutQuerySet):
    def open(self):
        return self.filter(closed_at=None)

    def readings(self):
        """About words that were sent to be read."""
        return self.filter(kind=Case.Kind.READING)

    def reported(self):
        """About something readers saw, and told us of."""
        return self.filter(kind=Case.Kind.REPORT)

    def settled_by(self, decision):
        """The case that it was made in, and what it answered besides."""
        return self.filter(Q(pk=decision.case_id) | Q(reports__decision=decision)).distinct()

    def waiting(self):
        """Open, and a moderator's turn.

        What somebody sent who has left went with them; what was told about it did not.
        """
        asked_of_us = Q(kind__in=[Case.Kind.REPORT, Case.Kind.APPEAL])
        is_there = Q(author__isnull=False) | asked_of_us
        return self.open().filter(is_there, asked_at=None)

    def awaiting_author(self):
        return self.open().filter(asked_at__isnull=False, author__isnull=False)

    def open_to(self, moderator):
        """What ``moderator`` may read and decide about.

        Never their own writing, nor what they themselves reported.  Where somebody else can be
        asked: no appeal against what they had a part in, or about what they reported, nor what
        they gave to a second reader.
        """
        cases = self.exclude(author=moderator).exclude(reports__by=moderator)
        cases = cases.exclude(appeal__report__by=moderator)
        others = moderators.others(moderator)
        if not others.exists():
            return cases
        had_a_part = Q(by=moderator) | Q(proposed_by=moderator)
        first = Decision.objects.filter(had_a_part, number=OuterRef("appealed"))
        asked_about = Q(kind=Case.Kind.APPEAL)
        same = {name: OuterRef(name) for name in ("content_type", "object_id")}
        told = Q(kind=Case.Kind.APPEAL) & Exists(
            self.model.objects.filter(reports__by=moderator, **same)
        )
        # Its author is nobody who could be asked.
        somebody_else = Exists(others.exclude(pk=Coalesce(OuterRef("author"), 0)))
        not_theirs = Q(passed_by=moderator) | Exists(first) | asked_about & told
        return cases.exclude(not_theirs, somebody_else)

    def held_by(self, moderator):
        return self.filter(claimed_by=moderator, claimed_at__gt=timezone.now() - CLAIM_LASTS)

    def free_for(self, moderator):
        """Nobody else holds it."""
        lapsed = Q(claimed_at__lte=timezone.now() - CLAIM_LASTS)
        return self.filter(Q(claimed_by=None) | Q(claimed_by=moderator) | lapsed)

    def most_pressing_first(self):
        """Whose writer may not be safe, by a guess or by what we were told; then the oldest."""
        return self.order_by("-is_urgent", "waiting_since", "pk")

    def locked(self):
        """These rows, for whoever is about to change them, with what the log says about them."""
        rows = self.select_for_update(of=["self"]).select_related("version")
        return list(rows.order_by("pk"))

    @transaction.atomic
    def claim(self, pk, *, by):
        """Take a waiting case, for an hour, on record.  False if somebody else was quicker."""
        for case in self.waiting().open_to(by).free_for(by).filter(pk=pk).locked():
            self.filter(pk=pk).update(claimed_by=by, claimed_at=timezone.now())
            case.notes.filter(taken_at=None).update(taken_at=timezone.now())
            if not case.is_held_by(by):
                Decision.objects.look(case, Look.OPEN, by=by)
            return True
        return False

    def renew(self, *, by):
        """Another hour for what ``by`` has open."""
        self.waiting().filter(claimed_by=by).update(claimed_at=timezone.now())

    def put_in_line(self, contribution, version):
        """A new case, or the open one with newer words.  Who answered a question waits from now."""
        noticed = {"version": version, **noticed_in(contribution), **sorted_by(contribution)}
        case, opened = self.get_or_create(
            **address_of(contribution),
            kind=Case.Kind.READING,
            closed_at=None,
            defaults={
                **noticed,
                "author": contribution.author,
                "is_change": contribution.shown_id is not None,
                "waiting_since": _waiting_since(contribution),
            },
        )
        if not opened:
            answered = {"asked_at": None, "waiting_since": timezone.now()}
            if noticed["is_urgent"]:
                noticed["worried_by"] = None  # it rests on more than a moderator's worry now
            noticed["is_urgent"] |= case.is_urgent  # softer words don't make anybody safe
            self.filter(pk=case.pk).update(**noticed, **(answered if case.asked_at else {}))

    def wait_for_author(self, contribution):
        """A question that came with an appeal: nothing waits to be read until they answer."""
        self.create(
            **address_of(contribution),
            author=contribution.author,
            version=contribution.sent,
            asked_at=timezone.now(),
            **sorted_by(contribution),
        )

    def create_in_line(self, contributions, *, is_closed=False):
        """Cases in bulk about made-up words, each sent at its moment: (contribution, moment)."""
        return self.bulk_create(
            Case(
                **address_of(contribution),
                author=contribution.author,
                version=contribution.sent,
                waiting_since=since,
                closed_at=since if is_closed else None,
                **sorted_by(contribution),
                **({} if is_closed else noticed_in(contribution)),
            )
            for contribution, since in contributions
        )

    @transaction.atomic
    def hand_back(self, *, by):
        """Let go of these, as far as ``by`` holds them.  Returns how many went back."""
        held = self.open().filter(claimed_by=by).locked()
        rows = self.filter(pk__in=[case.pk for case in held])
        rows.update(claimed_by=None, claimed_at=None)
        for case in held:
            Decision.objects.look(case, Look.HAND_BACK, by=by)
        return len(held)


class Case(AboutContribution):
    """What waits for a moderator, from coming in to being decided.

    Newest words that were sent to be read, or a report of what readers see: of each kind one at a
    time, and a change can wait while what is shown is looked at again.
    """

    class Kind(models.TextChoices):
        READING = "reading", _("to be read")
        REPORT = "report", _("told to a moderator")
        APPEAL = "appeal", _("asked to think again")
        MEMBER = "member", _("about a member")

    # The database fills these in for a release that does not know them yet.
    kind = models.CharField(
        max_length=10, choices=Kind, default=Kind.READING, db_default=Kind.READING
    )

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.ForeignKey(Version, null=True, on_delete=models.SET_NULL, related_name="+")
    is_change = models.BooleanField(default=False)
    # A word list's guesses about the words as sent: they order and mark, and decide nothing.
    noticed = models.JSONField(default=list, db_default=[])
    is_urgent = models.BooleanField(default=False, db_default=False)
    # Who was worried, as long as nobody and nothing else says so: they may take it back.
    worried_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    language = models.CharField(max_length=12, blank=True, default="", db_default="")
    # What it is about, as slugs between spaces: to be chosen by, or left out this week.
    topics = models.CharField(max_length=500, blank=True, default="", db_default="")
    # The number of the decision that is appealed against.
    appealed = models.PositiveBigIntegerField(null=True)
    # The key of the report whose teller asks; None where its author does.
    teller = models.PositiveBigIntegerField(null=True)
    # Who asked for a second moderator, and so is not offered it again.
    passed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    opened_at = models.DateTimeField(auto_now_add=True)
    waiting_since = models.DateTimeField(_("waiting since"), default=timezone.now)
    asked_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("with"),
    )
    claimed_at = models.DateTimeField(null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("waiting to be read")
        permissions = [("decide_case", _("Can claim a case and decide about it"))]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "kind"],
                condition=Q(closed_at=None, appealed=None),
                name="moderation_case_one_open_of_a_kind",
            ),
            models.UniqueConstraint(
                fields=["appealed"],
                condition=Q(appealed__isnull=False, teller=None),
                name="moderation_case_one_appeal_of_a_decision",
            ),
            models.UniqueConstraint(
                fields=["teller"], name="moderation_case_one_appeal_of_a_teller"
            ),
        ]
        indexes = [
            models.Index(
                fields=["-is_urgent", "waiting_since", "id"],
                condition=Q(closed_at=None),
                name="moderation_case_queue",
            ),
            # The same order within one kind of contribution: what stands under a tab.
            models.Index(
                fields=["content_type", "-is_urgent", "waiting_since", "id"],
                condition=Q(closed_at=None),
                name="moderation_case_tab",
            ),
        ]

    def __str__(self):
        return f"{self.content_type.name} {self.object_id}"

    def noticed_labels(self):
        return [Kind(kind).label for kind in self.noticed]

    def is_held(self):
        return bool(self.claimed_by_id and self.claimed_at > timezone.now() - CLAIM_LASTS)

    def is_held_by(self, moderator):
        return self.is_held() and self.claimed_by_id == moderator.pk

    def waited(self):
        return timezone.now() - self.waiting_since
