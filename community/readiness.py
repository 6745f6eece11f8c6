"""Whether this process has what it needs to serve people: the answer behind ``/readyz``."""

import logging
from datetime import timedelta
from functools import cache as once

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

logger = logging.getLogger(__name__)

# A worker looks every second; a job nobody took for this long means that no worker is there.
WAITED_TOO_LONG = timedelta(minutes=15)


class NotReady(Exception):
    pass


def failing():
    """The names of the parts that fail, in the order they are needed."""
    return [name for name, part in PARTS.items() if not _answers(name, part)]


def _answers(name, part):
    try:
        part()
    except Exception:
        # Whatever it is, the probe wants the name of the part and the log wants the reason.
        logger.exception("%s is not ready", name)
        return False
    return True


def _database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


@once
def _newest_migrations():
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def _migrations():
    missing = _newest_migrations() - MigrationRecorder(connection).applied_migrations().keys()
    if missing:
        raise NotReady(f"Not applied: {sorted(missing)}")


def _cache():
    cache.set("readyz", "answers", timeout=60)
    if cache.get("readyz") != "answers":
        raise NotReady("The cache forgot at once.")


def _storage():
    default_storage.delete(default_storage.save("readyz", ContentFile(b"")))


def _worker():
    """Mail and other jobs are taken as they come; one put off isn't late before its time."""
    now = timezone.now()
    limit = now - WAITED_TOO_LONG
    late = DBTaskResult.objects.ready().filter(enqueued_at__lt=limit)
    late = late.exclude(run_after__gt=limit, run_after__lte=now)
    if waiting := late.count():
        raise NotReady(f"{waiting} jobs have waited for more than {WAITED_TOO_LONG}.")


PARTS = {
    "database": _database,
    "migrations": _migrations,
    "cache": _cache,
    "storage": _storage,
    "worker": _worker,
}
