import json
import os

import pytest

from resources import helplines
from resources.models import Service, Status


def names(code):
    return [line.name for line in helplines.of_country(code)]


def test_without_a_snapshot_the_shipped_directory_answers():
    assert names("IE") == ["Samaritans", "Pieta crisis helpline", "Text About It (50808)"]


def test_the_snapshot_is_what_the_directory_says(directory):
    Service.objects.filter(slug="ie-pieta").update(name="Pieta, day and night")
    helplines.write()
    assert "Pieta, day and night" in names("IE")


def test_a_new_snapshot_is_noticed_at_once(directory):
    helplines.write()
    assert "Samaritans" in names("IE")
    Service.objects.filter(slug="gb-ie-samaritans").update(status=Status.INACTIVE)
    helplines.write()
    assert "Samaritans" not in names("IE")


def test_an_unchanged_directory_does_not_touch_the_file(directory):
    helplines.write()
    before = helplines.path().stat().st_mtime_ns
    helplines.write()
    assert helplines.path().stat().st_mtime_ns == before


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b'"lines"',
        b'{"format": 2, "lines": []}',
        b'{"format": 3, "lines": [{}]}',
        b'{"format": 2, "lines": [{"name": "half"}]}',
        b'{"format": 2, "lines": [7]}',
    ],
)
def test_a_broken_snapshot_gives_way_to_the_shipped_directory(own_data_dir, data):
    helplines.path().write_bytes(data)
    assert "Samaritans" in names("IE")


def test_a_snapshot_nobody_may_read_gives_way(own_data_dir):
    helplines.path().mkdir()
    assert "Samaritans" in names("IE")


def test_a_failed_write_leaves_the_old_snapshot_whole(directory, monkeypatch, own_data_dir):
    helplines.write()
    before = helplines.path().read_bytes()
    Service.objects.filter(slug="ie-pieta").update(name="Changed")

    def full(*args):
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        helplines.write()
    assert helplines.path().read_bytes() == before
    assert list(own_data_dir.iterdir()) == [helplines.path()]


def test_a_partly_confirmed_line_shows_no_number_here_either(place):
    place(
        name="Half known",
        kind="crisis-line",
        assurance="partly",
        areas="GH",
        phones=[("voice", "0800 000 111")],
    )
    helplines.write()
    (line,) = helplines.of_country("GH")
    assert line.shown_numbers == []
    assert "0800" not in helplines.path().read_text()


def test_short_numbers_come_first_and_stale_lines_not_at_all(place):
    place(name="A long one", kind="crisis-line", phones=[("voice", "08001234567")])
    place(name="B short one", kind="crisis-line", phones=[("voice", "116 123")])
    place(
        name="C short, long ago",
        kind="crisis-line",
        assured_on="2020-01-01",
        phones=[("voice", "999")],
    )
    helplines.write()
    assert names("IE") == ["B short one", "A long one"]


def test_only_active_crisis_lines_are_in_the_snapshot(place):
    place(name="A line", kind="crisis-line")
    place(name="A charity", kind="charity")
    place(name="A closed line", kind="crisis-line", status="temporarily closed")
    helplines.write()
    assert [line["name"] for line in json.loads(helplines.path().read_text())["lines"]] == [
        "A line"
    ]
