import random

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from community.moderation.states import State
from stories.finding import ALPHABET, random_id
from stories.labels import Label
from stories.models import Byline, Story, Visibility
from tests import factories

pytestmark = pytest.mark.django_db


def test_an_id_tells_nothing_and_spells_nothing():
    ids = {random_id() for _ in range(500)}
    assert len(ids) == 500 and all(len(pk) == 6 and set(pk) <= set(ALPHABET) for pk in ids)
    assert not set(ALPHABET) & set("aeiou01l")


def test_two_stories_of_one_id_are_never_one(monkeypatch):
    taken = factories.draft()
    drawn = iter([taken.pk, taken.pk, "bbbbbb"])
    monkeypatch.setattr(Story._meta.pk, "_get_default", lambda: next(drawn))
    assert Story.objects.begin(factories.member()).pk == "bbbbbb"


def test_in_a_log_a_story_is_an_id():
    story = factories.draft()
    assert str(story) == story.pk and story.title not in repr(story)


def test_words_are_saved_by_the_window_that_saw_the_last_ones():
    story = factories.draft()
    older = Story.objects.get(pk=story.pk)
    assert story.save_words(0) and story.revision == 1
    older.body = "Older."
    assert not older.save_words(0)
    assert Story.objects.get(pk=story.pk).body == story.body
    assert older.save_words()


def test_any_one_is_always_one_if_there_is_one():
    assert Story.objects.all().any_one() is None
    story = factories.draft()
    assert {Story.objects.all().any_one() for _ in range(5)} == {story}
    assert Story.objects.all().any_one(near="zzzzzz") == story


def test_any_one_reaches_every_one():
    stories = {factories.draft(pk=pk) for pk in ("3g7kbc", "9wtmxz", "hcqn42", "t5rfdv")}
    chance = random.Random(1)
    found = {Story.objects.all().any_one(near=random_id(chance.choice)) for _ in range(99)}
    assert found == stories


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"byline": Byline.PEN_NAME, "other_name": "Robin"}, "Wren Ashdown"),
        ({"byline": Byline.OTHER_NAME, "other_name": "Robin"}, "Robin"),
        ({"byline": Byline.NO_NAME, "other_name": "Robin"}, ""),
    ],
)
def test_a_story_goes_under_the_name_its_author_chose(fields, name):
    assert factories.draft(factories.member("Wren Ashdown"), **fields).name == name


def test_the_labels_are_those_of_what_readers_see():
    story = factories.published(notes=["abuse"], losses=["molar"], role="", themes=[])
    labels = {str(label) for label in Label.objects.filter(story=story)}
    assert labels == {"loss:molar", "lang:en", "note:abuse", "note:asks-first"}
    story.withdraw()
    assert not Label.objects.exists()


def test_only_what_has_a_title_words_and_a_name_may_be_sent():
    assert factories.draft().may_be_sent()
    for missing in ({"title": " "}, {"body": "\n"}, {"byline": ""}):
        assert not factories.draft(**missing).may_be_sent()


def test_who_may_read_is_the_rung_its_author_chose():
    member, visitor = factories.member(), type("Nobody", (), {"is_authenticated": False})()
    for rung, for_visitors in (
        (Visibility.MEMBERS, 0),
        (Visibility.EVERYONE, 1),
        (Visibility.SEARCH, 1),
    ):
        story = factories.published(visibility=rung)
        assert Story.objects.visible_to(member).filter(pk=story.pk).count() == 1
        assert Story.objects.visible_to(visitor).filter(pk=story.pk).count() == for_visitors


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.REMOVED])
def test_what_was_taken_down_cannot_be_shown_by_any_mistake(state):
    story = factories.published()
    with pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.filter(pk=story.pk).update(state=state)


def test_what_is_shown_was_published_on_a_day():
    story = factories.published()
    with pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.filter(pk=story.pk).update(published_at=None)


def test_what_comes_back_keeps_its_first_day():
    story = factories.published()
    first = story.published_at
    story.withdraw()
    story.submit()
    story.publish(by=factories.moderator(), version=story.sent)
    assert story.published_at == first <= timezone.now()
