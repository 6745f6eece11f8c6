"""Who lost every second factor is let in again by two people, and hears before it happens."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from community.moderation.lost_factors import LostFactor
from community.moderation.models import Decision
from tests.factories import browser_of, member, moderator, sanction

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:moderation_lostfactor_changelist")
ASKED = {"pen_name": "Rowan Hale", "why": "I rang her, and we spoke of the rota."}


@pytest.fixture
def rowan():
    person = moderator("Rowan Hale")
    for kind in ("totp", "recovery_codes"):
        Authenticator.objects.create(user=person, type=kind, data={})
    return person


@pytest.fixture
def leads():
    return [moderator(group="lead-moderators") for _ in range(2)]


def a_day_later():
    return time_machine.travel(timezone.now() + timedelta(hours=25))


def test_one_asks_the_other_takes_them_off_a_day_later(rowan, leads, run_jobs):
    theirs = browser_of(rowan)
    first, second = map(browser_of, leads)
    first.post(PAGE, ASKED)
    run_jobs()
    assert [letter.to for letter in mail.outbox] == [[rowan.email]], "before anything changes"
    lost = LostFactor.objects.get()
    with a_day_later():
        second = browser_of(leads[1])
        second.post(PAGE, {"take-off": lost.pk})
        run_jobs()
    assert not Authenticator.objects.filter(user=rowan).exists()
    assert theirs.get("/me/").status_code == 302, "signed out everywhere"
    assert len(mail.outbox) == 2
    assert {letter.subject for letter in mail.outbox} == {"A change to your account"}
    logged = Decision.objects.filter(action__in=["lost", "let-in"]).values_list("action", "by")
    assert set(logged) == {("lost", leads[0].pk), ("let-in", leads[1].pk)}


def test_nobody_does_it_alone_nor_for_themselves_nor_at_once(rowan, leads):
    lost = LostFactor.objects.begin(rowan, by=leads[0], why="We spoke.")
    with pytest.raises(ValidationError, match="a day"):
        lost.take_off(by=leads[1])
    with a_day_later():
        for by in (leads[0], rowan):
            with pytest.raises(ValidationError, match="Somebody else"):
                lost.take_off(by=by)
    with pytest.raises(ValidationError, match="Somebody else"):
        LostFactor.objects.begin(rowan, by=rowan, why="It is me.")
    assert Authenticator.objects.count() == 2


def test_it_ends_when_it_was_not_them(rowan, leads):
    lost = LostFactor.objects.begin(rowan, by=leads[0], why="We spoke.")
    browser_of(leads[1]).post(PAGE, {"end": lost.pk})
    with a_day_later():
        assert lost.take_off(by=leads[1]) is False
    assert Authenticator.objects.count() == 2
    assert Decision.objects.filter(action="not-let-in").exists()


def test_asking_twice_is_asking_once(rowan, leads, run_jobs):
    for by in leads:
        LostFactor.objects.begin(rowan, by=by, why="We spoke.")
    run_jobs()
    assert LostFactor.objects.count() == len(mail.outbox) == 1


def test_who_is_suspended_lets_nobody_in(rowan, leads):
    lost = LostFactor.objects.begin(rowan, by=leads[0], why="We spoke.")
    sanction(leads[1])
    with a_day_later(), pytest.raises(ValidationError):
        lost.take_off(by=leads[1])


@pytest.mark.parametrize("asked", [ASKED | {"pen_name": "Nobody"}, ASKED | {"why": ""}])
def test_what_was_typed_is_kept_when_something_is_missing(rowan, leads, asked):
    page = browser_of(leads[0]).post(PAGE, asked)
    assert page.status_code == 422
    assert asked["pen_name"] in page.text
    assert not LostFactor.objects.exists()


@pytest.mark.parametrize("group", ["moderators", "directory-editors"])
def test_only_leads_and_administrators_find_the_page(group):
    assert browser_of(moderator(group=group)).get(PAGE).status_code == 404
    assert browser_of(member()).get(PAGE).status_code == 404


@pytest.mark.parametrize("number", ["", "x", "9" * 30, "0", "²"])
def test_a_number_made_by_hand_does_nothing(rowan, leads, number):
    LostFactor.objects.begin(rowan, by=leads[0], why="We spoke.")
    for press in ("take-off", "end"):
        assert browser_of(leads[1]).post(PAGE, {press: number}).url == PAGE
    assert LostFactor.objects.open().exists()
