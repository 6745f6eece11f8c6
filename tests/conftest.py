import gc
import uuid

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from pytest_django.plugin import blocking_manager_key


def pytest_collection_finish():
    """What collecting made stays to the end: looking through it again and again for what could
    go is a tenth of the time that short tests take."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def pytest_unconfigure(config):
    """The very last lines say what did not run."""
    reporter = config.pluginmanager.getplugin("terminalreporter")
    if reporter and not hasattr(config, "workerinput"):
        skipped = reporter.stats.get("skipped", [])
        unseen = sum("no Chromium" in str(report.longrepr) for report in skipped)
        if unseen:
            reporter.write_line(
                f"{unseen} browser tests did not run: no Chromium was found. Install Chromium"
                " or Google Chrome (on Debian: apt install chromium-headless-shell), or name one:"
                " CHROMIUM=/path/to/chrome script/test"
            )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item):
    """A test with real transactions empties every table; whoever comes next on the same process,
    in whatever order, finds again what the migrations wrote.
    """
    database = connection.settings_dict["NAME"]
    outcome = yield
    marker = item.get_closest_marker("django_db")
    written = getattr(connection, "_test_serialized_contents", None)
    # After the last test its database is gone, and the connection leads to the one it is named for.
    is_there = connection.settings_dict["NAME"] == database
    if marker and marker.kwargs.get("transaction") and written and is_there:
        with item.config.stash[blocking_manager_key].unblock():
            connection.creation.deserialize_db_from_string(written)
    return outcome


@pytest.fixture(autouse=True)
def own_cache():
    """Each test begins with an empty cache, by a prefix of its own: whoever else uses the same
    server, and empties it, changes nothing here."""
    prefix = settings.CACHES["default"]["KEY_PREFIX"] = uuid.uuid4().hex
    cache.key_prefix = prefix  # this thread's connection is open already


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path_factory):
    """And with no files."""
    folder = {"location": tmp_path_factory.getbasetemp() / uuid.uuid4().hex}
    kept = settings.STORAGES["default"] | {"OPTIONS": folder}
    settings.STORAGES = settings.STORAGES | {"default": kept}


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """Tests with real transactions empty every table afterwards, so the log stands unguarded;
    those about its guard put it up themselves."""
    settings.LOG_IS_GUARDED = False


@pytest.fixture(autouse=True)
def own_mail_and_limits(settings, own_cache):
    """Each test has its own letter box and begins with every rate limit untouched."""
    settings.MAIL_TRANSPORT = {
        "EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
    }
    settings.QUIET_HOURS = None  # tests run at night too
    # pytest-django swaps the backend for one in memory; ours is the one to be tested.
    settings.EMAIL_BACKEND = "community.members.mail.OutboxBackend"


@pytest.fixture
def run_jobs(db):
    """Does what waits, as the worker would; what it posts is in ``mail.outbox``."""

    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
        excluded_queue_names=[],
    )

    def run():
        # Its own loop would close the connection that holds the test's transaction.
        while job := DBTaskResult.objects.ready().first():
            job.claim(worker.worker_id)
            worker.run_task(job)

    return run
