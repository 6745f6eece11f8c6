"""The database itself refuses to change the log, whoever asks and whatever code they ask with.

Rows are only ever added; the head only moves on by one.  ``migrate`` puts the triggers in place
each time, because SQLite drops them when a later migration remakes a table.
"""

from django.conf import settings
from django.db import connections

LOG, HEAD = "moderation_decision", "moderation_loghead"
SAYS = "The log is written once."
MOVES_ON = "NEW.id = OLD.id AND NEW.number = OLD.number + 1"

SQLITE = {
    "moderation_log_no_update": f"BEFORE UPDATE ON {LOG}",
    "moderation_log_no_delete": f"BEFORE DELETE ON {LOG}",
    # INSERT OR REPLACE takes a row out without asking the trigger for DELETE.
    "moderation_log_no_replace": "BEFORE INSERT ON moderation_decision WHEN EXISTS"
    " (SELECT 1 FROM moderation_decision WHERE id = NEW.id OR number = NEW.number)",
    "moderation_head_moves_on": f"BEFORE UPDATE ON {HEAD} WHEN NOT ({MOVES_ON})",
    "moderation_head_no_delete": f"BEFORE DELETE ON {HEAD}",
    "moderation_head_no_replace": "BEFORE INSERT ON moderation_loghead WHEN EXISTS"
    " (SELECT 1 FROM moderation_loghead)",
}
POSTGRESQL = {
    "moderation_log_only_grows": f"BEFORE UPDATE OR DELETE OR TRUNCATE ON {LOG} EXECUTE FUNCTION",
    "moderation_head_stays": f"BEFORE DELETE OR TRUNCATE ON {HEAD} EXECUTE FUNCTION",
    "moderation_head_moves_on": f"BEFORE UPDATE ON {HEAD} FOR EACH ROW"
    f" WHEN (NOT ({MOVES_ON})) EXECUTE FUNCTION",
}
REFUSE = "moderation_log_refuses"
FUNCTION = f"""CREATE OR REPLACE FUNCTION {REFUSE}() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'integrity_constraint_violation'; END $$"""


def put_up(connection):
    """Put every trigger in place.  Doing it again changes nothing."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FUNCTION)
            for name, when in POSTGRESQL.items():
                cursor.execute(f"CREATE OR REPLACE TRIGGER {name} {when} {REFUSE}()")
        else:
            for name, when in SQLITE.items():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                cursor.execute(
                    f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
                )


def take_down(connection):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP FUNCTION IF EXISTS {REFUSE}() CASCADE")
        else:
            for name in SQLITE:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def after_migrate(using, **_):
    """Called by Django once ``migrate`` is through."""
    connection = connections[using]
    if settings.LOG_IS_GUARDED and HEAD in connection.introspection.table_names():
        put_up(connection)
