"""An editor takes in another directory: looks, and then it is done as they saw it."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from resources.models import Change, Publisher, Service, Status
from tests import factories
from tests.resources.hsds.test_merging import THEIRS

pytestmark = pytest.mark.django_db
PAGE = "admin:directory_hsds"
SAID = {
    "publisher_name": "Another directory",
    "publisher_url": "https://other.example",
    "licence": "CC-BY-4.0",
    "kind": "charity",
    "country": "GB",
}


@pytest.fixture
def editor(client):
    client.person = factories.moderator(group="directory-editors")
    client.force_login(client.person)
    return client


def send(client, *services, **said):
    file = SimpleUploadedFile("theirs.json", json.dumps(services).encode())
    return client.post(reverse(PAGE), {"file": file} | SAID | said)


def agree(client, response, **said):
    return client.post(reverse(PAGE), {"seen": response.context["seen"]} | said)


def test_an_editor_looks_and_then_takes_it_in(editor):
    page = send(editor, THEIRS)
    assert "Somebody to talk to" in page.text
    assert not Service.objects.exists() and not Publisher.objects.exists()
    done = agree(editor, page)
    assert done.status_code == 302
    assert Service.objects.get().status == Status.INACTIVE
    again = send(editor, THEIRS)
    assert "Everything in this is here already." in again.text


def test_what_an_editor_worked_on_is_taken_only_where_it_is_ticked(editor):
    agree(editor, send(editor, THEIRS))
    Service.objects.update(edited_at=timezone.now(), description="Ours.")
    theirs = THEIRS | {"description": "Theirs."}
    page = send(editor, theirs)
    assert "Ours." in page.text and "Theirs." in page.text
    agree(editor, page)
    assert Service.objects.get().description == "Ours."
    agree(editor, send(editor, theirs), take=[THEIRS["id"]])
    assert Service.objects.get().description == "Theirs."
    assert Change.objects.filter(field_name="description").get().by == editor.person


def test_what_changed_since_it_was_seen_is_shown_again(editor):
    agree(editor, send(editor, THEIRS))
    page = send(editor, THEIRS | {"description": "Theirs."})
    Service.objects.update(description="Changed meanwhile.")
    again = agree(editor, page)
    assert (again.status_code, "changed since" in again.text) == (409, True)
    assert Service.objects.get().description == "Changed meanwhile."
    assert agree(editor, again).status_code == 302
    assert Service.objects.get().description == "Theirs."


def test_what_cannot_be_taken_in_is_named_and_what_was_typed_is_kept(editor):
    page = send(editor, THEIRS, THEIRS | {"id": "2", "email": "hello@"})
    assert page.status_code == 422
    assert "Number 2" in page.text and "hello@" in page.text
    assert 'value="Another directory"' in page.text
    assert not Publisher.objects.exists()


@pytest.mark.parametrize(
    "said, named",
    [
        ({"file": ""}, "one of the two"),
        ({"address": "https://other.example/api"}, "one of the two"),
        ({"publisher_url": ""}, "Say where their site is"),
        ({"licence": ""}, "Find out the terms"),
        ({"licence": "mine"}, "licence"),
        ({"file": "", "address": "https://127.0.0.1/"}, "public internet"),
        ({"file": "", "address": "http://other.example/"}, "https://"),
    ],
    ids=str,
)
def test_what_is_missing_is_asked_for(editor, said, named):
    page = send(editor, THEIRS, **said)
    assert page.status_code == 422
    assert named in page.text


def test_a_page_that_was_made_up_does_nothing(editor):
    assert editor.post(reverse(PAGE), {"seen": "made:up"}).status_code == 409


def test_only_editors_take_in(client):
    client.force_login(factories.moderator())
    assert client.get(reverse(PAGE)).status_code in (302, 403, 404)
    assert client.post(reverse(PAGE), SAID).status_code in (302, 403, 404)
