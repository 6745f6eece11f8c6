"""Whose wishes hold: the account's, and where it has none, the device's."""

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import reverse

from community.comfort import Comfort
from community.members.comfort import middleware
from community.members.models import Member
from tests import factories
from tests.community.members.coming_in import sign_in

COOKIE = settings.COMFORT_COOKIE_NAME


def comfort_of(user, kept=None):
    request = RequestFactory().get("/")
    request.user = user
    if kept is not None:
        request.COOKIES[COOKIE] = kept
    return middleware(lambda request: request.comfort)(request)


def test_a_visitor_has_what_the_device_keeps_and_nobody_is_asked():
    assert comfort_of(AnonymousUser()) == Comfort()
    assert comfort_of(AnonymousUser(), "v=1&page=night") == Comfort(page="night")
    assert comfort_of(AnonymousUser(), "junk" * 4000) == Comfort()


@pytest.mark.django_db
def test_a_member_has_what_the_account_keeps_wherever_they_are():
    marnie = factories.member()
    assert comfort_of(marnie, "v=1&page=night") == Comfort(page="night")
    wishes = Comfort(size="large", country="IE", out=frozenset({"scan"}))
    marnie.wish(wishes)
    marnie = Member.objects.get(pk=marnie.pk)
    assert comfort_of(marnie) == comfort_of(marnie, "v=1&page=night") == wishes
    marnie.wish(Comfort())
    assert comfort_of(marnie, "v=1&page=night") == Comfort()  # chosen, not missing
    marnie.wish(None)
    assert comfort_of(marnie, "v=1&page=night") == Comfort(page="night")


@pytest.mark.django_db
def test_reading_it_costs_a_member_no_query_beyond_their_session(
    client, django_assert_num_queries, rf
):
    marnie = factories.member()
    marnie.wish(Comfort(size="large"))
    marnie = Member.objects.get(pk=marnie.pk)
    with django_assert_num_queries(0):
        assert comfort_of(marnie).size == "large"


# ---- coming in and going out, on a device


@pytest.fixture
def here(client):
    """A browser, by what it keeps: nothing at first."""

    def keeps(text=None):
        if text is not None:
            client.cookies[COOKIE] = text
        morsel = client.cookies.get(COOKIE)
        return morsel.value if morsel and morsel.value else None

    client.keeps = keeps
    return client


def sees(client):
    return client.get("/comfort/").context["form"].comfort


def go_out(client):
    client.post(reverse("account_logout"))


@pytest.mark.django_db
def test_an_account_without_wishes_takes_up_those_of_the_device(here, marnie):
    here.keeps("v=1&size=large&country=IE&out=scan")
    wishes = sees(here)
    sign_in(here)
    assert sees(here) == wishes
    marnie.refresh_from_db()
    assert marnie.comfort == wishes and marnie.help_country == "IE"
    go_out(here)
    assert sees(here) == wishes


@pytest.mark.django_db
def test_an_accounts_wishes_win_and_the_device_follows(here, marnie):
    marnie.wish(Comfort(page="night", out=frozenset({"birth"})))
    here.keeps("v=1&size=large&out=scan")
    sign_in(here)
    assert sees(here) == Comfort(page="night", out=frozenset({"birth"}))
    go_out(here)
    assert sees(here) == Comfort(page="night", out=frozenset({"birth"}))


@pytest.mark.django_db
def test_a_device_that_was_asked_to_keep_nothing_keeps_nothing_after_signing_out(here, marnie):
    marnie.wish(Comfort(page="night", out=frozenset({"birth"})))
    sign_in(here)
    assert sees(here).page == "night"
    assert here.keeps() is None
    go_out(here)
    assert sees(here) == Comfort()


@pytest.mark.django_db
@pytest.mark.parametrize("junk", ["", "x" * 16_000, "v=1"])
def test_nothing_is_taken_up_from_a_device_that_keeps_none(here, marnie, junk):
    here.keeps(junk)
    sign_in(here)
    marnie.refresh_from_db()
    assert marnie.comfort is None


@pytest.mark.django_db
def test_taking_up_never_undoes_what_the_account_chose_meanwhile(marnie):
    before = Member.objects.get(pk=marnie.pk)
    marnie.wish(Comfort(size="larger"))
    before.take_up(Comfort(page="night"))
    assert before.comfort == Comfort(size="larger")


@pytest.mark.django_db
def test_leaving_quickly_keeps_the_wishes_that_the_device_was_asked_to_keep(here, marnie):
    here.keeps("v=1&out=scan")
    sign_in(here)
    here.get("/leave/")
    assert sees(here) == Comfort(out=frozenset({"scan"}))
