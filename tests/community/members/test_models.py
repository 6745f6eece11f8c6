import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from community.members.models import Consent, Member
from tests.factories import member

pytestmark = pytest.mark.django_db


def test_a_member_meets_their_own_rules():
    member("Old Heather").full_clean()


@pytest.mark.parametrize("again", ["old heather", "0ld  Heather", "Öld Heather", "OldHeather"])
def test_a_pen_name_is_one_persons(again):
    member("Old Heather")
    with pytest.raises(ValidationError) as refusal:
        member(again)
    assert refusal.value.message_dict == {
        "pen_name": ["Somebody writes under this name, or one that looks the same. Choose another."]
    }


def test_the_database_keeps_pen_names_apart_whoever_asks():
    member("Old Heather")
    copy = Member(email="b@example.org", pen_name="old heather")
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save()


def test_nobody_is_without_a_pen_name():
    with pytest.raises(IntegrityError), transaction.atomic():
        Member(email="b@example.org", pen_name=" ").save()


def test_a_member_may_keep_and_change_their_own_name():
    person = member("Old Heather")
    person.pen_name = "Old  heather"
    person.full_clean()
    person.save()
    assert Member.objects.get().pen_name == "Old heather"


def test_email_is_lower_case_however_it_came(settings):
    assert member(email=" Marnie@Example.ORG ").email == "marnie@example.org"
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.update(email="Marnie@example.org")


def test_an_address_has_one_account():
    member(email="marnie@example.org")
    with pytest.raises(ValidationError):
        member(email="MARNIE@example.org")


def test_there_is_no_name_but_the_pen_name():
    person = member("Old Heather")
    assert str(person) == "Old Heather"
    assert not {"username", "first_name", "last_name"} & {f.name for f in Member._meta.fields}


def test_the_administrator_made_by_djangos_own_command_may_do_everything():
    boss = Member.objects.create_superuser("a@example.org", "Ines", "a quiet kettle sings")
    assert boss.is_staff
    assert boss.is_superuser
    assert boss.check_password("a quiet kettle sings")


# ---- consent


def test_p08_consent_is_kept_with_its_wording_until_it_is_withdrawn():
    person = member()
    given = Consent.give(person, "everyone", about="story k7f3qx", wording="2026-11")
    assert list(person.consents.given()) == [given]
    assert Consent.withdraw(person, "everyone", about="story k7f3qx")
    assert not person.consents.given().exists()
    assert person.consents.count() == 1  # that it was given, and until when, stays on record


def test_the_same_consent_given_twice_is_one():
    person = member()
    first = Consent.give(person, "everyone", about="story k7f3qx", wording="2026-11")
    assert Consent.give(person, "everyone", about="story k7f3qx", wording="2026-11") == first


def test_new_wording_is_a_new_consent_and_the_old_one_ends():
    person = member()
    old = Consent.give(person, "account", wording="2026-11")
    new = Consent.give(person, "account", wording="2027-02")
    assert list(person.consents.given()) == [new]
    old.refresh_from_db()
    assert old.withdrawn_at


def test_withdrawing_touches_nothing_else():
    person, other = member(), member()
    Consent.give(person, "everyone", about="story one", wording="1")
    kept = Consent.give(person, "everyone", about="story two", wording="1")
    theirs = Consent.give(other, "everyone", about="story one", wording="1")
    assert Consent.withdraw(person, "everyone", about="story one")
    assert not Consent.withdraw(person, "everyone", about="story one")
    assert list(Consent.objects.given()) == [kept, theirs]
