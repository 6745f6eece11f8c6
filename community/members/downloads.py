"""A copy of everything somebody has here: asked for, made by the worker, fetched once."""

import json
import secrets
import tempfile
import zipfile
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django_tasks import task

from community.jobs import retrying

from .download_parts import INNER, in_words, left_out, parts, plain

FOLDER = "downloads"
LASTS = timedelta(days=2)
# A worker that was killed is noticed within minutes; after an hour something else is wrong.
SHOULD_BE_MADE_WITHIN = timedelta(hours=1)
# Whoever is fetching it may have bad signal.
STAYS_AFTER_FETCHING = timedelta(hours=1)
IN_MEMORY = 5_000_000  # bytes


def new_key():
    return secrets.token_hex(16)


class DownloadQuerySet(models.QuerySet):
    def ready(self):
        """Made, not fetched yet, and not too old."""
        since = timezone.now() - LASTS
        return self.filter(made_at__gt=since, fetched_at=None)

    @transaction.atomic
    def ask(self, member):
        """The copy that is being made, or ready; where there is none, a new one."""
        get_user_model().objects.select_for_update(no_key=True).get(pk=member.pk)
        last = self.filter(member=member).first()
        if last and (last.is_ready() or last.is_being_made()):
            return last
        if last:
            last.delete()
        download = self.create(member=member)
        make.enqueue(download.pk)
        return download


class Download(models.Model):
    """One copy.  ``key`` is drawn by chance and names its file before there is one."""

    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="download")
    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    made_at = models.DateTimeField(null=True, editable=False)
    fetched_at = models.DateTimeField(null=True, editable=False)

    objects = DownloadQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.pk}"

    @property
    def file_name(self):
        return f"{FOLDER}/{self.key}.zip"

    def is_being_made(self):
        return self.made_at is None and self.asked_at > timezone.now() - SHOULD_BE_MADE_WITHIN

    def is_ready(self):
        return bool(self.made_at and not self.fetched_at and timezone.now() < self.good_until())

    def good_until(self):
        return self.made_at + LASTS

    def fetch(self):
        """The open file, once; None if somebody fetched it, or it went, a moment ago."""
        mine = Download.objects.ready().filter(pk=self.pk)
        with transaction.atomic():
            if not mine.update(fetched_at=timezone.now()):
                return None
            return default_storage.open(self.file_name)

    def delete(self, *args, **kwargs):
        name = self.file_name
        with transaction.atomic():
            gone = super().delete(*args, **kwargs)
            transaction.on_commit(lambda: default_storage.delete(name))
        return gone


@task()
@retrying()
def make(download_id):
    download = Download.objects.select_related("member").filter(pk=download_id).first()
    if download is None or download.made_at:
        return
    default_storage.delete(download.file_name)  # of somebody who was killed half-way
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as file:
        write(download.member, file)
        file.seek(0)
        default_storage.save(download.file_name, File(file))
    made = Download.objects.filter(pk=download.pk, made_at=None)
    if not made.update(made_at=timezone.now()):
        default_storage.delete(download.file_name)  # its member left meanwhile


def write(member, file):
    """Put everything of ``member`` into ``file``, as a zip of one page, one JSON and pictures."""
    kinds = [(part, part.found(member)) for part in parts()]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as copy:
        copy.writestr("everything.html", as_page(member, kinds))
        copy.writestr("everything.json", as_json(kinds))
        for part, rows in kinds:
            for row in rows if part.files else ():
                for name, stored in part.files(row):
                    _put(copy, name, stored)


def _put(copy, name, stored):
    with default_storage.open(stored) as picture, copy.open(name, "w") as into:
        for chunk in picture.chunks():
            into.write(chunk)


def as_page(member, kinds):
    said = [
        {
            "heading": part.heading,
            "rows": [_lines(part, row) for row in rows],
            "left_out": _why(part),
        }
        for part, rows in kinds
        if rows
    ]
    context = {
        "pen_name": member.pen_name,
        "made_on": timezone.localdate(),
        "parts": said,
        "nothing": [part.heading for part, rows in kinds if not rows],
        "left_out": sorted({str(why) for why in left_out().values()}),
        "SITE_NAME": settings.SITE_NAME,
    }
    return render_to_string("members/download_copy.html", context)


def _lines(part, row):
    lines = [(label, in_words(row, name)) for name, label in part.fields.items()]
    files = [name for name, _stored in part.files(row)] if part.files else []
    return {"lines": [line for line in lines if line[1]], "files": files}


def _why(part):
    """Why columns that could interest somebody are not in it."""
    return sorted({str(why) for why in part.left_out.values()} - {str(INNER)})


def as_json(kinds):
    said = {}
    for part, rows in kinds:
        fields = [{name: plain(row, name) for name in part.fields} for row in rows]
        said.setdefault(part.model, []).extend(fields)
    return json.dumps(said, ensure_ascii=False, indent=1)


def forget():
    """Fetched, or never fetched within two days: the row goes with its file, and so does a file
    that no row names.  Returns how many went.
    """
    now = timezone.now()
    fetched = models.Q(fetched_at__lt=now - STAYS_AFTER_FETCHING)
    old = models.Q(made_at__lt=now - LASTS) | models.Q(made_at=None, asked_at__lt=now - LASTS)
    swept, gone = _sweep(now), Download.objects.filter(fetched | old)
    for download in gone:
        download.delete()
    return len(gone) + swept


def _sweep(now):
    try:
        names = default_storage.listdir(FOLDER)[1]
    except FileNotFoundError:
        return 0
    keys = set(Download.objects.values_list("key", flat=True))
    left = [f"{FOLDER}/{name}" for name in names if name.removesuffix(".zip") not in keys]
    old = [name for name in left if default_storage.get_modified_time(name) < now - LASTS]
    for name in old:
        default_storage.delete(name)
    return len(old)
