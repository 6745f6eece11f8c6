"""Editors look at what is due: by reading or by an answer, never by ringing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from resources.models import LinkCheck, Service, Suggestion
from tests import factories


@pytest.fixture
def editor(client, db):
    person = factories.moderator(group="directory-editors")
    client.force_login(person)
    client.person = person
    return client


@pytest.fixture
def line(place):
    long_ago = timezone.localdate() - timedelta(days=200)
    return place(name="The line", kind="crisis-line", assured_on=long_ago,
                 phones=[("voice", "116 123")])  # fmt: skip


def address(service):
    return reverse("admin:directory_look", args=[service.pk])


def look(client, service, **changed):
    as_of = client.get(address(service)).context["form"].initial["as_of"]
    said = {"method": "site", "source_url": "https://example.org/", "contacts": ["voice:116123"]}
    return client.post(address(service), said | {"as_of": as_of} | changed)


def due(client):
    return client.get(reverse("admin:directory_due"))


def test_what_is_due_begins_with_crisis_lines(editor, line, place):
    old = timezone.localdate() - timedelta(days=151)
    place(name="A helpline", assured_on=old)
    place(name="A fresh one")
    soon = timezone.localdate() - timedelta(days=61)
    place(name="A line, soon", kind="crisis-line", assured_on=soon)
    found = [place.name for place in due(editor).context["places"]]
    assert found == ["The line", "A line, soon", "A helpline"]
    assert "Three places are due to be looked at" in editor.get(reverse("admin:index")).text


def test_a_crisis_line_takes_two_editors(editor, client, line):
    assert "never ring it" in editor.get(address(line)).text
    assert look(editor, line).status_code == 302
    assert "Somebody else than you" in due(editor).text
    assert "Its second look has to be somebody else’s." in editor.get(address(line)).text
    look(editor, line)
    assert Service.objects.get().shown_numbers == []
    client.force_login(factories.moderator(group="directory-editors"))
    assert "A second person" in due(client).text
    look(client, line)
    assert [str(number) for number in Service.objects.get().shown_numbers] == ["116 123"]
    assert "Nothing is due." in due(client).text


@pytest.mark.parametrize(
    "changed, why",
    [
        ({"method": ""}, "Say how you know."),
        ({"method": "file"}, "Choose one of those on the page."),
        ({"source_url": ""}, "Give the address of the page"),
        ({"source_url": "javascript:alert(1)"}, "beginning with https://"),
        ({"contacts": ["voice:999"]}, "Choose one of those on the page."),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_is_confirmed(editor, line, changed, why):
    response = look(editor, line, note="As they said", **changed)
    assert response.status_code == 422
    assert why in response.text and "As they said" in response.text
    assert line.verifications.count() == 1


def test_what_changed_meanwhile_has_to_be_looked_at_again(editor, line):
    Service.objects.update(description="Something else.")
    assert look(editor, line, as_of="2020-01-01T00:00:00").status_code == 409
    assert line.verifications.count() == 1


def test_a_written_answer_needs_no_page(editor, line):
    assert look(editor, line, method="answer", source_url="").status_code == 302
    assert line.verifications.first().by_name == editor.person.pen_name
    assert Service.objects.get().assurance == "organisation"


def test_before_and_after_stand_beside_each_other(editor, line):
    line.changes.create(action="update", field_name="name", by_name="Ada",
                        previous_value="The old line", replacement_value="The line")  # fmt: skip
    text = editor.get(address(line)).text
    assert text.index("The old line") < text.rindex("The line")
    assert "Ada" in text


def test_addresses_that_stopped_answering_are_named(editor, line):
    now = timezone.now()
    LinkCheck.objects.create(service=line, url="https://example.org/", outcome="gone",
                             checked_at=now, failed_at=now,
                             first_failed_at=now - timedelta(days=8))  # fmt: skip
    assert "The page is not there" in due(editor).text


def test_a_suggestion_is_entered_or_not_taken(editor, line):
    one, two = (
        Suggestion.objects.create(name=name, url="https://new.example/", key=name)
        for name in ("One", "Two")
    )
    page = reverse("admin:directory_suggestion", args=[one.pk])
    enter = editor.get(page).context["enter"]
    assert 'value="https://new.example/"' in editor.get(enter).text
    assert editor.post(page).status_code == 302
    assert editor.post(page).status_code == 302
    one.refresh_from_db()
    assert (one.outcome, one.decided_by) == ("declined", editor.person)
    fields = {"name": "Two", "slug": "two", "organization": line.organization_id,
              "kind": "helpline", "status": "active", "description": "A place.",
              "url": "https://new.example/", "cost": "free",
              "terms": [term.pk for term in line.terms.all()],
              "source_url": "https://new.example/"}  # fmt: skip
    for prefix in ("phones", "schedules", "service_areas", "languages", "translations"):
        fields |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    add = reverse("admin:resources_service_add")
    assert editor.post(f"{add}?suggestion={two.pk}", fields).status_code == 302
    two.refresh_from_db()
    entered = Service.objects.get(slug="two")
    assert (two.outcome, two.service) == ("taken", entered)
    assert entered.verifications.get().by == editor.person


@pytest.mark.parametrize("name", ["due", "import", "export"])
def test_a_moderator_is_no_editor(client, db, name):
    client.force_login(factories.moderator())
    assert client.get(reverse(f"admin:directory_{name}")).status_code in (403, 404)
    client.force_login(factories.member())
    assert client.get(reverse(f"admin:directory_{name}")).status_code == 404


def test_a_closed_place_says_where_to_go_instead(client, place):
    other = place(name="Another line")
    gone = place(name="Gone", status="defunct", closing_note="It ended in May.",
                 replaced_by=other, phones=[("voice", "116 123")])  # fmt: skip
    response = client.get(gone.get_absolute_url())
    assert response.status_code == 410
    text = response.text.split('id="help"')[0]
    assert "It ended in May." in text and other.get_absolute_url() in text
    assert "tel:" not in text
    Service.objects.filter(pk=gone.pk).update(status="temporarily closed")
    assert client.get(gone.get_absolute_url()).status_code == 200
