"""Every object of every address, asked in every way, is what HSDS 3.1 and our profile of it say."""

import datetime
import json

import jsonschema_rs
import pytest
from django.test import Client

from resources.models import Phone, Publisher, Schedule, Translation
from tests.resources.hsds import faults, needs_hsds, page_schema

pytestmark = [pytest.mark.django_db, *needs_hsds]

LISTS = {
    "services": "service",
    "organizations": "organization",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
    "service_at_locations": "service_at_location",
}
WAYS = {
    "services": [{}, {"full": True}, {"minimal": True}],
    "organizations": [{}, {"full": True}, {"full_service": True}],
    "taxonomies": [{}],
    "taxonomy_terms": [{}, {"top_only": True}],
    "service_at_locations": [{}],
}


def another_directory():
    return Publisher.objects.create(
        name="Another directory",
        url="https://other.example",
        licence="CC-BY-SA-4.0",
        licence_url="https://creativecommons.org/licenses/by-sa/4.0/",
    )


@pytest.fixture
def full(place):
    """A place that has all there can be."""
    full = place(
        publisher=another_directory(),
        identifier="17",
        email="hello@example.org",
        cost="mixed",
        fees_description="Groups are free, a counsellor isn’t.",
        application_process="Somebody answers within two days.",
        losses="stillbirth late-miscarriage",
        areas="IE GB",
        languages="en ga",
        phones=[("voice", "+353 1 234 5678")],
    )
    Phone.objects.update(language="ga", description="Evenings")
    Schedule.objects.create(
        service=full,
        byday="MO,TU",
        opens_at=datetime.time(9),
        closes_at=datetime.time(17),
        timezone="Europe/Dublin",
        valid_from=datetime.date(2026, 1, 1),
    )
    Translation.objects.create(service=full, language="ga", description="Líne.")
    return full


@pytest.fixture
def everything(directory, full, place):
    place(assured_on=datetime.date(2025, 1, 1))


def page_of(response, of):
    said = json.loads(response.getvalue())
    jsonschema_rs.validate(page_schema(), said)
    assert said["size"] == len(said["contents"])
    assert [fault for each in said["contents"] for fault in faults(of, each)] == []
    return said


def found_in_every_way(address, way):
    """By GET page by page, by POST, and on lines: the same objects, all of them valid."""
    client, asked = Client(), {name: "true" for name in way}
    first = page_of(client.get(f"/api/{address}", asked | {"per_page": "90"}), LISTS[address])
    found = first["contents"]
    for number in range(2, first["total_pages"] + 1):
        more = asked | {"per_page": "90", "page": str(number)}
        found += page_of(client.get(f"/api/{address}", more), LISTS[address])["contents"]
    assert len(found) == first["total_items"]
    body = json.dumps(way | {"per_page": 500})
    posted = client.post(f"/api/{address}", body, content_type="application/json")
    assert page_of(posted, LISTS[address])["contents"] == found
    lines = client.get(f"/api/{address}", asked | {"format": "ndjson"}).getvalue().splitlines()
    assert [json.loads(line) for line in lines] == found
    return found


def test_every_object_of_every_address_is_valid(everything):
    # One test, because loading the directory costs more than asking for all of it.
    for address, ways in WAYS.items():
        found = [found_in_every_way(address, way) for way in ways]
        assert all(found) or address == "service_at_locations"
        for each in found[0]:
            said = Client().get(f"/api/{address}/{each['id']}").json()
            assert faults(LISTS[address], said) == []
            assert said.keys() >= each.keys()


def test_a_place_comes_with_all_there_is_of_it(full):
    said = Client().get(f"/api/services/{full.uuid}").json()
    for name in ("phones", "schedules", "service_areas", "languages", "cost_options", "attributes"):
        assert said[name], name
    assert said["email"] == "hello@example.org"
    assert said["phones"][0]["languages"][0]["code"] == "ga"
    assert said["schedules"][0]["time_zone"] == "Europe/Dublin"
    assert said["translations"] == [{"language": "ga", "description": "Líne."}]
    assert {each["label"] for each in said["attributes"]} >= {"Stillbirth", "Helpline", "Anyone"}
    assert (said["publisher_name"], said["licence"]) == ("Another directory", "CC-BY-SA-4.0")


def test_what_is_wrong_would_be_found():
    """The check itself: a service without a name, with an address that is none."""
    assert faults("service", {"id": "1", "status": "active", "url": "here"})
    assert faults("service", {"id": "x", "name": "A", "status": "gone"})
