"""Having a photograph processed: in a process of its own, which can break without breaking us."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from community.uploads import MOST_BYTES
from stories import photo_transcoder

LONGEST_WAIT = 20  # seconds, for a process that needs two or three
PROGRAM = Path(photo_transcoder.__file__)


class Refusal(models.TextChoices):
    """Why it can’t be used, said to whoever chose it with what they can do."""

    EMPTY = (
        "empty",
        _("There is nothing in that file. Choose it again where your photographs are kept."),
    )
    LARGE = (
        "large",
        _(
            "That file is larger than twenty-five megabytes. Send a smaller copy: a screenshot of "
            "the photograph is one."
        ),
    )
    PIXELS = (
        "pixels",
        _(
            "That photograph has more dots than we can open. Send a smaller copy: a screenshot of "
            "the photograph is one."
        ),
    )
    HEIC = (
        "heic",
        _(
            "That is a HEIC file, which we can’t open. Take a screenshot of the photograph and "
            "send that, or send it to yourself by email, which often makes a JPEG of it. An "
            "iPhone takes JPEGs after Settings, Camera, Formats, “Most Compatible”; other phones "
            "after turning off “High efficiency pictures” in the camera’s settings."
        ),
    )
    MOVES = (
        "moves",
        _(
            "That one moves, and only still photographs can stand in a story. Stop it where you "
            "like it, take a screenshot, and send that."
        ),
    )
    NOT_ONE = (
        "not-one",
        _(
            "We couldn’t see a photograph in that file. JPEG, PNG and WebP can be used. Open it on "
            "your phone, take a screenshot, and send that."
        ),
    )
    BROKEN = (
        "broken",
        _(
            "Part of that file is missing or damaged. Choose it again where your photographs are "
            "kept; if that doesn’t help, open it, take a screenshot, and send that."
        ),
    )
    TOO_HARD = (
        "too-hard",
        _(
            "We couldn’t open that file safely. Open it on your phone, take a screenshot, and send "
            "that."
        ),
    )


class Refused(Exception):
    def __init__(self, why):
        super().__init__(why)
        self.why = Refusal(why)


@dataclass(frozen=True)
class Picture:
    """One size of a photograph in one format."""

    width: int
    height: int
    format: str
    data: bytes

    @property
    def side(self):
        """The longer one, by which it is called."""
        return max(self.width, self.height)


def processed(raw):
    """The pictures made of the file ``raw``; Refused if there are none.

    subprocess.TimeoutExpired if the machine was too busy to say: that is no fault of the file.
    """
    if why := refused_at_sight(raw[:32], len(raw)):
        raise Refused(why)
    taken = [*photo_transcoder.TAKEN, *(["HEIF"] if settings.PHOTOS_HEIC else [])]
    # Nothing of ours goes along: no settings, no open files, no folder of this site.
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-I", PROGRAM, *taken],
        input=raw,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=LONGEST_WAIT,
        env={},
        cwd="/",
    )
    told, _line, rest = done.stdout.partition(b"\n")
    if done.returncode != 0:
        raise Refused(Refusal.TOO_HARD)  # it was stopped at one of its limits
    told = json.loads(told)
    if "refused" in told:
        raise Refused(told["refused"])
    return _apart(told["made"], rest)


def _apart(made, data):
    pictures, at = [], 0
    for width, height, name, length in made:
        if name not in photo_transcoder.FORMATS or max(width, height) > photo_transcoder.SIZES[-1]:
            raise Refused(Refusal.TOO_HARD)  # nothing of ours says that
        pictures.append(Picture(width, height, name, data[at : at + length]))
        at += length
    return pictures


BEGINNINGS = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG"}
OF_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


def refused_at_sight(head, length):
    """What the first bytes tell without opening anything; None if it may be one."""
    if length == 0:
        return Refusal.EMPTY
    if length > MOST_BYTES:
        return Refusal.LARGE
    if head[4:8] == b"ftyp" and head[8:12] in OF_HEIC:
        return None if settings.PHOTOS_HEIC else Refusal.HEIC
    if head[:6] in (b"GIF87a", b"GIF89a") or head[4:8] == b"ftyp":
        return Refusal.MOVES if head[:3] == b"GIF" else Refusal.NOT_ONE
    if head.startswith(tuple(BEGINNINGS)) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return None
    return Refusal.NOT_ONE
