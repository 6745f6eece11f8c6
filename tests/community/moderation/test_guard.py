"""The database itself keeps the log as it was written, whoever asks."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, models

from community.moderation import guard
from community.moderation.models import Decision
from tests.browser.running import ROOT, Site, own_database

LOG, HEAD = "moderation_decision", "moderation_loghead"


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {LOG} SET by_name = 'Nobody' WHERE number = 2",
        f"UPDATE {LOG} SET number = number",
        f"DELETE FROM {LOG} WHERE number = 2",
        f"DELETE FROM {LOG}",
        f"DELETE FROM {HEAD}",
        f"UPDATE {HEAD} SET number = number - 1",
        f"UPDATE {HEAD} SET mac = ''",
        f"UPDATE {HEAD} SET id = 2, number = number + 1",
    ],
)
def test_the_database_refuses_to_change_the_log(log, run, statement):
    before = [*log.values()]
    with pytest.raises(IntegrityError, match=guard.SAYS):
        run(statement)
    assert [*log.values()] == before


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has TRUNCATE")
@pytest.mark.parametrize("table", [LOG, HEAD])
def test_the_database_refuses_to_empty_the_log(log, run, table):
    connection.check_constraints()
    with pytest.raises(IntegrityError, match=guard.SAYS):
        run(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("column", ["id", "number"])
def test_no_row_is_put_in_the_place_of_another(log, run, column):
    """SQLite's INSERT OR REPLACE asks no trigger for DELETE; PostgreSQL's ON CONFLICT does."""
    columns = [field.column for field in Decision._meta.concrete_fields]
    chosen = ", ".join("'Nobody'" if name == "by_name" else name for name in columns)
    if column == "id":
        chosen = chosen.replace("number", "number + 100", 1)
    else:
        chosen = chosen.replace("id", "id + 100", 1)
    said = f"INTO {LOG} ({', '.join(columns)}) SELECT {chosen} FROM {LOG} WHERE number = 2"
    if connection.vendor == "postgresql":
        statement = f"INSERT {said} ON CONFLICT ({column}) DO UPDATE SET by_name = 'Nobody'"
    else:
        statement = f"INSERT OR REPLACE {said}"
    with pytest.raises(IntegrityError, match=guard.SAYS):
        run(statement)


@pytest.fixture
def triggers(run):
    """The names of those that stand."""

    def triggers():
        if connection.vendor == "postgresql":
            rows = run("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        else:
            rows = run("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        return {name for (name,) in rows}

    return triggers


EXPECTED = set(guard.POSTGRESQL if connection.vendor == "postgresql" else guard.SQLITE)


def test_putting_the_guard_up_twice_changes_nothing(guarded, triggers):
    assert triggers() == EXPECTED
    guard.put_up(connection)
    assert triggers() == EXPECTED
    for _ in range(2):
        guard.take_down(connection)
        assert triggers() == set()


def test_only_tests_do_without_the_guard(triggers, settings):
    assert import_module("community.settings").LOG_IS_GUARDED is True
    assert settings.LOG_IS_GUARDED is False and triggers() == set()
    call_command("migrate", verbosity=0)
    assert triggers() == set()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_table_that_a_migration_remade_has_its_guard_again(triggers, settings):
    """SQLite drops the triggers of a table that it remakes."""
    settings.LOG_IS_GUARDED = True
    guard.put_up(connection)
    kept = Decision._meta.get_field("by_name")
    longer = models.CharField(max_length=41, blank=True)
    longer.set_attributes_from_name("by_name")
    longer.model = Decision
    try:
        with connection.schema_editor() as editor:
            editor.alter_field(Decision, kept, longer)
        if connection.vendor == "sqlite":
            assert not {name for name in triggers() if "log" in name}
        call_command("migrate", verbosity=0)
        assert triggers() == EXPECTED
        with connection.schema_editor() as editor:
            editor.alter_field(Decision, longer, kept)
    finally:
        guard.take_down(connection)


# ---- a site of its own

OLD_ROWS = """
from django.contrib.contenttypes.models import ContentType
from django.db import connection
kind = ContentType.objects.get(app_label="stories", model="story").pk
with connection.cursor() as cursor:
    for row in range(1206):
        waited = [None, 5_000_000][row % 2]
        if connection.vendor == "postgresql" and waited:
            waited = "5 seconds"
        cursor.execute(
            "INSERT INTO moderation_decision (object_id, action, source, target, role, by_name,"
            " at, waited, content_type_id, version_number) VALUES"
            " ('k7f3qx', 'submit', 'draft', 'pending', 'author', '',"
            " '2026-03-04 05:06:07.891234', %s, %s, 1)",
            [waited, kind],
        )
    # As a decision that was undone leaves them on PostgreSQL: numbers with gaps.
    cursor.execute("DELETE FROM moderation_decision WHERE id IN (1, 7, 500)")
