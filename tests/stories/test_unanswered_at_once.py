"""Two workers, and people, at the same moment: one story is put before one member."""

from functools import partial

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client

from stories.models import Acknowledgement, KeptStory, Offer
from stories.unanswered import make_offers
from tests import factories
from tests.community.moderation.test_concurrency import at_once
from tests.factories import browser_of
from tests.stories.asked import asking, since

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="only PostgreSQL has rows that two can meet in"
    ),
]


@pytest.fixture(autouse=True)
def fresh_types():
    ContentType.objects.clear_cache()


def test_two_workers_make_one_offer():
    asking(), asking(), asking()
    story = since(factories.wanting())
    at_once(make_offers, make_offers, make_offers)
    assert Offer.objects.get().story == story


def test_the_same_press_at_once_counts_and_keeps_once():
    story, member = factories.published(), factories.member()
    read, keep = f"/stories/{story.pk}/read/", f"/me/kept/{story.pk}/keep/"
    at_once(*(partial(browser_of(member).post, address) for address in (read, read, keep, keep)))
    assert (Acknowledgement.objects.count(), KeptStory.objects.count()) == (1, 1)


def test_turned_off_or_erased_while_somebody_presses_nothing_is_left():
    story, visitor = factories.published(), Client()
    address = f"/stories/{story.pk}/read/"
    at_once(lambda: visitor.post(address), lambda: story.ask_readers(False))
    assert not Acknowledgement.objects.exists()
    story.ask_readers(True)
    at_once(lambda: visitor.post(address).status_code, story.delete)
    assert not Acknowledgement.objects.exists()
