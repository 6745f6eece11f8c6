"""From a member's phone into their story: adding, describing, ordering, sending, erasing."""

import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.urls import reverse

from community.members.models import Consent
from community.moderation.models import Case
from community.moderation.states import State
from stories import photo_jobs
from stories.models import Photo, Story
from tests import factories
from tests.factories import browser_of
from tests.stories import photographing
from tests.stories.odd_files import SECRET, picture, saved
from tests.stories.photographing import add, stored

pytestmark = pytest.mark.django_db


def page(story, browser=None):
    return (
        (browser or browser_of(story.author)).get(reverse("stories:photos", args=[story.pk])).text
    )


# ---- adding


def test_a_photograph_is_put_aside_processed_and_its_file_thrown_away(
    run_jobs, django_capture_on_commit_callbacks
):
    story = factories.draft()
    assert add(story, photographing.large()).status_code == 302
    photo = Photo.objects.get()
    assert stored() == [photo.aside] and "Being made ready" in page(story)
    with django_capture_on_commit_callbacks(execute=True):
        run_jobs()
    photo.refresh_from_db()
    assert photo.sizes == [[480, 320], [960, 640], [1600, 1067]] and photo.aside == ""
    assert stored() == sorted(photo.file_names()) and len(stored()) == 9
    for name in stored():
        with default_storage.open(name) as file:
            kept = file.read()
        assert SECRET not in kept and b"Exif" not in kept
    assert "Only you can see it" in page(story)


def test_the_same_press_twice_is_one(run_jobs):
    story = factories.draft()
    browser = browser_of(story.author)
    named = photographing.named_on(browser.get(f"/write/{story.pk}/photos/"))
    for _ in range(2):
        assert add(story, browser=browser, named=named).status_code == 302
    assert Photo.objects.count() == 1


@pytest.mark.parametrize(
    "data, said",
    [
        (b"", "There is nothing in that file."),
        (b"\0\0\0\x18ftypheic" + bytes(40), "That is a HEIC file"),
        (b"<svg>", "We couldn’t see a photograph in that file."),
        (saved(picture("P"), "GIF"), "That one moves"),
        (b"\xff\xd8\xff" + bytes(25_000_001), "larger than twenty-five megabytes"),
    ],
    ids=["empty", "heic", "svg", "gif", "large"],
)
def test_what_can_be_told_at_once_is_said_at_once_and_the_words_are_kept(data, said):
    story = factories.draft()
    response = add(story, data, description="A bowl, as blue as it was.")
    assert response.status_code == 422 and not Photo.objects.exists() and not stored()
    assert said in response.text and "A bowl, as blue as it was." in response.text


def test_what_shows_only_later_is_said_beside_it_and_the_story_stays(run_jobs):
    story = factories.draft()
    add(story, saved(picture(), "JPEG")[:-300])
    run_jobs()
    text = page(story)
    assert "It couldn’t be used" in text and "Part of that file is missing or damaged." in text
    story.refresh_from_db()
    assert story.body and Photo.objects.get().description == "A blue bowl."


def test_nobody_is_told_what_lacks_before_they_press():
    assert "One thing to look at" not in page(factories.draft())


def test_heic_can_be_chosen_where_it_is_taken(settings):
    assert "image/heic" not in page(factories.draft())
    settings.PHOTOS_HEIC = True
    text = page(factories.draft())
    assert (
        'accept="image/jpeg,image/png,image/webp,image/heic,.heic"' in text and "HEIC, PNG" in text
    )


def test_no_more_than_twelve_fit():
    story = factories.draft()
    for n in range(12):
        photographing.processed(story, number=n)
    assert "data-photographs" not in page(story)
    browser = browser_of(story.author)
    named = photographing.named_on(browser.get(f"/write/{story.pk}/photos/"))
    response = add(story, browser=browser, named=named)
    assert response.status_code == 422 and "Twelve photographs fit" in response.text
    assert Photo.objects.count() == 12


