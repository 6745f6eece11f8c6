"""A site of its own: real processes, its own database, files and mail."""

import atexit
import email
import email.policy
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent.parent


class Site:
    def __init__(self, folder, **surroundings):
        self.folder = folder
        self.address = f"http://127.0.0.1:{_free_port()}"
        self.surroundings = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "LANG": "C.UTF-8",
            "ENV_FILE": os.devnull,
            "DEBUG": "true",
            "DATA_DIR": str(folder),
            "SITE_URL": self.address,
            "LEAVE_URL": f"{self.address}/robots.txt",
            **surroundings,
        }
        self.processes = []

    def manage(self, *arguments, words=None):
        """Run a management command, as an operator would; ``words`` is its standard input."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.surroundings,
            input=words,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, f"manage.py {' '.join(arguments)}:\n{done.stdout}{done.stderr}"
        return done.stdout

    def begin_with(self, command):
        """The same as ``manage(command)`` on a new site, which all of them share on SQLite."""
        if "DATABASE_URL" in self.surroundings:
            self.manage(command)
        else:
            shutil.copytree(made_once(command), self.folder, dirs_exist_ok=True)

    def open_to_people(self):
        """From here on with production settings, behind a proxy that says https."""
        self.surroundings |= {
            "DEBUG": "false",
            "SECRET_KEY": "Xk3-vQ9_tR7bLw2ZpN8cYs5HdJ4fGm6AaEeUuIiOo1TtKkVvWw",
            "LOG_KEY": "mJ7-wC2_qF5xRz9VtK1bHy8NpL4dGs6AaEeUuIiOo3TtPpWwXx",
            "ALLOWED_HOSTS": "127.0.0.1",
            "SITE_URL": "https://lit.example",
            "CONTACT_EMAIL": "hello@lit.example",
            "EMAIL_URL": f"filemail:///{self.folder}/mail",
            "TRUSTED_PROXIES": "1",
        }
        self.manage("collectstatic", "--no-input")

    def start(self):
        web = ["-m", "gunicorn", "community.wsgi", "--bind", self.address.removeprefix("http://")]
        web += ["--worker-class", "gthread", "--threads", "4", "--no-control-socket"]
        self.processes += [self._begin(web), self._begin(["manage.py", "worker"])]
        _wait_until(self.answers, f"the site to start; {self.log} says more")

    def _begin(self, arguments):
        command = [sys.executable, *arguments]
        with self.log.open("a") as log:
            return subprocess.Popen(
                command, cwd=ROOT, env=self.surroundings, stdout=log, stderr=log
            )

    def stop(self):
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(timeout=20)
        self.processes.clear()

    @property
    def log(self):
        return self.folder / "log"

    def answers(self):
        assert all(process.poll() is None for process in self.processes), self.log.read_text()
        try:
            return urlopen(f"{self.address}/healthz", timeout=5).status == 200  # noqa: S310
        except OSError:
            return False

    def mail(self, to=None):
        """Every message sent so far, oldest first, or those to one address."""
        files = sorted((self.folder / "mail").glob("*"), key=lambda file: file.stat().st_mtime_ns)
        sent = []
        for file in files:
            for text in file.read_text().split("-" * 79 + "\n"):
                if text.strip():
                    sent.append(email.message_from_string(text, policy=email.policy.default))
        return [message for message in sent if to is None or to in message["To"]]

    def wait_for_mail(self, to, count=1):
        """The newest message to ``to``, once there are ``count`` of them."""
        _wait_until(lambda: len(self.mail(to)) >= count, f"mail number {count} to {to}")
        return self.mail(to)[-1]


@cache
def made_once(command):
    """The data of a new site on SQLite after ``manage.py command``, to be copied: a hundred
    migrations take longer than most tests."""
    folder = Path(tempfile.mkdtemp(prefix="small-hours-made-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    Site(folder).manage(command)
    return folder


@contextmanager
def own_database(name):
    """A new, empty database on the server that the tests run on; with SQLite, nothing to say."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield {}
        return
    import psycopg

    name = f"browser_{name}_{uuid.uuid4().hex[:8]}"
    base = server.rsplit("/", 1)[0]
    with psycopg.connect(f"{base}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield {"DATABASE_URL": f"{base}/{name}"}
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def own_cache():
    """The tests' cache server, if there is one, under a prefix of our own."""
    server = os.environ.get("CACHE_URL", "")
    return {"CACHE_URL": f"{server}?KEY_PREFIX=browser-{uuid.uuid4().hex}"} if server else {}


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until(came_true, what, seconds=30):
    until = time.monotonic() + seconds
    while not came_true():
        assert time.monotonic() < until, f"Waited {seconds} seconds for {what}."
        time.sleep(0.1)
