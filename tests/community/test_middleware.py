import pytest
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.test import Client
from django.urls import path
from django.views.decorators.http import require_POST

import community.urls
from community.members.models import Member

PRIVATE = "private, no-store"
KEPT = "public, no-cache"


def with_vary(request):
    return HttpResponse("words", headers={"Vary": "Cookie, Accept-Language"})


def setting_a_cookie(request):
    response = HttpResponse("words")
    response.set_cookie("sessionid", "new")
    return response


def in_pieces(request):
    return StreamingHttpResponse(["one", "two"])


def hidden(request):
    raise Http404


def nonsense(request):
    raise SuspiciousOperation


def garbled(request):
    raise BadRequest


@require_POST
def takes_a_form(request):
    return HttpResponse(request.POST)


urlpatterns = [
    path("hidden/", hidden),
    path("nonsense/", nonsense),
    path("garbled/", garbled),
    path("takes-a-form/", takes_a_form),
    path("with-vary/", with_vary),
    path("setting-a-cookie/", setting_a_cookie),
    path("in-pieces/", in_pieces),
    path("write/k7f3qx/about/", with_vary),
    *community.urls.urlpatterns,
]
handler400 = community.urls.handler400
handler404 = community.urls.handler404
pytestmark = pytest.mark.urls(__name__)


def test_a_visitors_page_may_be_kept_and_is_asked_for_again(client):
    page = client.get("/about/")
    assert page["Cache-Control"] == KEPT
    assert page["ETag"]
    assert not page.cookies
    assert "cookie" not in page.get("Vary", "").lower()


def test_a_page_that_did_not_change_is_answered_with_304(client):
    etag = client.get("/about/")["ETag"]
    again = client.get("/about/", headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == KEPT


def test_head_tells_the_same_as_get(client):
    head = client.head("/about/")
    assert (head.status_code, head["Cache-Control"], head.content) == (200, KEPT, b"")


def test_a_page_for_a_visitor_needs_no_query(client):
    # A query would fail: this test has no database.
    assert client.get("/privacy/").status_code == 200


@pytest.mark.parametrize("cookie", ["sessionid", "csrftoken", "messages", "comfort"])
def test_a_page_asked_for_with_a_cookie_of_ours_is_kept_by_nobody(client, db, cookie):
    client.cookies[cookie] = "x" * 32
    assert client.get("/about/")["Cache-Control"] == PRIVATE


def test_a30_a_page_made_for_somebodys_wishes_is_never_another_readers(client, db):
    usual = client.get("/about/")
    wishing = Client()
    wishing.cookies["comfort"] = "v=1&size=large"
    # What a cache kept for everybody is asked for again, and is not what they get.
    theirs = wishing.get("/about/", headers={"If-None-Match": usual["ETag"]})
    assert theirs.status_code == 200 and 'data-size="large"' in theirs.text
    assert theirs["Cache-Control"] == PRIVATE
    assert "ETag" not in theirs
    again = client.get("/about/")
    assert again.status_code == 200 and "data-size" not in again.text
    assert again["Cache-Control"] == KEPT and not again.cookies


def test_a_strange_cookie_changes_nothing(client):
    client.cookies["of-some-proxy"] = "1"
    assert client.get("/about/")["Cache-Control"] == KEPT


def test_a_page_that_sets_a_cookie_is_kept_by_nobody(client):
    assert client.get("/setting-a-cookie/")["Cache-Control"] == PRIVATE


@pytest.mark.parametrize("address", ["/me/", "/accounts/login/", "/admin/", "/write/k7f3qx/about/"])
def test_private_addresses_are_kept_by_nobody_even_for_a_visitor(client, db, address):
    assert "no-store" in client.get(address)["Cache-Control"]


def test_what_to_expect_before_writing_may_be_kept(client, db):
    page = client.get("/write/")
    assert page.status_code != 200 or page["Cache-Control"] == KEPT


@pytest.mark.parametrize("address", ["/nothing/", "/about"])
def test_an_error_and_a_redirect_are_kept_by_nobody(client, address):
    page = client.get(address)
    assert page.status_code in (301, 404)
    assert page["Cache-Control"] == PRIVATE


def test_vary_loses_cookie_and_keeps_the_rest(client):
    assert client.get("/with-vary/")["Vary"].split(", ")[0] == "Accept-Language"


def test_a_streamed_answer_passes(client):
    answer = client.get("/in-pieces/")
    assert b"".join(answer.streaming_content) == b"onetwo"
    assert answer["Cache-Control"] == KEPT


def test_every_answer_carries_the_locks(client):
    for address in ("/about/", "/nothing/", "/leave/", "/healthz"):
        answer = client.get(address)
        assert "default-src 'none'" in answer["Content-Security-Policy"], address
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Frame-Options"] == "DENY"
        assert "camera=()" in answer["Permissions-Policy"]


@pytest.fixture(params=[False, True], ids=["for-people", "trying"])
def mode(request, settings):
    settings.DEBUG = request.param


@pytest.mark.parametrize("address", ["/nothing/", "/hidden/"])
def test_a_missing_page_is_ours_locked_and_the_same_for_everybody(mode, address):
    page = Client().get(address)
    assert page.status_code == 404
    assert "This page isn’t here" in page.text
    assert "default-src 'none'" in page["Content-Security-Policy"]
    assert "cookie" not in page.get("Vary", "").lower()


FLOOD = {f"a{n}": "1" for n in range(201)}


@pytest.mark.parametrize(
    "ask",
    [
        lambda client: client.get("/about/", FLOOD),
        lambda client: client.get("/nothing/", FLOOD),
        lambda client: client.get("/nonsense/"),
        lambda client: client.get("/garbled/"),
        lambda client: client.post("/takes-a-form/", FLOOD),
        lambda client: client.post("/takes-a-form/", {"a": "b" * 2_000_000}),
        lambda client: client.post(
            "/takes-a-form/",
            "a=" + "b" * 2_000_000,
            content_type="application/x-www-form-urlencoded",
        ),
        lambda client: client.post(
            "/takes-a-form/", "no parts", content_type="multipart/form-data; boundary="
        ),
    ],
    ids=["query", "query-nowhere", "suspicious", "garbled", "fields", "big", "big-2", "parts"],
)
@pytest.mark.parametrize("checks", [False, True])
def test_what_cannot_be_read_is_told_kindly(mode, ask, checks):
    page = ask(Client(enforce_csrf_checks=checks, raise_request_exception=False))
    assert page.status_code == 400
    assert "We couldn’t read what was sent." in page.text
    assert "Traceback" not in page.text and "DEBUG" not in page.text
    assert "default-src 'none'" in page["Content-Security-Policy"]
    assert "no-store" in page["Cache-Control"]
    assert not page.cookies


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_what_is_no_page_says_so_and_which_methods_it_takes(mode, method):
    page = getattr(Client(), method)("/takes-a-form/")
    assert page.status_code == 405
    assert "There is nothing to read here." in page.text
    assert page["Allow"] == "POST"
    for way in ("/help-now/", "/leave/", "tel:116123"):
        assert f'href="{way}' in page.text
    assert "no-store" in page["Cache-Control"]
    assert "cookie" not in page.get("Vary", "").lower()


def test_an_unknown_and_a_hidden_address_answer_alike(db):
    member = Member.objects.create_user("reader@example.org", "Wren", "not easy to guess 9")
    client = Client()
    client.force_login(member)
    unknown, other = client.get("/stories/zzzzzz/"), client.get("/no/such/page/")
    assert unknown.status_code == other.status_code == 404
    assert unknown.content == other.content
