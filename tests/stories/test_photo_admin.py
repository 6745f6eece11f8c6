"""A photograph before a moderator: its words first, the picture when they ask, on record."""

import re

import pytest
from django.urls import reverse

from community.moderation.models import Case, Decision
from community.moderation.proposals import NeedsASecond
from community.moderation.states import Action, Look, State
from stories.admin import LOOKED_FOR_IN_PHOTOGRAPHS
from stories.pictures import token
from tests import factories
from tests.factories import browser_of, claim
from tests.stories import photographing

pytestmark = pytest.mark.django_db
TICKED = [slug for slug, _label in LOOKED_FOR_IN_PHOTOGRAPHS]


def page_of(photo):
    return reverse("admin:stories_photo_change", args=[photo.pk])


def pictures_on(text):
    return re.findall(r'src="(/admin/[^"]*/picture/[^"]*)"', text)


@pytest.fixture
def photo():
    return photographing.sent(factories.pending())


def test_it_waits_under_a_tab_of_its_own(photo, moderator):
    text = browser_of(moderator).get("/admin/moderation/case/?tab=photo").text
    assert "Photographs" in text and photo.description in text and "A place or a thing" in text


def test_the_picture_is_neither_on_the_page_nor_at_its_address_until_somebody_asks(
    photo, moderator
):
    claim(photo, moderator)
    browser, address = browser_of(moderator), page_of(photo)
    text = browser.get(address).text
    assert photo.description in text and "Show the photograph, small and grey" in text
    assert not pictures_on(text) and "/picture/" not in text
    text = browser.post(address, {"look": "picture"}).text
    small = pictures_on(text)[0]
    assert browser.get(small).content == b"jpg [480, 320]"
    assert "no-store" in browser.get(small)["Cache-Control"]
    look = Decision.objects.get(action=Look.UNVEIL)
    assert (look.by, look.object_id) == (moderator, photo.pk)
    other = factories.moderator()
    assert browser_of(other).get(small).status_code == 404, "it was shown to somebody else"
    assert browser_of(photo.author).get(small).status_code != 200


def test_an_address_without_an_unveiling_finds_nothing(photo, moderator):
    claim(photo, moderator)
    given = [photo.pk, token(photo, moderator), 480, "jpg"]
    browser, address = browser_of(moderator), reverse("admin:picture", args=given)
    assert browser.get(address).status_code == 404
    browser.post(page_of(photo), {"look": "picture"})
    assert browser.get(address).status_code == 200


def test_an_unveiling_lasts_an_hour(photo, moderator, time_machine):
    claim(photo, moderator)
    browser = browser_of(moderator)
    small = pictures_on(browser.post(page_of(photo), {"look": "picture"}).text)[0]
    time_machine.shift(3700)
    assert browser.get(small).status_code == 404


@pytest.fixture
def time_machine():
    import time_machine

    with time_machine.travel("2026-11-28T12:00:00Z", tick=False) as traveller:
        yield traveller


def test_whoever_does_not_hold_it_cannot_unveil_it(photo, moderator):
    browser_of(moderator).post(page_of(photo), {"look": "picture"})
    assert not Decision.objects.filter(action=Look.UNVEIL).exists()


def decided(photo, moderator, outcome, *, unseen=False, **said):
    claim(photo, moderator)
    browser = browser_of(moderator)
    if not unseen:
        browser.post(page_of(photo), {"look": "picture"})
    return browser.post(
        page_of(photo),
        {"outcome": outcome, "version": photo.sent.number, "looked_for": TICKED, **said},
    )


def test_one_moderator_publishes_a_place_or_a_thing(photo, moderator):
    decided(photo, moderator, "publish", message_publish="It stands there now.")
    photo.refresh_from_db()
    assert photo.state == State.PUBLISHED


def test_nobody_publishes_what_they_did_not_look_at(photo, moderator):
    said = {"message_publish": "It stands there now."}
    response = decided(photo, moderator, "publish", unseen=True, **said)
    photo.refresh_from_db()
    assert photo.state == State.PENDING and "Show the photograph first" in response.text
    assert said["message_publish"] in response.text, "what was typed is lost"


def test_whoever_typed_nothing_is_told_so_on_the_page_they_are_on(photo, moderator):
    response = decided(photo, moderator, "publish", unseen=True)
    assert response.status_code == 409 and "Show the photograph first" in response.text
    assert photo.description in response.text and 'value="publish"' in response.text


PRESSED = {"press": "confirm", "second-message": "It stands there now."}


def test_the_second_looks_at_it_too(moderator):
    photo = photographing.sent(factories.pending(), kind="baby")
    second = factories.moderator()
    decided(photo, moderator, "publish", message_publish="It stands there now.")
    proposal = photo.open_case().proposals.open().get()
    browser = browser_of(second)
    claim(photo, second)
    answer = [reverse("admin:second", args=[proposal.pk]), PRESSED]
    assert "Show the photograph first" in browser.post(*answer, follow=True).text
    photo.refresh_from_db()
    assert photo.state == State.PENDING
    browser.post(page_of(photo), {"look": "picture"})
    browser.post(*answer)
    photo.refresh_from_db()
    assert photo.state == State.PUBLISHED


def test_a_baby_needs_two(moderator):
    photo = photographing.sent(factories.pending(), kind="baby")
    factories.moderator()
    decided(photo, moderator, "publish", message_publish="It stands there now.")
    photo.refresh_from_db()
    assert photo.state == State.PENDING and photo.open_case().proposals.open().count() == 1
    with pytest.raises(NeedsASecond):
        photo.publish(by=moderator, version=photo.sent)


def test_it_is_declined_by_two_while_its_story_is_published(moderator):
    story = factories.published()
    photo = photographing.sent(story)
    factories.decline(photo, moderator)
    story.refresh_from_db()
    assert photo.state == State.DECLINED and story.state == State.PUBLISHED
    browser = browser_of(photo.author)
    assert "Not published" in browser.get(story.get_photos_url()).text
    assert "Because." in browser.get(reverse("stories:photo", args=[story.pk, photo.pk])).text
    letter = browser.get(photo.last_word().get_absolute_url())
    assert letter.status_code == 200 and story.get_photos_url() in letter.text


def test_no_note_is_offered_for_one_and_upsetting_is_never_a_reason(photo, moderator):
    claim(photo, moderator)
    text = browser_of(moderator).get(page_of(photo)).text
    assert 'value="suggest"' in text and 'value="offer"' not in text
    assert "never a reason here" in text


def test_that_it_upsets_is_no_reason_to_tell_a_moderator_and_leaving_it_covered_is_another_matter(
    client,
):
    photo = photographing.published()
    text = client.get(photo.story.get_absolute_url()).text
    assert "Leave photographs covered for me" in text
    told = reverse("moderation:report", args=["photograph", photo.pk])
    assert told in text
    form = client.get(told).text
    assert photo.description in form and "upset" not in form and "needs a note" not in form


def test_what_is_told_about_it_opens_a_case_and_taking_it_down_leaves_the_story(moderator, client):
    photo = photographing.published()
    factories.told(photo, reason="who")
    case = Case.objects.reported().get()
    assert case.object_id == photo.pk
    Case.objects.all().claim(case.pk, by=moderator)
    text = browser_of(moderator).get(reverse("admin:report", args=[case.pk])).text
    assert photo.description in text and page_of(photo) in text
    photo.decide(Action.REMOVE, by=moderator, version=None, message="Because.", rule="names")
    assert client.get(photo.story.get_absolute_url()).status_code == 200
    assert photo.description not in client.get(photo.story.get_absolute_url()).text
