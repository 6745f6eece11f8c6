"""Files of other publishers: what is one and what is none, and the command that takes them in."""

import json
import zipfile

import pytest
from django.core.management import CommandError, call_command

from resources.directory_file import Refused
from resources.hsds import taking_in
from resources.models import Publisher, Service
from tests.resources.hsds.test_merging import SAID, THEIRS

pytestmark = pytest.mark.django_db


def test_the_command_shows_and_writes_only_when_told(tmp_path, capsys):
    file = tmp_path / "theirs.json"
    file.write_text(json.dumps(THEIRS))
    how = ["--publisher=Other", "--publisher-url=https://other.example", "--licence=CC-BY-4.0"]
    call_command("import_hsds", str(file), *how, "--kind=charity", "--country=GB")
    assert "Nothing was written" in capsys.readouterr().out
    assert not Service.objects.exists() and not Publisher.objects.exists()
    call_command("import_hsds", str(file), *how, "--kind=charity", "--country=GB", "--write")
    assert "1 new, 0 different" in capsys.readouterr().out
    assert Service.objects.get().name == THEIRS["name"]
    with pytest.raises(CommandError, match="what kind of place"):
        call_command("import_hsds", str(file), *how)


def bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("services.csv", b"0" * 201_000_000)


@pytest.mark.parametrize(
    "content, reason",
    [
        (b"", "no service"),
        (b"{", "not JSON"),
        (b"\xff\xfe", "UTF-8"),
        (b"[" * 50_000, "nested too deeply"),
        (b"[" * 100 + b"]" * 100, "nested too deeply"),
        (b"[]", "no service"),
        (b'{"contents": []}', "no service"),
        (b"PK\x03\x04 and nothing", "zip cannot be opened"),
        (b'{"services.csv": []}', "no service"),
        (b'{"phones.csv": []}', "no services.csv"),
        (b'{"id": 1}\n{"id"\n', "Line 2"),
    ],
    ids=lambda value: value[:12].decode("latin-1") if isinstance(value, bytes) else "",
)
def test_a_file_that_is_none_is_refused(tmp_path, content, reason):
    file = tmp_path / "theirs"
    file.write_bytes(content)
    with pytest.raises(Refused, match=reason):
        taking_in.read(str(file), **SAID)


def test_tables_that_are_none_are_refused(tmp_path):
    for text, reason in (
        ("id,other\n1,2\n", "no column “name”"),
        ('id,name\n1,"open\n', "line"),
        ("name\nA\n", "no column “id”"),
    ):
        (tmp_path / "services.csv").write_text(text)
        with pytest.raises(Refused, match=reason):
            taking_in.read(str(tmp_path), **SAID)
    bomb(tmp_path / "bomb.zip")
    with pytest.raises(Refused, match="two hundred megabytes"):
        taking_in.read(str(tmp_path / "bomb.zip"), **SAID)
    with pytest.raises(Refused, match="cannot be read"):
        taking_in.read(str(tmp_path / "nowhere"), **SAID)
