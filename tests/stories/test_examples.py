import pytest
from django.core.management import CommandError, call_command

from community.members.models import Consent, Email, Member
from community.moderation.models import Case, Decision, Message, Version
from stories import examples
from stories.labels import Label
from stories.models import Story
from tests import factories

pytestmark = pytest.mark.django_db


def test_loaded_twice_they_are_there_once(client, settings, capsys):
    settings.DEBUG = True
    for _ in range(2):
        call_command("load_examples")
    assert Story.objects.published().count() == len(examples.texts())
    assert "0 example stories published." in capsys.readouterr().out
    assert client.get("/stories/").text.count("<span>An example</span>") >= 7


def test_they_are_read_as_real_ones_are_and_nobody_is_written_to():
    examples.load()
    for story in Story.objects.all():
        assert story.is_example and not story.author.is_active
        assert not story.author.has_usable_password()
        assert Decision.objects.by_moderators().filter(object_id=story.pk).count() == 1
    assert not Email.objects.exists() and not Case.objects.open().exists()


def test_removed_they_leave_no_word_and_no_account():
    kept = factories.published()
    moderators = Member.objects.count()
    examples.load()
    assert Member.objects.count() > moderators
    call_command("remove_examples", verbosity=0)
    assert Story.objects.get() == kept and Member.objects.count() == moderators
    for left in (Version, Message):
        assert not left.objects.exclude(object_id=kept.pk).exists()
    assert not Label.objects.exclude(story=kept).exists() and not Consent.objects.exists()
    assert examples.remove() == 0


def test_they_are_never_put_on_a_real_site():
    with pytest.raises(CommandError):
        call_command("load_examples")
    assert not Story.objects.exists()
