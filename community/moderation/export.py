"""The log as a table that a spreadsheet opens, row by row, so that its length costs no memory."""

import csv

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from community.moderation.log import Decision, LogHead
from community.moderation.states import Look

COLUMNS = [
    "number", "at", "kind", "contribution", "case", "version", "action", "from", "to", "role",
    "moderator", "proposed_by", "guideline", "language", "remark", "about_decision", "ends_at",
    "waited_seconds", "mac",
]  # fmt: skip
# A spreadsheet takes what begins so for a formula.
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


class Line:
    """A file for ``csv`` that hands back what is written to it."""

    def write(self, text):
        return text


def put_on_record(by):
    """That ``by`` takes the log away, as far as it goes: whoever reads it later finds this too."""
    return Decision.objects.create(
        content_type=ContentType.objects.get_for_model(Decision),
        object_id=str(LogHead.objects.get().number),
        action=Look.EXPORT,
        role=Decision.Role.MODERATOR,
        by=by,
        by_name=by.pen_name,
    )


def put_member_on_record(member):
    """That an operator made a copy of everything ``member`` has here, at the server."""
    return Decision.objects.create(
        content_type=ContentType.objects.get_for_model(member),
        object_id=str(member.pk),
        action=Look.EXPORT,
        role=Decision.Role.MODERATOR,
        by_name=_("an operator"),
    )


def as_csv():
    """Every decision, oldest first: no words of anybody's are in the log, so none are here."""
    writer = csv.writer(Line())
    yield writer.writerow(COLUMNS)
    log = Decision.objects.select_related("content_type").order_by("number")
    for decision in log.iterator(chunk_size=1000):
        yield writer.writerow(_harmless(value) for value in _row(decision))


def _row(decision):
    kind, waited, ends = decision.content_type, decision.waited, decision.ends_at
    return [
        decision.number,
        decision.at.isoformat(timespec="seconds"),
        f"{kind.app_label}.{kind.model}",
        decision.object_id,
        decision.case_id,
        decision.version_number,
        decision.action,
        decision.source,
        decision.target,
        decision.role,
        decision.by_name,
        decision.proposed_by_name,
        decision.rule,
        decision.language,
        decision.remark,
        decision.appealed,
        ends and ends.isoformat(timespec="seconds"),
        None if waited is None else int(waited.total_seconds()),
        decision.mac,
    ]


def _harmless(value):
    return f"'{value}" if isinstance(value, str) and value.startswith(BEGINS_A_FORMULA) else value
