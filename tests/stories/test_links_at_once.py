"""Two people press about one link at the same moment: the safe outcome wins, and nobody waits."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from stories.models import Link
from tests import factories
from tests.community.moderation.test_concurrency import at_once

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


def again(link):
    return Link.objects.get(pk=link.pk)


def test_an_invitation_pressed_at_once_is_one():
    story = factories.published()
    at_once(*[lambda: Link.objects.invite(story)] * 3)
    assert Link.objects.count() == 1


def test_two_who_hold_the_same_invitation_are_not_both_let_in():
    invitation = Link.objects.invite(factories.published())
    one, other = factories.published(), factories.published()
    at_once(lambda: again(invitation).take_up(one), lambda: again(invitation).take_up(other))
    assert again(invitation).second in (one, other)


def test_agreeing_while_the_other_ends_it_shows_nothing():
    link = factories.linked()
    first, second = link.first.author, link.second.author
    at_once(lambda: again(link).agree(first), lambda: again(link).end(second))
    assert not again(link).holds()


def test_both_agreeing_at_once_is_agreed():
    link = factories.linked()
    Link.objects.update(first_agreed_at=None, second_agreed_at=None)
    at_once(*[lambda who=who: again(link).agree(who.author) for who in (link.first, link.second)])
    assert again(link).holds()
