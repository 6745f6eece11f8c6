"""Names: a name, a day or a line, left where everybody may read them, by the day of the year."""

from datetime import date

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.members.models import Consent
from community.moderation.models import Moderated, ModeratedQuerySet, TransitionNotAllowed
from community.moderation.reasons import NAME_REASONS
from community.moderation.states import Action, State
from stories import vocabulary
from stories.agreeing import Agreed
from stories.drafts import Beginning, Drafted
from stories.finding import random_id
from stories.vocabulary import Signature

PURPOSE = "names-wall"
# Names the sentence beside the tick; a change of its words is a new name.
WORDING = "2026-11"
A_LINE = 120
FIRST_YEAR = 1900
# Where on the wall: the month times a hundred, and the day; what has no day stands behind its
# month, what has no month behind them all.
ANY_DAY, ANY_MONTH = 99, 1400


class RemembranceQuerySet(ModeratedQuerySet):
    def visible_to(self, member):
        return self.published() if member.is_authenticated else self.published().uncovered()

    def for_reading(self):
        """Without the author's own copy of the words, which no reader is shown."""
        own_copy = set(self.model.WORDS)
        return super().for_reading().defer(*own_copy, "author__email", "author__password")

    def round_the_year(self):
        return self.order_by("stands_at", "pk")

    def from_place(self, place, pk=""):
        return self._beyond("gt", place, Q(stands_at=place, pk__gte=pk))

    def after(self, place, pk):
        return self._beyond("gt", place, Q(stands_at=place, pk__gt=pk))

    def before(self, place, pk):
        return self._beyond("lt", place, Q(stands_at=place, pk__lt=pk))

    def _beyond(self, side, place, same_day):
        """Costs the same however far down the wall it is."""
        bound = {f"stands_at__{side}e": place}
        return self.filter(Q(**{f"stands_at__{side}": place}) | same_day, **bound)


class RemembranceManager(Beginning, models.Manager.from_queryset(RemembranceQuerySet)):
    pass


class Remembrance(Agreed, Drafted, Moderated):
    """One entry of the names wall.  It has a name, a day or a line; any of them can be missing."""

    WORDS = ("name", "day", "month", "year", "body", "signed", "language")
    PROSE = ("name", "body")
    TYPED = WORDS
    REPORTED_AS = "name"
    AGREED_TO = (PURPOSE,)
    REPORT_REASONS = NAME_REASONS

    id = models.CharField(primary_key=True, max_length=6, default=random_id, editable=False)
    name = models.CharField(_("name"), max_length=60, blank=True)
    day = models.PositiveSmallIntegerField(_("day"), null=True, blank=True)
    month = models.PositiveSmallIntegerField(_("month"), null=True, blank=True, choices=MONTHS)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    body = models.CharField(_("a line"), max_length=A_LINE, blank=True)
    signed = models.CharField(
        _("signed"), max_length=8, choices=Signature, default=Signature.NO_NAME
    )
    language = models.CharField(
        _("language"), max_length=8, choices=vocabulary.LANGUAGES, default="en"
    )
    # A copy of what is shown: where it stands.
    stands_at = models.PositiveSmallIntegerField(null=True, editable=False)
    is_example = models.BooleanField(default=False, editable=False)

    objects = RemembranceManager()

    class Meta(Moderated.Meta):
        verbose_name = _("name")
        verbose_name_plural = _("names")
        indexes = [
            models.Index(
                fields=["stands_at", "id"],
                condition=Q(shown__isnull=False),
                name="stories_remembrance_wall",
            ),
        ]

    def __str__(self):
        """An address, never a name: this reaches logs and other people's screens."""
        return self.pk

    def get_absolute_url(self):
        wall = reverse("stories:names")
        if self.stands_at is None:
            return wall
        return f"{wall}?from={self.stands_at}-{self.pk}#name-{self.pk}"

    def get_desk_url(self):
        return reverse("stories:sent-name", args=[self.pk])

    def place(self):
        """What tells it from its author's other names."""
        return {"pk": self.pk}

    # ---- what stands there

    def as_shown(self):
        return self.at(self.shown)

    @property
    def title(self):
        return self.name or self.body or self.day_in_words()

    def called(self):
        return self.title

    def day_in_words(self):
        """As much of the day as there is; "" for none."""
        if self.month is None:
            return str(self.year or "")
        whole = date(self.year or 2000, self.month, self.day or 1)  # 2000 has a 29 February
        known = " ".join(["j"] * bool(self.day) + ["F"] + ["Y"] * bool(self.year))
        return date_format(whole, known)

    def of_the_year(self):
        return self.month * 100 + (self.day or ANY_DAY) if self.month else ANY_MONTH

    def pen_name(self):
        """Whose it is, where its author says so; or "" """
        return self.author.pen_name if self.names_its_author() else ""

    def names_its_author(self):
        return self.signed == Signature.PEN_NAME

    # ---- what a moderator sees of it in the queue

    def facts(self):
        return [self.day_in_words() or gettext("No day")]

    # ---- what its author does

    def standing(self):
        """Where it is, to its author, in a few words."""
        if not self.shown_id:
            return self.get_state_display()
        if self.state in (State.DRAFT, State.PUBLISHED):
            unsent = self.has_unsent_changes()
            return (
                gettext("On the wall. Changes not sent yet") if unsent else gettext("On the wall")
            )
        return gettext("On the wall. Your changes: %(state)s") % {"state": self.get_state_display()}

    def may_be_changed(self):
        return self.state != State.PENDING and self.allows(Action.SUBMIT)

    @transaction.atomic
    def send(self, *, wording=WORDING, answer=""):
        """To a moderator first, and then for everybody, which its author agrees to."""
        Consent.give(self.author, PURPOSE, wording=wording, about=f"name {self.pk}")
        self.submit(answer=answer)

    def _new_version(self, words, *others, **more):
        if not any(words[name] for name in ("name", "month", "year", "body")):
            raise TransitionNotAllowed(_("Nothing would be left of it, so nothing was done."))
        return super()._new_version(words, *others, **more)

    def shown_changed(self):
        self.stands_at = self.as_shown().of_the_year() if self.shown_id else None
        type(self)._base_manager.filter(pk=self.pk).update(stands_at=self.stands_at)


def latest_year():
    """A day that was looked forward to may lie ahead."""
    return timezone.localdate().year + 1
