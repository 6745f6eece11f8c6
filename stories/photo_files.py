"""Where the files of photographs are: put aside as they came, and kept as they were made.

Their names are drawn by chance and tell nothing.  A file is written before the row that names it
and goes after it, so that a file can be without a row, and never the other way round; whatever is
without one after a day is swept away.
"""

import secrets
from datetime import timedelta
from pathlib import Path

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from stories.photo_transcoder import FORMATS

ASIDE, KEPT = "aside", "photographs"
LEFT_FOR = timedelta(days=1)
SWEPT_EVERY = timedelta(hours=6)


def new_key():
    return secrets.token_hex(16)


def put_aside(file):
    """As it came, until it has been processed.  Returns the name."""
    _close_to_others(ASIDE)
    return default_storage.save(f"{ASIDE}/{new_key()}", file)


def _close_to_others(folder):
    """Nobody else on the machine looks into it, whatever the files in it allow."""
    try:
        path = Path(default_storage.path(folder))
    except NotImplementedError:
        return  # it is a bucket, which is closed as a whole
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.chmod(0o700)


def as_it_came(name):
    with default_storage.open(name) as file:
        return file.read()


def name_of(key, side, kind):
    return f"{KEPT}/{key[:2]}/{key}-{side}.{kind}"


def names_of(key, sizes):
    """Every file of one photograph; ``sizes`` as ``Photo`` has them."""
    return [name_of(key, max(size), kind) for size in sizes for kind in FORMATS]


def keep(pictures):
    """Returns the key that all of them are found by."""
    key = new_key()
    for each in pictures:
        default_storage.save(name_of(key, each.side, each.format), ContentFile(each.data))
    return key


def remove(names):
    for name in names:
        default_storage.delete(name)


def listed():
    """Every file there is: (name, whether it is only put aside)."""
    for name in _files_in(ASIDE):
        yield name, True
    for part in _listdir(KEPT)[0]:
        for name in _files_in(f"{KEPT}/{part}"):
            yield name, False


def _files_in(folder):
    return [f"{folder}/{name}" for name in _listdir(folder)[1]]


def _listdir(folder):
    try:
        return default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []


def key_in(name):
    return name.rpartition("/")[2].partition("-")[0]


def sweep(photos, held, *, older_than=LEFT_FOR):
    """Remove what no row of ``photos`` or ``held`` names.  Returns the names."""
    found = list(listed())
    # Files first, rows then: what is named meanwhile is younger than a day.
    keys, names = (
        {*photos.values_list("key", flat=True), *held.values_list("key", flat=True)},
        set(photos.values_list("aside", flat=True)),
    )
    before = timezone.now() - older_than
    gone = [
        name
        for name, is_aside in found
        if (name not in names if is_aside else key_in(name) not in keys)
        and default_storage.get_modified_time(name) < before
    ]
    remove(gone)
    return gone


def is_time_to_sweep():
    """A few times a day, by one of however many workers."""
    return cache.add("photographs-swept", "yes", timeout=SWEPT_EVERY.total_seconds())
