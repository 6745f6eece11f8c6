"""What taking in does, and what it leaves alone."""

import copy
import datetime
import json

import pytest
from django.utils import timezone

from resources.directory_file import Refused
from resources.hsds import downloads, taking_in
from resources.models import Change, Method, Organization, Phone, Publisher, Service, Status
from tests.factories import member

pytestmark = pytest.mark.django_db
SAID = {
    "publisher_name": "Another directory",
    "publisher_url": "https://other.example",
    "licence": "CC-BY-4.0",
    "kind": "charity",
    "country": "GB",
}
THEIRS = {
    "id": "3f7b145d-84af-42d7-8fae-eaca714b02b2",
    "name": "Somebody to talk to",
    "description": "A line for parents.",
    "status": "active",
    "url": "https://place.example/",
    "email": "hello@place.example",
    "assured_date": "2026-01-02",
    "organization": {
        "id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610",
        "name": "The people there",
        "description": "A charity.",
    },
    "phones": [{"id": "1554f2e2-a373-45db-a3fa-9fc48a61c15e", "number": "020 7946 0000"}],
    "languages": [{"id": "2989d3ed-c547-48f8-8f9d-432d81c7892e", "name": "Welsh"}],
}


def said(**changes):
    return copy.deepcopy(THEIRS) | changes


def taken(*services, **how):
    named = [(f"Number {n}", service) for n, service in enumerate(services, start=1)]
    return taking_in.of_services(named, **SAID | how)


def everything():
    """Every row of the directory, as far as anybody could tell."""
    return [
        sorted(map(str, model.objects.values_list()))
        for model in (Service, Organization, Phone, Publisher, Change)
    ]


def test_a_new_place_waits_for_an_editor_and_shows_no_number():
    taken(said()).merge()
    service = Service.objects.get()
    assert (str(service.uuid), service.identifier) == (THEIRS["id"], THEIRS["id"])
    assert service.status == Status.INACTIVE
    assert (service.shown_numbers, service.shown_email) == ([], "")
    assert service.publisher.licence == "CC-BY-4.0"
    assert service.assured_on == datetime.date(2026, 1, 2)
    assert [language.code for language in service.languages.all()] == ["cy"]
    assert service.phones.get().dial == "+442079460000"


def test_looking_writes_nothing_and_merging_does_what_was_seen():
    before = everything()
    taking = taken(said())
    with_publisher = everything()
    seen = taking.look()
    assert everything() == with_publisher != before
    assert taking.merge(agreed=seen.digest) == seen
    with pytest.raises(Refused, match="Something changed"):
        taken(said(name="Another")).merge(agreed=seen.digest)


def test_the_same_again_changes_nothing():
    taken(said()).merge()
    before = everything()
    outcome = taken(said()).merge()
    assert len(outcome.unchanged) == 1
    assert everything() == before


def test_what_they_change_is_changed_and_kept_side_by_side():
    taken(said()).merge()
    outcome = taken(said(description="A line for all.", phones=[])).merge()
    service = Service.objects.get()
    assert service.description == "A line for all."
    assert outcome.changed[0].changes["description"] == ("A line for parents.", "A line for all.")
    assert set(Change.objects.values_list("field_name", flat=True)) >= {"description"}
    assert not service.phones.exists()


def test_who_looked_at_a_number_is_kept_while_it_stays():
    taken(said()).merge()
    service = Service.objects.get()
    contacts = [phone.contact for phone in service.phones.all()]
    service.confirm(method=Method.FILE, on=timezone.localdate(), contacts=contacts)
    taken(said(description="Other words.")).merge()
    assert Service.objects.get().shown_numbers == [Phone.objects.get()]
    other = [{"number": "020 7946 0001"}]
    taken(said(phones=other)).merge()
    assert Service.objects.get().shown_numbers == []


def test_what_an_editor_worked_on_is_left_alone_unless_they_take_it():
    taken(said()).merge()
    Service.objects.update(edited_at=timezone.now(), status=Status.ACTIVE, description="Ours.")
    theirs = said(description="Theirs.")
    outcome = taken(theirs).merge()
    assert outcome.left_alone[0].changes["description"] == ("Ours.", "Theirs.")
    assert Service.objects.get().description == "Ours."
    editor = member()
    taken(theirs).merge(take=[THEIRS["id"]], by=editor)
    service = Service.objects.get()
    assert (service.description, service.status) == ("Theirs.", Status.ACTIVE)
    assert Change.objects.filter(field_name="description").get().by == editor


def test_what_they_closed_is_closed():
    taken(said()).merge()
    Service.objects.update(status=Status.ACTIVE)
    taken(said(status="defunct")).merge()
    assert Service.objects.get().status == Status.DEFUNCT


def test_what_is_ours_and_comes_back_is_left_alone(place, settings):
    place(name="Ours", description="Our words.")
    back = said(
        publisher_name="Us", publisher_url=settings.SITE_URL, publisher_identifier="x", name="Ours"
    )
    outcome = taken(back).merge()
    assert [row.name for row in outcome.ours] == ["Ours"]
    assert Service.objects.get().description == "Our words."


