"""A release, or a monitor, hears of a crisis line that does not stand."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from resources import helplines
from resources.models import Method, Service
from tests import factories


def check():
    out = StringIO()
    call_command("check_directory", stdout=out)
    return out.getvalue()


def test_the_shipped_directory_passes_for_ninety_days(directory):
    Service.objects.update(modified_at=timezone.now())
    helplines.write()
    assert "Every one of 44 crisis lines stands." in check()
    assert "44 crisis lines stand on published sources only." in check()


def test_a_line_that_lapsed_fails(place):
    place(slug="old", kind="crisis-line", assured_on=timezone.localdate() - timedelta(days=91))
    helplines.write()
    with pytest.raises(CommandError, match="old: not confirmed since"):
        check()


def test_a_line_that_waits_for_a_second_person_fails(place):
    line = place(slug="one", kind="crisis-line", assured_on="2020-01-01")
    line.confirm(method=Method.ANSWER, on=timezone.localdate(), contacts=[],
                 by=factories.member())  # fmt: skip
    helplines.write()
    with pytest.raises(CommandError, match="one: a second person"):
        check()


def test_a_number_that_nobody_saw_fails(place):
    line = place(slug="changed", kind="crisis-line", phones=[("voice", "116 123")])
    line.phones.update(stands_from=None)
    helplines.write()
    with pytest.raises(CommandError, match="changed: nobody has confirmed one of its numbers"):
        check()


def test_help_now_and_the_directory_have_to_agree(place, directory):
    place(slug="new", kind="crisis-line")
    with pytest.raises(CommandError, match="new: help now does not know it"):
        check()
