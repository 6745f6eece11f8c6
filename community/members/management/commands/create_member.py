import sys

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from community.members import groups
from community.members.models import Member


class Command(BaseCommand):
    help = "Makes an account with a confirmed address, for whoever will look after this site."

    def add_arguments(self, parser):
        parser.add_argument("--email", required=True)
        parser.add_argument("--pen-name", required=True, help="the name readers see")
        parser.add_argument(
            "--password",
            help="'-' reads it from standard input, as does leaving it out when something is "
            "piped in. Without one, they sign in by a code sent by email.",
        )
        parser.add_argument("--group", action="append", choices=groups.ALL, default=[])
        parser.add_argument("--superuser", action="store_true", help="may do everything")

    def handle(self, *, email, pen_name, password, group, superuser, verbosity, **options):
        password = self._password(password)
        if Member.objects.filter(email=email.strip().lower()).exists():
            raise CommandError(f"There is an account for {email} already. Nothing was changed.")
        try:
            member = self._create(email, pen_name, password, group, superuser)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        if verbosity:
            self.stdout.write(f"{member.pen_name} can sign in as {member.email}.")

    def _password(self, given):
        if given == "-" or (given is None and not sys.stdin.isatty()):
            return sys.stdin.readline().rstrip("\r\n") or None
        return given

    @transaction.atomic
    def _create(self, email, pen_name, password, group_names, superuser):
        member = Member(
            email=email,
            pen_name=pen_name,
            is_staff=bool(group_names) or superuser,
            is_superuser=superuser,
        )
        if password is not None:
            validate_password(password, member)
        member.set_password(password)
        member.full_clean()
        member.save()
        member.groups.set(Group.objects.filter(name__in=group_names))
        EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
        return member
