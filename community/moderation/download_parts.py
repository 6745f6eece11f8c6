"""What a member's own copy says of decisions, reports and appeals (``members.download_parts``)."""

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.members.download_parts import INNER, OTHERS, Part
from community.moderation.log import Decision, Message, Version
from community.moderation.models import Moderated
from community.moderation.reports import Notice
from community.moderation.states import AUTHORS_MOVES, MODERATORS_MOVES, Action

OF_A_CASE = _("A moderator wrote or did it about somebody else, and it stays with that case.")
NOT_YET = _("Two moderators have not agreed on it. What comes of it is a decision, and in here.")
A_MARK = _("It is a mark that only tells whether two addresses are one.")
ABOUT = {"content_type": _("Kind"), "object_id": _("Which")}
TO_A_MEMBER = {Action.NOTE, Action.LETTERS_OFF, Action.READ_ONLY, Action.SUSPEND, Action.LIFT}
TOLD = {*AUTHORS_MOVES, *MODERATORS_MOVES, *TO_A_MEMBER}
TOLD |= {Action.KEEP, Action.UPHOLD, Action.REVERSE, Action.CHANGE}


def about_theirs(member):
    """Which rows are about something that ``member`` wrote, of whatever kind."""
    found = Q()
    for kind in apps.get_models():
        if issubclass(kind, Moderated):
            ids = kind._base_manager.filter(author=member).values_list("pk", flat=True)
            where = ContentType.objects.get_for_model(kind)
            found |= Q(content_type=where, object_id__in=list(map(str, ids)))
    return found


def versions(member):
    return Version.objects.filter(about_theirs(member)).order_by("pk")


def decisions(member):
    """What they did and what was decided; not who only looked, nor what is not told to them."""
    own = Q(content_type=ContentType.objects.get_for_model(member), object_id=str(member.pk))
    about = Decision.objects.filter(about_theirs(member) | own, action__in=TOLD)
    return about.order_by("number")


def said_to_moderators(member):
    return Message.objects.filter(about_theirs(member), from_author=True).order_by("pk")


def letters_to(member):
    return Message.objects.to(member).order_by("pk")


def letters_by(member):
    return Message.objects.filter(by=member, from_author=False).order_by("pk")


def notices(member):
    return Notice.objects.filter(report__by=member).order_by("pk")


def inner(*names):
    return dict.fromkeys(names, INNER)


