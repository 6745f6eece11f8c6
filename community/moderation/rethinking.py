"""What somebody else can decide about an appeal, and what comes of it.

``outcomes`` says what is possible now; ``decide`` does it, in one transaction, and the log comes
last, as for every decision.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community.members.mail import something_for_you
from community.moderation.cases import Case
from community.moderation.log import Decision, Message
from community.moderation.models import Moderated
from community.moderation.proposals import needing_a_second
from community.moderation.reason_texts import OF_MEMBERS
from community.moderation.reports import Report, closed
from community.moderation.sanctions import Sanction
from community.moderation.states import APPEALS_MOVES, Action, Remark, read_again, shown_again

NOT_YOURS = _("Another moderator has this one in front of them. Nothing was done.")


def outcomes(appeal):
    """What can be decided about it, as things are."""
    first, about = appeal.first(), appeal.case.contribution
    if first.action == Action.KEEP and not _is_up(about):
        return [Action.CLOSE]
    if waits_for_two(first, about):
        return [Action.UPHOLD]
    changes = [action for action in (Action.CHANGE, Action.COVER) if can(action, first, about)]
    return [Action.UPHOLD, Action.REVERSE, *changes]


def waits_for_two(first, about):
    """Whether uncovering it takes two, because its writer may not be safe.

    Then they decide that where it was told; an appeal has nobody to propose it to.
    """
    is_covered = first.action == Action.COVER and about is not None and about.covered_at
    told = Case.objects.reported().open().filter(is_urgent=True)
    return bool(is_covered and told.about(about).exists())


def can(change, first, about):
    """Whether it can be decided otherwise, in this way."""
    if change == Action.COVER:
        covers = isinstance(about, Moderated) and about.may_be_covered()
        return covers and _has_not_moved(first, about, APPEALS_MOVES.get((first.action, change)))
    if first.action == Action.KEEP:
        is_ours = isinstance(about, Moderated) and about.may_be_covered()
        return is_ours and about.allows(Action.COVER)
    if first.action in OF_MEMBERS:
        return Sanction.objects.lasting().filter(decision=first).exists()
    return _has_not_moved(first, about, APPEALS_MOVES.get((first.action, change)))


def can_reverse(first, about):
    """Whether reversing does anything but say that we were wrong."""
    if first.action == Action.KEEP:
        return isinstance(about, Moderated) and about.is_up()
    if first.action in OF_MEMBERS:
        return Sanction.objects.standing().filter(decision=first).exists()
    if first.action == Action.COVER:
        return about.covered_at is not None
    return _has_not_moved(first, about, APPEALS_MOVES.get((first.action, Action.REVERSE)))


def goes_back_in_line(first, about, *, by):
    """Whether reversing it doesn’t publish it yet, because ``by`` can’t alone."""
    if first.action != Action.DECLINE or not can_reverse(first, about):
        return False
    case = Case.objects.filter(pk=first.case_id).first()
    return bool(needing_a_second({Action.PUBLISH}, case, about, by=by))


@transaction.atomic
def decide(appeal, outcome, *, by, message, rule="", passage="", letter="", ends_at=None):
    """Answer whoever asked with ``message``.

    ``letter`` goes to the author of what comes down because somebody asked again about a report;
    ``ends_at`` is when a sanction ends instead.
    """
    first, about = appeal.first(), appeal.case.contribution
    _take(appeal, outcome, about, message, by=by)
    source = getattr(about, "state", "")
    if outcome == Action.CHANGE and first.action in OF_MEMBERS:
        first.sanction.shorten(ends_at, by=by)
    else:
        said = {"by": by, "rule": rule, "passage": passage, "message": letter}
        _do(first, outcome, about, said)
    had_a_part = by.pk in (first.by_id, first.proposed_by_id)
    on_record = {
        "version_number": first.version_number,
        "source": source,
        "target": getattr(about, "state", ""),
        "appealed": first.number,
        "rule": rule,
        "ends_at": ends_at if outcome == Action.CHANGE else None,
        "remark": Remark.ALONE if had_a_part else "",
    }
    answer = Action.CHANGE if outcome == Action.COVER else outcome
    decision = Decision.objects.record(appeal.case, answer, by=by, case=appeal.case, **on_record)
    _answer(appeal, decision, by=by, message=message, passage=passage)
    return decision


def _take(appeal, outcome, about, message, *, by):
    """Close the case, if it is ``by``'s to answer, and can be answered so."""
    if isinstance(about, Moderated):
        about.lock()
    case = Case.objects.open().open_to(by).free_for(by).filter(pk=appeal.case_id)
    if not case.update(**closed()):
        raise ValidationError(NOT_YOURS)
    if outcome not in outcomes(appeal):
        raise ValidationError(_("Something changed while this page was open. Look again."))
    if not message.strip():
        raise ValidationError(_("Say why, in your own words."))


def _do(first, outcome, about, said):
    """What comes of it for what it is about, if anything does."""
    if outcome == Action.REVERSE and can_reverse(first, about):
        _reverse(first, about, said)
    elif outcome == Action.CHANGE and first.action == Action.KEEP:
        about.cover(**said)
    elif outcome == Action.COVER:
        Report.objects.look_again_at(_show_again(first, about, outcome, by=said["by"]))
    elif outcome == Action.CHANGE:
        if first.action == Action.COVER:
            about.uncover(by=said["by"])
        about.walk_again(APPEALS_MOVES[first.action, outcome], None)
        Case.objects.wait_for_author(about)


def _reverse(first, about, said):
    if first.action in OF_MEMBERS:
        first.sanction.end(by=said["by"])
    elif first.action == Action.KEEP:
        about.remove(**said)
    elif first.action == Action.COVER:
        about.uncover(by=said["by"])
    elif goes_back_in_line(first, about, by=said["by"]):
        _put_back_in_line(first, about)
    else:
        _show_again(first, about, Action.REVERSE, by=said["by"])


def _put_back_in_line(first, about):
    """Since we were wrong, and as pressing as it was then."""
    if not about.is_open_to_moderators():
        raise ValidationError(_("Its author keeps it to themselves by now. Nothing was done."))
    about.walk_again(read_again(APPEALS_MOVES[Action.DECLINE, Action.REVERSE]), None)
    Case.objects.put_in_line(about.at(about.sent), about.sent)
    again = Case.objects.readings().open().about(about)
    again.update(waiting_since=first.at)
    if Case.objects.filter(pk=first.case_id, is_urgent=True).exists():
        again.update(is_urgent=True)


def _show_again(first, about, outcome, *, by):
    about.must_have_been_seen(Action.PUBLISH, by=by)
    version = about.versions.get(number=first.version_number)
    move = APPEALS_MOVES[first.action, outcome]
    about.walk_again(move if about.sent_id == version.pk else shown_again(move), version)
    return about


def _answer(appeal, decision, *, by, message, passage):
    appeal.decision = decision
    appeal.save(update_fields=["decision"])
    Message.objects.write(decision, by=by, text=message, to=appeal.by, passage=passage)
    if appeal.by and appeal.by.is_active:
        something_for_you(appeal.by)


def _is_up(about):
    return about is not None and about.is_up()


def _has_not_moved(first, about, move):
    """Still where the decision left it, and with what was decided about there to be shown."""
    if move is None or about is None or not move.begins_at(about):
        return False
    if first.action == Action.COVER:  # what is uncovered already has no question left in it
        return about.covered_at is not None and about.sent.number == first.version_number
    if first.action == Action.DECLINE:
        return about.sent.number == first.version_number
    return about.versions.filter(number=first.version_number).exists()
