from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from stories import examples


class Command(BaseCommand):
    help = "Publishes a few example stories, for somebody who is trying the site."

    def handle(self, **options):
        if not settings.DEBUG:
            raise CommandError("Example stories are only for trying the site, with DEBUG on.")
        self.stdout.write(f"{examples.load()} example stories published.")
