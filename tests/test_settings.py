"""What the environment may say, and what each value stops."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.running import made_once

ROOT = Path(__file__).resolve().parent.parent
GOOD = {
    "DEBUG": "false",
    "SECRET_KEY": "Xk3-vQ9_tR7bLw2ZpN8cYs5HdJ4fGm6AaEeUuIiOo1TtKkVvWw",
    "LOG_KEY": "mJ7-wC2_qF5xRz9VtK1bHy8NpL4dGs6AaEeUuIiOo3TtPpWwXx",
    "ALLOWED_HOSTS": "lit.example, www.lit.example",
    "SITE_URL": "https://lit.example",
    "CONTACT_EMAIL": "hello@lit.example",
    "EMAIL_URL": "smtp+tls://user:p%40ss@mail.lit.example:587",
}
MALFORMED = [
    ("DEBUG", "maybe"),
    ("SECRET_KEY", "short"),
    ("SECRET_KEY", "a" * 60),
    ("SECRET_KEY_FALLBACKS", "short,shorter"),
    ("LOG_KEY", "short"),
    ("LOG_KEY", "a" * 60),
    ("LOG_KEY", GOOD["SECRET_KEY"]),
    ("ALLOWED_HOSTS", "*"),
    ("ALLOWED_HOSTS", "https://lit.example"),
    ("ALLOWED_HOSTS", "lit.example other.example"),
    ("ALLOWED_HOSTS", " , "),
    ("SITE_URL", "http://lit.example"),
    ("SITE_URL", "lit.example"),
    ("SITE_URL", "https://lit.example/with/a/page"),
    ("SITE_URL", "https://user:pass@lit.example"),
    ("SITE_URL", "https://lit.example:port"),
    ("CONTACT_EMAIL", "hello"),
    ("CONTACT_EMAIL", "hello@lit.example\nBcc: everyone@lit.example"),
    ("FROM_EMAIL", "Small Hours <nobody>"),
    ("SITE_NAME", "Small\nHours"),
    ("SITE_NAME", ""),
    ("SITE_NAME", "  "),
    ("SITE_NAME", "\u3000"),
    ("SITE_NAME", "–"),
    ("LEAVE_URL", "javascript:alert(1)"),
    ("LEAVE_URL", "https://"),
    ("DATA_DIR", "/dev/null/here"),
    ("DATABASE_URL", "nonsense"),
    ("DATABASE_URL", "mysql://user:hunter2@host/name"),
    ("DATABASE_URL", "postgres://user:hunter2@host:port/name"),
    ("DATABASE_URL", "postgres://user:hunter2@host"),
    ("DATABASE_URL", "sqlite:///"),
    ("CACHE_URL", "nonsense"),
    ("CACHE_URL", "http://host"),
    ("CACHE_URL", "redis://host:port/0"),
    ("STORAGE_URL", "nonsense"),
    ("STORAGE_URL", "s3://key:hunter2@host"),
    ("STORAGE_URL", "s3://key:hunter2@host:port/bucket"),
    ("STORAGE_URL", "file://media"),
    ("PHOTOS_HEIC", "perhaps"),
    ("EMAIL_URL", "nonsense"),
    ("EMAIL_URL", "smtp+tls://"),
    ("EMAIL_URL", "smtp://user:hunter2@host:port"),
    ("TIME_ZONE", "Europe/Nowhere"),
    ("TIME_ZONE", "../../etc/passwd"),
    ("WAVE_OF_LIGHT", "perhaps"),
    ("STAFF_SECOND_FACTOR", "false"),
    ("TRUSTED_PROXIES", "one"),
    ("TRUSTED_PROXIES", "-1"),
]


def started(tmp_path, *command, **said):
    clean = {"PATH": os.environ["PATH"], "ENV_FILE": os.devnull, "DATA_DIR": str(tmp_path)}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={name: value for name, value in {**clean, **said}.items() if value is not None},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("name", GOOD)
def test_what_is_needed_in_production_stops_the_start_when_missing(name, tmp_path):
    for nothing in (None, "", "  "):
        start = started(tmp_path, "manage.py", "check", **{**GOOD, name: nothing})
        if name == "DEBUG":
            assert start.returncode == 0, "without a word about DEBUG, it is off"
        else:
            assert start.returncode == 1
            assert start.stderr.startswith(f"{name} is not set."), start.stderr
            assert len(start.stderr.splitlines()) == 1


@pytest.mark.parametrize("name, value", MALFORMED)
def test_what_is_malformed_is_named_in_one_sentence_and_not_repeated(name, value, tmp_path):
    start = started(tmp_path, "manage.py", "check", **{**GOOD, name: value})
    assert start.returncode == 1
    assert start.stderr.startswith(f"{name} "), start.stderr
    assert len(start.stderr.splitlines()) == 1
    assert "hunter2" not in start.stderr


def test_production_passes_the_checks_for_production(tmp_path):
    grown = {**GOOD, "CACHE_URL": "redis://127.0.0.1:6379/0"}
    start = started(tmp_path, "manage.py", "check", "--deploy", "--fail-level=WARNING", **grown)
    assert start.returncode == 0, start.stderr


def test_the_web_server_is_told_not_to_try_again(tmp_path):
    start = started(tmp_path, "-c", "import community.wsgi", **{**GOOD, "SITE_URL": "x"})
    assert start.returncode == 3
    assert start.stderr.startswith("SITE_URL ")


def collected(folder):
    """As collectstatic leaves it, of one file."""
    (folder / "static").mkdir()
    said = {"version": "1.1", "paths": {"css/site.css": "css/site.5c0f.css"}, "hash": "5c0f"}
    (folder / "static" / "staticfiles.json").write_text(json.dumps(said))


def test_the_site_does_not_start_without_what_its_pages_look_like(tmp_path):
    start = started(tmp_path, "-c", "import community.wsgi", **GOOD)
    assert start.returncode == 3
    assert "collectstatic" in start.stderr and len(start.stderr.splitlines()) == 1


def test_the_site_starts_while_its_database_is_down(tmp_path):
    collected(tmp_path)
    nowhere = {**GOOD, "DATABASE_URL": "postgres://user:secret@127.0.0.1:1/name"}
    start = started(tmp_path, "-c", "import community.wsgi", **nowhere)
    assert start.returncode == 0, start.stderr


def test_a_site_that_was_being_tried_does_not_start_for_people(tmp_path):
    collected(tmp_path)
    shutil.copytree(made_once("prepare_trial"), tmp_path, dirs_exist_ok=True)
    demo = "get_user_model().objects.create_user('somebody@example.org', 'Wren', 'a-lamp-in-it')"
    demo = f"from django.contrib.auth import get_user_model; {demo}"
    assert started(tmp_path, "manage.py", "shell", "-c", demo, DEBUG="true").returncode == 0
    again = started(tmp_path, "manage.py", "prepare_trial", **GOOD)
    assert "DEBUG is off" in again.stderr
    start = started(tmp_path, "-c", "import community.wsgi", **GOOD)
    assert start.returncode == 3, start.stderr
    assert "Example stories are loaded" in start.stderr and len(start.stderr.splitlines()) == 1
    migrate = started(tmp_path, "manage.py", "migrate", **GOOD)
    assert migrate.returncode == 1
    assert "community.E002" in migrate.stderr


def test_a_folder_with_an_unusual_name_is_a_folder(tmp_path):
    unusual = tmp_path / "a b#c+d%20e?f"
    show = "from django.conf import settings as s; print(s.DATABASES['default']['NAME'])"
    start = started(tmp_path, "manage.py", "shell", "-c", show, DEBUG="1", DATA_DIR=str(unusual))
    assert start.stdout.splitlines()[-1] == str(unusual / "small-hours.sqlite3"), start.stderr


def names_read(source):
    return set(re.findall(r'(?:\bread\(\s*|environ\.get\()"([A-Z_]+)"', source))


def test_every_setting_is_explained_in_the_example_and_no_other():
    code = [ROOT / "community/settings.py", ROOT / "community/environment.py"]
    read = set.union(*(names_read(file.read_text()) for file in code))
    example = (ROOT / ".env.example").read_text()
    assert set(re.findall(r"^(?:# )?([A-Z_]+)=", example, re.MULTILINE)) == read
    for paragraph in re.split(r"\n\n", example):
        assert paragraph.startswith("#"), f"not explained: {paragraph}"


def test_the_example_needs_nothing_but_two_keys(tmp_path):
    lines = (ROOT / ".env.example").read_text().splitlines()
    keys = {f"{name}=": f"{name}={GOOD[name]}" for name in ("SECRET_KEY", "LOG_KEY")}
    filled = [keys.get(line, line) for line in lines]
    file = tmp_path / "env"
    file.write_text("\n".join(filled))
    start = started(tmp_path, "manage.py", "check", ENV_FILE=str(file))
    assert start.returncode == 0, start.stderr


def test_names_that_are_read_are_found():
    assert names_read('a = read("ONE", x)\nb = read(\n    "TWO",\n)\nos.environ.get("SIX")') == {
        "ONE",
        "TWO",
        "SIX",
    }


def test_a_link_signed_with_an_earlier_key_still_opens(tmp_path):
    script = "from django.core import signing; print(signing.Signer().{}({!r}))"
    link = started(tmp_path, "manage.py", "shell", "-v0", "-c", script.format("sign", "x"), **GOOD)
    new = {**GOOD, "SECRET_KEY": GOOD["SECRET_KEY"][::-1]}
    new["SECRET_KEY_FALLBACKS"] = GOOD["SECRET_KEY"]
    opened = started(
        tmp_path,
        "manage.py",
        "shell",
        "-v0",
        "-c",
        script.format("unsign", link.stdout.strip()),
        **new,
    )
    assert opened.stdout.strip() == "x", opened.stderr


def test_in_production_the_cookie_of_wishes_is_bound_to_this_host_and_to_https(tmp_path):
    script = (
        "from django.http import HttpResponse; from community import comfort as c; "
        "r = HttpResponse(); c.keep_on_this_device(r, c.Comfort(size='large')); "
        "c.forget_on_this_device(g := HttpResponse()); print(r.cookies); print(g.cookies)"
    )
    said = started(tmp_path, "manage.py", "shell", "-v0", "-c", script, **GOOD).stdout
    for cookie in said.strip().splitlines():
        assert cookie.startswith("Set-Cookie: __Host-comfort=")
        assert "Secure" in cookie and "Path=/" in cookie and "Domain" not in cookie
    assert "HttpOnly" in said and "SameSite=Lax" in said and "Max-Age=31536000" in said
