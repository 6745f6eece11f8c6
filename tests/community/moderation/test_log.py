"""What the log holds, and that whoever tampers with it is found out."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.moderation.chain import mac_of
from community.moderation.log import LogHead
from community.moderation.management.commands import verify_log
from community.moderation.models import Case, Decision
from community.moderation.waiting import usual_wait
from tests import factories
from tests.factories import browser_of

LOG, HEAD = "moderation_decision", "moderation_loghead"


def verdict():
    out = io.StringIO()
    call_command("verify_log", stdout=out)
    return out.getvalue().strip()


def complaint():
    with pytest.raises(CommandError) as raised:
        verdict()
    assert raised.value.returncode == 1
    return str(raised.value)


# ---- what is written


def test_every_decision_has_the_next_number_and_is_chained_to_the_one_before(log):
    assert [decision.number for decision in log] == [1, 2, 3, 4, 5, 6]
    mac = ""
    for decision in log:
        assert decision.mac == mac_of(decision, mac)
        mac = decision.mac
    assert len({decision.mac for decision in log}) == 6
    head = LogHead.objects.get()
    assert (head.number, head.mac) == (6, mac)


def test_a_decision_that_is_undone_leaves_no_gap(log):
    with pytest.raises(RuntimeError), transaction.atomic():
        factories.pending()
        raise RuntimeError
    factories.pending()
    assert verdict() == "The log is whole: 7 decisions."


def test_a_new_log_is_whole(guarded):
    assert verdict() == "The log is whole: 0 decisions."


def test_the_macs_stay_as_they_are(settings):
    """If this changes, every site's log would seem to have been tampered with."""
    settings.LOG_KEY = "a key"
    decision = Decision(
        id=77,
        number=2,
        content_type_id=9,
        object_id="k7f3qx",
        case_id=5,
        version_number=1,
        action="publish",
        source="pending",
        target="published",
        role="moderator",
        by_id=4,
        by_name="Róisín",
        at=datetime(2026, 3, 4, 5, 6, 7, 891234, tzinfo=UTC),
        waited=timedelta(hours=3, microseconds=1),
    )
    assert (
        mac_of(decision, "before")
        == "655d13b4b08aebef6f014ffe23b23711a81901f0873a144c5c0dbdfab75d0c2b"
    )
    decision.pk, decision.mac = 78, "another"
    assert (
        mac_of(decision, "before")
        == "655d13b4b08aebef6f014ffe23b23711a81901f0873a144c5c0dbdfab75d0c2b"
    )


def test_opening_and_handing_back_are_on_record_and_are_no_decisions(guarded):
    story, moderator = factories.pending(), factories.moderator("Rowan")
    case = factories.claim(story, moderator)
    factories.claim(story, moderator)  # still theirs: no second look
    assert Case.objects.hand_back(by=moderator) == 1
    assert Case.objects.hand_back(by=moderator) == 0
    factories.claim(story, moderator)
    looks = [*Decision.objects.order_by("number").values_list("action", "source", "target")]
    kept = ("pending", "pending")
    assert looks[1:] == [("open", *kept), ("hand-back", *kept), ("open", *kept)]
    look = Decision.objects.first()
    assert (look.contribution, look.case_id, look.version_number) == (story, case.pk, 1)
    assert (look.by, look.by_name, look.role) == (moderator, "Rowan", "moderator")
    assert not Decision.objects.by_moderators().exists()
    assert [decision.action for decision in Decision.objects.moves()] == ["submit"]
    assert usual_wait() == timedelta(days=2)
    assert verdict() == "The log is whole: 4 decisions."


def test_looks_stand_in_the_log_of_all_and_not_in_the_story_s(guarded):
    story, moderator = factories.pending(), factories.moderator()
    factories.claim(story, moderator)
    browser = browser_of(moderator)
    page = browser.get(f"/admin/stories/story/{story.pk}/change/")
    assert [decision.action for decision in page.context["log"]] == ["submit"]
    assert "opened to be read" in browser.get("/admin/moderation/decision/").text


def test_a_refused_claim_is_not_on_record(guarded):
    story = factories.pending()
    case = factories.claim(story, factories.moderator())
    assert not Case.objects.all().claim(case.pk, by=factories.moderator())
    assert Decision.objects.filter(action="open").count() == 1


def test_people_and_stories_go_and_the_log_stays_whole(guarded):
    story, moderator = factories.pending(), factories.moderator()
    factories.claim(story, moderator)
    story.return_to_author(by=moderator, version=story.sent, message="When was that?")
    erased = factories.published(by=moderator)
    before = [*Decision.objects.values()]
    erased.delete()
    moderator.delete()
    story.author.delete()
    assert [*Decision.objects.values()] == before
    assert verdict() == f"The log is whole: {len(before)} decisions."


# ---- what is found out

DELETED = "Decision {} is missing: it was deleted"
CHANGED = "Decision {} is not as the site wrote it: it was changed, moved or added by hand."
COLUMNS = ", ".join(
    field.column for field in Decision._meta.concrete_fields if not field.primary_key
)


def added(number):
    """A copy of the third row under ``number``."""
    chosen = COLUMNS.replace("number", str(number), 1)
    return f"INSERT INTO {LOG} ({COLUMNS}) SELECT {chosen} FROM {LOG} WHERE number = 3"


