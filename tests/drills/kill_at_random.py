"""Drill R01 and R02: web and worker are killed at random during a thousand mixed actions.

Nothing that was acknowledged may be lost, and nothing doubled.  On PostgreSQL, with processes of
its own; it takes some minutes, so it is no part of every run:

    DATABASE_URL=postgres://small_hours_ci:for-tests-only@127.0.0.1:5432/small_hours \\
        .venv/bin/python -m tests.drills.kill_at_random [--members 110] [--seed 1]
"""

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.browser.running import Site, own_cache, own_database
from tests.drills.acting import Browser, Counted, a_picture, write

HERE = Path(__file__).parent


class Killed(Site):
    """A site whose processes somebody kills, and that is started again, as systemd would."""

    def begin_web(self):
        web = ["-m", "gunicorn", "community.wsgi", "--bind", self.address.removeprefix("http://")]
        web += ["--worker-class", "gthread", "--workers", "2", "--threads", "4"]
        self.web = self._begin([*web, "--no-control-socket"])

    def begin_worker(self):
        self.worker = self._begin(["manage.py", "worker", "--every", "2"])

    def begin(self):
        self.begin_web()
        self.begin_worker()

    def children(self):
        listed = Path(f"/proc/{self.web.pid}/task/{self.web.pid}/children").read_text()
        return [int(pid) for pid in listed.split()]

    def kill(self, what, chance):
        if what == "a web process":
            if found := self.children():
                os.kill(chance.choice(found), signal.SIGKILL)
        elif what == "all of web":
            for pid in [self.web.pid, *self.children()]:
                os.kill(pid, signal.SIGKILL)
            self.web.wait()
            self.begin_web()
        else:
            self.worker.kill()
            self.worker.wait()
            self.begin_worker()

    def end(self):
        for process in (self.web, self.worker):
            process.terminate()
        for process in (self.web, self.worker):
            process.wait(timeout=30)

    def run(self, name, *said):
        """A script beside this one, inside the site; what it prints last is JSON."""
        code = (HERE / f"{name}.txt").read_text()
        printed = self.manage("shell", "--verbosity", "0", "-c", code, words="\n".join(said))
        return json.loads(printed.splitlines()[-1])


def keep_killing(site, chance, over, killed):
    targets = ["a web process"] * 3 + ["the worker"] * 3 + ["all of web"]
    while not over.wait(chance.uniform(0.5, 6)):
        what = chance.choice(targets)
        try:
            site.kill(what, chance)
        except (ProcessLookupError, FileNotFoundError):
            continue  # it was ending by itself
        killed[what] += 1


def act(site, sessions, counted):
    def one(number):
        browser = Browser(site.address, sessions[number], counted)
        picture = a_picture(number) if number % 5 == 0 else None
        return write(browser, f"Mark {number:04d}", picture)

    with ThreadPoolExecutor(max_workers=6) as people:
        return list(people.map(one, range(len(sessions))))


def let_the_worker_finish(site, seconds=240):
    """What a killed worker held is free again after minutes; the clock is moved on by hand."""
    until = time.monotonic() + seconds
    while (left := site.run("left"))["jobs"] or left["mail"]:
        assert time.monotonic() < until, f"still waiting: {left}"
        time.sleep(2)
    return left


def drill(members, seed):
    chance, over = random.Random(seed), threading.Event()
    counted, killed = Counted(), Counter()
    with own_database("drill") as database, tempfile.TemporaryDirectory() as folder:
        site = Killed(Path(folder), **database, **own_cache())
        site.manage("migrate", "--verbosity", "0")
        sessions = site.run("people", str(members))
        site.begin()
        killer = threading.Thread(target=keep_killing, args=(site, chance, over, killed))
        killer.start()
        try:
            stories = act(site, sessions, counted)
            site.run("decide")  # a mail to everybody, while the worker goes on being killed
            time.sleep(10)
        finally:
            over.set()
            killer.join()
        try:
            let_the_worker_finish(site)
            found = site.run("look", *stories)
        finally:
            site.end()
        arrived = Counter(message["Message-ID"] for message in site.mail())
    say_what_happened(counted, killed)
    return is_whole(found, arrived)


def say_what_happened(counted, killed):
    print(f"{counted.done} actions acknowledged, {counted.tried - counted.done} presses again.")
    print("Killed:", ", ".join(f"{what} {n} times" for what, n in sorted(killed.items())))


def is_whole(found, arrived):
    problems, twice = found["problems"], sum(n > 1 for n in arrived.values())
    if len(arrived) != found["sent"] or twice:
        problems.append(f"of {found['sent']} mails {len(arrived)} arrived, {twice} of them twice")
    print("\n".join(problems or [f"{len(arrived)} mails. Nothing lost, nothing doubled."]))
    return not problems


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--members", type=int, default=110)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    chosen = parser.parse_args()
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        sys.exit("Set DATABASE_URL to a PostgreSQL database whose role may create others.")
    print(f"Seed {chosen.seed}.")
    sys.exit(0 if drill(chosen.members, chosen.seed) else 1)
