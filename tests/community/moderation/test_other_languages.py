"""The moderators’ pages where the site speaks another language: none breaks, and dates are its."""

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
LISTS = ["case_changelist", "decision_changelist", "shield_changelist", "record_changelist"]
LISTS += ["reasontext_changelist", "transparencyreport_changelist"]


@pytest.fixture
def lead():
    return factories.moderator(group="lead-moderators")


@pytest.fixture
def addresses(lead):
    """Of the queue, of one of each kind of case in front of ``lead``, and of the numbers."""
    told = factories.told().case
    pending = factories.pending()
    for case in (told, pending.open_case()):
        assert type(case).objects.all().claim(case.pk, by=lead)
    member = factories.sanction(factories.member()).member
    return [
        reverse("admin:index"),
        *(reverse(f"admin:moderation_{name}") for name in LISTS),
        reverse("admin:moderation_case_changelist") + "?tab=reports&lang=en",
        reverse("admin:report", args=[told.pk]),
        reverse("admin:stories_story_change", args=[pending.pk]),
        reverse("admin:moderation_record_change", args=[member.pk]),
        reverse("admin:moderation_numbers_changelist"),
        reverse("admin:care"),
    ]


@pytest.mark.parametrize(("language", "name"), [("es", "Español"), ("fr", "Français")])
def test_no_page_breaks_in_another_language(lead, addresses, settings, language, name):
    settings.LANGUAGE_CODE, settings.LANGUAGES = language, [(language, name)]
    browser = browser_of(lead)
    for address in addresses:
        page = browser.get(address)
        assert page.status_code == 200, address
        assert f'<html lang="{language}"' in page.text, address
    month = date_format(timezone.localdate(), "F")
    assert month in browser.get(addresses[-2]).text
