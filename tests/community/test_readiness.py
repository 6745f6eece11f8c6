from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max


@pytest.fixture
def database_down():
    def refuse(*args):
        raise OperationalError("the server closed the connection")

    return connection.execute_wrapper(refuse)


def test_ready_when_every_part_answers(client, db):
    answer = client.get("/readyz")
    assert answer.json() == {"ready": True, "failing": []}
    assert "no-store" in answer["Cache-Control"]


def test_not_ready_names_the_database(client, db, database_down):
    with database_down:
        answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["failing"] == ["database", "migrations", "worker"]
    assert "closed" not in answer.text


def test_not_ready_while_a_migration_waits(client, db):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'members'")
    assert client.get("/readyz").json()["failing"] == ["migrations"]


def a_job(**when):
    job = DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        priority=0,
        task_path="community.jobs.nothing",
        queue_name="default",
        backend_name="default",
        run_after=when.get("run_after", get_date_max()),
    )
    DBTaskResult.objects.filter(pk=job.pk).update(enqueued_at=when["enqueued_at"])


def test_not_ready_while_a_job_waits_and_nobody_takes_it(client, db):
    a_job(enqueued_at=timezone.now() - timedelta(hours=1))
    assert client.get("/readyz").json()["failing"] == ["worker"]


def test_a_job_put_off_until_now_is_not_late(client, db):
    now = timezone.now()
    a_job(enqueued_at=now - timedelta(hours=1), run_after=now - timedelta(minutes=1))
    assert client.get("/readyz").status_code == 200


def test_not_ready_without_a_place_for_files(client, db, settings, tmp_path):
    blocked = tmp_path / "media"
    blocked.write_text("a file where the folder should be")
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": blocked},
        }
    }
    assert client.get("/readyz").json()["failing"] == ["storage"]
