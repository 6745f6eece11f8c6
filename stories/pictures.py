"""How photographs come before somebody: by addresses that work for them, and for a while."""

import time

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from stories.photo_files import name_of
from stories.photo_order import in_order
from stories.photo_transcoder import FORMATS
from stories.photos import Photo

SALT = "stories.pictures"
# An address works for as long, and for as long again, so that a page left open goes on.
LASTS = 6 * 3600
TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}


def token(photo, reader, *, earlier=0):
    """For ``reader``, or where that is somebody without an account, for anybody."""
    now = int(time.time() // LASTS) - earlier
    text = f"{photo.pk} {photo.key} {reader.pk or ''} {now}"
    return salted_hmac(SALT, text, algorithm="sha256").hexdigest()[:32]


def is_good(given, photo, readers):
    """Whether one of ``readers`` was given it, not long ago."""
    known = [token(photo, reader, earlier=n) for reader in readers for n in (0, 1)]
    return any([constant_time_compare(given, each) for each in known])


class Pictures:
    """What a page needs of one photograph: its addresses, in every format and size."""

    def __init__(self, photo, reader, address="stories:picture"):
        self.photo, self.token, self.named = photo, token(photo, reader), address

    def address(self, side, kind):
        return reverse(self.named, args=[self.photo.pk, self.token, side, kind])

    def srcset(self, kind):
        sizes = [(max(size), size[0]) for size in self.photo.sizes]
        return ", ".join(f"{self.address(side, kind)} {width}w" for side, width in sizes)

    def sources(self):
        return [(TYPES[kind], self.srcset(kind)) for kind in FORMATS if kind != "jpg"]

    def plain(self):
        """The middle one, for a browser that chooses nothing."""
        sides = [max(size) for size in self.photo.sizes]
        return self.address(sides[min(1, len(sides) - 1)], "jpg")

    def smallest(self):
        return self.address(max(self.photo.sizes[0]), "jpg")

    def srcset_plain(self):
        return self.srcset("jpg")

    def width(self):
        return self.photo.sizes[-1][0]

    def height(self):
        return self.photo.sizes[-1][1]


def ready(photos, reader, asked=""):
    """``asked``: the one that is to be open already."""
    for photo in photos:
        photo.pictures = Pictures(photo, reader) if photo.is_processed() else None
        photo.is_asked_for = photo.pk == asked
    return photos


def for_a_reader(story, reader, asked=""):
    """Those that stand in ``story`` for ``reader``, with the words that a moderator read."""
    if not story.photo_notes:
        return []
    found = Photo.objects.standing().processed().filter(story_id=story.pk)
    if not reader.is_authenticated:
        found = found.uncovered()
    photos = []
    for photo in found.select_related("shown"):
        photo.story, photo.author = story, story.author
        photos.append(photo.as_shown())
    return ready(photos, reader, asked)


def for_their_author(story, asked=""):
    """All there are, as their author left them."""
    all_of_them = Photo.objects.select_related("sent", "shown")
    prefetch_related_objects([story], Prefetch("photographs", queryset=all_of_them))
    photos = list(story.photographs.all())
    for photo in photos:
        photo.story, photo.author = story, story.author
    return ready(in_order(story, photos), story.author, asked)


def for_their_author_alone(photo, asked=""):
    return ready([photo], photo.author, asked)[0]


# ---- the files themselves


def handed_out(photo, side, kind):
    name = name_of(photo.key, side, kind)
    response = HttpResponse(content_type=TYPES[kind])
    # Of the key, so that it tells nothing and changes when the picture does.
    response["ETag"] = f'"{salted_hmac("stories.picture", name).hexdigest()[:20]}"'
    response["Content-Disposition"] = "inline"
    if settings.PHOTOS_ACCEL:
        response["X-Accel-Redirect"] = internal_address(name)
        return response
    try:
        with default_storage.open(name) as file:
            response.content = file.read()
    except FileNotFoundError:
        raise Http404 from None
    return response


def internal_address(name):
    """Where nginx, which alone can ask there, finds the file: on its disk, or on S3 by a signed
    address that works for a minute.
    """
    where = settings.PHOTOS_ACCEL.rstrip("/")
    if not hasattr(default_storage, "bucket_name"):
        return f"{where}/{name}"
    signed = default_storage.url(name, expire=60)
    return where + "/" + signed.split("://", 1)[1].split("/", 1)[1]
