"""A photograph that is erased while somebody has told us about it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from community.moderation import reports
from community.moderation.models import Case, Decision, Report
from community.moderation.states import Action, Look
from stories import photo_files
from stories.models import HeldPhoto, Photo
from tests import factories
from tests.factories import browser_of
from tests.stories import photographing
from tests.stories.photographing import stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def photo():
    return photographing.published()


def told_about(photo, **said):
    factories.told(photo, **{"reason": "who"} | said)
    return Case.objects.reported().get()


@pytest.fixture
def erase(django_capture_on_commit_callbacks):
    def _erase(photo):
        address = reverse("stories:photo-erase", args=[photo.story_id, photo.pk])
        assert "thirty days at most" in browser_of(photo.author).get(address).text
        with django_capture_on_commit_callbacks(execute=True):
            browser_of(photo.author).post(address)

    return _erase


def pictures_on(text):
    return re.findall(r'(?:src|href)="(/admin/[^"]*/held/\d+/[^"]+\.jpg)"', text)


def test_its_pictures_are_held_and_no_reader_nor_its_author_finds_them(photo, erase):
    author, visitor = browser_of(photo.author), browser_of()
    page = visitor.get(f"{photo.story.get_absolute_url()}?show={photo.pk}").text
    address = re.search(r"/photographs/[^ ]*?480\.jpg", page)[0]
    own = author.get(f"{photo.story.get_photos_url()}?show={photo.pk}").text
    own_address = re.search(r"/photographs/[^ ]*?480\.jpg", own)[0]
    assert visitor.get(address).status_code == author.get(own_address).status_code == 200
    told_about(photo)
    names = sorted(photo.file_names())
    erase(photo)
    assert stored() == names and not Photo.objects.exists()
    assert visitor.get(address).status_code == author.get(own_address).status_code == 404
    rows = Photo.objects.all(), HeldPhoto.objects.all()
    at_once = timedelta(days=-1)  # else they are too young to be swept, held or not
    assert photo_files.sweep(*rows, older_than=at_once) == [] and stored() == names


def test_the_moderator_of_the_case_asks_for_it_on_record_and_nobody_else(photo, erase, moderator):
    case = told_about(photo)
    erase(photo)
    Case.objects.all().claim(case.pk, by=moderator)
    browser, held = browser_of(moderator), HeldPhoto.objects.get()
    address = reverse("admin:held", args=[held.pk])
    assert address in browser.get(reverse("admin:report", args=[case.pk])).text
    page = browser.get(address).text
    assert photo.description in page and not pictures_on(page)
    shown = pictures_on(browser.post(address, follow=True).text)
    assert browser.get(shown[0]).content == b"jpg [480, 320]"
    assert "no-store" in browser.get(shown[0])["Cache-Control"]
    look = Decision.objects.get(action=Look.UNVEIL)
    assert (look.by, look.case_id) == (moderator, case.pk)
    others = [factories.moderator(), photo.author, factories.member()]
    for other in others:
        for each in (address, *shown):
            assert browser_of(other).get(each).status_code != 200
        browser_of(other).post(address)
    assert Decision.objects.filter(action=Look.UNVEIL).count() == 1


def test_it_is_erased_when_the_case_is_closed(
    photo, erase, moderator, django_capture_on_commit_callbacks
):
    case = told_about(photo)
    erase(photo)
    Case.objects.all().claim(case.pk, by=moderator)
    address = reverse("admin:held", args=[HeldPhoto.objects.get().pk])
    with django_capture_on_commit_callbacks(execute=True):
        Report.objects.settle(Case.objects.get(pk=case.pk), Action.CLOSE, by=moderator)
    assert stored() == [] and not HeldPhoto.objects.exists()
    assert browser_of(moderator).get(address).status_code == 404


def test_it_is_held_for_thirty_days_at_most(photo, erase, django_capture_on_commit_callbacks):
    told_about(photo)
    erase(photo)
    Case.objects.update(opened_at="2020-01-01T00:00:00Z")
    with django_capture_on_commit_callbacks(execute=True):
        reports.forget()
    assert stored() == []


def test_nothing_is_held_where_nobody_is_waiting_for_an_answer(photo, erase, moderator):
    case = told_about(photo)
    Case.objects.all().claim(case.pk, by=moderator)
    Report.objects.settle(Case.objects.get(pk=case.pk), Action.KEEP, by=moderator)
    erase(photo)
    assert stored() == [] and not HeldPhoto.objects.exists()


def test_erasing_the_story_holds_it_too(photo, django_capture_on_commit_callbacks):
    told_about(photo)
    with django_capture_on_commit_callbacks(execute=True):
        photo.story.delete()
    assert HeldPhoto.objects.count() == 1 and len(stored()) == 6


def test_a_second_moderator_can_agree_to_close_what_is_erased(photo, erase, moderator):
    case = told_about(photo, reason="worried")
    erase(photo)
    second = factories.moderator()
    Case.objects.all().claim(case.pk, by=moderator)
    said = {"outcome": "close", "up": "", "note": "It is gone."}
    browser_of(moderator).post(reverse("admin:report", args=[case.pk]), said)
    proposal = case.proposals.get()
    Case.objects.all().claim(case.pk, by=second)
    browser_of(second).post(reverse("admin:second", args=[proposal.pk]), {"press": "confirm"})
    case.refresh_from_db()
    assert case.closed_at and not HeldPhoto.objects.exists()
