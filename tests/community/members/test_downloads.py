"""The copy of everything: complete, of one's own only, fetched once by whom it is for."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from community.members import archive, downloads
from community.members.download_parts import left_out, parts
from community.members.models import Download, Member
from community.moderation.models import Decision
from tests import factories
from tests.community.members.coming_in import PASSWORD, confirm_again
from tests.community.members.planted import MARK
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
PAGE, FETCH = "/me/download/", "/me/download/fetch/"
# Columns that the copy names a reason for leaving out, in which the mark was planted.
NOT_IN_IT = {"password", "pen_name_key", "headers", "folded_title", "proposed"}


def copy_of(member):
    file = io.BytesIO()
    downloads.write(member, file)
    return zipfile.ZipFile(file)


def everything(member):
    return json.loads(copy_of(member).read("everything.json"))


def fetched(browser):
    return zipfile.ZipFile(io.BytesIO(b"".join(browser.post(FETCH).streaming_content)))


def points_at_a_member():
    """ "app.Model.column" for every column of every table that does."""
    for model in apps.get_models(include_auto_created=True):
        for field in () if model._meta.proxy else model._meta.local_fields:
            if field.is_relation and field.related_model._meta.concrete_model is Member:
                yield f"{model._meta.label}.{field.name}"


def test_every_column_that_points_at_a_member_is_in_it_or_left_out_for_a_reason():
    covered = {f"{part.model}.{name}" for part in parts() for name in part.via}
    assert set(points_at_a_member()) == covered | left_out().keys()
    assert covered & left_out().keys() == set()
    assert all(map(str, left_out().values()))


def test_every_column_of_a_table_in_it_is_shown_or_left_out_for_a_reason():
    for label in {part.model for part in parts()}:
        model, said = apps.get_model(label), [part for part in parts() if part.model == label]
        shown = {name for part in said for name in part.fields}
        hidden = {name for part in said for name in part.left_out}
        fields = {f.name for f in [*model._meta.concrete_fields, *model._meta.local_many_to_many]}
        assert fields - shown - hidden == set(), label
        assert hidden <= fields, label
    assert [part for part in parts() if part.fields.keys() & part.left_out.keys()] == []


def test_whatever_was_planted_of_theirs_is_in_it(leaving):
    said = everything(leaving)
    marked = {
        f"{model}.{name}"
        for model, rows in said.items()
        for row in rows
        for name, value in row.items()
        if MARK in str(value).lower()
    }
    for part in parts():
        planted = {
            name
            for row in part.found(leaving)
            for name in part.fields
            if MARK in str(getattr(row, name)).lower()
        }
        assert {f"{part.model}.{name}" for name in planted} <= marked
    assert {"stories.Story.body", "stories.Letter.body", "stories.Photo.description"} <= marked
    assert {"members.KeptDate.words", "moderation.Appeal.words", "members.Consent.about"} <= marked
    assert {"moderation.Version.words", "moderation.Message.text"} <= marked
    page = copy_of(leaving).read("everything.html").decode()
    assert page.lower().count(MARK) > 30


def test_photographs_are_in_it_as_they_are_stored(leaving):
    photo = leaving.photo_set.get()
    largest = [name for name in photo.file_names() if name.endswith(".jpg")][-1]
    with default_storage.open(largest) as file:
        stored = file.read()
    names = [name for name in copy_of(leaving).namelist() if name.startswith("photographs/")]
    assert names == [f"photographs/{photo.story_id}-{photo.pk}.jpg"]
    assert copy_of(leaving).read(names[0]) == stored
    assert names[0] in copy_of(leaving).read("everything.html").decode()


def test_p05_nobody_elses_words_are_in_it_but_letters_sent_to_them(leaving):
    other = factories.member("Wren")
    story = factories.wanting(leaving)
    came = factories.delivered(story, other, body="I read every word.")
    kept = factories.sent_letter(factories.wanting(leaving), other, body="Nobody let this go.")
    factories.published(other, body="A story of Wren's.")
    page = copy_of(leaving).read("everything.html").decode()
    assert came.body in page and "Wren" in page
    assert kept.body not in page and "A story of Wren" not in page
    assert other.email not in page
    assert "Rowan Hale" not in page, "a moderator is named to nobody"
    assert f"quillwort@{MARK}" not in copy_of(other).read("everything.html").decode()
    assert leaving.email not in copy_of(other).read("everything.html").decode()


def test_what_moderators_say_of_them_among_themselves_is_not_in_it(leaving):
    leaving.moderators_notes.update(text="Between us moderators.")
    said = everything(leaving)
    assert len(said["moderation.MemberNote"]) == 1
    assert "Between us" not in json.dumps(said)


# ---- asked for, made, fetched


def test_it_is_made_by_the_worker_and_fetched_once(marnie, run_jobs):
    browser = browser_of(marnie)
    factories.draft(marnie, title="The blue kettle")
    assert "Make a copy" in browser.get(PAGE).text
    reauthenticate(browser, PAGE)
    assert "It is being made" in browser.get(PAGE).text
    browser.post(PAGE)
    assert Download.objects.count() == 1
    run_jobs()
    assert "Fetch the copy" in browser.get(PAGE).text
    answer = browser.post(FETCH)
    assert answer["Content-Type"] == "application/zip"
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Disposition"].startswith('attachment; filename="copy-2')
    copy = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert "The blue kettle" in copy.read("everything.html").decode()
    assert browser.post(FETCH)["Location"] == PAGE
    assert "You fetched the last copy" in browser.get(PAGE).text


def reauthenticate(browser, then):
    """As a person does: the press leads to the password, and goes on after it."""
    asked = browser.post(then)
    assert asked.status_code == 302 and "/accounts/" in asked["Location"]
    return browser.post(asked["Location"], {"password": PASSWORD})


def test_a11_a_stolen_session_makes_no_copy_and_fetches_none(marnie, run_jobs):
    browser = browser_of(marnie)
    assert "reauthenticate" in browser.post(PAGE)["Location"]
    assert not Download.objects.exists()
    Download.objects.ask(marnie)
    run_jobs()
    assert "reauthenticate" in browser.post(FETCH)["Location"]
    assert Download.objects.get().fetched_at is None


def test_a_copy_is_nobody_elses(marnie, run_jobs, post):
    Download.objects.ask(marnie)
    run_jobs()
    other = browser_of(factories.member())
    confirm_again(other, post)
    assert "Fetch the copy" not in other.get(PAGE).text
    assert other.post(FETCH)["Location"] == PAGE
    assert browser_of().post(FETCH).status_code == 302
    assert Download.objects.get().fetched_at is None


def test_of_two_that_fetch_at_once_one_has_it(marnie, run_jobs):
    Download.objects.ask(marnie)
    run_jobs()
    first, second = Download.objects.get(), Download.objects.get()
    with first.fetch():
        assert second.fetch() is None


def test_two_days_later_it_has_gone_with_its_file(
    marnie, run_jobs, django_capture_on_commit_callbacks
):
    download = Download.objects.ask(marnie)
    run_jobs()
    assert default_storage.exists(download.file_name)
    with time_machine.travel(timezone.now() + timedelta(days=2, minutes=1)):
        download.refresh_from_db()
        assert not download.is_ready() and download.fetch() is None
        with django_capture_on_commit_callbacks(execute=True):
            assert downloads.forget() == 1
    assert not default_storage.exists(download.file_name)
    assert not Download.objects.exists()


def test_a_file_that_no_row_names_is_swept(marnie):
    default_storage.save("downloads/left.zip", io.BytesIO(b"of somebody who left"))
    assert downloads.forget() == 0
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert downloads.forget() == 1
    assert default_storage.listdir("downloads")[1] == []


def test_whoever_leaves_while_it_is_made_leaves_no_file(
    marnie, monkeypatch, django_capture_on_commit_callbacks
):
    download = Download.objects.ask(marnie)
    write = downloads.write

    def and_leave(member, file):
        write(member, file)
        archive.erase(member)

    monkeypatch.setattr(downloads, "write", and_leave)
    with django_capture_on_commit_callbacks(execute=True):
        downloads.make.call(download.pk)
    assert default_storage.listdir("downloads")[1] == []


def test_a_job_that_runs_twice_makes_one(marnie):
    download = Download.objects.ask(marnie)
    downloads.make.call(download.pk)
    downloads.make.call(download.pk)
    assert len(default_storage.listdir("downloads")[1]) == 1


# ---- the command


def test_an_operators_copy_is_for_their_eyes_and_on_record(marnie, tmp_path):
    file = tmp_path / "copy.zip"
    call_command("export_member", " Marnie@example.org ", str(file), stdout=io.StringIO())
    assert "everything.html" in zipfile.ZipFile(file).namelist()
    assert file.stat().st_mode & 0o077 == 0
    assert Decision.objects.get().action == "export"
    with pytest.raises(CommandError, match="could not be made"):
        call_command("export_member", "marnie@example.org", str(file))
    with pytest.raises(CommandError, match="no account"):
        call_command("export_member", "nobody@example.org", str(tmp_path / "b.zip"))
    assert Decision.objects.count() == 1
