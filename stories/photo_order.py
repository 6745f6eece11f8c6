"""The photographs of one story together: in which order they stand, what they put before it, and
sent with it.
"""

from django.db import transaction

from stories.photos import Photo
from stories.vocabulary import PhotoNote


def in_the_text(story, photos):
    """{after how many paragraphs: the photographs that stand there, in order}."""
    places = {}
    for photo in sorted(photos, key=lambda photo: (photo.number, photo.pk)):
        places.setdefault(photo.stands_after(story.body), []).append(photo)
    return places


def in_order(story, photos):
    places = in_the_text(story, photos)
    return [photo for after in sorted(places) for photo in places[after]]


def notes_of(photos):
    """What stands before a story with these in it."""
    notes = {photo.note() for photo in photos}
    return [note.value for note in PhotoNote if note in notes]


@transaction.atomic
def move(story, photo, step):
    """One earlier or later; past the last at its place, it goes to where the next one stands."""
    locked = Photo.objects.select_for_update().filter(story=story).order_by("pk")
    rows = in_order(story, locked)
    at = [each.pk for each in rows].index(photo.pk)
    if not 0 <= at + step < len(rows):
        return
    mine, other = rows[at], rows[at + step]
    if mine.stands_after(story.body) == other.stands_after(story.body):
        rows[at], rows[at + step] = other, mine
    else:
        mine.after, mine.beside = other.after, other.beside
    for number, each in enumerate(rows):
        if each.number != number or each is mine:
            each.number = number
            each.save(update_fields=["number", "after", "beside"])


def _all_of(story):
    for photo in story.photographs.select_related("sent", "shown"):
        photo.story, photo.author = story, story.author
        yield photo


def send_all(story):
    """Whatever goes along, each in a transaction of its own (``Photo.send`` says why)."""
    for photo in _all_of(story):
        if photo.goes_along():
            photo.send()


def take_all_back(story):
    for photo in _all_of(story):
        if photo.is_waiting() or photo.is_wanted:
            photo.take_back()
