"""The OpenAPI document against the API: what it allows is answered as it says, what it doesn’t is
refused."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.core.failures import FailureGroup

from community.wsgi import application
from resources.hsds import fields

pytestmark = pytest.mark.django_db
EXAMPLES = 6  # of each kind for each operation; a hundred of each were looked at once


@pytest.fixture
def document(place):
    place(losses="stillbirth")
    place(kind="charity", audiences="mothers")
    said = Client().get("/api/openapi.json").json()  # which connects the signals again
    # The site is asked as a server asks it, which gives connections back after each answer; the
    # rows of this test are on the one we have.
    both = (request_started, request_finished)
    for signal in both:
        signal.disconnect(close_old_connections)
    yield said
    for signal in both:
        signal.connect(close_old_connections)


def operations(document):
    schema = schemathesis.openapi.from_dict(document | {"servers": [{"url": "/api"}]})
    schema.app = application
    return [found.ok() for found in schema.get_all_operations()]


def faults(operation, mode):
    """What Schemathesis finds when it asks ``operation``, allowed or not as ``mode`` has it."""
    found = set()

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case):
        try:
            case.call_and_validate(headers={"Accept-Encoding": "identity"})
        except FailureGroup as failures:
            found.update(f"{operation.label}: {failure}" for failure in failures.exceptions)

    ask()
    return found


def test_schemathesis_finds_no_fault(document):
    asked = operations(document)
    assert len(asked) == 16
    found = set()
    for operation in asked:
        found |= faults(operation, GenerationMode.POSITIVE)
        if operation.query or operation.body or operation.path_parameters:
            found |= faults(operation, GenerationMode.NEGATIVE)
    assert found == set()


def test_schemathesis_finds_what_is_wrong(document):
    """The check itself: a document that says something else than what is answered."""
    page = document["components"]["schemas"]["Page"]
    page["properties"]["total_items"] = {"type": "string"}
    services = next(each for each in operations(document) if each.label == "GET /services")
    assert faults(services, GenerationMode.POSITIVE)


def test_the_document_is_open_and_names_itself(client):
    root = client.get("/api/").json()
    assert root["version"] == "3.1"
    assert root["openapi_url"].endswith("/api/openapi.json")
    assert root["profile"].endswith("/api/docs/#profile")


def test_every_object_is_described(document):
    assert fields.TABLES.keys() <= document["components"]["schemas"].keys()
