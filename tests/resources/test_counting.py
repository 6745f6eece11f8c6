"""What each further choice would leave is said beforehand, and is true."""

from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.http import QueryDict

from resources import forms
from resources.forms import Filter

COUNTED = {"CA", "INT", "US", "GH", "en", "fr", "ga", "mothers", "grandparents", "deaf"}


def test_choices_of_one_list_are_alternatives(client, place):
    for name, loss in (("Molar", "molar"), ("Ectopic", "ectopic"), ("Stillbirth", "stillbirth")):
        place(name=name, losses=loss, languages="fr")
    place(name="Molar, English", losses="molar")
    response = client.get("/resources/?loss=molar&loss=ectopic&language=fr")
    found = [str(found) for found in response.context["places"]]
    assert found == ["Ectopic", "Molar"]


@pytest.mark.parametrize("query", [{}, {"country": ["CA", "FR"], "free": ["on"]}])
def test_every_count_is_what_choosing_it_shows(client, directory, query):
    asked = client.get("/resources/", query).context["asked"]
    offers = [(name, choice) for name, *_said, choices in asked.lists for choice in choices]
    offers = [pair for pair in offers if pair[0] == "loss" or pair[1].code in COUNTED]
    for name, choice in [*offers, *asked.ticks]:
        found = Filter(QueryDict(urlencode(query | {name: choice.code}, doseq=True)))
        assert found.places().count() == choice.number, (name, choice.code)


def test_a_directory_of_thousands_keeps_its_counts_for_a_minute(place, monkeypatch):
    cache.clear()
    place(losses="molar")
    monkeypatch.setattr(forms, "MANY", 0)
    first = Filter(QueryDict("loss=molar")).counts
    place(losses="molar")
    assert Filter(QueryDict("loss=molar")).counts == first
    assert Filter(QueryDict("loss=molar&loss=tfmr")).counts["loss"]["molar"] == 2
    cache.clear()


@pytest.mark.parametrize(
    "query, fields",
    [
        ("country=CA&country=FR", {"areas": ("CA", "FR", "GB")}),
        ("who=mothers&who=grandparents", {"audiences": ("mothers", "grandparents", "deaf")}),
        ("language=fr&language=es", {"languages": ("es", "fr", "en")}),
    ],
)
def test_two_of_one_list_find_both_and_no_third(place, query, fields):
    ((name, values),) = fields.items()
    for value in values:
        place(**{name: value})
    assert Filter(QueryDict(query)).places().count() == 2
