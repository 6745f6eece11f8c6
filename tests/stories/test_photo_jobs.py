"""A worker that is stopped at any moment, and what it leaves behind."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from community.moderation.models import Case
from community.moderation.states import State
from stories import photo_files, photo_jobs
from stories.models import Photo
from stories.photo_holding import HeldPhoto
from tests import factories
from tests.stories import photographing
from tests.stories.photographing import add, stored

pytestmark = pytest.mark.django_db


def test_a_job_that_runs_twice_makes_one(run_jobs, django_capture_on_commit_callbacks):
    story = factories.draft()
    add(story)
    photo = Photo.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        photo_jobs.process.func(photo.pk)
        photo_jobs.process.func(photo.pk)
    photo.refresh_from_db()
    assert stored() == sorted(photo.file_names())


def test_of_two_workers_with_one_photograph_the_second_leaves_nothing(
    monkeypatch, run_jobs, django_capture_on_commit_callbacks
):
    story = factories.draft()
    add(story)
    photo, really = Photo.objects.get(), photo_jobs.processed

    def while_another_does_it(raw):
        monkeypatch.setattr(photo_jobs, "processed", really)
        photo_jobs.process.func(photo.pk)
        return really(raw)

    monkeypatch.setattr(photo_jobs, "processed", while_another_does_it)
    with django_capture_on_commit_callbacks(execute=True):
        photo_jobs.process.func(photo.pk)
    photo.refresh_from_db()
    assert stored() == sorted(photo.file_names())


@pytest.mark.parametrize("step", ["as_it_came", "keep", "came_out", "send_if_wanted"])
def test_stopped_at_any_moment_nothing_is_lost_and_nothing_doubled(
    step, monkeypatch, run_jobs, django_capture_on_commit_callbacks, time_machine
):
    class Killed(BaseException):
        pass

    def dies(*args, **kwargs):
        raise Killed

    story = factories.draft()
    add(story)
    Photo.objects.update(is_wanted=True)
    photo = Photo.objects.get()
    where = {"came_out": Photo, "send_if_wanted": photo_jobs}.get(step, photo_files)
    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(where, step, dies)
        with django_capture_on_commit_callbacks(execute=True):
            photo_jobs.process.func(photo.pk)
    with django_capture_on_commit_callbacks(execute=True):
        run_jobs()
        time_machine.shift(2 * 86_400)
        photo_jobs.tidy()
    photo.refresh_from_db()
    assert photo.state == State.PENDING and Case.objects.open().count() == 1
    assert stored() == sorted(photo.file_names())


@pytest.fixture
def time_machine():
    import time_machine

    with time_machine.travel("2026-11-28T12:00:00Z", tick=False) as traveller:
        yield traveller


def test_nobody_else_on_the_machine_reads_a_file_as_it_came():
    folder = Path(default_storage.path("aside"))
    folder.mkdir(parents=True, mode=0o755)
    photo_files.put_aside(photographing.file())
    assert folder.stat().st_mode & 0o777 == 0o700


def test_files_without_a_row_are_swept_and_no_others(time_machine):
    photo = photographing.processed()
    orphan = default_storage.save("photographs/ab/" + "ab" * 16 + "-480.webp", photographing.file())
    aside = photo_files.put_aside(photographing.file())
    everything = [Photo.objects.all(), HeldPhoto.objects.all()]
    assert photo_files.sweep(*everything) == []
    time_machine.shift(2 * 86_400)
    assert sorted(photo_files.sweep(*everything)) == sorted([orphan, aside])
    assert stored() == sorted(photo.file_names())
