"""The standard’s examples and the sample data come in; what we hold of them comes out equal."""

import json

import pytest
from django.test import Client

from resources.directory_file import Refused
from resources.hsds import taking_in
from resources.hsds.fetching import NotRead
from resources.models import Method, Service, Status
from tests.resources.hsds import SHARED, example, needs_hsds

pytestmark = [pytest.mark.django_db, *needs_hsds]
SAID = {
    "publisher_name": "Another directory",
    "publisher_url": "https://other.example",
    "licence": "CC-BY-SA-4.0",
    "kind": "charity",
    "country": "GB",
}
ID = "ac148810-d857-441c-9679-408f346de14b"
MOCKS = SHARED / "sample-data" / "oruk-validator-mocks"


def take_in(*path):
    taken = taking_in.read(str(SHARED.joinpath(*path)), **SAID)
    return taken.merge()


def put_in(**which):
    """What an editor does with a place that came from elsewhere: look at it, and put it in."""
    service = Service.objects.get(**which)
    service.status = Status.ACTIVE
    service.save()
    contacts = [service.contact_of_email, *(phone.contact for phone in service.phones.all())]
    service.confirm(method=Method.FILE, on=service.assured_on.replace(year=2026), contacts=contacts)
    return service


@pytest.mark.parametrize(
    "path, number",
    [
        ("3.1/examples/service_full.json", 1),
        ("3.1/examples/service_list.json", 1),
        ("3.1/examples/organization_full.json", 1),
        ("3.1/examples/csv", 1),
        ("3.1/examples/tabular.json", 1),
        ("3.0/examples/service_full.json", 1),
        ("3.0/examples/service_list.json", 1),
        ("3.0/examples/organization_full.json", 1),
        ("3.0/examples/csv", 1),
        ("3.0/examples/tabular.json", 1),
        ("uk-profile/examples/service_full.json", 1),
        (f"sample-data/mock-hsds-api/services/{ID}.json", 1),
        ("sample-data/ohana-sample-csv", 23),
    ],
)
def test_it_comes_in_and_a_second_time_changes_nothing(path, number):
    outcome = take_in(path)
    assert len(outcome.added) == number
    stamps = dict(Service.objects.values_list("pk", "modified_at"))
    again = take_in(path)
    assert (again.added, again.changed, len(again.unchanged)) == ([], [], number)
    assert dict(Service.objects.values_list("pk", "modified_at")) == stamps
    assert not Service.objects.published().exists()


@pytest.mark.parametrize("path", ["3.1/examples/service_full.json", "3.1/examples/csv"])
def test_what_we_hold_of_the_example_comes_out_equal(path, time_machine):
    time_machine.move_to("2026-03-01", tick=False)
    take_in(path)
    put_in(identifier=ID)
    said = Client().get(f"/api/services/{ID}").json()
    theirs = example("3.1", "examples", "service_full.json")
    for name in ("id", "name", "description", "url", "email", "status", "application_process",
                 "fees_description"):  # fmt: skip
        assert said[name] == theirs[name], name
    for name in ("id", "name", "description", "website"):
        assert said["organization"][name] == theirs["organization"][name], name
    (phone,), (their_phone,) = said["phones"], theirs["phones"]
    for name in ("id", "number", "type", "description"):
        assert phone[name] == their_phone[name], name
    assert phone["dial"] == "+441234234567"
    codes = [language["code"] for language in their_phone["languages"]]
    assert [language["code"] for language in phone["languages"]] == codes
    words = [schedule["description"] for schedule in theirs["schedules"]]
    assert [schedule["description"] for schedule in said["schedules"]] == words
    assert (said["publisher_identifier"], said["licence"]) == (ID, "CC-BY-SA-4.0")
    country = theirs["service_at_locations"][0]["location"]["addresses"][0]["country"]
    assert [area["extent"] for area in said["service_areas"]] == [country]
    assert [option["option"] for option in said["cost_options"]] == ["paid"]


class Mocks:
    """The answers of an API, from files, as the UK validator has them."""

    NAMES = {
        "": "api_details",
        "services": "service_list",
        "organizations": "organization_list",
        "taxonomies": "taxonomy_list",
        "taxonomy_terms": "taxonomy_term_list",
    }
    ONE = {"services": "service_full",
        "organizations": "organization_full", "taxonomies": "taxonomy",
           "taxonomy_terms": "taxonomy_term"}  # fmt: skip

    def __init__(self, folder):
        self.folder = folder

    def read(self, url):
        name = url.removeprefix("https://mock.example/").partition("?")[0]
        name = self.NAMES.get(name) or self.ONE.get(name.partition("/")[0])
        file = self.folder / f"{name}.json"
        if not file.exists():
            file = self.folder / f"{name.removesuffix('_full')}.json"
        if not file.exists():
            raise NotRead("It answers with 404.")
        return file.read_bytes()


def asked(folder):
    said = SAID | {"publisher_url": ""}
    return taking_in.read("https://mock.example", ask=Mocks(MOCKS / folder).read, **said)


def test_mocks_that_pass_come_in_without_a_fault():
    taken = asked("V3.0-UK-Default")
    assert taken.notes == []
    assert [row.name for row in taken.merge().added] == ["Community Counselling"]
    assert Service.objects.get().source_url == f"https://mock.example/services/{ID}"


def test_mocks_that_warn_come_in_with_what_is_wrong():
    taken = asked("V3.0-UK-Warn")
    assert taken.notes == [
        "Their taxonomy_terms has no description.",
        "Their taxonomy_terms has a term_uri that is no address.",
    ]
    assert len(taken.merge().added) == 1


def test_mocks_that_fail_are_refused_with_every_reason():
    taken = asked("V3.0-UK-Fail")
    assert [note for note in taken.notes if "profile" in note or "openapi_url" in note]
    with pytest.raises(Refused) as refused:
        taken.merge()
    assert any("email-example_com" in why for why in refused.value.reasons)
    with pytest.raises(Refused) as refused:
        take_in("sample-data", "oruk-validator-mocks", "V3.0-UK-Fail", "service_list.json")
    assert any("name is missing" in why for why in refused.value.reasons)
    assert not Service.objects.exists()


def test_an_api_of_another_standard_is_refused(tmp_path):
    (tmp_path / "api_details.json").write_text(json.dumps({"version": "1.0"}))
    with pytest.raises(Refused, match="no HSDS 3"):
        taking_in.read("https://mock.example", ask=Mocks(tmp_path).read, **SAID)
