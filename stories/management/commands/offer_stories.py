from django.core.management.base import BaseCommand

from stories import unanswered


class Command(BaseCommand):
    help = (
        "Asks members who chose so about stories without a letter; the worker does, every minute."
    )

    def handle(self, **options):
        self.stdout.write(f"Members asked: {unanswered.make_offers()}.")
