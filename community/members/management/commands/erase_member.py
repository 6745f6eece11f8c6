from django.apps import apps
from django.core.management.base import BaseCommand, CommandError

from community.members import archive
from community.members.models import Member


class Command(BaseCommand):
    help = "Deletes an account with every word its member wrote. It cannot be undone."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--yes", action="store_true", help="do not ask for the pen name")

    def handle(self, *, email, yes, **options):
        member = Member.objects.filter(email=email.strip().lower()).first()
        if member is None:
            raise CommandError("There is no account with this address. Nothing was erased.")
        if not yes and self._asked() != member.pen_name:
            raise CommandError("That is not the pen name of this account. Nothing was erased.")
        gone = archive.erase(member)
        self.stdout.write("Erased:")
        for label in sorted(gone):
            self.stdout.write(f"  {self._counted(label, gone[label])}")

    def _asked(self):
        self.stdout.write("Their pen name, to erase the account and every word of theirs:")
        try:
            return input().strip()
        except EOFError:
            raise CommandError("No pen name was given. Nothing was erased.") from None

    def _counted(self, label, number):
        named = apps.get_model(label)._meta
        return f"{number} {named.verbose_name if number == 1 else named.verbose_name_plural}"
