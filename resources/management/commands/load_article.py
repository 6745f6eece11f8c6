from django.core.management.base import BaseCommand, CommandError

from resources import article_file, directory_file, loading


class Command(BaseCommand):
    help = "Load a piece into the reading room; running it again changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", default=article_file.SHIPPED, metavar="FILE.json")

    def handle(self, *, file, **options):
        try:
            outcome = loading.load_article(article_file.read(file))
        except directory_file.Refused as refused:
            reasons = "\n  ".join(refused.reasons)
            raise CommandError(f"Nothing was loaded, because:\n  {reasons}") from refused
        self.stdout.write(outcome)