def test_a_file_that_could_not_be_used_takes_none_of_the_twelve_places():
    story = factories.draft()
    for n in range(12):
        photographing.processed(story, number=n)
    Photo.objects.filter(number=3).update(refusal="broken", key="", sizes=[])
    assert "data-photographs" in page(story)
    assert add(story).status_code == 302 and Photo.objects.count() == 13
    assert "data-photographs" not in page(story)


def test_of_several_at_once_none_is_the_thirteenth():
    story = factories.draft()
    for n in range(12):
        photographing.processed(story, number=n)
    there = stored()
    with pytest.raises(ValidationError, match="Twelve"):
        photo_jobs.begin(Photo(story=story, author=story.author), photographing.file())
    assert Photo.objects.count() == 12 and stored() == there


def test_a_script_sends_several_and_is_told_of_each():
    story = factories.draft()
    browser = browser_of(story.author)
    address, asks = f"/write/{story.pk}/photos/", {"Accept": "application/json"}
    named = photographing.named_on(browser.get(address))
    for _ in range(2):
        files = {"file": photographing.file(), "named": named}
        named = json.loads(browser.post(address, files, headers=asks).text)["named"]
    assert Photo.objects.count() == 2
    files = {"file": photographing.file(b"<svg>"), "named": named}
    response = browser.post(address, files, headers=asks)
    assert response.status_code == 422 and "couldn’t see a photograph" in response.json()["message"]


def test_whoever_was_signed_out_finds_the_description_again(client):
    story = factories.draft()
    address = f"/write/{story.pk}/photos/"
    response = client.post(address, {"file": photographing.file(), "description": "A blue bowl."})
    assert response["Location"].startswith("/accounts/login/") and not Photo.objects.exists()
    client.force_login(story.author)
    text = client.get(address).text
    assert "A blue bowl." in text and "Choose the photograph first." in text


def test_another_members_story_and_photographs_are_not_there():
    photo, other = photographing.processed(), browser_of(factories.member())
    for name in ("photo", "photo-earlier", "photo-take-back", "photo-take-down", "photo-erase"):
        address = reverse(f"stories:{name}", args=[photo.story_id, photo.pk])
        assert other.post(address).status_code == 404
    own = factories.draft()
    mixed = reverse("stories:photo-erase", args=[own.pk, photo.pk])
    assert browser_of(own.author).post(mixed).status_code == 404
    assert Photo.objects.filter(pk=photo.pk).exists()


def test_fields_that_nobody_is_asked_for_change_nothing():
    story, other = factories.draft(), factories.draft()
    forged = {"state": "published", "author": other.author_id, "key": "a" * 32, "is_wanted": "on"}
    add(story, **forged, story_id=other.pk, refusal="", sizes="[[9, 9]]")
    photo = Photo.objects.get()
    assert (photo.story, photo.author, photo.state) == (story, story.author, State.DRAFT)
    assert not photo.key and not photo.sizes and not photo.is_wanted


# ---- where it stands


def test_a_photograph_stands_where_it_was_put_whatever_is_written_around_it():
    story = factories.draft(body="One.\n\nTwo.\n\nThree.")
    photo = photographing.processed(story)
    photo.put(1)
    assert photo.stands_after(story.body) == 1
    assert photo.stands_after("Before.\n\nOne.\n\nTwo.") == 2
    assert photo.stands_after("All of it is new.\n\nAnd more.") == 1
    photo.put(0)
    assert photo.stands_after("Before.\n\nOne.") == 0
    photo.put(3)
    assert photo.stands_after("One.\n\nTwo.\n\nThree.\n\nFour.") == 4


def order(story):
    text = page(story)
    return re.findall(r'<li class="stack g2" id="photograph-(\w+)"', text)


