"""What is found, what is shown of it, and what is refused."""

import datetime
import json

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from resources.hsds import taxonomies
from resources.models import Kind, Phone, Service, Status, TaxonomyTerm

pytestmark = pytest.mark.django_db
SERVICES = "/api/services"


def found(client, **asked):
    response = client.get(SERVICES, asked)
    assert response.status_code == 200, response.content
    return [each["name"] for each in response.json()["contents"]]


def term(code):
    return str(TaxonomyTerm.objects.get(code=code).uuid)


def test_only_what_is_in_the_directory_is_served(client, place):
    shown, hidden = place(name="Shown"), place(name="Hidden", status=Status.DEFUNCT)
    assert found(client) == ["Shown"]
    assert client.get(f"{SERVICES}/{shown.uuid}").json()["name"] == "Shown"
    assert client.get(f"{SERVICES}/{hidden.uuid}").status_code == 404
    assert client.get(f"/api/organizations/{hidden.organization.uuid}").status_code == 200
    Service.objects.filter(pk=shown.pk).update(status=Status.INACTIVE)
    assert client.get(f"/api/organizations/{hidden.organization.uuid}").status_code == 404
    assert client.get("/api/organizations").json()["empty"]


def test_a_number_is_served_only_while_its_verification_stands(client, place):
    service = place(kind="crisis-line", phones=[("voice", "116 123")], email="a@example.org")
    said = client.get(f"{SERVICES}/{service.uuid}").json()
    assert [phone["dial"] for phone in said["phones"]] == ["116123"]
    assert said["email"] == "a@example.org"
    with time_machine.travel(timezone.now() + datetime.timedelta(days=91)):
        said = client.get(f"{SERVICES}/{service.uuid}").json()
        assert "phones" not in said and "email" not in said
        assert "Nobody has confirmed this since" in said["alert"]
        assert client.get(SERVICES, {"full": "true"}).json()["contents"] == [said]


def test_filters_combine(client, place):
    place(name="One", losses="stillbirth", kind="charity")
    place(name="Two", losses="stillbirth ectopic", audiences="mothers")
    place(name="Three", losses="ectopic")
    assert found(client, taxonomy_term_id=term("stillbirth")) == ["One", "Two"]
    charity = str(taxonomies.KIND_IDS[Kind.CHARITY])
    assert found(client, taxonomy_term_id=charity) == ["One"]
    assert found(client, taxonomy_term_id=term("ectopic"), search="ree") == ["Three"]
    assert found(client, taxonomy_id=str(taxonomies.IDS["loss"])) == ["One", "Two", "Three"]
    assert found(client, taxonomy_id=str(taxonomies.IDS["kind"])) == ["One", "Two", "Three"]
    nobody = "00000000-0000-4000-8000-000000000000"
    assert found(client, taxonomy_term_id=nobody) == []
    assert found(client, taxonomy_id=nobody) == []
    assert found(client, organization_id=nobody) == []
    runs_it = str(Service.objects.get(name="One").organization.uuid)
    assert found(client, organization_id=runs_it, search="one") == ["One"]


def test_all_words_of_a_search_must_be_found(client, place):
    place(name="Somewhere", description="A line for fathers in Cork.")
    assert found(client, search="FATHERS cork") == ["Somewhere"]
    assert found(client, search="fathers dublin") == []
    assert found(client, search="%") == found(client, search="_") == []


def test_a_search_can_be_sent_where_no_log_sees_it(client, place):
    place(name="Somewhere")
    strict = Client(enforce_csrf_checks=True)
    for body, kind in (
        (json.dumps({"search": "somewhere", "per_page": 1}), "application/json"),
        ("search=somewhere&per_page=1", "application/x-www-form-urlencoded"),
    ):
        response = strict.post(SERVICES, body, content_type=kind)
        assert [each["name"] for each in response.json()["contents"]] == ["Somewhere"]
        assert "no-store" in response["Cache-Control"]
        assert not response.cookies
    both = strict.post(f"{SERVICES}?search=nowhere", "search=somewhere", content_type=kind)
    assert both.json()["total_items"] == 1


def test_a_page_after_the_last_is_empty(client, place):
    place()
    said = client.get(SERVICES, {"page": 7}).json()
    assert (said["empty"], said["contents"], said["total_items"]) == (True, [], 1)
    assert not said["first_page"] and not said["last_page"]


def test_minimal_has_everything_on_one_page(client, place):
    services = [place() for _ in range(3)]
    said = json.loads(client.get(SERVICES, {"minimal": "true", "per_page": 1}).getvalue())
    assert [each["id"] for each in said["contents"]] == [str(s.uuid) for s in services]
    assert (said["total_items"], said["size"], said["last_page"]) == (3, 3, True)


