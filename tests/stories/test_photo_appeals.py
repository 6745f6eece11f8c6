"""Thinking again about a photograph: whoever would show it has looked, and for a baby two have."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from community.moderation.models import Appeal, Case, Decision
from community.moderation.moves import NotSeenYet
from community.moderation.rethinking import decide
from community.moderation.states import Action, Look, State
from community.moderation.two_people import confirm, propose
from stories.vocabulary import Visibility
from tests import factories
from tests.factories import browser_of, claim
from tests.stories import photographing

pytestmark = pytest.mark.django_db
WHY = "I have looked at it, and nothing is wrong with it."


def declined(**fields):
    photo = photographing.sent(factories.published(), **fields)
    factories.decline(photo)
    return photo


def taken_down():
    photo = photographing.published()
    photo.remove(by=factories.moderator(), message="Because.", rule="names")
    return photo


def asked(photo, by):
    """Its author asks us to think again; ``by`` has that in front of them."""
    first = Decision.objects.about(photo).moves().first()
    appeal = Appeal.objects.ask(first, by=photo.author, words="It is mine.")
    assert Case.objects.all().claim(appeal.case_id, by=by)
    return appeal


def page_of(photo):
    return reverse("admin:stories_photo_change", args=[photo.pk])


def look(photo, by):
    return browser_of(by).post(page_of(photo), {"look": "picture"}, follow=True)


@pytest.mark.parametrize("first", [declined, taken_down])
def test_nobody_shows_what_they_did_not_look_at_and_their_answer_is_kept(first, moderator):
    photo = first()
    appeal = asked(photo, moderator)
    browser, page = browser_of(moderator), reverse("admin:appeal", args=[appeal.case_id])
    pressed = {"outcome": "reverse", "message_reverse": WHY}
    refused = browser.post(page, pressed).text
    assert "Show the photograph first" in refused and WHY in refused
    photo.refresh_from_db()
    assert not photo.shown_id
    assert page_of(photo) in browser.get(page).text, "there is no way to the photograph"
    assert "/picture/" in look(photo, moderator).text
    browser.post(page, pressed)
    photo.refresh_from_db()
    assert photo.state == State.PUBLISHED


def test_nor_is_it_covered_instead_by_somebody_who_did_not_look(moderator):
    appeal = asked(taken_down(), moderator)
    with pytest.raises(NotSeenYet):
        decide(appeal, Action.COVER, by=moderator, message=WHY, rule="names")
    look(appeal.case.contribution, moderator)
    decide(appeal, Action.COVER, by=moderator, message=WHY, rule="names")


def test_only_whoever_thinks_again_can_look_and_only_then(moderator, client):
    photo, other = declined(), factories.moderator()
    appeal = asked(photo, moderator)
    assert "/picture/" not in look(photo, other).text
    address = look(photo, moderator).context["contribution"].pictures.smallest()
    browser = browser_of(moderator)
    assert browser.get(address).status_code == 200
    assert browser_of(other).get(address).status_code == 404
    decide(appeal, Action.UPHOLD, by=moderator, message=WHY, rule="names")
    assert browser.get(address).status_code == 404
    assert list(Decision.objects.filter(action=Look.UNVEIL).values_list("by", flat=True)) == [
        moderator.pk
    ]


def test_not_even_they_look_at_what_its_author_keeps_to_themselves(moderator):
    photo = declined(kind="baby")
    appeal = asked(photo, moderator)
    photo.story.open_to(Visibility.ME, wording="")
    assert "/picture/" not in look(photo, moderator).text
    with pytest.raises(ValidationError, match="keeps it to themselves"):
        decide(appeal, Action.REVERSE, by=moderator, message=WHY)
    assert not Case.objects.readings().open().about(photo).exists()


def test_one_of_a_baby_goes_back_to_the_head_of_the_line_for_two(moderator):
    photo = declined(kind="baby")
    appeal, sooner = asked(photo, moderator), factories.pending()
    page = browser_of(moderator).get(reverse("admin:appeal", args=[appeal.case_id])).text
    assert "publishing it takes two" in page and "two of us have to agree" in page
    decision = decide(appeal, Action.REVERSE, by=moderator, message=WHY)
    photo.refresh_from_db()
    assert photo.state == decision.target == State.PENDING and not photo.shown_id
    line = Case.objects.readings().waiting().most_pressing_first()
    assert [case.contribution for case in line] == [photo, sooner]
    claim(photo, moderator)
    proposal = propose(photo.open_case(), Action.PUBLISH, by=moderator, version=photo.sent)
    confirm(proposal, by=factories.moderator())
    photo.refresh_from_db()
    assert photo.state == State.PUBLISHED


def test_what_one_may_publish_one_reverses(moderator):
    appeal = asked(declined(), moderator)
    page = browser_of(moderator).get(reverse("admin:appeal", args=[appeal.case_id])).text
    assert "publishing it takes two" not in page and "It is published now" in page
