"""What an author does through one process holds for the next request to another."""

import re
import urllib.error
import urllib.request
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest

from tests.browser.running import Site, own_cache, own_database

BEGIN = """
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone
from community.members.models import Member
from stories.labels import Label
from stories.models import Letter, Story
writer, sender = (Member.objects.create_user(f"{n}@example.org", n) for n in ("Alder", "Juno"))
words = {"title": "A lane", "body": "There is a lane.", "byline": "pen-name"}
now = timezone.now()
story = Story(author=writer, visibility="search", wants_letters=True, published_at=now, **words)
Story.objects.all().create_published([story])
put = {"to": writer, "story": story, "may_be_shown": True, "put_up_at": now, "published_at": now}
Letter.objects.all().create_published([Letter(author=sender, body="I read it.", **put)])
session = import_module(settings.SESSION_ENGINE).SessionStore()
session[SESSION_KEY], session[HASH_SESSION_KEY] = str(writer.pk), writer.get_session_auth_hash()
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
session.save()
print("MADE", story.pk, session.session_key)
"""


class Browser:
    """Somebody's, without following where it is led."""

    def __init__(self, cookies=""):
        self.headers = {"Cookie": cookies} if cookies else {}
        nowhere = type("Stay", (urllib.request.HTTPRedirectHandler,), {"redirect_request": stay})
        self.opener = urllib.request.build_opener(nowhere)

    def open(self, address, form=None, **headers):
        data = urlencode(form).encode() if form else None
        request = urllib.request.Request(address, data, self.headers | headers)  # noqa: S310
        try:
            response = self.opener.open(request, timeout=20)
        except urllib.error.HTTPError as error:
            response = error
        with response:
            return response.status, response.read().decode(), response.headers


def stay(*args):
    return None


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """Two web processes on one database and, where the tests have one, one cache."""
    with own_database("two") as database:
        folder, shared = tmp_path_factory.mktemp("two"), {**database, **own_cache()}
        sites = [Site(folder, **shared) for _ in range(2)]
        sites[0].begin_with("migrate")
        made = re.search(r"MADE (\w+) (\w+)", sites[0].manage("shell", words=BEGIN))
        try:
            for site in sites:
                site.start()
            yield [site.address for site in sites], *made.groups()
        finally:
            for site in sites:
                site.stop()


class Author:
    """Signed in at the first process."""

    def __init__(self, home, pk, session):
        self.home, self.pk, self.session = home, pk, session

    def press(self, page, button, **form):
        """The form of ``page`` sent to ``button``."""
        browser = Browser(f"sessionid={self.session}")
        status, text, headers = browser.open(f"{self.home}/write/{self.pk}/{page}/")
        assert status == 200
        cookie = re.match(r"(\w+)=([^;]+)", headers["Set-Cookie"])[0]
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text)[1]
        browser = Browser(f"sessionid={self.session}; {cookie}")
        sent = browser.open(
            f"{self.home}/write/{self.pk}/{button}/", {"csrfmiddlewaretoken": token, **form}
        )
        assert sent[0] == 302, sent[1]


@contextmanager
def warm(address, pk):
    """Every page that has it, kept as a cache keeps it; afterwards each has to be asked again."""
    pages = ["/stories/", "/", "/feeds/stories/", f"/sitemap-stories-{pk[0]}.xml"]
    pages += [f"/stories/{pk}/", f"/stories/{pk}/letters/"]
    kept = {}
    for page in pages * 2:
        status, text, headers = Browser().open(address + page)
        assert status == 200 and pk in text, page
        kept[page] = headers["ETag"]
    yield
    for page, etag in kept.items():
        status, text, _headers = Browser().open(address + page, **{"If-None-Match": etag})
        assert status == (404 if f"/stories/{pk}/" in page else 200), page
        assert pk not in text, page
    assert f"/stories/{pk}/" not in Browser().open(f"{address}/stories/any/")[2]["Location"]


@pytest.mark.parametrize("rung", ["me", "moderators", "members"])
def test_what_steps_down_in_one_process_is_gone_in_the_other(two, rung):
    (here, there), pk, session = two
    author = Author(here, pk, session)
    with warm(there, pk):
        author.press("readers", "readers", visibility=rung)
    author.press("readers", "readers", visibility="search", agreed="on")
    assert Browser().open(f"{there}/stories/{pk}/")[0] == 200


def test_what_is_taken_down_in_one_process_is_gone_in_the_other(two):
    (here, there), pk, session = two
    with warm(there, pk):
        Author(here, pk, session).press("sent", "take-down")
