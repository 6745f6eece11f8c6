"""Dates a member keeps: theirs alone, silent unless asked, and exactly what was typed."""

import pytest
import time_machine
from django.contrib import admin
from django.db import IntegrityError, transaction
from django.urls import reverse

from community.members import dates
from community.members.models import Email, KeptDate, Note
from tests import factories
from tests.community.members.coming_in import PASSWORD, sign_in
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
ALL = "/me/dates/"
TYPED = {"words": "Pip", "day": "14", "month": "3", "year": "2019", "wish": "nothing"}


@pytest.fixture
def member():
    return factories.member("Marnie")


@pytest.fixture
def keep(member):
    browser = browser_of(member)
    return lambda **changes: browser.post(ALL, TYPED | changes)


def test_nothing_is_there_until_something_is_kept(member):
    page = browser_of(member).get(ALL).text
    assert "You haven’t kept any dates here. You don’t need to." in page
    assert 'value="nothing" class' not in page and page.count("checked") == 2
    assert browser_of(member).get("/me/").text.count("Today is a date you keep.") == 0


def test_beside_each_date_stands_what_comes_of_it(keep, member):
    keep(words="Ada")
    keep(words="Pip", wish="before-3")
    rows = browser_of(member).get(ALL).text.split('<ul class="steps"')[1].split("</li>")
    said = [("Nothing. Just keep it.", "Ada"), ("A note by email three days before", "Pip")]
    assert all(any(wish in row and words in row for row in rows) for wish, words in said)


@pytest.mark.parametrize(
    "day, month, year, reads",
    [
        ("", "10", "", "October"),
        ("7", "10", "", "7 October"),
        ("", "10", "2019", "October 2019"),
        (" 07 ", "10", "2019", "7 October 2019"),
        ("1", "5", "1981", "1 May 1981"),
    ],
)
def test_a_day_or_a_year_may_be_unknown(keep, member, day, month, year, reads):
    assert keep(day=day, month=month, year=year).status_code == 302
    kept = KeptDate.objects.get()
    assert (kept.in_words(), kept.wish, kept.member) == (reads, "nothing", member)
    assert f"<bdi>Pip</bdi>, {reads}</a>" in browser_of(member).get(ALL).text


@pytest.mark.parametrize(
    "typed, said",
    [
        ({"day": "31", "month": "2"}, "There is no 31 February."),
        ({"day": "31", "month": "4", "year": ""}, "There is no 31 April."),
        ({"day": "30", "month": "2", "year": "2020"}, "There is no 30 February."),
        ({"day": "29", "month": "2", "year": "2019"}, "There is no 29 February in 2019."),
        ({"day": "32"}, "from 1 to 31"),
        ({"day": "0"}, "from 1 to 31"),
        ({"day": "3rd"}, "from 1 to 31"),
        ({"day": "9" * 5000}, "from 1 to 31"),
        ({"day": "\x00"}, "from 1 to 31"),
        ({"month": ""}, "Choose the month."),
        ({"month": "13"}, "Choose one of those on the page."),
        ({"month": "²"}, "Choose one of those on the page."),
        ({"year": "19"}, "in four numbers"),
        ({"year": "2200"}, "in four numbers"),
        ({"year": "last"}, "in four numbers"),
        ({"day": "", "wish": "on"}, "There is no day to do this on."),
        ({"wish": "tomorrow"}, "Choose one of those on the page."),
        ({"words": "a" * 121}, "120 characters fit"),
    ],
)
def test_what_is_no_date_gets_a_kind_sentence_and_stays_as_typed(keep, typed, said):
    page = keep(**typed)
    assert page.status_code == 200 and not KeptDate.objects.exists()
    assert said in page.text and "<title>Check this page:" in page.text
    for name in typed.keys() & {"day", "year", "words"} - {"\x00"}:
        assert typed[name] == "\x00" or f'value="{typed[name]}"' in page.text


def test_who_types_29_february_is_asked_where_it_is_in_other_years(keep):
    asked = "In a year without a 29 February"
    page = keep(day="29", month="2", year="2020")
    assert asked in page.text and "Choose a day for those." in page.text
    assert keep(day="２９", month="2", year="2020", in_other_years="1").status_code == 302
    assert KeptDate.objects.get().in_other_years == "1"
    keep(in_other_years="1")
    assert KeptDate.objects.get(day=14).in_other_years == ""
    assert asked not in keep(day="x").text