"""
JOURNEY = """
from community.moderation.models import Case
from tests import factories
moderator = factories.moderator()
story = factories.pending()
factories.claim(story, moderator)
Case.objects.hand_back(by=moderator)
factories.claim(story, moderator)
story.return_to_author(by=moderator, version=story.sent, message="When was that?")
story.take_back()
published = factories.published(by=moderator)
published.withdraw()
published.delete()
moderator.delete()
story.author.delete()
"""


def test_a_log_that_is_there_already_is_chained_as_it_was_written(tmp_path):
    with own_database("log") as database:
        site = Site(tmp_path, **database)
        site.manage("migrate", "--verbosity=0", "moderation", "0002")
        site.manage("migrate", "--verbosity=0", "stories", "0001")
        site.manage("migrate", "--verbosity=0", "contenttypes")
        site.manage("shell", "-c", OLD_ROWS)
        site.manage("migrate", "--verbosity=0")
        assert "The log is whole: 1203 decisions." in site.manage("verify_log")
        site.manage("shell", "-c", JOURNEY)
        assert "The log is whole: 1212 decisions." in site.manage("verify_log")
        with pytest.raises(AssertionError, match=guard.SAYS):
            site.manage("shell", "-c", CHANGE)
        site.manage("migrate", "--verbosity=0", "moderation", "0002")
        site.manage("migrate", "--verbosity=0")
        assert "The log is whole: 1212 decisions." in site.manage("verify_log")


CHANGE = """
from django.db import connection
connection.cursor().execute("UPDATE moderation_decision SET by_name = 'Nobody'")
"""


@pytest.fixture
def role_of_the_site(tmp_path):
    """A site whose tables belong to another role than the one it works with: (site, address)."""
    import psycopg

    name, password = f"site_{secrets.token_hex(4)}", secrets.token_hex(8)
    with own_database("roles") as database:
        site = Site(tmp_path, **database)
        site.manage("migrate", "--verbosity=0")
        owner = site.surroundings["DATABASE_URL"]
        with psycopg.connect(owner, autocommit=True) as connection:
            connection.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{password}'")
            rights = (ROOT / "docs/two-roles.sql").read_text()
            connection.execute(rights.replace(" small_hours;", f" {name};"))
        where = urlsplit(owner)
        theirs = f"{name}:{password}@{where.netloc.rpartition('@')[2]}"
        site.surroundings["DATABASE_URL"] = where._replace(netloc=theirs).geturl()
        yield site
    with psycopg.connect(owner.rpartition("/")[0] + "/postgres", autocommit=True) as connection:
        connection.execute(f"DROP ROLE {name}")


@pytest.mark.postgresql
@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has roles")
def test_the_site_s_own_role_adds_to_the_log_and_cannot_change_it(role_of_the_site):
    import psycopg

    site = role_of_the_site
    site.manage("shell", "-c", JOURNEY)
    assert "The log is whole: 9 decisions." in site.manage("verify_log")
    refused = psycopg.errors.InsufficientPrivilege
    with psycopg.connect(site.surroundings["DATABASE_URL"], autocommit=True) as connection:
        for statement in (
            f"UPDATE {LOG} SET by_name = 'Nobody'",
            f"DELETE FROM {LOG}",
            f"TRUNCATE {LOG}",
            f"DELETE FROM {HEAD}",
            f"TRUNCATE {HEAD}",
            f"INSERT INTO {HEAD} (id, number, mac, seal) VALUES (2, 0, '', '')",
            f"ALTER TABLE {LOG} DISABLE TRIGGER ALL",
            f"ALTER TABLE {LOG} ADD COLUMN more int",
            f"DROP TRIGGER moderation_log_only_grows ON {LOG}",
            f"DROP TABLE {LOG} CASCADE",
            f"DROP FUNCTION {guard.REFUSE}() CASCADE",
            "SET session_replication_role = replica",
        ):
            with pytest.raises(refused):
                connection.execute(statement)
        connection.execute(f"GRANT UPDATE, DELETE ON {LOG} TO CURRENT_USER")  # a warning, no more
        with pytest.raises(refused):
            connection.execute(f"DELETE FROM {LOG}")
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
            connection.execute(f"UPDATE {HEAD} SET number = number - 1")
    assert "The log is whole: 9 decisions." in site.manage("verify_log")


WRITING = """
from tests import factories
from community.members.models import Member
from community.moderation.models import Case
moderator = Member.objects.get(pen_name="Rowan")
author = Member.objects.get(pen_name="Tansy")
for _ in range(12):
    story = factories.pending(author)
    factories.claim(story, moderator)
    Case.objects.hand_back(by=moderator)
"""
PEOPLE = """
from tests import factories
factories.moderator("Rowan"), factories.member("Tansy")
"""


def test_processes_that_write_at_once_keep_one_chain(tmp_path):
    with own_database("chain") as database:
        site = Site(tmp_path, **database)
        site.begin_with("migrate")
        site.manage("shell", "-c", PEOPLE)
        with ThreadPoolExecutor(3) as at_once:
            [*at_once.map(lambda _: site.manage("shell", "-c", WRITING), range(3))]
        assert "The log is whole: 108 decisions." in site.manage("verify_log")
