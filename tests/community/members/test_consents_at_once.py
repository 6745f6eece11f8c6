"""While somebody presses, what others write for them does not wait, nor the other way round."""

from threading import Event

from django.db import transaction

from community.members.models import Consent, Email
from tests import factories
from tests.community.moderation import test_concurrency
from tests.community.moderation.test_concurrency import at_once

pytestmark = test_concurrency.pytestmark
LONG = 10  # seconds


def test_a_decision_is_written_down_while_its_author_agrees_to_something(again):
    """Both go on to the head of the log: had one waited, they could have waited for each other."""
    author, agreed, written = factories.member(), Event(), Event()

    def agree():
        with transaction.atomic():
            Consent.give(author, "photograph", wording="2026-11")
            agreed.set()
            return written.wait(LONG)

    def write():
        assert agreed.wait(LONG)
        Email.objects.create(to="a@example.org", sender="x", member=author)
        written.set()
        return True

    assert at_once(agree, write) == [True, True]
