from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Exists, OuterRef

from community.moderation.chain import is_same, mac_of, seal_of
from community.moderation.log import Decision, LogHead

BATCH = 1000


class Broken(Exception):
    """Says in one sentence which decision is not as the site wrote it."""


class Walk:
    """From the first decision on, holding one batch of them at a time."""

    def __init__(self):
        self.number, self.mac = 0, ""
        self.key, self.key_before = 0, 0

    def go_on(self):
        """Over what has been added, until there is no more."""
        while batch := list(self._following()[:BATCH]):
            for decision in batch:
                self._step(decision)

    def _following(self):
        rows = Decision.objects.order_by("number")
        return rows.filter(number__gt=self.number) if self.number else rows

    def _step(self, decision):
        expected = self.number + 1
        if decision.number > expected:
            raise Broken(f"Decision {expected} is missing: it was deleted after it was written.")
        if not is_same(decision.mac, mac_of(decision, self.mac)):
            key = " (Or LOG_KEY is not the key that the log began with.)" if expected == 1 else ""
            raise Broken(
                f"Decision {decision.number} is not as the site wrote it: it was changed, moved or"
                f" added by hand.{key}"
            )
        self._step_key(decision)
        self.number, self.mac = decision.number, decision.mac

    def _step_key(self, decision):
        """The key is under no mac: it rises with the number, and leaves out what was undone."""
        if decision.pk <= self.key:
            fits = decision.pk > self.key_before
            raise Broken(
                f"Decision {self.number if fits else decision.number} has the key of another: what"
                " belongs to it would be read with another decision."
            )
        self.key_before, self.key = self.key, decision.pk

    def end(self, head):
        if head is None:
            raise Broken(f"The head of the log is missing: nothing says that {self} is the last.")
        if head.number > self.number:
            raise Broken(
                f"Decision {self.number + 1} is missing: it was deleted from the end of the log."
            )
        is_here = (head.number, head.mac) == (self.number, self.mac)
        if not is_here or not is_same(head.seal, seal_of(self.number, self.mac)):
            raise Broken(f"The head of the log was changed: nothing says that {self} is the last.")

    def __str__(self):
        return f"decision {self.number}"


def belongings():
    """Each column that names a decision by its key."""
    relations = Decision._meta.get_fields(include_hidden=True)
    return [each.field for each in relations if each.auto_created and not each.concrete]


def look_for_strays():
    """What belongs to a decision that is not there, under that key."""
    for field in sorted(belongings(), key=str):
        named = field.model._base_manager.exclude(**{field.attname: None})
        there = Exists(Decision.objects.filter(pk=OuterRef(field.attname)))
        stray = named.exclude(there).order_by("pk").first()
        if stray is not None:
            raise Broken(
                f"Row {stray.pk} of {field.model._meta.db_table} belongs to no decision: nothing in"
                f" the log has the key {getattr(stray, field.attname)}."
            )


class Command(BaseCommand):
    help = "Walks the log of decisions, and names the first that is not as the site wrote it."

    def handle(self, **options):
        walk = Walk()
        try:
            walk.go_on()
            with transaction.atomic():  # while nobody adds to it
                head = LogHead.objects.select_for_update().first()
                walk.go_on()
                walk.end(head)
                look_for_strays()
        except Broken as sentence:
            raise CommandError(str(sentence)) from None
        self.stdout.write(f"The log is whole: {walk.number} decisions.")
