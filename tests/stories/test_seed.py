"""Made-up stories, to measure with."""

import pytest
from django.core.management import CommandError, call_command

from community.moderation.models import Case
from stories.models import Letter, Story
from tests import factories

pytestmark = pytest.mark.django_db


def test_as_many_wait_as_were_asked_for_and_can_be_decided(settings, capsys):
    settings.DEBUG = True
    call_command("seed", "--stories=3", "--waiting=4")
    assert Story.objects.published().count() == 3
    waiting = Case.objects.waiting()
    assert waiting.count() == 4 and Case.objects.exclude(closed_at=None).count() == 3
    case = waiting.most_pressing_first().first()
    story, moderator = case.contribution, factories.moderator()
    assert case.topics == f" {' '.join(story.topics())} " and case.language == story.language
    factories.claim(story, by=moderator)
    story.return_to_author(by=moderator, version=story.sent, message="?")
    assert waiting.count() == 3


def test_letters_are_made_up_as_they_would_have_come(settings, client):
    settings.DEBUG = True
    call_command("seed", "--stories=60", "--letters=40")
    assert Letter.objects.published().count() == 40
    assert Letter.objects.for_anyone().exists() and Letter.objects.put_up().exists()
    assert not Letter.objects.filter(is_for_anyone=False, delivered_at=None).exists()
    assert "A letter, for anyone" in client.get("/").text


@pytest.mark.parametrize("amount", ["-3", "many", "1.5", "²"])
def test_what_is_no_amount_is_said_in_a_sentence(amount):
    with pytest.raises(CommandError, match="is not an amount"):
        call_command("seed", f"--stories={amount}")
