"""Passing a case on: to somebody by name or to anybody, with a note, or for a second opinion."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.moderation import moderators
from community.moderation.cases import Case
from community.moderation.log import Decision, address_of
from community.moderation.safety import is_more_than_theirs
from community.moderation.states import Look


class CaseNoteQuerySet(models.QuerySet):
    def about(self, contribution):
        address = address_of(contribution)
        return self.filter(**{f"case__{name}": value for name, value in address.items()})

    def untaken(self):
        """Nobody has opened the case since."""
        return self.filter(taken_at=None)


class CaseNote(models.Model):
    """What one moderator tells whoever reads next.  No member ever sees it.

    It may repeat what somebody wrote, so it goes when their words go.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=40)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    text = models.TextField(_("a note for whoever reads next"), max_length=2000, blank=True)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    taken_at = models.DateTimeField(null=True, editable=False)

    objects = CaseNoteQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-written_at", "-pk"]

    def __str__(self):
        return f"{self.case_id} · {self.written_at:%Y-%m-%d}"


@transaction.atomic
def hand_over(case, *, by, to=None, text=""):
    """Let go of ``case``, for ``to`` to find first.  Anybody may still open it: nothing waits for
    somebody who is away.  False if ``by`` does not hold it any more.
    """
    if to and not may_read(to, case):
        raise ValidationError(_("They can’t read this one. Choose somebody else."))
    return _pass_on(case, Look.HAND_OVER, by=by, to=to, text=text)


@transaction.atomic
def give_to_second(case, *, by, to=None, text=""):
    """The same, and ``by`` is not offered it again."""
    if not others_for(case, by).exists():
        raise ValidationError(
            _(
                "Nobody else is here to read this just now, so it stays with you. You can leave it "
                "for tomorrow, or decide as well as you can; nobody could ask for more."
            )
        )
    if to and not may_read(to, case):
        raise ValidationError(_("They can’t read this one. Choose somebody else."))
    return _pass_on(case, Look.SECOND, by=by, to=to, text=text, passed_by=by)


def others_for(case, moderator):
    return moderators.others(moderator, author=case.author).order_by("pen_name")


def may_read(moderator, case):
    offered = Case.objects.waiting().open_to(moderator).filter(pk=case.pk)
    return moderators.active().filter(pk=moderator.pk).exists() and offered.exists()


def _pass_on(case, look, *, by, to, text, **change):
    for held in Case.objects.open().filter(claimed_by=by, pk=case.pk).locked():
        row = Case.objects.filter(pk=held.pk)
        row.update(claimed_by=None, claimed_at=None, **change)
        if text.strip() or look == Look.SECOND:
            is_more_than_theirs(held, by=by)
        held.notes.untaken().update(taken_at=timezone.now())
        held.notes.create(by=by, by_name=by.pen_name, to=to, text=text)
        Decision.objects.look(held, look, by=by)
        return True
    return False


def for_you(moderator):
    """The cases that were handed to ``moderator`` by name, and nobody has opened since."""
    notes = CaseNote.objects.untaken().filter(to=moderator)
    return list(notes.values_list("case_id", flat=True))


def forget(closed_before):
    """The notes on cases that were closed before then.  Returns how many went."""
    return CaseNote.objects.filter(case__closed_at__lt=closed_before).delete()[0]
