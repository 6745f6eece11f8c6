"""The address of a press, opened by a reload or a restored tab."""

import pytest
from django.urls import reverse

from community.moderation.two_people import propose
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
QUEUE = reverse("admin:moderation_case_changelist")
HAND_BACK = reverse("admin:hand-back")


def test_a_press_opened_as_a_page_leads_back_and_does_nothing():
    browser, story = browser_of(factories.moderator()), factories.pending()
    case = story.open_case()
    page = reverse("admin:stories_story_change", args=[story.pk])
    names = ["claim", "worry", "calm", "safety", "still-reading", "to-buddy"]
    for address in [reverse(f"admin:{name}", args=[case.pk]) for name in names]:
        assert browser.get(address)["Location"] == browser.head(address)["Location"] == page
        gone = address.replace(str(case.pk), "987654321098765432109")
        assert browser.get(gone)["Location"] == QUEUE
    by = factories.moderator()
    proposal = propose(case, "decline", by=by, version=case.version, message="No.", rule="names")
    assert browser.get(reverse("admin:second", args=[proposal.pk]))["Location"] == page
    for address in (HAND_BACK, reverse("admin:leave-out"), reverse("admin:free", args=[case.pk])):
        assert browser.get(address)["Location"] == QUEUE
    case.refresh_from_db()
    assert not case.is_urgent and case.claimed_by is None
