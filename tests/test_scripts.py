"""The scripts a stranger runs first."""

import ast
import contextlib
import fcntl
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.browser.running import made_once

ROOT = Path(__file__).resolve().parent.parent
# What a fresh clone holds that script/server touches.
PARTS = ["community", "resources", "stories", "static", "templates", "script", "manage.py"]


def started(script, **said):
    """A script in a session of its own, so that nothing it leaves behind can hide."""
    folder = said.pop("cwd", ROOT)
    surroundings = {"PATH": os.environ["PATH"], "ENV_FILE": os.devnull, **said}
    return subprocess.Popen(
        [sys.executable, f"script/{script}"],
        cwd=folder,
        env={name: value for name, value in surroundings.items() if value is not None},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )


def said(process, seconds=60):
    words, _ = process.communicate(timeout=seconds)
    return words


def until(process, words):
    """What is printed up to and with the line that holds ``words``."""
    lines = []
    while words not in "".join(lines[-1:]):
        line = process.stdout.readline()
        assert line, "".join(lines)
        lines.append(line)
    return "".join(lines)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def processes_with(words):
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if words in (folder / "environ").read_text(errors="replace"):
                found.append(int(folder.name))
    return found


@pytest.fixture
def ready(tmp_path):
    """The environment of this clone counts as prepared: these tests download nothing."""
    stamp = ROOT / ".venv" / "made-from-requirements.txt"
    if not stamp.is_file() or Path(sys.prefix) != ROOT / ".venv":
        pytest.skip("script/test makes the environment that this test runs in")
    return {"DATA_DIR": str(tmp_path), "PORT": free_port()}


@pytest.fixture
def prepared(ready):
    """As a first run leaves it."""
    shutil.copytree(made_once("prepare_trial"), ready["DATA_DIR"], dirs_exist_ok=True)
    return ready


def test_of_two_that_begin_at_once_the_second_waits_for_the_first(ready):
    """Both would install into the same folder."""
    first = os.open(ROOT, os.O_RDONLY)
    fcntl.flock(first, fcntl.LOCK_EX)
    prepare = "import environment; environment.prepare('requirements.txt')"
    second = subprocess.Popen([sys.executable, "-c", prepare], cwd=ROOT / "script")
    with pytest.raises(subprocess.TimeoutExpired):
        second.wait(timeout=1)
    os.close(first)
    assert second.wait(timeout=60) == 0


@pytest.mark.parametrize("script", ["server", "test"])
def test_an_old_python_is_told_so(script):
    for name in (script, "environment.py"):
        ast.parse((ROOT / "script" / name).read_text(), feature_version=(3, 6))
    pretend = (
        "import runpy, sys; sys.version_info = (3, 9, 2); sys.path.insert(0, 'script');"
        f"sys.argv = ['script/{script}']; runpy.run_path('script/{script}', run_name='__main__')"
    )
    command = [sys.executable, "-c", pretend]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert told.returncode == 1
    assert re.fullmatch(r"Small Hours needs Python 3\.11 or newer, .* 3\.9: .*\n", told.stderr)


@pytest.mark.parametrize("port", ["abc", "0", "70000", "-1", "8000 8001"])
def test_a_port_that_is_none_is_named(port):
    server = started("server", PORT=port)
    assert said(server).startswith("PORT must be a number from 1 to 65535")
    assert server.returncode == 1


def test_a_taken_port_is_named_in_one_sentence():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        server = started("server", PORT=port)
        words = said(server)
    assert words.startswith(f"Port {port} is taken") and len(words.splitlines()) == 1
    assert server.returncode == 1


def test_it_is_not_for_a_site_for_people(tmp_path):
    server = started("server", DEBUG="false", PORT=free_port())
    assert "docs/deploy.md" in said(server)
    assert server.returncode == 1
    (tmp_path / "env").write_text("# a site\nDEBUG=false\n")
    server = started("server", ENV_FILE=str(tmp_path / "env"), PORT=free_port())
    assert "docs/deploy.md" in said(server)


