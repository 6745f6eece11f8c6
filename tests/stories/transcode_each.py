"""Gives each file of a folder a process of its own, as a worker would, without the time that a new
interpreter takes; writes what each cost and made.  A program: it forks, so it runs alone.
"""

import io
import json
import os
import sys
from importlib import import_module
from pathlib import Path


def one(path, transcoder):
    """(what it wrote, its exit status, kilobytes, seconds) of one file."""
    read, write = os.pipe()
    if (child := os.fork()) == 0:
        transcoder.limit()
        sys.stdin = io.TextIOWrapper(io.BytesIO(path.read_bytes()))
        sys.stdout = os.fdopen(write, "w")
        transcoder.main(transcoder.TAKEN)
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        said = pipe.read()
    _pid, status, used = os.wait4(child, 0)
    return said, status, used.ru_maxrss, used.ru_utime + used.ru_stime


def main(folder, stories):
    sys.path.insert(0, stories)
    transcoder = import_module("photo_transcoder")
    for path in sorted(Path(folder).glob("*.file")):
        said, status, kilobytes, seconds = one(path, transcoder)
        path.with_suffix(".made").write_bytes(said)
        cost = {"status": status, "kilobytes": kilobytes, "seconds": seconds}
        path.with_suffix(".cost").write_text(json.dumps(cost))


if __name__ == "__main__":
    main(*sys.argv[1:])
