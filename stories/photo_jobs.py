"""What the worker does about photographs.  Whatever is stopped in the middle is done again."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from community.jobs import retrying
from community.members.mail import something_for_you
from stories import photo_files
from stories.photo_holding import HeldPhoto
from stories.photo_processing import Refusal, Refused, processed
from stories.photos import MOST_IN_A_STORY, Photo

# A machine that was too busy to say for as long as this will not say any more.
GIVEN_UP_AFTER = timedelta(days=1)
AT_MOST = _("Twelve photographs fit in one story. Take one out first, or write a second story.")


def begin(photo, file):
    """Keep ``photo`` with the file that was sent, and have it processed.

    ValidationError, and the file gone, if its story is full, or was erased meanwhile.
    """
    photo.aside = photo_files.put_aside(file)
    try:
        return _begun(photo)
    except BaseException:
        photo_files.remove([photo.aside])
        raise


@transaction.atomic
def _begun(photo):
    photo.story.lock()  # so that of several at once none is the thirteenth
    if photo.story.photographs.taking_room().exclude(pk=photo.pk).count() >= MOST_IN_A_STORY:
        raise ValidationError(AT_MOST)
    kept = Photo.objects.begin(photo)
    if kept is photo:
        process.enqueue(kept.pk)
    else:  # the same press twice
        transaction.on_commit(lambda: photo_files.remove([photo.aside]))
    return kept


@task()
@retrying(attempts=8, first_wait=10)
def process(photo_id):
    photo = Photo.objects.filter(pk=photo_id).exclude(aside="").first()
    if photo is None:
        return
    try:
        # No transaction is open here: it takes seconds.
        pictures = processed(photo_files.as_it_came(photo.aside))
    except Refused as refusal:
        give_up(photo, refusal.why)
        return
    key = photo_files.keep(pictures)
    if not photo.came_out(pictures, key):
        photo.key, photo.sizes = key, [[each.width, each.height] for each in pictures]
        photo_files.remove(photo.file_names())  # somebody else did it, or it is gone
        return
    send_if_wanted(photo)


def send_if_wanted(photo):
    """Its author pressed “send” meanwhile; if they may not send any more, it stays with them."""
    photo.refresh_from_db()
    if photo.is_wanted:
        try:
            photo.send()
        except ValidationError:
            photo.take_back()


@transaction.atomic
def give_up(photo, why):
    """Its author is written to if they have gone on without waiting for it."""
    was_wanted = Photo.objects.filter(pk=photo.pk, is_wanted=True).exists()
    if photo.did_not_come_out(why) and was_wanted:
        something_for_you(photo.author)


def tidy():
    """What was left behind by a worker that was stopped.  Returns how many files went."""
    if not photo_files.is_time_to_sweep():
        return 0
    now = timezone.now()
    for photo in Photo.objects.exclude(aside="").filter(begun_at__lt=now - GIVEN_UP_AFTER):
        give_up(photo, Refusal.TOO_HARD)
    for photo in Photo.objects.processed().filter(is_wanted=True):
        send_if_wanted(photo)  # the worker was stopped between the two
    return len(sweep())


def sweep():
    return photo_files.sweep(Photo.objects.all(), HeldPhoto.objects.all())
