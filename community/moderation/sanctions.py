"""What a member may not do for a time: who said so, why, and until when.

A sanction ends by itself.  Everything asks ``ends_at``, so no job has to run for it; reading, help,
taking down, leaving, telling a moderator and asking to think again are never taken away.
"""

from datetime import datetime, time, timedelta
from enum import Enum, auto

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from community.members.mail import something_for_you
from community.members.mailboxes import mark_of
from community.members.models import Member
from community.members.terms import TAKEN_BACK
from community.moderation.cases import Case
from community.moderation.log import Decision, Message, address_of
from community.moderation.proposals import agreement
from community.moderation.reports import closed
from community.moderation.rules import Rule
from community.moderation.states import MODERATORS_MOVES, Action


class Doing(Enum):
    """What somebody is about to do, as far as a sanction can stand in the way of it."""

    SEND = auto()  # anything to be read, or the last press before it is shown
    LETTER = auto()
    CHANGE = auto()  # what others see, other than taking it away from them
    MODERATE = auto()


class Stopped(ValidationError):
    """A sanction lasts.  Says until when, and where to read why."""


class SanctionQuerySet(models.QuerySet):
    def of(self, member):
        """Theirs, and those of another account with the same mailbox."""
        return self.filter(Q(member=member) | Q(mailbox=mark_of(member.email)))

    def lasting(self):
        return self.filter(lifted_at=None, ends_at__gt=timezone.now())

    def keeping_from(self, doing):
        kinds = [kind for kind, stopped in STOPS.items() if doing in stopped]
        return self.lasting().filter(kind__in=kinds)

    def suspended(self):
        return self.lasting().filter(kind=Sanction.Kind.SUSPENDED)

    def standing(self):
        """What can still be lifted: a note stands for good."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=timezone.now()), lifted_at=None)

    @transaction.atomic
    def give(self, member, kind, *, by, rule, letter, ends_at=None, proposal=None):
        """Put ``kind`` in force, on record, and tell the member; the same press twice is one.

        NeedsASecond if it takes two people, and ``proposal`` is not what the other one proposed.
        """
        kind = Sanction.Kind(kind)
        refuse(by, Doing.MODERATE)
        # Whoever presses at the same moment waits here, and finds what the first one wrote.
        member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        if by.pk == member.pk:
            raise ValidationError(_("Somebody else has to decide about you."))
        if not letter.strip():
            raise ValidationError(_("Write to them why, in your own words."))
        said = {"member": member, "kind": kind, "rule": rule, "ends_at": ends_at}
        again = self.filter(**said, lifted_at=None, decision__message__text=letter).first()
        if again:
            return again
        case = proposal and proposal.case
        if kind == Sanction.Kind.SUSPENDED and proposal is None:
            case = case_about(member)
        agreed = agreement(ACTIONS[kind], case, None, by=by, proposal=proposal)
        if case:
            Case.objects.filter(pk=case.pk).update(**closed())
        on_record = {"rule": rule, "ends_at": ends_at, "case": case, **agreed}
        writer = proposal.by if proposal else None
        decision = tell(member, ACTIONS[kind], by=by, letter=letter, writer=writer, **on_record)
        said |= {"by": by, "by_name": by.pen_name, "decision": decision}
        return self.create(mailbox=mark_of(member.email), **said)

    def agree(self, proposal, *, by, letter):
        """Suspend somebody as one moderator proposed and ``by`` confirms.  Returns the decision."""
        said = {"rule": proposal.rule, "letter": letter, "proposal": proposal}
        ends_at = end_after(proposal.details["days"])
        kind = Sanction.Kind.SUSPENDED
        return self.give(proposal.member, kind, by=by, ends_at=ends_at, **said).decision


class Sanction(models.Model):
    """One step of the ladder: a note, letters paused, reading only, suspended."""

    class Kind(models.TextChoices):
        NOTE = "note", pgettext_lazy("sanction", "A note")
        LETTERS_OFF = "letters-off", pgettext_lazy("sanction", "Letters paused")
        READ_ONLY = "read-only", pgettext_lazy("sanction", "Reading only")
        SUSPENDED = "suspended", pgettext_lazy("sanction", "Suspended")

    member = models.ForeignKey(Member, models.CASCADE, related_name="sanctions")
    # Tells another spelling of the same address, and nothing else.
    mailbox = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=12, choices=Kind)
    rule = models.CharField(gettext_lazy("which sentence"), max_length=12, choices=Rule)
    starts_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(null=True)
    decision = models.OneToOneField(
        Decision, models.DO_NOTHING, db_constraint=False, related_name="sanction"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=40)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    lifted_by_name = models.CharField(max_length=40, blank=True)

    objects = SanctionQuerySet.as_manager()

    class Meta:
        default_permissions = ("add",)
        verbose_name = gettext_lazy("sanction")
        verbose_name_plural = gettext_lazy("sanctions")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="note", ends_at=None) | ~Q(kind="note") & Q(ends_at__isnull=False),
                name="moderation_sanction_all_but_a_note_end",
            ),
        ]

    def __str__(self):
        return f"{self.pk}"

    def lasts(self):
        return bool(not self.lifted_at and self.ends_at and self.ends_at > timezone.now())

    def last_day(self):
        """ "30 November": the day on which it ends by itself."""
        return date_format(timezone.localtime(self.ends_at), "j F Y")

    def means(self):
        """What holds until then, for the member."""
        return MEANS[self.kind] % {"day": self.last_day()} if self.ends_at else ""

    def in_words(self, doing):
        """What somebody reads who was about to do what it stands in the way of."""
        return " ".join(
            [
                SAYS[doing] % {"day": self.last_day()},
                _("It ends by itself. My space says why, and how to ask us to think again."),
            ]
        )

    def end(self, *, by):
        """Whether it still stood.  Whoever calls this puts on record why."""
        refuse(by, Doing.MODERATE)
        if by.pk == self.member_id:
            raise ValidationError(_("Somebody else has to decide about you."))
        lifted = {"lifted_at": timezone.now(), "lifted_by": by, "lifted_by_name": by.pen_name}
        ended = Sanction.objects.filter(pk=self.pk).standing().update(**lifted)
        self.refresh_from_db(fields=list(lifted))
        return bool(ended)

    def shorten(self, ends_at, *, by):
        """Let it end sooner.  An appeal never makes anything longer."""
        refuse(by, Doing.MODERATE)
        sooner = Sanction.objects.filter(pk=self.pk).lasting()
        if not ends_at or not sooner.filter(ends_at__gt=ends_at).update(ends_at=ends_at):
            raise ValidationError(
                _("Choose a day before %(day)s.") % {"day": self.last_day()},
            )
        self.refresh_from_db(fields=["ends_at"])

    @transaction.atomic
    def lift(self, *, by, letter):
        """End it early, on record, and tell the member.  None if it had ended.

        No sentence of the guidelines goes with it: the letter would say that it rests on one.
        """
        if not self.end(by=by):
            return None
        return tell(self.member, Action.LIFT, by=by, letter=letter)


Kind = Sanction.Kind
ACTIONS = {
    Kind.NOTE: Action.NOTE,
    Kind.LETTERS_OFF: Action.LETTERS_OFF,
    Kind.READ_ONLY: Action.READ_ONLY,
    Kind.SUSPENDED: Action.SUSPEND,
}
STOPS = {
    Kind.NOTE: set(),
    Kind.LETTERS_OFF: {Doing.LETTER},
    Kind.READ_ONLY: {Doing.LETTER, Doing.SEND},
    Kind.SUSPENDED: {*Doing},
}
MEANS = {
    Kind.LETTERS_OFF: gettext_lazy("Until %(day)s you can’t send letters."),
    Kind.READ_ONLY: gettext_lazy(
        "Until %(day)s you can’t send anything to be read, and no letters."
    ),
    Kind.SUSPENDED: gettext_lazy(
        "Until %(day)s you can’t send anything to be read, send letters, or change what others see."
    ),
}
SAYS = {
    Doing.SEND: gettext_lazy(
        "Until %(day)s you can’t send anything to be read. What you write is kept, and stays yours."
    ),
    Doing.LETTER: gettext_lazy(
        "Until %(day)s you can’t send letters. What you wrote is still below."
    ),
    Doing.CHANGE: gettext_lazy(
        "Until %(day)s you can’t change what others see. You can take it down at any time."
    ),
    Doing.MODERATE: gettext_lazy("Until %(day)s you can’t moderate."),
}
# The author's moves that put words before somebody; the others take them away.
SENDS = {Action.SUBMIT, Action.ACCEPT, Action.STAND_BY}


def in_the_way(member, doing):
    """The sanction that keeps ``member`` from ``doing``, the longest if several do, or None."""
    return Sanction.objects.of(member).keeping_from(doing).order_by("-ends_at").first()


def why_not(member, doing):
    """What to say to somebody about to do it who may not, or ""."""
    if member.agreed_to == TAKEN_BACK and doing is not Doing.MODERATE:
        return _("You took back what you agreed to. Agree again first, under your account.")
    sanction = in_the_way(member, doing)
    return sanction.in_words(doing) if sanction else ""


def refuse(member, doing):
    if said := why_not(member, doing):
        raise Stopped(said)


def refuse_move(member, action, sending):
    """``sending`` is what it means to send this kind of contribution."""
    if action in MODERATORS_MOVES:
        refuse(member, Doing.MODERATE)
    elif action in SENDS:
        refuse(member, sending)


def end_after(days):
    """The beginning of the day so many days on, so that “until 30 November” is true all night."""
    day = timezone.localdate() + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time.min))


def tell(member, action, *, by, letter, writer=None, **on_record):
    """Record what was decided about ``member``, and write to them.

    ``writer`` is who wrote the letter, if not who decided.
    """
    if member.is_active:
        something_for_you(member)
    decision = Decision.objects.record(member, action, by=by, **on_record)
    Message.objects.write(decision, by=writer or by, text=letter, to=member)
    return decision


def case_about(member):
    """The open case in which two people agree about ``member``."""
    here = {**address_of(member), "kind": Case.Kind.MEMBER, "closed_at": None}
    return Case.objects.get_or_create(**here, defaults={"author_id": member.pk})[0]
