"""What a letter begins with: the site's words, or the leads' own."""

import html
from itertools import product

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import translation

from community.moderation.models import ReasonText
from community.moderation.reason_texts import EXPLAINED, PLAIN, shipped
from community.moderation.rules import Rule
from community.moderation.states import Action
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
LIST = reverse("admin:moderation_reasontext_changelist")
COMPARE = {"action": "decline", "rule": "compare", "language": "en"}


@pytest.fixture
def lead():
    return browser_of(factories.moderator(group="lead-moderators"))


def row(**which):
    return ReasonText.objects.get(**{**COMPARE, **which})


def page(text):
    return reverse("admin:moderation_reasontext_change", args=[text.pk])


@pytest.mark.parametrize(("action", "rule"), list(product(EXPLAINED, Rule)))
def test_every_text_names_its_guideline_and_fits_a_letter(action, rule):
    text = shipped(action, rule)
    assert f"“{rule.label}”" in text and "%(" not in text
    assert len(text) < 1500
    paragraphs = text.split("\n\n")
    assert len(paragraphs) >= 3 and all(paragraphs)


def test_no_two_texts_are_the_same():
    texts = [shipped(action, rule) for action, rule in product(EXPLAINED, Rule)]
    assert len(set(texts)) == len(texts)


def test_every_guideline_has_its_place_on_the_page_of_guidelines(client):
    care = client.get(reverse("care")).text
    for rule in Rule:
        assert f'<h2 id="{rule.value}">{rule.label}</h2>' in care


def test_each_has_its_place_in_the_list_from_the_start():
    asked = ReasonText.objects.filter(language="en", text="").values_list("action", "rule")
    about_rules = {*product([action.value for action in EXPLAINED], Rule.values)}
    assert {*asked} == about_rules | {(action.value, "") for action in PLAIN}


def test_an_empty_one_is_the_sites_and_a_written_one_is_the_leads(django_assert_num_queries):
    assert ReasonText.objects.text(Action.DECLINE, "compare") == shipped(Action.DECLINE, "compare")
    ReasonText.objects.filter(**COMPARE).update(text="Ours.")
    with django_assert_num_queries(1):
        texts = ReasonText.objects.texts(Action.DECLINE, "en-gb")
    assert texts["compare"] == "Ours."
    assert texts["speak"] == shipped(Action.DECLINE, "speak")
    assert ReasonText.objects.text(Action.REMOVE, "compare") != "Ours."


def test_a_text_speaks_the_language_of_whoever_reads_it():
    ReasonText.objects.create(**COMPARE | {"language": "fr", "text": "Le vôtre."})
    assert ReasonText.objects.text(Action.DECLINE, "compare", "fr") == "Le vôtre."
    assert ReasonText.objects.text(Action.DECLINE, "compare", "en") != "Le vôtre."
    with translation.override("fr"):
        assert ReasonText.objects.text(Action.DECLINE, "compare") == "Le vôtre."


def test_what_ends_well_has_one_text_about_no_guideline(lead):
    add = reverse("admin:moderation_reasontext_add")
    for fields in ({"action": "decline", "rule": ""}, {"action": "lift", "rule": "compare"}):
        page = lead.post(add, COMPARE | fields | {"text": "Ours."})
        assert page.status_code == 200 and "about none" in page.text
    lead.post(page_of_lift := page_for("lift"), {"text": "It is over."})
    assert ReasonText.objects.text(Action.LIFT) == "It is over."
    assert lead.get(page_of_lift).status_code == 200


def page_for(action):
    return page(row(action=action, rule=""))


def test_a_lead_writes_one_and_the_admin_remembers_who(lead):
    listed = html.unescape(lead.get(LIST).text)
    assert "Don’t compare" in listed and "The site’s" in listed
    assert "weigh one loss against another" in html.unescape(lead.get(page(row())).text)
    lead.post(page(row()), {"text": "Ours,\r\nwith \x00care."})
    assert row().text == "Ours,\nwith care."
    assert LogEntry.objects.get().object_id == str(row().pk)
    lead.post(page(row()), {"text": "  "})
    assert ReasonText.objects.text(Action.DECLINE, "compare") == shipped(Action.DECLINE, "compare")


def test_what_a_text_is_for_does_not_change(lead):
    lead.post(page(row()), {"text": "Ours.", "action": "remove", "rule": "faith"})
    assert row().text == "Ours."


def test_too_long_a_text_is_kept_on_the_page(lead):
    response = lead.post(page(row()), {"text": "Ours." * 700})
    assert response.status_code == 200 and "Ours.Ours." in response.text
    assert "3000 characters fit" in response.text and row().text == ""


def test_another_language_the_site_speaks_can_be_added_once(lead, settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("fr", "French")]
    add = reverse("admin:moderation_reasontext_add")
    fields = COMPARE | {"language": "fr", "text": "La vôtre."}
    assert lead.post(add, fields).status_code == 302
    again = lead.post(add, fields)
    assert row(language="fr").text == "La vôtre."
    assert "There is one for these already." in html.unescape(again.text)
    assert lead.post(add, COMPARE | {"language": "xx", "text": "x"}).status_code == 200


def test_nobody_else_writes_them_and_nobody_deletes_one(lead):
    for person in (factories.moderator(), factories.moderator(group="directory-editors")):
        browser = browser_of(person)
        assert browser.get(LIST).status_code == 404
        assert browser.post(page(row()), {"text": "Mine."}).status_code == 404
    assert browser_of().get(LIST).status_code == 302
    gone = reverse("admin:moderation_reasontext_delete", args=[row().pk])
    assert lead.post(gone, {"post": "yes"}).status_code == 404
    assert row().text == ""