@pytest.mark.parametrize(
    "statements, sentence",
    [
        ([f"UPDATE {LOG} SET action = 'decline' WHERE number = 4"], CHANGED.format(4)),
        ([f"UPDATE {LOG} SET by_name = 'Nobody' WHERE number = 6"], CHANGED.format(6)),
        ([f"UPDATE {LOG} SET waited = NULL WHERE number = 2"], CHANGED.format(2)),
        ([f"UPDATE {LOG} SET mac = 'ünknown' WHERE number = 5"], CHANGED.format(5)),
        ([f"DELETE FROM {LOG} WHERE number = 3"], DELETED.format(3)),
        ([f"DELETE FROM {LOG} WHERE number = 1"], DELETED.format(1)),
        ([f"DELETE FROM {LOG} WHERE number = 6"], DELETED.format(6)),
        ([f"DELETE FROM {LOG} WHERE number > 4"], DELETED.format(5)),
        ([f"DELETE FROM {LOG}"], DELETED.format(1)),
        (
            [
                f"UPDATE {LOG} SET number = 99 WHERE number = 3",
                f"UPDATE {LOG} SET number = 3 WHERE number = 5",
                f"UPDATE {LOG} SET number = 5 WHERE number = 99",
            ],
            CHANGED.format(3),
        ),
        (
            [
                f"DELETE FROM {LOG} WHERE number = 5",
                f"UPDATE {LOG} SET number = 5 WHERE number = 6",
                f"UPDATE {HEAD} SET number = 5",
            ],
            CHANGED.format(5),
        ),
        ([added(7)], CHANGED.format(7)),
        ([added(0)], CHANGED.format(0)),
        ([added(9)], DELETED.format(7)),
        (
            [
                f"DELETE FROM {LOG} WHERE number = 6",
                f"UPDATE {HEAD} SET number = 5, mac = (SELECT mac FROM {LOG} WHERE number = 5)",
            ],
            "The head of the log was changed: nothing says that decision 5 is the last.",
        ),
        (
            [f"UPDATE {HEAD} SET number = 4"],
            "The head of the log was changed: nothing says that decision 6 is the last.",
        ),
        (
            [f"DELETE FROM {HEAD}"],
            "The head of the log is missing: nothing says that decision 6 is the last.",
        ),
    ],
)
@pytest.mark.parametrize("batch", [2, 1000])
def test_tampering_is_found_and_named(log, tamper, monkeypatch, batch, statements, sentence):
    monkeypatch.setattr(verify_log, "BATCH", batch)
    assert verdict() == "The log is whole: 6 decisions."
    tamper(*statements)
    assert complaint().startswith(sentence)


LATER_COLUMNS = {
    "rule": ("'names'", "''"),
    "language": ("'fr'", "''"),
    "proposed_by_id": ("id + 1", "NULL"),
    "proposed_by_name": ("'Nobody'", "''"),
    "remark": ("'alone'", "''"),
    "appealed": ("1", "NULL"),
    "ends_at": ("'2027-03-04 05:06:07'", "NULL"),
}


@pytest.mark.parametrize("column", LATER_COLUMNS)
def test_what_an_older_row_left_empty_is_not_filled_in_unnoticed(log, tamper, column):
    tamper(f"UPDATE {LOG} SET {column} = {LATER_COLUMNS[column][0]} WHERE number = 4")
    assert complaint().startswith(CHANGED.format(4))


@pytest.mark.parametrize("column", LATER_COLUMNS)
def test_what_was_written_there_is_not_emptied_unnoticed(log, tamper, column):
    one, two = factories.moderator(), factories.moderator()
    written = {"rule": "compare", "proposed_by": two, "proposed_by_name": two.pen_name}
    written |= {"remark": "alone", "appealed": 4, "ends_at": timezone.now()}
    Decision.objects.record(factories.draft(), "suspend", by=one, **written)
    assert verdict() == "The log is whole: 7 decisions."
    tamper(f"UPDATE {LOG} SET {column} = {LATER_COLUMNS[column][1]} WHERE number = 7")
    assert complaint().startswith(CHANGED.format(7))


def another(value):
    if isinstance(value, str):
        return value + "x"
    if isinstance(value, datetime | timedelta):
        return value + timedelta(milliseconds=1)
    return (value or 0) + 1


def test_every_column_of_a_row_is_under_its_mac(log):
    """A column that somebody adds and that no mac covers would be theirs to change."""
    decision, previous = log[3], log[2].mac
    for field in Decision._meta.concrete_fields:
        if field.name in ("id", "mac"):  # keys: test_log_keys.py
            continue
        was = getattr(decision, field.attname)
        setattr(decision, field.attname, another(was))
        assert mac_of(decision, previous) != decision.mac, field.name
        setattr(decision, field.attname, was)
    assert mac_of(decision, previous) == decision.mac


def test_with_another_key_the_first_is_named_with_what_may_have_happened(log, settings):
    settings.LOG_KEY = "another key than the log began with"
    assert complaint().startswith(CHANGED.format(1))
    assert "LOG_KEY" in complaint()


def test_the_log_is_read_in_batches(log, monkeypatch):
    monkeypatch.setattr(verify_log, "BATCH", 4)
    with CaptureQueriesContext(connection) as asked:
        assert verdict() == "The log is whole: 6 decisions."
    reads = [query["sql"] for query in asked if query["sql"].startswith(f'SELECT "{LOG}"')]
    assert len(reads) == 4 and all(sql.endswith("LIMIT 4") for sql in reads)
