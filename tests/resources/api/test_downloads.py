"""The whole directory in one file: what is in it, and that it is neither old nor half."""

import csv
import datetime
import errno
import io
import json
import os
import time
import zipfile
from unittest.mock import Mock

import pytest
import time_machine
from django.utils import timezone

from resources.hsds import downloads, tabular
from tests.resources.hsds import faults, needs_hsds

pytestmark = pytest.mark.django_db
TABULAR, JSON = "/api/directory-hsds.zip", "/api/directory-hsds.json"


def sheets(response):
    """{file: rows} of a zip, and its datapackage."""
    with zipfile.ZipFile(io.BytesIO(response.getvalue())) as archive:
        read = {
            name: list(csv.DictReader(io.StringIO(archive.read(name).decode())))
            for name in archive.namelist()
            if name.endswith(".csv")
        }
        return read, json.loads(archive.read("datapackage.json"))


@pytest.fixture
def two(place):
    place(phones=[("voice", "116 123")], losses="stillbirth")
    return place(name="=1+1", cost="free", kind="charity")


def test_the_tables_hold_what_the_api_serves(client, two):
    found, package = sheets(client.get(TABULAR))
    services = client.get("/api/services", {"full": "true"}).json()["contents"]
    assert [row["id"] for row in found["services.csv"]] == [each["id"] for each in services]
    phones = [
        (each["id"], phone["number"]) for each in services for phone in each.get("phones", [])
    ]
    assert [(row["service_id"], row["number"]) for row in found["phones.csv"]] == phones
    terms = {row["id"] for row in found["taxonomy_terms.csv"]}
    assert {row["taxonomy_term_id"] for row in found["attributes.csv"]} <= terms
    runs = {row["id"] for row in found["organizations.csv"]}
    assert {row["organization_id"] for row in found["services.csv"]} == runs
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    for resource in package["resources"]:
        rows = found[resource["path"]]
        columns = [field["name"] for field in resource["schema"]["fields"]]
        assert not rows or list(rows[0]) == columns


def test_a_spreadsheet_runs_nothing_of_it(client, two):
    found, _package = sheets(client.get(TABULAR))
    assert "'=1+1" in [row["name"] for row in found["services.csv"]]
    for text in ("=1", "@a", "+a", "-1-1", "\ta"):
        assert tabular.cell(text) == f"'{text}"
        assert tabular.uncelled(tabular.cell(text)) == text
    for text in ("+44 20 7946 0000", "a=1", "'", "'a", ""):
        assert tabular.cell(text) == tabular.uncelled(text) == text


@needs_hsds[0]
@needs_hsds[1]
def test_the_json_is_one_valid_page_with_its_licence(client, two):
    said = json.loads(client.get(JSON).getvalue())
    assert [fault for each in said["contents"] for fault in faults("service", each)] == []
    assert said["total_items"] == said["size"] == 2
    assert said["licence"] == "CC-BY-4.0"
    assert said["licence_url"].startswith("https://creativecommons.org/")


def test_a_file_of_yesterday_is_given_to_nobody(client, place):
    service = place(phones=[("voice", "116 123")], kind="crisis-line")
    assert b"116 123" in client.get(JSON).getvalue()
    with time_machine.travel(timezone.now() + datetime.timedelta(days=91)):
        assert b"116 123" not in client.get(JSON).getvalue()
        assert service.name.encode() in client.get(JSON).getvalue()


def test_the_worker_makes_them_anew_when_something_changed(place):
    place(name="First")
    downloads.refresh()
    path = downloads.folder() / downloads.JSON
    made = path.stat().st_mtime_ns
    downloads.refresh()
    assert path.stat().st_mtime_ns == made
    place(name="Second")
    downloads.refresh()
    assert b"Second" not in path.read_bytes(), "an hour of editing is not a file a minute"
    an_hour_ago = time.time() - 3600
    for name in downloads.BOTH:
        os.utime(downloads.folder() / name, (an_hour_ago, an_hour_ago))
    downloads.refresh()
    assert b"Second" in path.read_bytes()


def test_what_breaks_on_the_way_leaves_the_old_file(place, monkeypatch):
    place(name="First")
    path = downloads.file(downloads.JSON)
    before = path.read_bytes()
    place(name="Second")
    full_disk = Mock(side_effect=OSError(errno.ENOSPC, "No space left on device"))
    monkeypatch.setattr(zipfile, "ZipFile", full_disk)
    with pytest.raises(OSError, match="No space"):
        downloads.make()
    assert path.read_bytes() == before
    assert not list(downloads.folder().glob(".making-*"))


def test_equal_directories_make_equal_files(place):
    place()
    first = downloads.file(downloads.TABULAR).read_bytes()
    (downloads.folder() / "state").unlink()
    downloads.make()
    assert downloads.file(downloads.TABULAR).read_bytes() == first
