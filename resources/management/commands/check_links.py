from collections import Counter

from django.core.management.base import BaseCommand

from resources import link_checks
from resources.models import LinkCheck


class Command(BaseCommand):
    help = "Ask whether the addresses in the directory answer, as the worker does, now."

    def handle(self, **options):
        found = Counter()
        for service in link_checks.due():
            for row in link_checks.check_place(service):
                found[row.outcome] += 1
                if row.outcome != LinkCheck.Outcome.FINE:
                    self.stdout.write(f"{service.slug}: {row.get_outcome_display()}: {row.url}")
        self.stdout.write(f"{found.total()} addresses were asked, {found['fine']} are fine.")
        number = LinkCheck.objects.to_look_at().count()
        if number:
            self.stdout.write(f"{number} failed twice, a week apart: an editor is asked to look.")
