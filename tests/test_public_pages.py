"""What PRODUCT promises of any visitor's page, for every address that the site has.

Which are public, and what stands behind each, is in ``tests/addresses.py``.
"""

import re
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from tests import factories
from tests.addresses import ASKED_BY_POST, FOR_ITS_AUTHOR, NOT_PUBLIC, SAMPLES, SAMPLES_OF_OTHERS

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|MERGE|CREATE|ALTER|DROP|TRUNCATE)\b", re.I)
HOSTILE = (
    "?loss=%00&role=%ed%a0%80&theme=a&theme=b&lang=%e2%80%ae&out=%ff&before=%f0%9f&after=-1"
    "&page=%c2%b2&cursor=%00&country=%00&who=%00&q=%00&loss__author__email=a"
)
FLOOD = "?" + "loss=stillbirth&" * 500
LONG = "?loss=" + "a" * 6000


def addresses(resolver=None, namespaces=()):
    """Every name in the URLconf but the admin's, which are behind its own door."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if not hasattr(pattern, "url_patterns"):
            takes = pattern.pattern.regex.groupindex or pattern.pattern.converters
            yield ":".join([*namespaces, str(pattern.name)]), bool(takes)
        elif pattern.app_name != "admin":
            yield from addresses(pattern, (*namespaces, *filter(None, [pattern.namespace])))


ALL = dict(addresses())
PUBLIC = sorted(ALL.keys() - NOT_PUBLIC.keys())
pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor():
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


@pytest.fixture
def address(request):
    """The address that a name stands for, with a thing behind it."""
    name = request.param
    known = name in SAMPLES or name in SAMPLES_OF_OTHERS
    if name.startswith("stories:") and ALL[name] and not known:
        return reverse(name, kwargs={"pk": factories.draft().pk})
    sample = SAMPLES.get(name) or SAMPLES_OF_OTHERS.get(name)
    assert sample or not ALL[name], f"{name} takes something from its address: add it to SAMPLES"
    return reverse(name, kwargs=sample() if sample else None)


def each(names):
    return pytest.mark.parametrize("address", sorted(names), indirect=True, ids=str)


class Loaded(HTMLParser):
    """The addresses that a browser fetches by itself when it shows a page."""

    def __init__(self, page):
        super().__init__()
        self.addresses = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "link" and attributes.get("rel") in ("canonical", "alternate"):
            return
        if tag in ("link", "script", "img", "source", "iframe", "audio", "video", "object"):
            said = [attributes.get(name) for name in ("href", "src", "srcset", "data", "poster")]
            self.addresses += filter(None, said)


@each(PUBLIC)
def test_a_public_page_leaves_no_trace_and_may_be_kept(address, visitor):
    with CaptureQueriesContext(connection) as asked:
        response = visitor.get(address)
    assert response.status_code == 200
    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()
    assert response["Cache-Control"] == "public, no-cache"
    assert [query["sql"] for query in asked if WRITES.match(query["sql"])] == []
    etag = response["ETag"]
    assert Client().get(address)["ETag"] == etag, "two visitors see two different pages"
    again = visitor.get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


@each(PUBLIC)
def test_a_public_page_is_closed_to_other_sites_and_loads_nothing_from_them(address, visitor):
    response = visitor.get(address)
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert not re.search(r"unsafe|https?:|\*|data:|strict-dynamic", policy)
    assert {"base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"} <= set(
        policy.split("; ")
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] in ("same-origin", "no-referrer")
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in response["Permissions-Policy"]
    if response["Content-Type"].startswith("text/html"):
        loaded = Loaded(response.content.decode()).addresses
        assert [found for found in loaded if not re.match(r"/(?!/)", found)] == []
        assert b"csrfmiddlewaretoken" not in response.content


@each(PUBLIC)
def test_a_public_page_answers_head_as_get_without_a_body(address, visitor):
    whole, head = visitor.get(address), visitor.head(address)
    assert head.status_code == 200
    assert head.getvalue() == b""
    for name in ("Content-Type", "Cache-Control", "Content-Security-Policy"):
        assert head[name] == whole[name]


@each(ASKED_BY_POST)
def test_a_question_in_a_body_leaves_no_trace(address, visitor):
    with CaptureQueriesContext(connection) as asked:
        response = visitor.post(address)
    assert response.status_code == 200
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]
    assert [query["sql"] for query in asked if WRITES.match(query["sql"])] == []


@each(set(PUBLIC) - ASKED_BY_POST)
def test_a_public_page_refuses_other_methods(address, visitor):
    for method in ("post", "put", "patch", "delete"):
        response = getattr(Client(), method)(address)
        assert response.status_code == 405, method
        assert getattr(visitor, method)(address).status_code in (403, 405)


@each(PUBLIC)
def test_a_public_page_bears_a_query_string_made_to_hurt(address, visitor):
    for query in (HOSTILE, FLOOD, LONG):
        response = visitor.get(address + query)
        assert response.status_code in (200, 400, 404), query
        assert not response.cookies


@each(ALL.keys() & NOT_PUBLIC.keys())
def test_what_is_not_public_is_kept_by_nobody_and_never_breaks(address, visitor):
    for method in ("get", "head", "post", "put", "delete"):
        response = getattr(visitor, method)(address)
        assert response.status_code < 500, method
        assert "no-store" in response["Cache-Control"], method


@each(name for name, reason in NOT_PUBLIC.items() if reason == FOR_ITS_AUTHOR)
def test_what_is_somebodys_own_is_not_shown_to_a_visitor(address, visitor):
    response = visitor.get(address)
    assert response.status_code in (302, 404, 405)
    if response.status_code == 302:
        assert response["Location"].startswith(reverse("account_login"))


def test_the_admin_is_behind_the_door_and_kept_by_nobody(visitor):
    response = visitor.get("/admin/")
    assert response.status_code == 302
    assert "no-store" in response["Cache-Control"]


def test_every_reason_is_about_an_address_that_exists():
    assert NOT_PUBLIC.keys() - ALL.keys() == set()
    assert (SAMPLES.keys() | SAMPLES_OF_OTHERS.keys()) - ALL.keys() == set()


def test_what_a_page_would_load_from_elsewhere_is_found():
    page = '<link rel=stylesheet href=//a.example/a.css><img src="/here.png"><script src=b.js>'
    assert Loaded(page).addresses == ["//a.example/a.css", "/here.png", "b.js"]


def test_writing_is_told_from_reading():
    assert all(map(WRITES.match, ["INSERT INTO a", "  update a set"]))
    assert not any(map(WRITES.match, ["SELECT updated FROM a", "SAVEPOINT s1"]))
