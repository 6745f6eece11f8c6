from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

PASSWORD = "a-lamp-in-the-window"  # noqa: S105 (printed on purpose, and refused in production)
LOGINS = [
    ("a member", "member@example.org", "Tansy", []),
    ("a moderator", "moderator@example.org", "Rowan Hale", ["--group=moderators"]),
    ("another moderator", "second@example.org", "Odile", ["--group=moderators"]),
    ("a directory editor", "editor@example.org", "Bram", ["--group=directory-editors"]),
    ("an administrator", "admin@example.org", "Ines", ["--superuser"]),
]


class Command(BaseCommand):
    help = "Makes a site to try: tables, directory, article, example stories and demo logins, once."

    def handle(self, **options):
        if not settings.DEBUG:
            raise CommandError("DEBUG is off: demo logins and example stories do not belong here.")
        is_new = not connection.introspection.table_names()
        self.migrate()
        done = self.marker()
        if is_new or not done.exists():
            self.fill()
            done.touch()
        self.print_logins()

    def migrate(self):
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Preparing the database.")
            call_command("migrate", verbosity=0)

    def marker(self):
        """A file for each database, so that what was removed from one stays removed."""
        database = Path(str(connection.settings_dict["NAME"])).stem
        return settings.DATA_DIR / f"trial-of-{connection.vendor}-{database}"

    def fill(self):
        for name in ["load_directory", "load_examples"]:
            call_command(name, stdout=self.stdout)
        members = get_user_model().objects
        for _, email, pen_name, rights in LOGINS:
            if not members.filter(email=email).exists():
                call_command(
                    "create_member",
                    f"--email={email}",
                    f"--pen-name={pen_name}",
                    f"--password={PASSWORD}",
                    *rights,
                    verbosity=0,
                )

    def print_logins(self):
        members = get_user_model().objects.in_bulk(
            [email for _, email, _, _ in LOGINS], field_name="email"
        )
        works = [
            (who, email)
            for who, email, _, _ in LOGINS
            if email in members and members[email].check_password(PASSWORD)
        ]
        if works:
            self.stdout.write(f"\nSign in with the password {PASSWORD} as")
        for who, email in works:
            self.stdout.write(f"  {email:<24}{who}")