def test_a_failed_download_is_one_sentence_and_leaves_nothing(tmp_path):
    for part in PARTS:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, tmp_path / part)
    (tmp_path / "requirements.txt").write_text("nothing-here==1.0 --hash=sha256:" + "0" * 64)
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_CONFIG_FILE": os.devnull}
    server = started("server", cwd=tmp_path, PORT=free_port(), PIP_RETRIES="0", **nowhere)
    assert "could not be installed: check the connection and run this again." in said(server)
    assert server.returncode == 1
    assert not (tmp_path / ".venv").exists()


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks at processes in /proc")
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_it_starts_says_where_it_is_and_leaves_no_process(prepared, stop):
    server = started("server", **prepared)
    words = until(server, f"http://localhost:{prepared['PORT']}/")
    for login in ("member@", "moderator@", "second@", "editor@", "admin@"):
        assert login in words
    with urlopen(f"http://127.0.0.1:{prepared['PORT']}/") as home:
        assert home.status == 200
    server.send_signal(stop)
    said(server)
    assert server.returncode == (0 if stop == signal.SIGINT else 128 + stop)
    assert processes_with(prepared["DATA_DIR"]) == []


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks at processes in /proc")
def test_a_second_start_changes_nothing_and_a_dead_worker_ends_it(prepared):
    folder = prepared["DATA_DIR"]
    files = {path: path.stat().st_mtime for path in Path(folder).rglob("trial-of-*")}
    began = time.monotonic()
    server = started("server", **prepared)
    words = until(server, "Small Hours is at")
    assert time.monotonic() - began < 30
    assert "loaded" not in words and "Preparing" not in words
    assert files and all(path.stat().st_mtime == at for path, at in files.items())
    [worker] = [
        pid
        for pid in processes_with(folder)
        if b"manage.py\0worker" in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]
    os.kill(worker, signal.SIGKILL)
    assert "The background worker ended by itself" in said(server)
    assert server.returncode == 1
    assert processes_with(folder) == []


@pytest.fixture
def fresh_clone(ready, tmp_path):
    """A copy of what is here, with its own ``var`` and no ``.env``."""
    clone = tmp_path / "clone"
    for part in [*PARTS, "requirements.txt"]:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        clone.mkdir(exist_ok=True)
        copy(ROOT / part, clone / part)
    (clone / ".venv").symlink_to(ROOT / ".venv")
    return clone


def bare(clone, *command):
    """A command as the README prints it, with nothing in its surroundings."""
    return subprocess.run(
        [".venv/bin/python", "manage.py", *command],
        cwd=clone,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
    )


def test_after_the_first_run_every_command_works_by_itself(fresh_clone):
    assert "SECRET_KEY is not set" in bare(fresh_clone, "remove_examples").stderr
    server = started("server", cwd=fresh_clone, PORT=free_port(), ENV_FILE=None)
    words = until(server, "Small Hours is at")
    server.send_signal(signal.SIGINT)
    said(server)
    comment, debug = (fresh_clone / ".env").read_text().splitlines()
    assert comment.startswith("# ") and ".env.example" in comment
    assert debug == "DEBUG=true"
    assert "admin@example.org" in words
    removed = bare(fresh_clone, "remove_examples")
    assert removed.stdout.endswith("example stories removed.\n"), removed.stderr
    assert not removed.stdout.startswith("0 ")


@pytest.mark.parametrize("wrote", ["", "DEBUG=true\nSITE_NAME=Late\n"])
def test_what_somebody_wrote_in_their_settings_file_stays(fresh_clone, wrote):
    shutil.copytree(made_once("prepare_trial"), fresh_clone / "var")
    (fresh_clone / ".env").write_text(wrote)
    server = started("server", cwd=fresh_clone, PORT=free_port(), ENV_FILE=None)
    until(server, "Small Hours is at")
    server.send_signal(signal.SIGINT)
    said(server)
    assert (fresh_clone / ".env").read_text() == wrote


def test_what_tests_the_site_includes_what_runs_it():
    def pins(name):
        return set(re.findall(r"^[\w.-]+==\S+", (ROOT / name).read_text(), re.MULTILINE))

    for extra in ("requirements-s3.txt", "requirements-heic.txt"):
        assert pins("requirements.txt") < pins(extra) < pins("requirements-dev.txt")


@pytest.mark.parametrize("name", sorted(path.name for path in ROOT.glob("requirements*.txt")))
def test_every_pin_has_a_hash(name):
    blocks = re.split(r"\n(?=[\w.-]+==)", (ROOT / name).read_text())[1:]
    assert blocks and all("--hash=sha256:" in block for block in blocks)
