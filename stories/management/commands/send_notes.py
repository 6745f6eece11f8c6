from django.core.management.base import BaseCommand

from community.members import mail, noting
from stories import notes


class Command(BaseCommand):
    help = (
        "Writes the notes that are due, weekly and about dates, and hands on mail that was held "
        "back until now; the worker does all of it every minute."
    )

    def handle(self, **options):
        written = noting.send_due() + notes.send_weekly()
        self.stdout.write(f"{written} notes written, {mail.send_held()} held back no longer.")