def test_the_order_is_changed_by_buttons():
    story = factories.draft(body="One.\n\nTwo.\n\nThree.")
    a, b, c = (photographing.processed(story, number=n) for n in range(3))
    Photo.objects.filter(pk=a.pk).update(after=0)
    browser = browser_of(story.author)
    assert order(story) == [a.pk, b.pk, c.pk]
    browser.post(reverse("stories:photo-earlier", args=[story.pk, c.pk]))
    assert order(story) == [a.pk, c.pk, b.pk]
    browser.post(reverse("stories:photo-later", args=[story.pk, a.pk]))
    assert order(story) == [a.pk, c.pk, b.pk]
    a.refresh_from_db()
    assert a.stands_after(story.body) == 3, "it went to where the next one stands"
    browser.post(reverse("stories:photo-later", args=[story.pk, b.pk]))
    assert order(story) == [a.pk, c.pk, b.pk], "the last stays the last"


# ---- sending


def test_what_is_not_described_cannot_be_sent():
    story = factories.draft()
    photo = photographing.processed(story, description="", kind="")
    browser = browser_of(story.author)
    browser.post(reverse("stories:send-photos", args=[story.pk]))
    photo.refresh_from_db()
    assert photo.state == State.DRAFT
    address = reverse("stories:photo", args=[story.pk, photo.pk])
    said = {"description": "A scan.", "kind": "scan", "after": "0", "revision": photo.revision}
    browser.post(address, {**said, "go": "send"})
    photo.refresh_from_db()
    assert photo.state == State.PENDING and photo.stands_after(story.body) == 0
    assert Consent.objects.filter(purpose="photograph", withdrawn_at=None).count() == 1


def test_photographs_go_along_when_the_story_is_sent():
    story = factories.draft()
    whole, lacking = photographing.processed(story), photographing.processed(story, kind="")
    browser = browser_of(story.author)
    address = reverse("stories:check", args=[story.pk])
    assert "The photographs go along." in browser.get(address).text
    browser.post(address, {"visibility": "everyone", "agreed": "on", "seen": story.fingerprint()})
    assert {case.object_id for case in Case.objects.open()} == {story.pk, whole.pk}
    browser.post(reverse("stories:take-back", args=[story.pk]))
    assert not Case.objects.open().exists()
    assert Photo.objects.get(pk=lacking.pk).state == State.DRAFT


def test_one_that_is_sent_before_it_is_ready_goes_as_soon_as_it_is(run_jobs):
    story = factories.draft()
    add(story)
    browser_of(story.author).post(reverse("stories:send-photos", args=[story.pk]))
    photo = Photo.objects.get()
    assert photo.is_wanted and photo.state == State.DRAFT and not Case.objects.exists()
    run_jobs()
    photo.refresh_from_db()
    assert photo.state == State.PENDING and not photo.is_wanted


def test_keeping_a_story_for_oneself_takes_its_photographs_back():
    story = factories.pending()
    photo = photographing.sent(story)
    browser = browser_of(story.author)
    browser.post(reverse("stories:readers", args=[story.pk]), {"visibility": "me"})
    photo.refresh_from_db()
    assert photo.state == State.DRAFT and not Case.objects.open().exists()


def test_the_page_before_sending_says_what_readers_will_find_before_it():
    story = factories.draft()
    photographing.processed(story)
    text = browser_of(story.author).get(f"/write/{story.pk}/check/").text
    assert "This story describes a photograph (covered)." in text
    assert not Story.objects.get(pk=story.pk).photo_notes, "only shown, not kept"


# ---- erasing


def test_erasing_takes_every_size(django_capture_on_commit_callbacks):
    story = factories.published()
    gone, stays = photographing.published(story), photographing.published(story)
    with django_capture_on_commit_callbacks(execute=True):
        browser_of(story.author).post(reverse("stories:photo-erase", args=[story.pk, gone.pk]))
    assert stored() == sorted(stays.file_names())
    with django_capture_on_commit_callbacks(execute=True):
        story.delete()
    assert stored() == [] and not Photo.objects.exists()


def test_erasing_takes_what_was_processed_a_moment_ago(
    run_jobs, django_capture_on_commit_callbacks
):
    add(factories.draft())
    read_before = Photo.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        run_jobs()
    assert stored() and not read_before.key
    with django_capture_on_commit_callbacks(execute=True):
        read_before.delete()
    assert stored() == []
