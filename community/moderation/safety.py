"""When a writer may not be safe: the written steps, and who did what, when.

The order is that of the National Suicide Prevention Alliance's guidance on responding to suicidal
content online: first whether it is urgent, last how those who read it are.
"""

from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.moderation.cases import Case
from community.moderation.log import Decision
from community.moderation.states import Look

PRESSED_TWICE = timedelta(minutes=5)


class Step(models.TextChoices):
    URGENT = "urgent", _("Is it urgent?")
    OTHERS = "others", _("Is it safe for others to read?")
    SUPPORT = "support", _("What support is there?")
    WORDS = "words", _("What to say")
    OURSELVES = "ourselves", _("Look after yourselves")

    @property
    def what_to_do(self):
        return WHAT_TO_DO[self]


class Worry(models.TextChoices):
    """What else stands in the log of hours: that somebody began or ceased to be worried."""

    BEGUN = "worry", _("is worried about whoever wrote this")
    ENDED = "calm", _("is not worried any more")


WHAT_TO_DO = {
    Step.URGENT: _(
        "Look for a time, a place, a way, a goodbye, or something already done. If there is one, "
        "don’t wait for anybody: find another moderator now. We can’t send help to someone whose "
        "address nobody knows. We can tell them the emergency number, and say it plainly."
    ),
    Step.OTHERS: _(
        "Look for a way to die or to hurt oneself, and for a goodbye addressed to readers. Other "
        "people who read at night may not be safe either. What is up already can be taken down "
        "now; it takes one person."
    ),
    Step.SUPPORT: _(
        "Where the word list noticed it, they were shown help numbers when they sent it. Don’t "
        "count on that. Choose one place that is open now, where they are if they say, and know "
        "what happens when somebody gets in touch."
    ),
    Step.WORDS: _(
        "Write as one person to another. Say what you read, and that you are glad they wrote it. "
        "Ask whether they are safe tonight, and whether somebody is with them. Give the one place "
        "you chose. Don’t promise to keep it to yourself, and don’t argue."
    ),
    Step.OURSELVES: _(
        "Tell another moderator what you read. Stop for today if you can. Nobody here is "
        "responsible for keeping somebody alive on their own."
    ),
}


def has_a_writer(case):
    """Whether somebody wrote what it is about, whom one can worry about here: nobody wrote a place
    in the directory, and an appeal is about what was decided.
    """
    return case.kind != Case.Kind.APPEAL and hasattr(case.content_type.model_class(), "author")


@transaction.atomic
def worry_about(case, *, by):
    """Somebody may not be safe, says a person; a second who says so joins them.  On record once
    for each.
    """
    first = Case.objects.filter(pk=case.pk, is_urgent=False).update(is_urgent=True, worried_by=by)
    if first or is_more_than_theirs(case, by=by):
        line = {"step": Worry.BEGUN, "by": by, "by_name": by.pen_name}
        SafetyEntry.objects.create(case=case, **line)
        Decision.objects.look(case, Look.SAFETY, by=by)


def is_more_than_theirs(case, *, by):
    """Somebody else had a part in it: from now on the worry is no one person’s to take back.

    Returns whether it was until now.  Taking back asks the same row, so that of the two who press
    at once the later one sees what the other did.
    """
    anothers = Case.objects.filter(pk=case.pk, is_urgent=True, worried_by__isnull=False)
    return bool(anothers.exclude(worried_by=by).update(worried_by=None))


class SafetyEntryQuerySet(models.QuerySet):
    @transaction.atomic
    def add(self, case, *, step, text, by):
        """Put on record what was done.  The log says when and by whom; the words stay here.

        Pressing twice writes one line.
        """
        lately = self.filter(case=case, by=by, at__gt=timezone.now() - PRESSED_TWICE)
        if lately.filter(step=step, text=text).exists():
            return
        is_more_than_theirs(case, by=by)
        self.create(case=case, step=step, text=text, by=by, by_name=by.pen_name)
        Decision.objects.look(case, Look.SAFETY, by=by)

    @transaction.atomic
    def take_back(self, case, *, text, by):
        """``by`` is not worried any more, and says why, on record.  False where it rests on more
        than that: on words, on what somebody told us, or on another moderator, who was worried too,
        wrote in the log of hours, proposed or answered a decision, passed it on with a note or for
        a second opinion, or asked the author something.
        """
        ours = Case.objects.open().filter(pk=case.pk, is_urgent=True, worried_by=by)
        if not ours.update(is_urgent=False, worried_by=None):
            return False
        self.create(case=case, step=Worry.ENDED, text=text, by=by, by_name=by.pen_name)
        Decision.objects.look(case, Look.CALM, by=by)
        return True


class SafetyEntry(models.Model):
    """One line of the log of hours.  For moderators only; gone when the case's words are gone."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="safety")
    step = models.CharField(max_length=10, choices=[*Step.choices, *Worry.choices])
    text = models.TextField(_("what was done"), max_length=1000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_name = models.CharField(max_length=40)
    at = models.DateTimeField(auto_now_add=True)

    objects = SafetyEntryQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("line of the log of hours")
        verbose_name_plural = _("the log of hours")

    def __str__(self):
        return f"{self.case_id} · {self.at:%H:%M}"
