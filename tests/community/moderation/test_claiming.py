"""What somebody is told who may not open a case: what is true of it."""

import pytest
from django.urls import reverse

from community.moderation.handovers import give_to_second
from community.moderation.models import Appeal, Decision
from community.moderation.states import Action
from community.moderation.two_people import propose
from tests import factories
from tests.factories import browser_of


@pytest.mark.django_db
def test_what_somebody_else_has_to_read_says_so():
    moderator = factories.moderator()
    own = factories.pending(moderator).open_case()
    told = factories.told(by=moderator).case
    passed = factories.claim(factories.pending(), by=moderator)
    factories.moderator()
    give_to_second(passed, by=moderator, text="I know this ward.")
    declined = factories.declined(by=moderator)
    first = Decision.objects.about(declined).moves().first()
    asked = Appeal.objects.ask(first, by=declined.author, words="It is my cat’s name.").case
    said = {
        own: "That one is your own. Somebody else reads it.",
        told: "You told us about that one yourself.",
        passed: "You gave that one to somebody else",
        asked: "You had a part in that one before.",
    }
    for case, words in said.items():
        page = browser_of(moderator).post(reverse("admin:claim", args=[case.pk]), follow=True).text
        assert words in page and "decided meanwhile" not in page
        case.refresh_from_db()
        assert case.claimed_by is None


@pytest.mark.django_db
def test_who_proposed_it_looks_at_it_and_keeps_it_from_nobody():
    first, second = factories.moderator(), factories.moderator()
    story = factories.pending()
    said = {"version": story.sent, "message": "Because.", "rule": "names"}
    case = propose(story.open_case(), Action.DECLINE, by=first, **said).case
    page = browser_of(first).post(reverse("admin:claim", args=[case.pk]), follow=True).text
    assert "You propose not to publish it." in page and "Take the proposal back" in page
    case.refresh_from_db()
    assert case.claimed_by is None
    page = browser_of(second).post(reverse("admin:claim", args=[case.pk]), follow=True).text
    assert "I agree: do it" in page
