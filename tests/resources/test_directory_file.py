import csv
import io
from pathlib import Path

import pytest

from resources import directory_file
from resources.directory_file import Refused

GOOD = {
    "slug": "ie-a-line",
    "name": "A line",
    "organization": "The people who run it",
    "kind": "helpline",
    "url": "https://example.org",
    "phone": "1800 247 247",
    "text_number": "",
    "email": "",
    "countries": "IE",
    "languages": "en",
    "loss_types": "any",
    "audiences": "anyone",
    "hours": "24 hours a day",
    "cost": "free",
    "summary": "Somebody answers.",
    "source_url": "https://example.org/about",
    "verified": "yes",
}


@pytest.fixture
def file(tmp_path):
    def write(*rows, without=(), encoding="utf-8"):
        columns = [name for name in GOOD if name not in without]
        out = io.StringIO()
        writer = csv.DictWriter(out, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(GOOD | row for row in rows)
        path = tmp_path / "places.csv"
        path.write_bytes(out.getvalue().encode(encoding))
        return path

    return write


def refused(path):
    with pytest.raises(Refused) as refusal:
        directory_file.read(path)
    return refusal.value.reasons


def test_the_shipped_file_is_whole():
    assert len(directory_file.read()) == 168


@pytest.mark.shared
def test_the_shipped_file_is_the_one_we_were_given():
    given = Path(__file__).parents[3] / "shared" / "resources.csv"
    if not given.exists():
        pytest.skip("this clone does not carry it")
    assert directory_file.SHIPPED.read_bytes() == given.read_bytes()


def test_a_good_row_is_read(file):
    (place,) = directory_file.read(file({}))
    assert place.areas == ["IE"]
    assert place.phones[0].dial == "1800247247"
    assert place.assured_on == directory_file.CONFIRMED_ON


@pytest.mark.parametrize(
    "row, why",
    [
        ({"countries": "UK"}, "“UK” is not one we know"),
        ({"countries": ""}, "countries is empty"),
        ({"countries": "ie"}, "“ie” is not one we know"),
        ({"loss_types": "sadness"}, "loss_types: “sadness”"),
        ({"audiences": "everyone"}, "audiences: “everyone”"),
        ({"languages": "klingon"}, "languages: “klingon”"),
        ({"kind": "shop"}, "kind “shop” is not one of"),
        ({"cost": "cheap"}, "cost “cheap” is not one of"),
        ({"cost": ""}, "cost is empty"),
        ({"url": "javascript:alert(1)"}, "url “javascript:alert(1)” is not one"),
        ({"url": "example.org"}, "url “example.org” is not one"),
        ({"url": "file:///etc/passwd"}, "is not one"),
        ({"source_url": ""}, "source_url is empty"),
        ({"email": "not an address"}, "email “not an address” is not one"),
        ({"slug": "two words"}, "slug “two words” is not one"),
        ({"slug": "reading"}, "slug “reading” is not one"),
        ({"slug": ""}, "slug is empty"),
        ({"name": ""}, "name is empty"),
        ({"name": "a" * 201}, "name is longer than 200 characters"),
        ({"phone": "ring us"}, "“ring us” is not a number"),
        ({"text_number": "sms us"}, "“sms us” is not a number"),
        ({"verified": ""}, "it gives a number or an email, and verified says neither"),
        ({"verified": "no", "phone": "", "email": "a@example.org"}, "verified says neither"),
        ({"verified": "maybe", "phone": ""}, "verified says neither yes nor partly"),
        ({"name": "A\x00B"}, "cannot be seen (U+0000)"),
        ({"name": "A\x07B"}, "cannot be seen (U+0007)"),
        ({"summary": "a\u202eb"}, "cannot be seen (U+202E)"),
        ({"summary": "a\u200bb"}, "cannot be seen (U+200B)"),
    ],
)
def test_a_bad_row_is_refused_by_name_and_reason(file, row, why):
    reasons = refused(file({"slug": "ie-good-one"}, row))
    assert len(reasons) == 1
    assert reasons[0].startswith("Line 3")
    assert why in reasons[0]


def test_every_bad_row_is_listed(file):
    reasons = refused(
        file({}, {"slug": "ie-b", "countries": "ZZ", "cost": "x"}, {"slug": "ie-c", "url": "x"})
    )
    assert [reason.split(":")[0] for reason in reasons] == [
        "Line 3 (ie-b)",
        "Line 3 (ie-b)",
        "Line 4 (ie-c)",
    ]


def test_the_same_address_twice_is_refused(file):
    assert refused(file({}, {})) == [
        "Line 3 (ie-a-line): the address “ie-a-line” is taken by line 2."
    ]


@pytest.mark.parametrize("column", list(GOOD))
def test_a_missing_column_is_named(file, column):
    assert refused(file({}, without=[column])) == [f"There is no column “{column}”."]


def test_too_many_and_too_few_cells_are_refused(file):
    path = file({})
    path.write_text(path.read_text() + "ie-b,too,few\n" + ",".join("x" * 18) + "\n")
    reasons = " ".join(refused(path))
    assert "it has fewer cells than there are columns." in reasons
    assert "it has more cells than there are columns." in reasons


def test_what_is_not_utf8_is_refused_with_its_line(file):
    assert refused(file({}, {"name": "Féileacáin"}, encoding="latin-1")) == [
        "Line 3 is not written in UTF-8."
    ]


def test_a_huge_file_is_not_read(tmp_path):
    path = tmp_path / "huge.csv"
    with path.open("wb") as out:
        out.truncate(directory_file.LARGEST + 1)
    assert refused(path) == ["The file is larger than five megabytes."]


def test_a_huge_cell_is_refused(file):
    assert "field larger than" in refused(file({"summary": "a" * 200_000}))[0]


@pytest.mark.parametrize("text", ["", ",".join(GOOD) + "\n", "\x00", '"', "a,b\n1,2\n"])
def test_what_holds_no_place_is_refused(tmp_path, text):
    path = tmp_path / "places.csv"
    path.write_text(text)
    assert refused(path)


def test_a_file_that_is_not_there_is_said_plainly(tmp_path):
    assert "No such file" in refused(tmp_path / "nowhere.csv")[0]
    assert "directory" in refused(tmp_path)[0]


def test_a_byte_order_mark_and_odd_spaces_do_no_harm(file):
    path = file({"name": "  A \n line "}, encoding="utf-8-sig")
    assert directory_file.read(path)[0].name == "A line"


def test_a_partly_verified_row_may_carry_a_number_that_stays_unshown(file):
    (place,) = directory_file.read(file({"verified": "partly"}))
    assert place.assurance == "partly"