@pytest.mark.parametrize(
    "asked, named",
    [
        ({"page": "0"}, "page"),
        ({"page": "²"}, "page"),
        ({"page": ""}, "page"),
        ({"page": ["1", "2"]}, "page"),
        ({"per_page": "501"}, "per_page"),
        ({"full": "yes"}, "full"),
        ({"format": "xml"}, "format"),
        ({"search": "a\x00"}, "search"),
        ({"search": "a" * 201}, "search"),
        ({"taxonomy_term_id": "stillbirth"}, "taxonomy_term_id"),
        ({"organization_id": "{" + "0" * 32 + "}"}, "organization_id"),
        ({"modified_after": "yesterday"}, "modified_after"),
        ({"modified_after": "2026-02-30"}, "modified_after"),
        ({"taxonomy": "loss"}, "taxonomy"),
        ({"organization__name": "a"}, "organization__name"),
    ],
    ids=str,
)
def test_what_makes_no_sense_is_named(client, place, asked, named):
    response = client.get(SERVICES, asked)
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert list(response.json()["errors"]) == [named]
    posted = client.post(SERVICES, asked)
    assert (posted.status_code, list(posted.json()["errors"])) == (400, [named])


@pytest.mark.parametrize(
    "body, kind, status",
    [
        (b"{", "application/json", 400),
        (b"[1]", "application/json", 400),
        (b'{"page": "1"}', "application/json", 400),
        (b'{"search": ["a"]}', "application/json", 400),
        (b'{"search": "\\ud800"}', "application/json", 400),
        (b'{"search": null}', "application/json", 400),
        (b"[" * 9000, "application/json", 400),
        (b" " * 10_001, "application/json", 413),
        (b"<a/>", "application/xml", 415),
    ],
    ids=str,
)
def test_a_body_that_is_no_question_is_refused(client, body, kind, status):
    response = client.post(SERVICES, body, content_type=kind)
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"


def test_other_methods_and_other_addresses_are_answered_in_kind(client):
    for address in (
        "/api/",
        f"{SERVICES}/nothing",
        f"{SERVICES}/{'0' * 8}-0000-4000-8000-{'0' * 12}",
    ):
        response = client.delete(address)
        assert (response.status_code, response["Content-Type"]) == (405, "application/problem+json")
    for address in (f"{SERVICES}/nothing", "/api/taxonomies/17", "/api/profile/phones.json"):
        response = client.get(address)
        assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


def test_pages_of_other_sites_may_ask(client, place):
    place()
    before = client.options(SERVICES, headers={"Origin": "https://other.example"})
    assert before.status_code == 204
    assert "POST" in before["Access-Control-Allow-Methods"]
    for response in (before, client.get(SERVICES), client.post(SERVICES), client.get("/api/?x=1")):
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response


# ---- keeping a copy true


def test_a_copy_hears_of_every_change(client, place, django_assert_num_queries):
    service = place(phones=[("voice", "116 123")])
    before = client.get(f"{SERVICES}/{service.uuid}")
    assert client.get(f"{SERVICES}/{service.uuid}")["ETag"] == before["ETag"]
    for change in (
        lambda: Phone.objects.filter(service=service).update(description="Evenings"),
        lambda: service.phones.all().delete(),
        lambda: service.service_areas.create(code="GB"),
        lambda: service.languages.all().delete(),
        lambda: service.organization.save(),
        lambda: service.translations.create(language="ga", description="Líne."),
    ):
        since = timezone.now()
        assert found(client, modified_after=since.isoformat()) == []
        change()
        after = client.get(f"{SERVICES}/{service.uuid}")
        assert datetime.datetime.fromisoformat(after.json()["last_modified"]) >= since
        assert found(client, modified_after=since.isoformat()) == [service.name]
        assert after["ETag"] != before["ETag"]
        before = after
    unchanged = client.get(f"{SERVICES}/{service.uuid}", headers={"If-None-Match": before["ETag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")


@pytest.mark.parametrize("kind, days", [("crisis-line", 90), ("charity", 180)])
def test_a_number_that_lapsed_is_a_change(client, place, kind, days):
    """Nobody wrote anything; still, who asks what changed has to hear of it."""
    service = place(kind=kind, phones=[("voice", "116 123")])
    lapses = timezone.now() + datetime.timedelta(days=days + 1)
    with time_machine.travel(lapses - datetime.timedelta(days=1)):
        yesterday = timezone.now().isoformat()
        assert found(client, modified_after=yesterday) == []
    with time_machine.travel(lapses):
        assert found(client, modified_after=yesterday) == [service.name]
        said = client.get(f"{SERVICES}/{service.uuid}").json()
        assert found(client, modified_after=said["last_modified"]) == [service.name]
        assert said["last_modified"] > yesterday


def test_lists_ask_the_same_of_the_database_whatever_the_rows(
    client, place, django_assert_num_queries
):
    for asked, most in (({}, 3), ({"full": "true"}, 8), ({"search": "place", "page": 2}, 3)):
        counts = set()
        for _rows in range(2):
            place(phones=[("voice", "116 123")], losses="stillbirth ectopic")
            with django_assert_num_queries(most, exact=False) as asking:
                client.get(SERVICES, asked | {"per_page": 1 if "page" in asked else 50})
            counts.add(len(asking))
        assert len(counts) == 1, asked
    for address in ("/api/organizations?full_service=true", "/api/organizations?full=true"):
        with django_assert_num_queries(9, exact=False):
            client.get(address)
