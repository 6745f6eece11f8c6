"""Work that leaves the request.

A job is a row of our own database, written in the transaction that caused it, so it exists
exactly when its cause does.  Arguments are ids only: they are stored in clear.  A job may run
twice (a worker can be killed between doing and saying so) and must bear it.
"""

import functools
import logging
from datetime import timedelta

from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

logger = logging.getLogger(__name__)

STUCK_AFTER = timedelta(minutes=5)
KEPT_FOR = timedelta(days=7)


class GaveUp(Exception):
    """A job failed as often as it may.  Says the kind of trouble, never its words: those can
    repeat an address, and what is raised is stored in clear."""


def retrying(*, attempts=6, first_wait=30):
    """Run again after a failure: after ``first_wait`` seconds, then twice as long each time.

    The wrapped function must be the Task's own (``@task()`` outermost), because the job finds
    itself again by its dotted name.  After the last attempt the job is left as failed in the job
    table, where an operator sees it.
    """

    def decorate(function):
        name = f"{function.__module__}.{function.__name__}"

        @functools.wraps(function)
        def job(*args, attempt=1):
            try:
                return function(*args)
            except Exception as error:
                trouble = type(error).__name__
            except BaseException:
                _again(name, args, attempt, first_wait)  # stopped in the middle: not its fault
                raise
            # Outside the except block, so that nothing of the error travels along.
            logger.warning("%s: %s, attempt %s of %s", name, trouble, attempt, attempts)
            if attempt >= attempts:
                raise GaveUp(trouble)
            _again(name, args, attempt + 1, first_wait * 2 ** (attempt - 1))
            return {"tried": attempt, "trouble": trouble}

        return job

    return decorate


def _again(name, args, attempt, seconds):
    later = timezone.now() + timedelta(seconds=seconds)
    import_string(name).using(run_after=later).enqueue(*args, attempt=attempt)


def put_back_stuck():
    """Jobs whose worker died go back to the queue.  Returns how many."""
    return DBTaskResult.objects.filter(
        status=TaskResultStatus.RUNNING, started_at__lt=timezone.now() - STUCK_AFTER
    ).update(status=TaskResultStatus.READY, started_at=None)


def forget_finished():
    """Finished jobs are kept for a week, for whoever asks what happened.  Returns how many went."""
    old = DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT_FOR)
    return old.delete()[0]
