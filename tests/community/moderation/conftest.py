import pytest
from django.core.management import call_command
from django.db import connection, transaction

from community.moderation import guard
from community.moderation.models import Decision
from resources.models import Service
from tests import factories


@pytest.fixture
def guarded(db):
    """The triggers, which tests otherwise do without."""
    guard.put_up(connection)


@pytest.fixture
def log(guarded):
    """Six decisions, behind the guard."""
    for _ in range(3):
        factories.published()
    return Decision.objects.order_by("number")


@pytest.fixture
def run(db):
    """Some SQL, past all our code."""

    def run(sql):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else cursor.rowcount

    return run


@pytest.fixture
def tamper(run):
    """As somebody would who owns the database, and does not have LOG_KEY."""

    def tamper(*statements):
        connection.check_constraints()  # what PostgreSQL put off until this transaction's end
        guard.take_down(connection)
        for statement in statements:
            assert run(statement) > 0
        guard.put_up(connection)

    return tamper


@pytest.fixture
def a_place(db):
    call_command("load_directory", verbosity=0)
    return Service.objects.published().first()
