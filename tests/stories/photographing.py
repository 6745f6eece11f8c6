"""Photographs as people send them, for tests."""

from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from community.moderation.states import Action
from community.moderation.two_people import confirm, propose
from stories import photo_files
from stories.models import Photo
from stories.photo_processing import Picture
from stories.photo_transcoder import FORMATS
from tests import factories
from tests.factories import browser_of
from tests.stories.odd_files import picture, telling

FIELDS = {"description": "A large blue bowl on a kitchen table.", "kind": "place"}


def file(data=None, name="IMG_2031.jpg"):
    return SimpleUploadedFile(name, telling("JPEG") if data is None else data, "image/jpeg")


def stored():
    """The name of every file there is."""
    return sorted(name for name, _aside in photo_files.listed())


def nobody():
    return AnonymousUser()


def named_on(page):
    """The photograph that the page would add."""
    return page.context["named"]


def add(story, data=None, browser=None, **said):
    """From the page of photographs, as its author; the answer of the site."""
    browser = browser or browser_of(story.author)
    address = reverse("stories:photos", args=[story.pk])
    named = named_on(browser.get(address))
    said = {"description": "A blue bowl.", "kind": "place", "named": named} | said
    return browser.post(address, {"file": file(data), **said})


def large():
    return telling("JPEG", image=picture(size=(1800, 1200)))


def processed(story=None, **fields):
    """One that lacks nothing, not sent; without the time that processing takes."""
    from_now = fields.pop("sizes", [[480, 320], [960, 640]])
    photo = Photo(story=story or factories.draft(), **FIELDS | fields)
    photo.author, photo.sizes = photo.story.author, from_now
    pictures = [
        Picture(*size, kind, f"{kind} {size}".encode()) for size in from_now for kind in FORMATS
    ]
    photo.key = photo_files.keep(pictures)
    return Photo.objects.begin(photo)


def sent(story=None, **fields):
    photo = processed(story, **fields)
    photo.send()
    return photo


def published(story=None, by=None, **fields):
    """It stands in its story."""
    photo = sent(story or factories.published(), **fields)
    by = by or factories.moderator()
    if photo.needs_second_reader():
        said = {"version": photo.sent}
        confirm(propose(photo.open_case(), Action.PUBLISH, by=by, **said), by=factories.moderator())
    else:
        photo.publish(by=by, version=photo.sent)
    photo.refresh_from_db()
    photo.story.refresh_from_db()
    return photo
