"""A place is read in the reader’s language where somebody translated it."""

import pytest
from django.test import RequestFactory
from django.utils import translation

from community.comfort import Comfort
from resources import views
from resources.models import Service, Translation


@pytest.fixture
def translated(place):
    service = place(description="A line that somebody answers.", hours="Evenings")
    said = {"description": "Una línea que alguien atiende.", "hours": ""}
    Translation.objects.create(service=service, language="es", **said)
    return service


def read(code):
    with translation.override(code):
        found = Service.objects.translated(translation.get_language())
        return found.get().as_translated()


@pytest.mark.parametrize("code", ["es", "es-mx"])
def test_what_was_translated_is_read_and_the_rest_as_it_was_written(translated, code):
    service = read(code)
    assert service.description == "Una línea que alguien atiende."
    assert service.hours == "Evenings"


def test_others_read_what_was_written(translated):
    assert read("en-gb").description == "A line that somebody answers."


def test_every_page_of_a_place_asks_for_the_readers_words(translated):
    request = RequestFactory().get("/")
    request.comfort = Comfort()
    with translation.override("es"):
        detail = views.ServiceDetail()
        detail.setup(request, slug=translated.slug)
        assert detail.get_object().description.startswith("Una línea")
        places = views.Filter(request.GET).places().translated("es").with_facets()
        assert places[0].description.startswith("Una línea")