def test_pressed_twice_it_is_kept_once_and_there_is_an_end(keep, member, monkeypatch):
    monkeypatch.setattr(dates, "MOST", 2)
    for _ in range(2):
        keep()
    assert KeptDate.objects.count() == 1
    keep(words="")
    page = keep(words="One more")
    assert "There is room for 2 dates." in page.text and 'value="One more"' in page.text
    assert KeptDate.objects.count() == 2


def test_a_date_can_be_changed_and_erased(member):
    kept, browser = factories.date(member, words="Pip"), browser_of(member)
    address = f"{ALL}{kept.pk}/"
    assert 'value="Pip"' in browser.get(address).text
    assert "There is no 31 February." in browser.post(address, TYPED | {"day": 31, "month": 2}).text
    browser.post(address, TYPED | {"day": "", "wish": "first", "is_quiet": "on"})
    kept.refresh_from_db()
    assert (kept.day, kept.wish, kept.is_quiet) == (None, "first", True)
    assert "Erase it for good" in browser.get(f"{address}erase/").text
    assert KeptDate.objects.exists()
    browser.post(f"{address}erase/")
    assert not KeptDate.objects.exists()
    assert browser.post(f"{address}erase/").status_code == 404


def test_nobody_but_its_owner_reaches_it(member):
    kept = factories.date(member, words="Quillwort")
    owner = factories.member(is_staff=True, is_superuser=True)
    for other in (factories.member(), factories.moderator(), owner):
        for address in (f"{ALL}{kept.pk}/", f"{ALL}{kept.pk}/erase/"):
            assert browser_of(other).get(address).status_code == 404
            assert browser_of(other).post(address, TYPED).status_code == 404
        assert "Quillwort" not in browser_of(other).get(ALL).text
    assert KeptDate.objects.get().words == "Quillwort"
    assert not {KeptDate, Note} & {*admin.site._registry}


def test_what_was_typed_while_signed_out_is_there_after_signing_in(client):
    factories.member(email="marnie@example.org", password=PASSWORD).emailaddress_set.create(
        email="marnie@example.org", verified=True, primary=True
    )
    answer = client.post(ALL, TYPED)
    assert answer.url == f"{reverse('account_login')}?next={ALL}"
    sign_in(client)
    page = client.get(ALL).text
    assert 'value="Pip"' in page and "they aren’t saved yet" in page
    assert client.post(ALL, TYPED).status_code == 302
    page = client.get(ALL).text
    assert 'value="Pip"' not in page and "they aren’t saved yet" not in page


def test_erasing_a_date_while_signed_out_is_told_to_have_done_nothing(client):
    address = f"{ALL}{factories.date().pk}/erase/"
    answer = client.post(address, follow=True)
    assert answer.redirect_chain[0][0] == f"{reverse('account_login')}?next={address}"
    assert "nothing was done yet" in answer.text and KeptDate.objects.exists()


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(member, method):
    for address in (ALL, f"{ALL}{factories.date(member).pk}/"):
        assert getattr(browser_of(member), method)(address).status_code == 405


def test_the_list_costs_the_same_however_many_there_are(member, django_assert_num_queries):
    for day in range(1, 28):
        factories.date(member, day=day, words="A day")
    browser = browser_of(member)
    with django_assert_num_queries(4):  # session, member, dates, whether notes were stopped
        browser.get(ALL)


@pytest.mark.parametrize(
    "wrong",
    [
        {"day": 31, "month": 4},
        {"day": 30, "month": 2},
        {"day": 0},
        {"month": 13},
        {"year": 1},
        {"day": None, "wish": "on"},
        {"day": 29, "month": 2},
        {"day": 28, "month": 2, "in_other_years": "1"},
        {"day": None, "month": 2, "in_other_years": "1"},
    ],
)
def test_the_database_refuses_what_is_no_date(member, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.date(member, **wrong)


def test_a_line_in_my_space_is_there_on_the_day_for_who_asked(member):
    factories.date(member, wish="line", words="Pip")
    factories.date(member, day=15)
    shown = []
    for day in ("2027-03-13", "2027-03-14", "2027-03-15"):
        with time_machine.travel(f"{day}T12:00+00:00", tick=False):
            page = browser_of(member).get("/me/").text
            assert "Pip" not in page
            shown.append("Today is a date you keep." in page)
    assert shown == [False, True, False]


@pytest.mark.parametrize("change", ["erase/", ""])
def test_what_waited_for_a_quiet_day_is_looked_at_again(member, change):
    kept = factories.date(member, is_quiet=True)
    later = "2030-01-01T00:00Z"
    Email.objects.create(to=member.email, sender="x", member=member, held_until=later)
    browser_of(member).post(f"{ALL}{kept.pk}/{change}", TYPED)
    assert Email.objects.get().held_until.year < 2030
