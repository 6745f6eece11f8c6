"""A change proposed to what a photograph says: its author answers as for the words of a story."""

import pytest
from django.urls import reverse

from community.moderation.proposals import NeedsASecond
from community.moderation.states import State
from stories.models import Photo
from tests import factories
from tests.factories import browser_of, claim
from tests.stories import photographing
from tests.stories.test_photo_admin import TICKED, page_of

pytestmark = pytest.mark.django_db
SAYS = "A bowl that Dr Heron gave us."
PASSAGE = "that Dr Heron gave us"


def proposed(photo, by):
    start = SAYS.index(PASSAGE)
    change = {"field": "description", "start": start, "passage": PASSAGE, "instead": "given to us"}
    change["why"] = "It names somebody."
    said = {"version": photo.sent, "message": "May we leave the name out?", "changes": [change]}
    return photo.suggest(by=by, **said)


@pytest.fixture
def photo():
    return photographing.sent(factories.published(), description=SAYS)


def stored(photo):
    return Photo.objects.get(pk=photo.pk)


def at(photo, part=""):
    address = reverse("stories:photo", args=[photo.story_id, photo.pk])
    return f"{address}{part}"


def test_a_moderator_proposes_it_from_the_review_page_once_they_looked(photo, moderator):
    claim(photo, moderator)
    browser, typed = browser_of(moderator), {"outcome": "suggest", "looked_for": TICKED}
    typed |= {"version": photo.sent.number, "message_suggest": "May we leave the name out?"}
    typed |= {"change-passage_1": PASSAGE, "change-why_1": "It names somebody."}
    refused = browser.post(page_of(photo), typed)
    assert "Show the photograph first" in refused.text and PASSAGE in refused.text
    browser.post(page_of(photo), {"look": "picture"})
    browser.post(page_of(photo), typed)
    assert stored(photo).state == State.SUGGESTED


def test_its_author_sees_it_in_place_and_takes_it_by_one_press(photo, moderator):
    proposed(photo, moderator)
    author = browser_of(photo.author)
    assert "Look at the change they propose" in author.get(photo.story.get_photos_url()).text
    page = author.get(at(photo)).text
    assert f">{PASSAGE}</mark>" in page and "A bowl given to us." in page
    for _press in range(2):
        assert author.post(at(photo, "accept/")).status_code == 302
    now = stored(photo)
    assert (now.state, now.description) == (State.PUBLISHED, "A bowl given to us.")
    assert "A bowl given to us." in browser_of().get(photo.story.get_absolute_url()).text


def test_its_author_keeps_it_or_writes_it_another_way(photo, moderator):
    proposed(photo, moderator)
    author = browser_of(photo.author)
    author.post(at(photo, "stand-by/"), {"why": "She is my sister."})
    assert stored(photo).state == State.PENDING
    assert stored(photo).messages.filter(from_author=True).get().text == "She is my sister."
    proposed(stored(photo), moderator)
    revision = stored(photo).revision
    said = {"description": "A blue bowl.", "kind": "place", "go": "send", "revision": revision}
    author.post(at(photo), said)
    assert (stored(photo).state, stored(photo).sent.words["description"]) == (
        State.PENDING,
        "A blue bowl.",
    )


def test_one_of_a_baby_takes_two_however_its_author_calls_it_since(moderator):
    photo = photographing.sent(factories.published(), kind="baby", description=SAYS)
    factories.moderator()
    Photo.objects.filter(pk=photo.pk).update(kind="place")
    with pytest.raises(NeedsASecond):
        proposed(stored(photo), moderator)
    with pytest.raises(NeedsASecond):
        stored(photo).publish(by=moderator, version=photo.sent)


def test_nothing_that_was_answered_is_sent_again_with_its_story(photo, moderator):
    proposed(photo, moderator)
    browser_of(photo.author).post(reverse("stories:send-photos", args=[photo.story_id]))
    assert stored(photo).state == State.SUGGESTED
    Photo.objects.filter(pk=photo.pk).update(description="A blue bowl.")
    browser_of(photo.author).post(reverse("stories:send-photos", args=[photo.story_id]))
    assert stored(photo).state == State.PENDING
