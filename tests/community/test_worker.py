"""The worker as it runs: a process that is stopped, killed, and loses its database."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.mail import send_mail
from django.db import connection
from django_tasks_db.models import DBTaskResult

from community.members.models import Email
from tests.browser.running import made_once

on_postgresql = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="a test's SQLite lives in one process"
)


@pytest.fixture
def environment(tmp_path):
    """The test's database; on SQLite, an empty one of its own."""
    made = os.environ | {"DEBUG": "true", "DATA_DIR": str(tmp_path)}
    made["EMAIL_URL"] = f"filemail:///{tmp_path}/mail"
    if connection.vendor == "postgresql":
        to = connection.settings_dict
        made["DATABASE_URL"] = (
            f"postgres://{to['USER']}:{to['PASSWORD']}@{to['HOST']}:{to['PORT']}/{to['NAME']}"
        )
    else:
        made.pop("DATABASE_URL", None)
        shutil.copytree(made_once("migrate"), tmp_path, dirs_exist_ok=True)
    return made


@pytest.fixture
def start(environment):
    started = []

    def worker(*arguments):
        process = subprocess.Popen(
            [sys.executable, "manage.py", "worker", *arguments],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        started.append(process)
        return process

    yield worker
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def until(wanted, *, seconds=20):
    end = time.monotonic() + seconds
    while not (result := wanted()) and time.monotonic() < end:
        time.sleep(0.1)
    return result


def listens(process):
    """Whether it has begun to heed SIGTERM (proc(5), SigCgt)."""
    status = Path(f"/proc/{process.pid}/status")
    if not status.exists():
        return time.sleep(10) or True
    caught = re.search(r"SigCgt:\s*(\w+)", status.read_text())[1]
    return int(caught, 16) >> (signal.SIGTERM - 1) & 1


def letters(tmp_path):
    return "".join(file.read_text() for file in tmp_path.glob("mail/*"))


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_a_worker_ends_when_asked_and_says_nothing(start, asked):
    process = start()
    assert until(lambda: listens(process))
    process.send_signal(asked)
    said, _ = process.communicate(timeout=10)
    assert (process.returncode, said) == (0, b"")


@on_postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_workers_post_each_mail_once(start, tmp_path):
    for number in range(40):
        send_mail("Subject", f"number {number}.", None, ["marnie@example.org"])
    start()
    start()
    assert until(lambda: not Email.objects.waiting().exists())
    posted = letters(tmp_path)
    assert all(posted.count(f"number {number}.\n") == 1 for number in range(40))


@on_postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_r02_what_a_killed_worker_had_in_hand_is_done_by_the_next(start, tmp_path):
    for number in range(30):
        send_mail("Subject", f"number {number}.", None, ["marnie@example.org"])
    process = start()
    assert until(lambda: Email.objects.exclude(sent_at=None).exists())
    process.kill()
    process.wait()
    # As if the minutes had passed in which it said nothing.
    DBTaskResult.objects.running().update(started_at="2026-01-01T00:00Z")
    Email.objects.waiting().exclude(claimed_at=None).update(claimed_at="2026-01-01T00:00Z")
    start("--every", "0.2")
    assert until(lambda: not Email.objects.waiting().exists())
    posted = letters(tmp_path)
    counts = [posted.count(f"number {number}.\n") for number in range(30)]
    assert min(counts) == 1
    assert sum(counts) <= 31  # the one between sending and saying so, known by its Message-ID
    assert len({line for line in posted.splitlines() if line.startswith("Message-ID")}) == 30


@on_postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_r03_a_worker_outlives_its_connections(start, tmp_path):
    process = start("--every", "0.2")
    send_mail("Subject", "before.", None, ["marnie@example.org"])
    assert until(lambda: "before." in letters(tmp_path))
    for _ in range(3):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        time.sleep(0.7)
    send_mail("Subject", "after.", None, ["marnie@example.org"])
    assert until(lambda: "after." in letters(tmp_path))
    assert process.poll() is None
