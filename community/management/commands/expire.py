from django.core.management.base import BaseCommand

from community.ageing import expire


class Command(BaseCommand):
    help = "Erases what has been kept as long as /privacy/ says. The worker does it every hour."

    def handle(self, **options):
        for age, gone in expire():
            self.stdout.write(f"{gone:6}  {age.what} ({age.how_long()} {age.since})")
