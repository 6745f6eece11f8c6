"""Whoever may not be safe sees whom to call in the country they chose; nobody guesses it."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
DANGER = "I don’t want to be here any more."
HELP = "/comfort/country/"


@pytest.fixture(autouse=True)
def directory(db, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    call_command("load_directory", verbosity=0)


@pytest.fixture
def story():
    return factories.pending(body=DANGER)


def sent_page(story):
    return reverse("stories:sent", args=[story.pk])


def test_until_a_country_is_chosen_the_usual_box_is_shown(story):
    text = browser_of(story.author).get(sent_page(story)).text
    assert "United Kingdom, Ireland" in text and "Show these numbers" in text


def test_the_next_page_has_the_numbers_of_the_chosen_country(story):
    browser = browser_of(story.author)
    chosen = {"country": "NZ", "next": sent_page(story)}
    page = browser.post(HELP, chosen, follow=True)
    assert page.redirect_chain[-1][0] == sent_page(story)
    tonight = page.text.split("tonight?")[1].split("Numbers for the country")[0]
    assert 'href="tel:1737"' in tonight and "<dt>New Zealand</dt>" in tonight
    assert 'href="/help-now/nz/">All the numbers' in tonight
    assert "United Kingdom, Ireland" not in tonight


@pytest.mark.parametrize("country", ["XX", "", "ZZ"])
def test_a_country_without_numbers_we_know_keeps_the_usual_box(story, country):
    browser = browser_of(story.author)
    page = browser.post(HELP, {"country": country, "next": sent_page(story)}, follow=True)
    assert "Call 116 123" in page.text


@pytest.mark.parametrize("country", ["nz", "NZL", "<b>", "\x00\x00"])
def test_what_is_no_country_is_asked_for_again(story, country):
    page = browser_of(story.author).post(HELP, {"country": country})
    assert page.status_code == 422 and "Choose one of the countries on the page." in page.text


def test_its_form_has_a_token_on_a_letters_page_too(story):
    letter = factories.sent_letter(body=DANGER)
    text = browser_of(letter.author).get(reverse("stories:sent-letter", args=[letter.pk])).text
    form = text.split(f'action="{HELP}"')[1].split("</form>")[0]
    assert "csrfmiddlewaretoken" in form
