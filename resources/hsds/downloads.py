"""The whole directory in one file, made beforehand and kept beside the database.

Rows are read in batches and written to disk, so that the size of the directory is nobody's
memory.  The worker makes the files anew when something in them would be different; a file of
yesterday is given to nobody, because numbers lapse.
"""

import fcntl
import json
import os
import shutil
import tempfile
import zipfile
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Max
from django.utils import timezone

from resources.hsds import VERSION, fields, objects, tabular
from resources.models import Organization, Service, TaxonomyTerm

A_PIECE = 1 << 16  # bytes
OLDEST = timedelta(hours=24)
A_PAUSE = timedelta(minutes=10)
TABULAR, JSON = BOTH = "directory-hsds.zip", "directory-hsds.json"
EPOCH = (1980, 1, 1, 0, 0, 0)  # a file's own time would make two equal zips differ


def folder():
    return Path(settings.DATA_DIR) / "directory"


def file(name):
    """The path of the newest ``name``, made now if there is none that may be given out."""
    path = folder() / name
    if not _is_fresh(path):
        make()
    return path


def pieces(path):
    """The bytes of a file.  It is opened when somebody begins to read, and not before."""
    with open(path, "rb") as source:
        while piece := source.read(A_PIECE):
            yield piece


def refresh():
    """Make the files anew if they would be different.  The worker asks every minute.

    An hour of editing is not a file a minute; a new day, when numbers lapse, does not wait.
    """
    made_today = all(_is_fresh(folder() / name, A_PAUSE) and _is_of_today(name) for name in BOTH)
    if not made_today and not (_is_current() and all(_is_fresh(folder() / n) for n in BOTH)):
        make()


def state():
    """What tells one directory from another, and one day from the next, without reading it."""
    services = Service.objects.aggregate(Count("pk"), Max("modified_at"))
    return json.dumps(
        {
            "services": services,
            "organizations": Organization.objects.count(),
            "terms": TaxonomyTerm.objects.count(),
            "day": timezone.localdate(),
            "from": [settings.SITE_URL, settings.SITE_NAME, *settings.DIRECTORY_LICENCE],
        },
        default=str,
    )


def make():
    """Both files, whole before anybody is given them.  Of two processes, the second waits."""
    folder().mkdir(parents=True, exist_ok=True)
    with _alone(), tempfile.TemporaryDirectory(dir=folder(), prefix=".making-") as made:
        made, stands_for = Path(made), state()
        if _kept() == stands_for and all(_is_fresh(folder() / name) for name in BOTH):
            return  # whoever was before us did it
        _write_both(made)
        for name in BOTH:
            os.replace(made / name, folder() / name)
        (folder() / "state").write_text(stands_for, encoding="utf-8")


def _is_fresh(path, oldest=OLDEST):
    try:
        made = path.stat().st_mtime
    except OSError:
        return False
    return timezone.now().timestamp() - made < oldest.total_seconds()


def _is_of_today(name):
    made = datetime.fromtimestamp((folder() / name).stat().st_mtime, tz=UTC)
    return timezone.localdate(made) == timezone.localdate()


def _is_current():
    return _kept() == state()


def _kept():
    try:
        return (folder() / "state").read_text(encoding="utf-8")
    except OSError:
        return None


@contextmanager
def _alone():
    with open(folder() / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _write_both(made):
    count = 0
    with tabular.Writer(made) as tables, open(made / JSON, "w", encoding="utf-8") as whole:
        whole.write('{"contents":[')
        tables.write(tabular.rows_of_terms())
        for organizations in objects.in_batches(objects.listed_organizations()):
            tables.write(("organization", objects.organization(row)) for row in organizations)
        for services in objects.in_batches(objects.for_reading(Service.objects.published())):
            tables.write(tabular.rows_of_services(services))
            for service in services:
                whole.write("," if count else "")
                json.dump(objects.service_in_full(service), whole, ensure_ascii=False)
                count += 1
        whole.write("],")
        whole.write(json.dumps(_about(count))[1:])
    _zip(made)


def _about(count):
    licence, licence_url = settings.DIRECTORY_LICENCE
    page = {"total_items": count, "total_pages": 1, "page_number": 1, "size": count}
    return page | {
        "first_page": True,
        "last_page": True,
        "empty": not count,
        "version": VERSION,
        "publisher_name": settings.SITE_NAME,
        "publisher_url": settings.SITE_URL,
        "licence": licence,
        "licence_url": licence_url,
        "created": timezone.localdate().isoformat(),
    }


def _zip(made):
    about = _about(0)
    package = tabular.datapackage(
        created=f"{about['created']}T00:00:00Z",
        title=f"{settings.SITE_NAME}: the directory",
        home=objects.address("api:docs"),
        licence=about["licence"],
        licence_url=about["licence_url"],
    )
    (made / "datapackage.json").write_text(json.dumps(package, indent=1), encoding="utf-8")
    names = ["datapackage.json", *(table.file for table in fields.TABLES.values())]
    with zipfile.ZipFile(made / TABULAR, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, date_time=EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with open(made / name, "rb") as source, archive.open(entry, "w") as into:
                shutil.copyfileobj(source, into, A_PIECE)
