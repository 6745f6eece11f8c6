"""The numbers and the yearly page: in nobody's way, and counted without a script."""

import pytest

from tests.browser.test_pages import look_everywhere
from tests.browser.test_pages_of_members import signed_in

YEARLY = "/admin/moderation/transparencyreport/"


@pytest.fixture
def lead(open_page):
    return signed_in(open_page, "admin@example.org")


def count(page):
    """Count the newest year in the log, as a lead does, the first time or again."""
    page.goto(YEARLY)
    if page.get_by_role("button", name="Count 2").count():
        page.get_by_role("button", name="Count 2").first.click()
    else:
        page.locator("#content ul a").first.click()
        page.get_by_role("button", name="Count it again").click()
    page.wait_for_url("**/change/*")


def test_the_numbers_are_in_nobodys_way(lead):
    lead.goto("/admin/moderation/numbers/")
    assert lead.locator("svg.chart").count() >= 2
    assert look_everywhere(lead) == []


def test_the_numbers_can_be_read_in_forced_colours_and_on_paper(lead):
    lead.goto("/admin/moderation/numbers/")
    for media in ({"forced_colors": "active"}, {"media": "print"}):
        lead.emulate_media(**media)
        chart = lead.locator("svg.chart").first
        assert chart.is_visible()
        inks = chart.evaluate(
            "svg => [...svg.querySelectorAll('rect, text')].map(e => getComputedStyle(e).fill)"
        )
        assert "rgb(0, 0, 0)" in inks and set(inks) <= {"rgb(0, 0, 0)", "none"}


def test_the_yearly_page_is_in_nobodys_way_before_and_after(lead):
    count(lead)
    found = [f"edit: {problem}" for problem in look_everywhere(lead)]
    lead.goto(YEARLY)
    found += [f"list: {problem}" for problem in look_everywhere(lead)]
    lead.locator("#content ul a").first.click()
    lead.get_by_role("link", name="See it as readers will").click()
    lead.wait_for_url("**/preview/")
    assert lead.locator("table").count() >= 2
    found += [f"page: {problem}" for problem in look_everywhere(lead)]
    assert found == []


def test_a_year_is_counted_and_introduced_without_scripts(open_page):
    page = signed_in(lambda: open_page(java_script_enabled=False), "admin@example.org")
    count(page)
    page.get_by_label("What you’d like to say first").fill("It was a long winter.")
    page.get_by_role("button", name="Keep these words").click()
    page.get_by_role("link", name="See it as readers will").click()
    assert page.get_by_text("It was a long winter.").is_visible()
