"""Taking the directory away as a file, and bringing it back: all of it or nothing."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from resources import directory_file, exchange
from resources.models import Change, Phone, Service, Verification, picture
from tests import factories

IMPORT = "admin:directory_import"


@pytest.fixture
def editor(client, db):
    client.person = factories.moderator(group="directory-editors")
    client.force_login(client.person)
    return client


@pytest.fixture
def shipped(directory):
    """The directory as an editor takes it away: a list of rows."""
    return list(csv.DictReader(io.StringIO(exchange.as_csv(Service.objects.all()))))


def as_text(rows, columns=exchange.COLUMNS):
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def bring(client, data):
    data = data if isinstance(data, bytes) else data.encode()
    file = SimpleUploadedFile("places.csv", data, "text/csv")
    return client.post(reverse(IMPORT), {"file": file})


def confirm(client, response):
    return client.post(reverse(IMPORT), {"previewed": response.context["previewed"]})


def everything():
    return {service.slug: picture(service) for service in Service.objects.all()}


def test_what_was_taken_away_brings_nothing_new(editor, directory):
    response = editor.get(reverse("admin:directory_export"))
    assert response["Content-Disposition"].startswith("attachment")
    preview = bring(editor, response.content)
    assert preview.context["plan"].unchanged == 168
    assert not preview.context["plan"]
    assert "Everything in this file is in the directory already." in preview.text


def test_the_shipped_file_brings_nothing_new_either(editor, directory):
    assert not exchange.plan(directory_file.SHIPPED.read_text())


def test_a_change_is_shown_before_it_is_done_and_once_done_is_no_change(editor, shipped):
    shipped[3] |= {
        "name": "Another name",
        "phone": "13 11 15 (day)",
        "hours": "Every day 09:00-12:00",
    }
    new = shipped[0] | {"slug": "the-lantern", "name": "The Lantern"}
    text, before = as_text([*shipped, new]), everything()
    preview = bring(editor, text)
    assert "Another name" in preview.text and "The Lantern" in preview.text
    assert everything() == before
    assert confirm(editor, preview).status_code == 302
    changed = Service.objects.get(slug=shipped[3]["slug"])
    assert (changed.name, changed.phones.first().description) == ("Another name", "day")
    assert changed.changes.filter(by=editor.person, field_name="name").count() == 1
    assert Service.objects.get(slug="the-lantern").verifications.get().by == editor.person
    after, looks, changes = everything(), Verification.objects.count(), Change.objects.count()
    again = bring(editor, text)
    assert not again.context["plan"] and "previewed" not in again.text
    assert (everything(), Verification.objects.count()) == (after, looks)
    assert Change.objects.count() == changes


def test_a_crisis_lines_new_number_from_a_file_waits_for_a_second_person(editor, shipped):
    row = next(row for row in shipped if row["slug"] == "ie-pieta")
    confirm(editor, bring(editor, as_text([row | {"phone": "0900 123 456", "text_number": ""}])))
    assert Service.objects.get(slug="ie-pieta").shown_numbers == []


def broken(row):
    """Ten ways in which a file is wrong, each with what is said of it."""
    good = as_text([row])
    yield b"", "This file is empty."
    yield good.encode() + b"\xff\xfe", "is not written in UTF-8"
    yield good.replace("slug,", "", 1), "There is no column “slug”."
    yield as_text([row | {"countries": "XX"}]), "Line 2 (ar-asistencia-suicida): countries: “XX”"
    yield as_text([row, row]), "is taken by line 2"
    yield as_text([row | {"verified": ""}]), "verified says neither yes nor partly"
    yield as_text([row | {"kind": "casino"}]), "kind “casino” is not one of"
    yield as_text([row | {"phone": "ring us"}]), "“ring us” is not a number"
    yield as_text([row | {"url": "javascript:alert(1)"}]), "url “javascript:alert(1)” is not one."
    yield good.rstrip() + ",one,too,many\n", "more cells than there are columns"
    yield as_text([row | {"summary": "a\u202eb"}]), "a character here that cannot be seen"
    yield as_text([]), "There is no place in this file."
    yield good.encode() + b"x" * 2_000_000, "larger than two megabytes"


def test_a_bad_file_changes_nothing_and_names_the_row_and_the_reason(editor, shipped):
    before = everything()
    for data, why in broken(shipped[0] | {"name": "Changed"}):
        response = bring(editor, data)
        assert response.status_code == 422
        assert why in response.text
    assert everything() == before


def test_what_changed_since_the_preview_is_shown_again(editor, shipped):
    preview = bring(editor, as_text([shipped[3] | {"name": "Another name"}]))
    Service.objects.filter(slug=shipped[3]["slug"]).update(name="Renamed meanwhile")
    response = confirm(editor, preview)
    assert response.status_code == 409
    assert "Renamed meanwhile" in response.text
    assert confirm(editor, response).status_code == 302
    assert Service.objects.get(slug=shipped[3]["slug"]).name == "Another name"


def test_a_page_that_was_made_up_or_too_old_asks_for_the_file(editor, directory):
    response = editor.post(reverse(IMPORT), {"previewed": "made up"})
    assert response.status_code == 409
    assert "Choose the file again." in response.text


def test_an_import_that_is_interrupted_leaves_nothing_half(editor, shipped, monkeypatch):
    before, save, saved = everything(), Phone.save, []

    def save_some(self, **kwargs):
        saved.append(self)
        if len(saved) > 3:
            raise SystemExit("stopped in the middle")
        save(self, **kwargs)

    rows = [row | {"name": f"{row['name']}, changed"} for row in shipped[:40]]
    preview = bring(editor, as_text(rows))
    monkeypatch.setattr(Phone, "save", save_some)
    with pytest.raises(SystemExit):
        confirm(editor, preview)
    assert len(saved) == 4
    assert everything() == before
