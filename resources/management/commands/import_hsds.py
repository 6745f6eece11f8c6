from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from community.environment import LICENCES
from resources import countries
from resources.directory_file import Refused
from resources.hsds import taking_in
from resources.models import Kind


class Command(BaseCommand):
    help = (
        "Show what another HSDS 3 directory would change here, and with --write take it in. "
        "New places wait, outside the directory, for an editor."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "source",
            metavar="FILE_OR_ADDRESS",
            help="a file or folder (JSON, lines, CSV, zip), or https://… of an API",
        )
        parser.add_argument("--publisher", required=True, metavar="NAME")
        parser.add_argument("--publisher-url", metavar="https://…", default="")
        parser.add_argument(
            "--licence", required=True, choices=LICENCES, help="on what terms they give it"
        )
        parser.add_argument(
            "--kind", choices=Kind.values, default="", help="of places that don’t say it"
        )
        parser.add_argument(
            "--country",
            choices=[countries.ANY_COUNTRY, *countries.COUNTRIES],
            metavar="CODE",
            default="",
            help="of places that don’t say it",
        )
        parser.add_argument("--write", action="store_true", help="take it in")

    def handle(self, *, source, write, **options):
        try:
            with transaction.atomic():
                taken = taking_in.read(
                    source,
                    publisher_name=options["publisher"],
                    publisher_url=options["publisher_url"],
                    licence=options["licence"],
                    kind=options["kind"],
                    country=options["country"],
                )
                outcome = taken.merge() if write else taken.look()
                transaction.set_rollback(not write)
        except (Refused, ValidationError) as refused:
            reasons = getattr(refused, "reasons", None) or refused.messages
            raise CommandError(
                "Nothing was taken in, because:\n  " + "\n  ".join(reasons)
            ) from None
        self.report(outcome, taken.notes, write)

    def report(self, outcome, notes, write):
        for note in notes:
            self.stdout.write(note)
        for row in outcome.added:
            self.stdout.write(f"+ {row.name}")
            for note in row.notes:
                self.stdout.write(f"    {note}")
        for row in outcome.changed + outcome.left_alone:
            self.stdout.write(f"~ {row.name}")
            for name, (ours, theirs) in row.changes.items():
                self.stdout.write(f"    {name}: {ours or '–'} → {theirs or '–'}")
        self.stdout.write(
            f"{len(outcome.added)} new, {len(outcome.changed)} different, "
            f"{len(outcome.unchanged)} as they were."
        )
        if outcome.left_alone:
            names = ", ".join(row.name for row in outcome.left_alone)
            self.stdout.write(f"Left alone, because an editor has worked on them: {names}")
        if outcome.ours:
            self.stdout.write(f"{len(outcome.ours)} are our own, come back.")
        if not write:
            self.stdout.write("Nothing was written. With --write it would be.")
