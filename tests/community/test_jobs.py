from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from community import jobs

pytestmark = pytest.mark.django_db

done = []
moods = {}


@task()
@jobs.retrying(attempts=3, first_wait=10)
def dig(hole):
    if trouble := moods.get(hole):
        raise trouble
    done.append(hole)


@pytest.fixture(autouse=True)
def fresh():
    done.clear()
    moods.clear()


def waiting():
    return DBTaskResult.objects.get(status=TaskResultStatus.READY)


def test_a_job_is_done(run_jobs):
    dig.enqueue(1)
    run_jobs()
    assert done == [1]


def test_a_failed_job_waits_longer_each_time_and_then_is_left_for_the_operator(run_jobs):
    moods[1] = ValueError("with words that are nobody's business")
    start = timezone.now()
    dig.enqueue(1)
    for seconds in (10, 20):
        run_jobs()
        assert waiting().run_after - start >= timedelta(seconds=seconds)
        assert waiting().run_after - start < timedelta(seconds=seconds + 5)
        DBTaskResult.objects.filter(pk=waiting().pk).update(run_after=timezone.now())
    run_jobs()
    assert not DBTaskResult.objects.ready().exists()
    failed = DBTaskResult.objects.get(status=TaskResultStatus.FAILED)
    assert failed.exception_class_path == "community.jobs.GaveUp"
    assert "ValueError" in failed.traceback
    assert "nobody's business" not in failed.traceback


def test_a_job_stopped_in_the_middle_is_done_again_and_not_counted(run_jobs):
    moods[1] = SystemExit(1)
    dig.enqueue(1)
    run_jobs()
    assert waiting().args_kwargs == {"args": [1], "kwargs": {"attempt": 1}}


def test_a_job_whose_worker_died_goes_back_and_one_at_work_does_not(run_jobs):
    dig.enqueue(1)
    waiting().claim("killed")
    with time_machine.travel(timezone.now() + timedelta(minutes=4)):
        assert jobs.put_back_stuck() == 0
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        assert jobs.put_back_stuck() == 1
    run_jobs()
    assert done == [1]


def test_finished_jobs_are_forgotten_after_a_week(run_jobs):
    dig.enqueue(1)
    run_jobs()
    dig.enqueue(2)
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert jobs.forget_finished() == 1
    assert waiting()
