"""From the front page to a number that dials, on a phone and without scripts."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from resources.directory_file import CONFIRMED_ON

LAPSED = """
from datetime import timedelta
from django.utils import timezone
from resources.models import Service
place = Service.objects.get(slug="ca-qc-le-deuil")
day = timezone.localdate() - timedelta(days={days})
place.verifications.update(on=day)
Service.objects.filter(pk=place.pk).update(assured_on=day)
place.refresh_from_db()
place.reckon_standing()
place.save()
"""
NUMBER = "a[href='tel:+18885333845']"
CHOICES = [
    ("Country", "Canada"),
    ("Kind of loss", "Stillbirth"),
    ("Who it is for", "Partners and fathers"),
    ("In what language", "Français"),
]


def choose(page):
    for label, choice in CHOICES:
        page.locator("summary", has_text=label).click()
        page.locator("details[open] label", has_text=choice).first.click()


def confirmed(site, days):
    site.manage("shell", "-c", LAPSED.format(days=days))


@pytest.fixture
def a_day_too_old(site):
    yield lambda: confirmed(site, 181)
    confirmed(site, (timezone.localdate() - CONFIRMED_ON).days)


def test_a_father_in_canada_finds_a_number_in_french_in_two_taps(open_page, a_day_too_old):
    page = open_page(
        visitor=True, java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    page.goto("/")
    page.get_by_role("link", name="Find support").first.click()
    choose(page)
    page.get_by_role("button", name="Show these").click()  # one
    expect(page.get_by_role("status")).to_contain_text("places in Canada or open to it")
    number = page.locator(NUMBER)
    expect(number).to_be_visible()  # the second tap dials it
    expect(number).to_have_text("Call 1-888-533-3845")
    a_day_too_old()
    page.reload()
    expect(page.get_by_role("link", name="1-888-LE-DEUIL")).to_be_visible()
    expect(page.locator(NUMBER)).to_have_count(0)
    expect(page.get_by_text("Nobody here confirmed its number lately")).to_be_visible()
