import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client
from django.urls import path

import community.urls
from community.members.models import Member


def broken(request):
    raise RuntimeError("a fault of ours")


def forbidden(request):
    raise PermissionDenied


def nonsense(request):
    raise SuspiciousOperation


def needs_database(request):
    return HttpResponse(Member.objects.count())


urlpatterns = [
    path("broken/", broken),
    path("forbidden/", forbidden),
    path("nonsense/", nonsense),
    path("needs-database/", needs_database),
    *community.urls.urlpatterns,
]
handler400 = community.urls.handler400
handler403 = community.urls.handler403
handler404 = community.urls.handler404
handler500 = community.urls.handler500
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def strict():
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


@pytest.fixture
def calm():
    return Client(raise_request_exception=False)


@pytest.fixture
def member(db):
    return Member.objects.create_user("reader@example.org", "Wren", "not easy to guess 9")


@pytest.fixture
def database_down():
    def refuse(*args):
        raise OperationalError("the server closed the connection")

    return connection.execute_wrapper(refuse)


# ---- pages of our own words


@pytest.mark.parametrize(
    "address",
    ["/", "/about/", "/care/", "/review/", "/privacy/", "/safety/", "/accessibility/"],
)
def test_a_page_opens_without_an_account_and_carries_help_and_the_way_out(db, client, address):
    page = client.get(address)
    assert page.status_code == 200
    assert page.text.count("<h1") == 1
    for way in ('href="/help-now/"', 'href="/leave/"', 'href="tel:116123"'):
        assert way in page.text
    assert " style=" not in page.text and "<style" not in page.text
    assert not page.cookies
    assert client.post(address).status_code == 405


def test_home_has_six_doors(db, client):
    doors = client.get("/").text.split('class="toc"')[1].split("</ul>")[0]
    assert doors.count("<li>") == doors.count("<a href=") == 6


# ---- leaving


@pytest.mark.parametrize("method", ["get", "post"])
def test_leaving_signs_out_and_goes_elsewhere(member, strict, settings, method):
    strict.force_login(member)
    away = getattr(strict, method)("/leave/")
    assert (away.status_code, away["Location"]) == (303, settings.LEAVE_URL)
    assert away["Clear-Site-Data"] == '"cache"'
    assert away["Cache-Control"] == "no-store"
    assert away["Referrer-Policy"] == "no-referrer"
    assert away.cookies["sessionid"]["max-age"] == 0
    assert "_auth_user_id" not in strict.session


@pytest.mark.parametrize("cookie", ["csrftoken", "messages"])
def test_leaving_takes_our_other_cookies_too(client, cookie):
    client.cookies[cookie] = "x" * 32
    assert client.get("/leave/").cookies[cookie]["max-age"] == 0


def test_a_visitor_leaves_without_a_cookie_or_a_query(client):
    assert not client.get("/leave/").cookies  # a query would fail: this test has no database


def test_leaving_works_with_the_database_down(member, client, database_down):
    client.force_login(member)
    with database_down:
        away = client.get("/leave/")
    assert away.status_code == 303
    assert away.cookies["sessionid"]["max-age"] == 0


def test_leaving_is_a_link_or_a_form_and_nothing_else(client):
    assert client.head("/leave/").status_code == client.delete("/leave/").status_code == 405


# ---- for whoever runs it


def test_the_process_answers_with_the_database_down(client, database_down):
    with database_down:
        assert client.get("/healthz").text == "ok\n"
    assert client.post("/healthz").status_code == 405


def test_machines_are_told_what_is_not_for_them(client):
    rules = client.get("/robots.txt")
    assert rules["Content-Type"].startswith("text/plain")
    everyone, takers = rules.text.split("# No page here")
    for private in ("/write/", "/me/", "/accounts/", "/admin/"):
        assert f"Disallow: {private}\n" in everyone
    assert "GPTBot" in takers and "CCBot" in takers
    assert takers.split("\n\n")[0].endswith("Disallow: /")


# ---- what goes wrong


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/nonsense/", 400, "We couldn’t read what was sent."),
        ("/forbidden/", 403, "You can’t open this page."),
        ("/nothing/", 404, "This page isn’t here."),
        ("/broken/", 500, "Something broke on our side."),
    ],
)
def test_each_error_is_said_in_our_words_with_help_beside_it(calm, address, status, said):
    page = calm.get(address)
    assert page.status_code == status
    assert said in page.text
    for way in ("/help-now/", "/leave/", "/stories/", "/resources/", "tel:116123", "tel:988"):
        assert f'href="{way}' in page.text
    assert 'name="robots" content="noindex"' in page.text
    assert "no-store" in page["Cache-Control"]
    assert not page.cookies


def test_a_strange_host_is_told_kindly(calm, settings):
    settings.ALLOWED_HOSTS = ["small.example"]
    assert calm.get("/about/", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("signed_in", [False, True])
def test_a_database_that_is_down_is_said_with_help_beside_it(
    member, calm, database_down, signed_in
):
    if signed_in:
        calm.force_login(member)
    with database_down:
        page = calm.get("/needs-database/")
    assert page.status_code == 503
    assert "everything up to the last “Saved” is safe" in page.text
    assert "tel:116123" in page.text
    assert "no-store" in page["Cache-Control"]


def test_a_database_that_goes_while_a_404_is_drawn_is_a_503_too(member, calm, database_down):
    calm.force_login(member)
    with database_down:
        assert calm.get("/nothing/").status_code == 503


def test_a_broken_page_asks_nothing_of_the_database(member, calm, database_down):
    calm.force_login(member)
    with database_down:
        assert calm.get("/broken/").status_code in (500, 503)


WISHES = "v=1&size=larger&page=night&leave=hidden&country=NZ"


@pytest.mark.parametrize("address", ["/nonsense/", "/nothing/", "/broken/", "/needs-database/"])
def test_an_error_looks_as_its_reader_wishes_and_nobody_is_asked(db, calm, database_down, address):
    calm.cookies["comfort"] = WISHES
    with database_down:
        page = calm.get(address)
    assert page.status_code >= 400
    assert 'data-theme="night" data-size="larger"' in page.text
    assert "data-leave hidden" in page.text and 'href="tel:1737"' in page.text


def test_help_looks_as_the_device_says_and_nobody_is_asked(client):
    client.cookies["comfort"] = WISHES  # a query would fail: this test has no database
    for address in ("/help-now/", "/help-now/ie/"):
        assert 'data-theme="night" data-size="larger"' in client.get(address).text
