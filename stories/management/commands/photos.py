from itertools import chain

from django.core.management.base import BaseCommand, CommandError

from stories import photo_jobs
from stories.models import Photo
from stories.photo_check import what_is_wrong
from stories.photo_holding import HeldPhoto


class Command(BaseCommand):
    help = "Says how many photographs there are; with --check, reads each file of each again."

    def add_arguments(self, parser):
        parser.add_argument(
            "--check",
            action="store_true",
            help="prove that every file is there and says nothing but its pixels",
        )
        parser.add_argument(
            "--sweep", action="store_true", help="remove files that nothing has named for a day"
        )

    def handle(self, *, check, sweep, **options):
        photos = Photo.objects.processed()
        waiting = Photo.objects.exclude(aside="").count()
        self.stdout.write(f"Photographs: {photos.count()}. Being made ready: {waiting}.")
        if sweep:
            self.stdout.write(f"{len(photo_jobs.sweep())} files removed.")
        if check:
            self.check_each(photos)

    def check_each(self, photos):
        wrong = 0
        for name, what in chain(what_is_wrong(photos), what_is_wrong(HeldPhoto.objects.all())):
            wrong += 1
            self.stderr.write(f"{name}: {what}")
        if wrong:
            raise CommandError(f"{wrong} files need a look.")
        self.stdout.write("Every file is there, and says nothing but its pixels.")
