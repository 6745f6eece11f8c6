import datetime

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from resources import article_file, directory_file, loading


class Command(BaseCommand):
    help = (
        "Load places into the directory; running it again changes nothing. "
        "Without a file: the directory and the article that come with Small Hours."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", metavar="FILE.csv")
        parser.add_argument(
            "--confirmed-on",
            type=datetime.date.fromisoformat,
            default=directory_file.CONFIRMED_ON,
            metavar="YYYY-MM-DD",
            help="The day the facts in the file were confirmed (%(default)s).",
        )

    def handle(self, *, file, confirmed_on, **options):
        try:
            places = directory_file.read(file or directory_file.SHIPPED, confirmed_on)
            with transaction.atomic():
                outcome = loading.load(places)
                article = None if file else loading.load_article(article_file.read())
        except directory_file.Refused as refused:
            reasons = "\n  ".join(refused.reasons)
            raise CommandError(f"Nothing was loaded, because:\n  {reasons}") from refused
        self.stdout.write(
            f"{len(outcome.added)} places added, {len(outcome.changed)} changed, "
            f"{len(outcome.unchanged)} as they were."
        )
        if outcome.left_alone:
            self.stdout.write(
                "Left alone, because an editor has changed them here: "
                + ", ".join(outcome.left_alone)
            )
        if article:
            self.stdout.write(article)
