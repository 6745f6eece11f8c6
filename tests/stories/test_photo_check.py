"""``manage.py photos --check``: every file is there, and says nothing but its pixels."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from PIL import Image

from stories import photo_files, photo_transcoder
from stories.models import Photo
from stories.photo_check import strangers_in
from stories.photo_processing import Picture
from tests.stories import photographing
from tests.stories.odd_files import picture, saved, telling, telling_exif

KINDS = {"jpg": "JPEG", "webp": "WEBP", "avif": "AVIF"}


@pytest.mark.parametrize("kind", KINDS)
def test_what_we_make_has_no_stranger_in_it_and_what_a_phone_sends_has(kind):
    for image in (picture(), picture(size=(1700, 900))):
        made = {name: data for _size, name, data in photo_transcoder.transcode(saved(image, "PNG"))}
        assert strangers_in(made[kind], kind) == ""
        assert strangers_in(made[kind] + b"x", kind)
        assert strangers_in(made[kind][:-9], kind)
    for said in ({"exif": telling_exif()}, {"xmp": b"<x:xmpmeta/>"}, {"icc_profile": profile()}):
        assert strangers_in(saved(picture(), KINDS[kind], **said), kind), said
    assert strangers_in(telling("PNG"), kind) and strangers_in(b"", kind)


def profile():
    return photo_transcoder.ImageCms.ImageCmsProfile(
        photo_transcoder.ImageCms.createProfile("sRGB")
    ).tobytes()


def test_a_comment_in_a_jpeg_is_a_stranger():
    assert strangers_in(saved(picture(), "JPEG", comment=b"ward"), "jpg") == "a segment FE"


def said():
    out = io.StringIO()
    call_command("photos", "--check", stdout=out, stderr=out)
    return out.getvalue()


@pytest.fixture
def photo(db):
    made = photo_transcoder.transcode(saved(Image.new("RGB", (60, 40)), "PNG"))
    photo = photographing.processed(sizes=[[60, 40]])
    photo.key = photo_files.keep([Picture(*size, name, data) for size, name, data in made])
    photo.save()
    return photo


def test_a_store_in_which_all_is_well(photo):
    assert "Photographs: 1. Being made ready: 0." in said()
    assert "Every file is there" in said()


def test_a_file_that_is_missing_or_says_more_is_named_and_the_command_fails(photo):
    missing, changed, _rest = photo.file_names()
    default_storage.delete(missing)
    default_storage.delete(changed)
    default_storage.save(changed, ContentFile(saved(picture(), "WEBP", exif=telling_exif())))
    out = io.StringIO()
    with pytest.raises(CommandError, match="2 files"):
        call_command("photos", "--check", stdout=out, stderr=out)
    assert f"{missing}: it is missing" in out.getvalue() and changed in out.getvalue()
    Photo.objects.all().delete()
    call_command("photos", "--check", stdout=out)