PARTS = [
    Part(
        "moderation.Version",
        _("Words as you sent them"),
        rows=versions,
        fields={**ABOUT, "number": _("Version"), "made_at": _("Sent"), "words": _("Words")},
        left_out={
            **inner("id", "folded_title"),
            "proposed": _("A moderator proposed it: the letter about it is in here."),
        },
    ),
    Part(
        "moderation.Decision",
        _("What was done and decided about what is yours"),
        rows=decisions,
        fields={
            **ABOUT,
            "at": _("When"),
            "action": _("What"),
            "role": _("By"),
            "rule": _("Guideline"),
            "ends_at": _("Until"),
        },
        left_out={
            **dict.fromkeys(["by", "by_name", "proposed_by", "proposed_by_name"], OTHERS),
            **inner("id", "number", "mac", "case_id", "version_number", "source", "target"),
            **inner("waited", "language", "remark", "appealed"),
        },
        outlives_them=True,
    ),
    Part(
        "moderation.Decision",
        _("What you decided as a moderator"),
        ("by", "proposed_by"),
        {**ABOUT, "at": _("When"), "action": _("What"), "rule": _("Guideline")},
        outlives_them=True,
    ),
    Part(
        "moderation.Message",
        _("Letters to you from moderators"),
        ("to",),
        {**ABOUT, "written_at": _("Written"), "text": _("Letter"), "passage": _("About")},
        {
            **dict.fromkeys(["by", "by_name"], OTHERS),
            **inner("id", "decision", "from_author", "to"),
            "key": _("It stands in the address of the letter, which only you have."),
        },
        rows=letters_to,
    ),
    Part(
        "moderation.Message",
        _("What you said to moderators"),
        rows=said_to_moderators,
        fields={**ABOUT, "written_at": _("Written"), "text": _("Words")},
    ),
    Part(
        "moderation.Message",
        _("Letters you wrote as a moderator"),
        ("by",),
        {**ABOUT, "written_at": _("Written"), "text": _("Letter")},
        rows=letters_by,
        outlives_them=True,
    ),
    Part(
        "moderation.Case",
        _("When something of yours was read"),
        ("author",),
        {
            **ABOUT,
            "kind": _("Why"),
            "opened_at": _("Opened"),
            "waiting_since": _("Waited since"),
            "asked_at": _("Asked you"),
            "closed_at": _("Closed"),
            "language": _("Language"),
            "topics": _("Topics"),
        },
        {
            **dict.fromkeys(["worried_by", "passed_by", "claimed_by", "claimed_at"], OTHERS),
            **dict.fromkeys(
                ["is_urgent", "noticed"],
                _("A word list guessed it, to sort what waits. Told, it could be got round."),
            ),
            "teller": A_MARK,
            **inner("id", "author", "version", "is_change", "appealed"),
        },
        outlives_them=True,
    ),
    Part(
        "moderation.Report",
        _("What you told a moderator"),
        ("by",),
        {
            "reason": _("Why"),
            "words": _("Words"),
            "email": _("Address for the answer"),
            "told_at": _("Told"),
            "answered_at": _("Answered"),
        },
        {"browser": A_MARK, "key": _("It is your private link.")}
        | inner("id", "case", "seen", "by", "decision"),
    ),
    Part(
        "moderation.Notice",
        _("What you said is against the law"),
        rows=notices,
        fields={
            "where": _("Where"),
            "why": _("Why"),
            "is_about_child_abuse": _("About a child"),
            "name": _("Name"),
            "email": _("Address"),
            "in_good_faith": _("In good faith"),
        },
        left_out=inner("id", "report"),
    ),
    Part(
        "moderation.Appeal",
        _("When you asked us to think again"),
        ("by",),
        {"words": _("Words"), "asked_at": _("Asked")},
        inner("id", "case", "by", "report", "decision"),
    ),
    Part(
        "moderation.Sanction",
        _("What you could not do for a time"),
        ("member",),
        {
            "kind": _("What"),
            "rule": _("Guideline"),
            "starts_at": _("From"),
            "ends_at": _("Until"),
            "lifted_at": _("Lifted"),
        },
        {
            "mailbox": A_MARK,
            **dict.fromkeys(["by", "by_name", "lifted_by", "lifted_by_name"], OTHERS),
            **inner("id", "member", "decision"),
        },
    ),
    Part(
        "moderation.MemberNote",
        _("Notes that moderators left about you"),
        ("member",),
        {"written_at": _("Written")},
        {
            "text": _("They are a moderator’s words. Write to us, and a person looks at them."),
            **dict.fromkeys(["by", "by_name"], OTHERS),
            **inner("id", "member"),
        },
    ),
    Part(
        "moderation.Care",
        _("What you leave out as a moderator"),
        ("moderator",),
        {
            "left_out": _("Left out"),
            "left_out_until": _("Until"),
            "a_day": _("In a day"),
            "stopped_at": _("Stopped"),
            "freed_at": _("Began again"),
        },
        {"buddy": OTHERS, **inner("id", "moderator")},
    ),
    Part(
        "moderation.Debrief",
        _("What you wrote down for yourself as a moderator"),
        ("moderator",),
        {"text": _("Words"), "written_at": _("Written")},
        inner("id", "moderator"),
    ),
    Part(
        "moderation.LostFactor",
        _("That you lost your second factors"),
        ("member",),
        {
            "asked_at": _("Asked"),
            "why": _("How it was made sure that it was you"),
            "done_at": _("Taken off"),
            "ended_at": _("Left on"),
        },
        {"id": INNER, "member": INNER}
        | dict.fromkeys(["asked_by", "asked_by_name", "done_by", "done_by_name"], OTHERS),
    ),
]

LEFT_OUT = {
    **{f"moderation.Case.{name}": OF_A_CASE for name in ("worried_by", "passed_by", "claimed_by")},
    "moderation.Proposal.member": NOT_YET,
    "moderation.Proposal.by": OF_A_CASE,
    "moderation.Proposal.settled_by": OF_A_CASE,
    "moderation.CaseNote.by": OF_A_CASE,
    "moderation.CaseNote.to": OF_A_CASE,
    "moderation.SafetyEntry.by": OF_A_CASE,
    "moderation.MemberNote.by": OF_A_CASE,
    "moderation.Sanction.by": OF_A_CASE,
    "moderation.Sanction.lifted_by": OF_A_CASE,
    "moderation.LostFactor.asked_by": OF_A_CASE,
    "moderation.LostFactor.done_by": OF_A_CASE,
    "moderation.Shield.by": OF_A_CASE,
    "moderation.Shield.lifted_by": OF_A_CASE,
    "moderation.Care.buddy": OTHERS,
}
