"""The log in the admin: read by moderators, and no way to guess at people through it."""

import re

import pytest
from django.urls import reverse

from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
EMAIL = re.compile(r"writer\d+@")


@pytest.fixture
def moderator():
    return factories.moderator("Bramble Thorne")


@pytest.fixture
def browser(moderator):
    return browser_of(moderator)


@pytest.fixture
def story():
    return factories.pending()


def test_the_log_asks_the_same_however_long_it_is(browser, django_assert_num_queries):
    address = reverse("admin:moderation_decision_changelist")
    for _ in range(2):
        factories.published()
        with django_assert_num_queries(9):
            browser.get(address)


@pytest.mark.parametrize(
    "query",
    ["?by__email__startswith=w", "?by__password__contains=a", "?content_type__app_label=stories"],
)
def test_a_guess_at_people_gets_no_answer_from_the_log(browser, story, moderator, query):
    factories.decline(story, by=moderator, message="No.")
    response = browser.get(reverse("admin:moderation_decision_changelist") + query)
    assert response.status_code in (302, 400) and not EMAIL.search(response.text)
