"""What the page about reading says of today: true, in words, and of nobody."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.moderation.at_present import at_present, by_people, more_than, share
from community.moderation.log import Decision, address_of
from community.moderation.states import Action, Remark
from stories import examples
from tests import factories


@pytest.fixture
def decided(db):
    """So many decisions by one moderator, as the log keeps them."""
    about = address_of(factories.pending())

    def decided(number, action=Action.PUBLISH, *, by=None, ago=timedelta(days=3)):
        by = by or factories.moderator()
        for _ in range(number):
            Decision.objects.create(
                **about,
                action=action,
                role=Decision.Role.MODERATOR,
                by=by,
                by_name=by.pen_name,
                at=timezone.now() - ago,
                waited=timedelta(hours=1) if action == Action.PUBLISH else None,
            )

    return decided


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, ""),
        (5, ""),
        (6, "more than five"),
        (40, "more than thirty"),
        (41, "more than forty"),
        (100, "more than ninety"),
        (101, "more than 100"),
        (1250, "more than 1200"),
    ],
)
def test_a_number_is_said_as_what_it_is_more_than(number, said):
    assert more_than(number) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, ""), (2, ""), (3, "three people"), (10, "ten people"), (11, "more than ten people")],
)
def test_two_people_are_not_counted_in_public(number, said):
    assert by_people(number) == said


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (2, 5, ""),
        (0, 6, "none of those decisions was changed"),
        (1, 20, "few of those decisions were changed"),
        (3, 12, "about a quarter of those decisions were changed"),
        (6, 12, "about half of those decisions were changed"),
        (12, 12, "most of those decisions were changed"),
    ],
)
def test_a_share_is_said_as_people_say_it(part, whole, said):
    assert share(part, whole) == said


def test_the_page_says_how_it_is_going(decided, client):
    for _ in range(3):
        decided(4)
    decided(4, Action.REVERSE, ago=timedelta(days=90))
    decided(4, Action.UPHOLD, ago=timedelta(days=90))
    decided(30, ago=timedelta(days=31))
    decided(1, Action.SHIELD)
    decided(1, Action.LIFT)
    page = client.get("/review/").text
    assert "In the last thirty days more than ten texts were read here, by three people." in page
    assert "looked again more than five times, and about half of those decisions were" in page


def test_what_is_too_little_to_say_is_not_said(db, client):
    page = client.get("/review/").text
    assert "In the last thirty days" not in page
    assert "In the last year" not in page
    assert "usually within two days" in page


def test_it_costs_the_same_however_much_is_decided(decided):
    asked = []
    for _ in range(2):
        decided(25)
        with CaptureQueriesContext(connection) as queries:
            at_present()
        asked.append(len(queries))
    assert asked == [4, 4]


def test_without_a_database_the_page_answers_in_words_that_are_always_true(db):
    def refuse(*args):
        raise OperationalError("the server closed the connection")

    with connection.execute_wrapper(refuse):
        page = Client().get("/review/")
    assert page.status_code == 200
    assert "usually within two days" in page.text
    assert "In the last" not in page.text


def test_the_examples_of_a_trial_are_not_counted(decided, db):
    examples.load()
    assert Decision.objects.moves().filter(remark=Remark.EXAMPLE).count() > 20
    assert Decision.objects.moves().of_people().count() == 1  # of the fixture
    assert (at_present().read, at_present().people) == ("", "")
    examples.remove()
    decided(6)
    assert at_present().read == "more than five"