def test_an_id_of_ours_cannot_be_taken_over(place):
    ours = place(description="Our words.")
    taken(said(id=str(ours.uuid))).merge()
    ours.refresh_from_db()
    assert ours.description == "Our words."
    assert Service.objects.exclude(pk=ours.pk).get().uuid != ours.uuid


def test_what_was_passed_on_keeps_who_wrote_it():
    passed_on = {
        "publisher_name": "The first",
        "publisher_url": "https://first.example",
        "publisher_identifier": "17",
        "licence": "ODbL-1.0",
        "licence_url": "https://opendatacommons.org/licenses/odbl/1-0/",
    }
    taken(said(**passed_on)).merge()
    service = Service.objects.get()
    assert (service.publisher.name, service.identifier) == ("The first", "17")
    assert service.publisher.licence == "ODbL-1.0"


BAD = {
    "name is missing": said(name=""),
    "id is missing": said(id=None),
    "no web address": said(url="javascript:alert(1)"),
    "is no address": said(email="hello@"),
    "is not one of HSDS": said(status="open"),
    "this is not an object": "a place",
    "what kind of place": said(id="k"),
    "in which country": said(id="c"),
    "is that of": said(),
    "website": said(organization=THEIRS["organization"] | {"website": "here"}),
}


@pytest.mark.parametrize("reason", BAD)
def test_a_bad_record_changes_nothing_and_is_named(reason):
    taken(said()).merge()
    before = everything()
    without = {"what kind of place": {"kind": ""}, "in which country": {"country": ""}}
    good = said(name="New words", attributes=[])
    with pytest.raises(Refused) as refused:
        taken(good, BAD[reason], **without.get(reason, {})).merge()
    named = [why for why in refused.value.reasons if reason in why]
    assert any("Number 2" in why for why in named), refused.value.reasons
    assert everything() == before


def test_an_interrupted_import_leaves_nothing_half(monkeypatch):
    taking = taken(said(), said(id="2", name="Second"))
    before = everything()

    def cut(self, **how):
        if self.service.name == "Second":
            raise KeyboardInterrupt
        return saved(self, **how)

    saved = Phone.save
    monkeypatch.setattr(Phone, "save", cut)
    with pytest.raises(KeyboardInterrupt):
        taking.merge()
    assert everything() == before


def test_markup_and_what_cannot_be_seen_is_taken_out():
    taken(said(name="A\u202eB\x00", description="<p>One &amp; two</p><script>x()</script>")).merge()
    service = Service.objects.get()
    assert service.name == "AB"
    assert service.description.strip() == "One & two\nx()"


def test_long_texts_are_cut_at_a_sentence_and_it_is_said():
    taking = taken(said(description="A sentence. " * 100))
    assert taking.records[0].fields["description"].endswith("sentence.")
    assert "description is cut to 600 characters." in taking.records[0].notes


@pytest.mark.parametrize(
    "rule", [{"bymonthday": "1"}, {"interval": 2}, {"byday": ""}, {"until": "2027-01-01"}]
)
def test_hours_that_are_more_than_weekly_stay_words(rule):
    hours = {"freq": "WEEKLY", "byday": "MO", "opens_at": "09:00", "closes_at": "17:00"}
    weekly = taken(said(schedules=[hours])).records[0]
    assert [row["timezone"] for row in weekly.schedules] == ["Europe/London"]
    other = taken(said(schedules=[hours | rule | {"description": "Mondays, often"}])).records[0]
    assert (other.schedules, other.fields["hours"]) == ([], "Mondays, often")


# ---- between two of us


def test_one_small_hours_reads_another(place, client, tmp_path, settings):
    """Zip and JSON alike: everything that is served comes in, and goes out again equal."""
    place(
        losses="stillbirth ectopic", audiences="mothers", areas="IE GB", languages="ga en",
        phones=[("text", "50808")], email="a@example.org", cost="free", name="=One",
    )  # fmt: skip
    before = client.get("/api/services", {"full": "true"}).json()["contents"]
    made = {name: downloads.file(name).read_bytes() for name in downloads.BOTH}
    settings.SITE_URL = "https://second.example"
    for name, content in made.items():
        Service.objects.all().delete()
        Organization.objects.all().delete()
        (tmp_path / name).write_bytes(content)
        taking_in.read(str(tmp_path / name), **SAID | {"kind": "", "country": ""}).merge()
        service = Service.objects.get()
        service.status = Status.ACTIVE
        contacts = [service.contact_of_email, service.phones.get().contact]
        service.confirm(method=Method.FILE, on=timezone.localdate(), contacts=contacts)
        after = client.get("/api/services", {"full": "true"}).json()["contents"]
        assert [held(each) for each in after] == [held(each) for each in before], name


def held(said):
    """Without addresses of this site, times, and ids made of our own addresses of places."""
    apart = {"page_url", "last_modified", "organization_id"}
    said = {name: value for name, value in said.items() if name not in apart}
    return json.loads(
        json.dumps(said).replace("https://second.example", "http://localhost:8000")
    ) | {
        name: sorted(
            part.get("extent") or part.get("code") or part.get("label") or "" for part in said[name]
        )
        for name in ("service_areas", "languages", "attributes", "schedules", "cost_options")
    }
