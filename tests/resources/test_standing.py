"""For how long, and by whose looks, what we say of a place counts."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from resources.models import Kind, Method, Phone, Service, ServiceArea, Verification
from resources.models.verification import counts_from
from tests import factories

TODAY = timezone.localdate
SITE = {"method": Method.SITE, "source_url": "https://example.org/"}


def ago(days):
    return TODAY() - timedelta(days=days)


def look(person, days, method=Method.SITE):
    by = {"by_id": person} if person else {}
    return Verification(method=method, on=ago(days), by_name="", **by)


@pytest.mark.parametrize(
    "kind, looks, since",
    [
        (Kind.HELPLINE, [], None),
        (Kind.HELPLINE, [(1, 4), (2, 9)], 4),
        (Kind.CRISIS_LINE, [(1, 4)], None),
        (Kind.CRISIS_LINE, [(1, 4), (1, 9)], None),
        (Kind.CRISIS_LINE, [(1, 4), (2, 9)], 9),
        (Kind.CRISIS_LINE, [(1, 4), (1, 9), (2, 30), (3, 60)], 30),
    ],
)
def test_of_a_crisis_line_two_people_look_each_by_themselves(kind, looks, since):
    found = counts_from([look(*said) for said in looks], kind)
    assert found == (None if since is None else ago(since))


def test_a_file_counts_alone_from_its_own_day():
    by_file = look(None, 20, Method.FILE)
    assert counts_from([by_file], Kind.CRISIS_LINE) == ago(20)
    assert counts_from([look(1, 2), by_file], Kind.CRISIS_LINE) == ago(20)


@pytest.mark.parametrize(
    "kind, age, shown",
    [("crisis-line", 90, True), ("crisis-line", 91, False),
     ("helpline", 180, True), ("helpline", 181, False)],
)  # fmt: skip
def test_a_number_is_shown_only_while_it_stands(client, place, kind, age, shown):
    service = place(kind=kind, assured_on=ago(age), phones=[("voice", "116 123")],
                    email="a@example.org")  # fmt: skip
    text = client.get(service.get_absolute_url()).text.split('id="help"')[0]
    assert ("tel:116123" in text) is shown
    assert ("mailto:a@example.org" in text) is shown
    assert ("Nobody here confirmed its number lately" in text) is not shown
    assert ("Find a crisis line anywhere in the world" in text) is (
        kind == "crisis-line" and not shown
    )
    assert Service.objects.standing().filter(pk=service.pk).exists() is shown


def test_two_editors_bring_back_a_crisis_line(place):
    service = place(kind="crisis-line", assured_on=ago(200), phones=[("voice", "116 123")])
    one, two = factories.member(), factories.member()
    for person, shown in ((one, []), (one, []), (two, ["116 123"])):
        service.confirm(by=person, on=TODAY(), contacts=["voice:116123"], **SITE)
        assert [str(n) for n in Service.objects.get(pk=service.pk).shown_numbers] == shown
    assert service.assurance == "site"


def test_what_nobody_ticked_is_not_confirmed(place):
    service = place(assured_on=ago(200), phones=[("voice", "116 123"), ("text", "50808")])
    service.confirm(by=factories.member(), on=TODAY(), contacts=["text:50808"], **SITE)
    assert [phone.type for phone in service.shown_numbers] == ["text"]
    assert service.hides_numbers


def test_a_number_that_changed_has_been_seen_by_nobody(place):
    service = place(phones=[("voice", "116 123")])
    service.phones.update(dial="0900123456", number="0900 123 456")
    service.reckon_standing()
    assert service.shown_numbers == []


def test_looks_outlive_who_looked(place):
    service = place(kind="crisis-line", assured_on=ago(200), phones=[("voice", "116 123")])
    people = [factories.member(), factories.member()]
    for person in people:
        service.confirm(by=person, on=TODAY(), contacts=["voice:116123"], **SITE)
    for person in people:
        person.delete()
    service.reckon_standing()
    assert [str(number) for number in service.shown_numbers] == ["116 123"]


@pytest.mark.parametrize(
    "said",
    [
        {"method": "file-x", "source_url": "https://example.org/"},
        {"method": Method.SITE, "source_url": ""},
        {"method": Method.SITE, "source_url": "javascript:alert(1)"},
        {"method": Method.ANSWER, "on": date(2999, 1, 1)},
        {"method": Method.ANSWER, "by": None},
    ],
)
def test_a_look_says_who_how_when_and_where(place, said):
    service = place(assured_on=ago(200))
    with pytest.raises(ValidationError):
        service.confirm(**{"by": factories.member(), "on": TODAY(), "contacts": []} | said)
    assert Service.objects.get(pk=service.pk).assured_on == ago(200)


def test_the_last_edit_and_the_last_look_are_never_confused(place):
    service = place(assured_on=ago(20))
    service.name = "Another name"
    service.save()
    assert (service.assured_on, service.stands_from) == (ago(20), ago(20))


# ---- ids and the stamp


def test_ids_are_made_of_what_a_row_is(place):
    one = place(slug="the-lantern", areas="IE GB", phones=[("voice", "116 123")])
    ids = [one.uuid, *(row.uuid for row in (*one.phones.all(), *one.service_areas.all()))]
    assert {uuid.version for uuid in ids} == {5}
    one.delete()
    two = place(slug="the-lantern", areas="IE GB", phones=[("voice", "116 123")])
    assert ids == [two.uuid, *(row.uuid for row in (*two.phones.all(), *two.service_areas.all()))]


def test_a_corrected_number_keeps_its_id_and_its_old_digits_get_another(place):
    service = place(phones=[("voice", "116 123")])
    phone = service.phones.get()
    known = phone.uuid
    phone.number, phone.dial = "116 006", "116006"
    phone.save()
    assert service.phones.get().uuid == known
    again = Phone.objects.create(service=service, type="voice", number="116 123", dial="116123")
    assert again.uuid != known


def every_change(service):
    area = service.service_areas.first()
    yield lambda: Phone.objects.create(service=service, number="1", dial="100")
    yield lambda: service.phones.all().delete()
    yield lambda: service.service_areas.filter(pk=area.pk).update(code="GB")
    yield lambda: ServiceArea.objects.bulk_create([ServiceArea(service=service, code="FR")])
    yield lambda: service.languages.first().delete()
    yield lambda: service.organization.save()
    yield lambda: service.terms.first().save()
    yield lambda: Service.objects.filter(pk=service.pk).update(name="Another")
    yield service.save


def test_any_change_of_a_part_moves_the_stamp(place):
    service = place()
    for change in every_change(service):
        before = Service.objects.get(pk=service.pk).modified_at
        change()
        assert Service.objects.get(pk=service.pk).modified_at > before


@pytest.mark.parametrize(
    "kind, age, lapsed",
    [("crisis-line", 91, 1), ("crisis-line", 90, 0), ("helpline", 181, 1), ("helpline", 180, 0)],
)
def test_what_lapsed_since_counts_as_modified(place, kind, age, lapsed):
    place(kind=kind, assured_on=ago(age), phones=[("voice", "116 123")])
    yesterday = timezone.now() - timedelta(days=1)
    Service.objects.update(modified_at=timezone.now() - timedelta(days=30))
    assert Service.objects.modified_after(yesterday).count() == lapsed
