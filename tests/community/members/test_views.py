import pytest
from django.urls import reverse

from tests.factories import draft, member, moderator

pytestmark = pytest.mark.django_db

PAGES = ["members:space", "members:account"]


@pytest.fixture
def marnie(client):
    person = member("Marnie", email="marnie@example.org")
    client.force_login(person)
    return person


@pytest.mark.parametrize("name", PAGES)
def test_a_member_finds_their_own(client, marnie, name):
    page = client.get(reverse(name))
    text = page.content.decode()
    assert page.status_code == 200
    assert ("<bdi>Marnie</bdi>" if name == "members:space" else "marnie@example.org") in text
    assert 'action="/accounts/logout/"' in text
    assert page["Cache-Control"] == "private, no-store"
    assert 'content="noindex"' in text


def test_my_space_lists_what_i_write_and_nothing_of_others(client, marnie):
    draft(marnie, title="The lane behind the hospital")
    draft(title="Somebody else’s kitchen")
    text = client.get(reverse("members:space")).content.decode()
    assert "The lane behind the hospital" in text
    assert "Somebody else’s kitchen" not in text


@pytest.mark.parametrize("group", ["moderators", "directory-editors"])
def test_who_looks_after_the_site_finds_the_way_there(client, marnie, group):
    assert "/admin/" not in client.get(reverse("members:space")).text
    client.force_login(moderator(group=group))
    assert 'href="/admin/"' in client.get(reverse("members:space")).text


@pytest.mark.parametrize("name", PAGES)
def test_signed_out_the_way_leads_through_signing_in_and_back(client, name):
    answer = client.get(reverse(name))
    assert answer.url == f"{reverse('account_login')}?next={reverse(name)}"


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_other_methods_are_refused(client, marnie, name, method):
    assert getattr(client, method)(reverse(name)).status_code == 405


@pytest.mark.parametrize("name", PAGES)
def test_nonsense_in_the_address_is_ignored(client, marnie, name):
    assert client.get(reverse(name), {"page": "²", "q": "\x00", "x": "a" * 5000}).status_code == 200


def test_my_space_costs_the_same_however_much_i_wrote(
    client, marnie, django_assert_max_num_queries
):
    for _ in range(5):
        draft(marnie)
    # Session, member, and a few: what lasts, stories, voices, letters from moderators, letters,
    # what they are asked about, dates, names.
    with django_assert_max_num_queries(13):
        client.get(reverse("members:space"))


def test_a_page_below_me_that_is_not_there_is_kept_by_no_cache(client, marnie):
    page = client.get("/me/x.css")
    assert page.status_code == 404
    assert page["Cache-Control"] == "private, no-store"
