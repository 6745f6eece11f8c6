"""A site as people would have it, with production settings: what a first view costs, and what its
headers and cookies promise.
"""

import http.client
import re

import pytest

from tests.browser.conftest import own_cache, own_database
from tests.browser.reading import Watch
from tests.browser.running import Site
from tests.observatory import grade

A_STORY = """
from community.members.models import Member
from tests import factories

story = factories.published(body="There is a lane behind the hospital. " * 150)
for member in Member.objects.all():
    member.email = member.email.replace("example.org", "lit.example")
    member.save()
print(story.get_absolute_url())
"""


@pytest.fixture(scope="module")
def production(chromium, tmp_path_factory):
    folder = tmp_path_factory.mktemp("production")
    with own_database("production") as database:
        site = Site(folder, **database, **own_cache())
        site.begin_with("migrate")
        site.story = site.manage("shell", "-c", A_STORY).split()[-1]
        site.open_to_people()
        site.start()
        yield site
        site.stop()
    assert "Traceback" not in site.log.read_text(), site.log.read_text()


@pytest.fixture
def visit(production, browser):
    """Opens a page for the first time, and returns what came: kind of thing and bytes."""
    context = browser.new_context(
        base_url=production.address,
        # What the proxy in front would say.
        extra_http_headers={"X-Forwarded-Proto": "https"},
    )
    watch = Watch(context, origin=production.address, visitor=True)
    page = context.new_page()
    came = []
    page.on("requestfinished", lambda request: came.append(request))

    def visit(path):
        assert page.goto(path, wait_until="networkidle").status == 200
        return [(request.resource_type, weight(request)) for request in came]

    yield visit
    assert watch.end() == []


def weight(request):
    sizes = request.sizes()
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]


def test_a_storys_first_view_is_light(visit, production):
    came = visit(production.story)
    assert len(came) <= 8, came
    assert sum(size for _, size in came) < 90_000, came
    assert sum(size for kind, size in came if kind != "font") < 20_000, came


@pytest.mark.parametrize("path", ["/", "/stories/", "/resources/", "/about/", "/help-now/"])
def test_pages_are_whole_with_collected_files(visit, path):
    assert len(visit(path)) <= 10


def test_help_now_loads_next_to_nothing(visit):
    came = visit("/help-now/")
    assert sum(size for kind, size in came if kind == "document") < 15_000
    assert "script" not in {kind for kind, _ in came}


def ask(production, path, **said):
    """A bare request, as the proxy would pass it on: headers by small names, cookies, the page."""
    connection = http.client.HTTPConnection(production.address.removeprefix("http://"), timeout=30)
    connection.request("GET", path, headers=said)
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()
    pairs = [(name.lower(), value) for name, value in answer.getheaders()]
    cookies = [value for name, value in pairs if name == "set-cookie"]
    return dict(pairs), cookies, page


@pytest.mark.parametrize("path", ["/", "STORY", "/accounts/login/", "/help-now/", "/admin/", "/x"])
def test_mozillas_observatory_would_give_it_the_best_grade(production, path):
    path = path.replace("STORY", production.story)
    moved = ask(production, path)[0].get("location", "")
    headers, cookies, page = ask(production, path, **{"X-Forwarded-Proto": "https"})
    assert grade(headers, cookies, moved)[0] == "A+"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*(src=|json))", page)
    if path != "/accounts/login/":
        assert cookies == [] or path == "/admin/"
    for cookie in cookies:
        assert re.match(r"__Host-\w+=[^;]+;.*HttpOnly; .*Path=/; SameSite=Lax; Secure$", cookie)
        assert "Domain" not in cookie
