"""The key of a decision, by which letters and all else belong to it, is not changed unnoticed."""

import pytest

from community.moderation.management.commands import verify_log
from community.moderation.models import Decision
from tests import factories
from tests.community.moderation.test_log import LOG, complaint, verdict

WHOLE = "The log is whole: 6 decisions."


def key_of(number):
    return Decision.objects.get(number=number).pk


def rekeyed(number, key):
    return f"UPDATE {LOG} SET id = {key} WHERE number = {number}"


@pytest.mark.parametrize("batch", [2, 1000])
@pytest.mark.parametrize("number", [1, 3, 5])
def test_a_key_out_of_its_order_names_the_decision_it_was_given_to(
    log, tamper, monkeypatch, number, batch
):
    monkeypatch.setattr(verify_log, "BATCH", batch)
    tamper(rekeyed(number, 99999))
    assert complaint().startswith(f"Decision {number} has the key of another:")


def test_two_that_changed_keys_are_found_at_the_first(log, tamper):
    third, fifth = key_of(3), key_of(5)
    tamper(rekeyed(3, 99999), rekeyed(5, third), rekeyed(3, fifth))
    assert complaint().startswith("Decision 3 has the key of another:")


@pytest.mark.parametrize("key", [-1, 0])
def test_a_key_lower_than_the_ones_before_is_named_itself(log, tamper, key):
    tamper(rekeyed(4, key))
    assert complaint().startswith("Decision 4 has the key of another:")


def test_a_key_that_was_never_used_is_no_tampering(log, tamper):
    """A database counts on past what was undone."""
    for number in (6, 5, 4):
        tamper(rekeyed(number, key_of(number) + 10 * number))
    assert verdict() == WHOLE


def pointing():
    """(table, column) of whatever belongs to a decision."""
    return sorted((field.model._meta.db_table, field.column) for field in verify_log.belongings())


def test_all_that_names_a_decision_by_its_key_is_looked_at():
    tables = ["appeal", "message", "report", "sanction", "suggestion"]
    assert pointing() == [(f"moderation_{table}", "decision_id") for table in tables]


@pytest.fixture
def belonging(guarded):
    """A letter, a sanction and a proposed change."""
    factories.sanction(factories.member())
    story = factories.pending()
    change = {"field": "body", "start": 0, "passage": "There", "why": "A name.", "instead": ""}
    said = {"by": factories.moderator(), "version": story.sent, "message": "A change?"}
    story.suggest(**said, changes=[change])


@pytest.mark.parametrize("table", ["message", "sanction", "suggestion"])
def test_what_belongs_to_no_decision_is_named(belonging, tamper, run, table):
    assert verdict().startswith("The log is whole")
    table = f"moderation_{table}"
    row = run(f"SELECT min(id) FROM {table} WHERE decision_id IS NOT NULL")[0][0]
    tamper(f"UPDATE {table} SET decision_id = 99999 WHERE id = {row}")
    said = f"Row {row} of {table} belongs to no decision: nothing in the log has the key 99999."
    assert complaint() == said


def test_the_last_decision_cannot_leave_its_letter_behind(guarded, tamper):
    factories.sanction(factories.member())
    last = Decision.objects.order_by("number").last()
    key = last.message.decision_id
    tamper(rekeyed(last.number, 99999))
    assert complaint().endswith(f"nothing in the log has the key {key}.")
