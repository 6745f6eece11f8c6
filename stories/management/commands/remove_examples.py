from django.core.management.base import BaseCommand

from stories import examples


class Command(BaseCommand):
    help = "Removes the example stories and their made-up writers."

    def handle(self, **options):
        self.stdout.write(f"{examples.remove()} example stories removed.")
