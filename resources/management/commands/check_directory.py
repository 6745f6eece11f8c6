from django.core.management.base import BaseCommand, CommandError

from resources import helplines
from resources.models import Method, Service


class Command(BaseCommand):
    help = (
        "Fail if a crisis line lapsed, waits for a second person, or shows a number that "
        "nobody has seen: for before a release, and for monitoring."
    )

    def handle(self, **options):
        problems, by_file = [], []
        for line in Service.objects.crisis_lines().prefetch_related("phones", "verifications"):
            if line.waits_for_a_second:
                problems.append(f"{line.slug}: a second person has still to look.")
            elif line.is_out_of_date:
                problems.append(f"{line.slug}: not confirmed since {line.assured_on}.")
            elif line.hides_numbers and not line.is_partly_confirmed:
                problems.append(f"{line.slug}: nobody has confirmed one of its numbers lately.")
            elif all(look.method == Method.FILE for look in line.verifications.all()):
                by_file.append(line.slug)
        told = {line.slug for line in helplines.read()}
        there = set(Service.objects.crisis_lines().values_list("slug", flat=True))
        problems += [f"{slug}: help now does not know it." for slug in sorted(there - told)]
        problems += [f"{slug}: only help now knows it." for slug in sorted(told - there)]
        if by_file:
            self.stdout.write(f"{len(by_file)} crisis lines stand on published sources only.")
        if problems:
            raise CommandError("The directory is not ready:\n  " + "\n  ".join(problems))
        self.stdout.write(f"Every one of {len(there)} crisis lines stands.")
