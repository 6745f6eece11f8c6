"""What every script here stands on: a Python that is new enough, and packages of our own.

Needs Python and nothing else.  Written so that an old Python can read it and say so.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

if sys.version_info < (3, 11):
    sys.exit(
        "Small Hours needs Python 3.11 or newer, and this is Python {}.{}: "
        "run it with a newer one, as in 'python3.12 {}'.".format(
            sys.version_info[0], sys.version_info[1], os.path.relpath(sys.argv[0])
        )
    )

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
# What tests the site includes what runs it.
INCLUDES = {
    "requirements.txt": ["requirements.txt"],
    "requirements-dev.txt": ["requirements.txt", "requirements-dev.txt"],
}


def prepare(requirements):
    """Let .venv hold what the lock file ``requirements`` pins, and nothing half-made.

    Of two that begin at once, the second waits until the first is done.
    """
    folder = os.open(str(ROOT), os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        _prepare(requirements)
    finally:
        os.close(folder)


def _prepare(requirements):
    if _works() and _stamp(requirements).is_file() and _is_current(requirements):
        return
    made_here = not _works()
    try:
        if made_here:
            print("Making an environment in .venv. This happens once.", flush=True)
            _make()
        _install(requirements)
    except BaseException:
        if made_here:
            shutil.rmtree(VENV, ignore_errors=True)
        raise


def _works():
    question = "import pip, sys; sys.exit(sys.version_info < (3, 11))"
    try:
        answer = subprocess.run([str(PYTHON), "-c", question], capture_output=True)
    except OSError:
        return False
    return answer.returncode == 0


def _stamp(requirements):
    return VENV / "made-from-{}".format(requirements)


def _hash(requirements):
    return hashlib.sha256((ROOT / requirements).read_bytes()).hexdigest()


def _is_current(requirements):
    return _stamp(requirements).read_text() == _hash(requirements)


def _make():
    making = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True
    )
    if making.returncode:
        sys.exit(
            "Python could not make an environment in .venv: on Debian and Ubuntu, "
            "install the package python3-venv and run this again."
            + _why(making.stdout + making.stderr)
        )


def _install(requirements):
    for name in INCLUDES:
        _stamp(name).unlink(missing_ok=True)
    print("Installing what {} pins.".format(requirements), flush=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    pip += ["--no-input", "--retries", "2", "--require-hashes", "-r", requirements]
    installing = subprocess.run(pip, cwd=str(ROOT), capture_output=True, text=True)
    if installing.returncode:
        sys.exit(
            "The packages that {} pins could not be installed: "
            "check the connection and run this again.".format(requirements)
            + _why(installing.stderr)
        )
    for name in INCLUDES[requirements]:
        _stamp(name).write_text(_hash(name))


def _why(output):
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    telling = [line for line in lines if "Retrying" in line or "ERROR" in line or "rror:" in line]
    return "\nIt began with: {}".format(telling[0][:300]) if telling else ""
