import contextlib
import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from community.members.downloads import write
from community.members.models import Member
from community.moderation.export import put_member_on_record


class Command(BaseCommand):
    help = "Writes a member's own copy of everything to a file. The log of decisions says so."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("file", type=Path, help="where to write it, a .zip that is not there")

    @transaction.atomic
    def handle(self, *, email, file, **options):
        member = Member.objects.filter(email=email.strip().lower()).first()
        if member is None:
            raise CommandError("There is no account with this address. Nothing was written.")
        try:
            # For whoever runs this, and nobody else on the machine.
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as trouble:
            raise CommandError(f"{file} could not be made: {trouble.strerror}.") from None
        with contextlib.closing(os.fdopen(handle, "wb")) as copy:
            write(member, copy)
        put_member_on_record(member)
        self.stdout.write(f"Written to {file}. Hand it over, then delete it.")
