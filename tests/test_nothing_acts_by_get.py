"""Looking changes nothing: every address, the admin's included, by every kind of person.

A link in a mail is opened by scanners, and a page by its reload; only a press may act.
"""

import re
from contextlib import contextmanager
from itertools import product

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from community.members.models import MailChoice, Member
from community.moderation.models import Case, Decision
from community.moderation.transparency import TransparencyReport
from resources.models import Article, Organization, Service
from stories import pictures
from stories.models import Link
from tests import factories
from tests.factories import browser_of
from tests.stories import photographing

pytestmark = pytest.mark.django_db
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE)\b", re.IGNORECASE)
# Who is signed in, and messages, are kept there; signing in and out is all that writes it.
BOOKKEEPING = "members_session"
PICTURE = ("pk", "token", "side", "kind")
PARAMETER = re.compile(r"\(\?P<(\w+)>")


@contextmanager
def what_is_written():
    """The statements that change a row.  Watched where they pass: writing out the thousands that
    only read, as a test that counts them has it done, would cost more than asking them."""
    written = []

    def watch(execute, sql, params, many, context):
        if WRITES.match(sql) and BOOKKEEPING not in sql:
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield written


def routes(patterns=None, before=""):
    """Every route of the URLconf, as "write/<story:pk>/about/"."""
    for pattern in patterns or get_resolver().url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from routes(pattern.url_patterns, route)


def filled(route, samples):
    """The addresses that a route stands for, with each sample of what it takes; where samples are
    named together, those and no other way of putting them together."""
    if PARAMETER.search(route) or "\\" in route or route.endswith("$"):
        route = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", route).replace("^", "").rstrip("$")
        route = route.replace("\\", "")
    names = [name.split(":")[-1] for name in re.findall(r"<([^>]+)>", route)]
    together = samples.get(tuple(names))
    for values in together or product(*(samples[name] for name in names)):
        address = route
        for value in values:
            address = re.sub(r"<[^>]+>", str(value), address, count=1)
        yield "/" + address


def letters_of(member):
    """One they have, and one they sent."""
    received = factories.put_up(factories.wanting(member))
    return received, factories.delivered(author=member)


def links_of(member):
    """One that both agreed to, and an invitation nobody has taken up."""
    linked = factories.linked(factories.published(member))
    return linked, Link.objects.invite(factories.published(member))


def photograph_of(member):
    """One, and what its address carries for anybody."""
    photo = photographing.published(factories.published(member))
    return photo, pictures.token(photo, photographing.nobody())


def of_the_api():
    return {"uuid": [Service.objects.first().uuid, Organization.objects.first().uuid]}


# What an address takes that is the same whatever there is.
ANYWHERE = {
    "name": ["service"],
    "app_label": ["stories"],
    "code": ["ie"],
    "object": ["1/1"],
    "section": ["pages", "stories-b"],
    "uidb36": ["a"],
    "url": ["nowhere"],
}


@pytest.fixture
def samples():
    call_command("load_directory", verbosity=0)
    call_command("load_article", verbosity=0)
    pending, shown = factories.pending(), factories.published()
    TransparencyReport.objects.draw(timezone.localdate().year, by=factories.moderator())
    declined = factories.declined(pending.author)
    year = TransparencyReport.objects.get()
    case, report = Case.objects.open().get(), factories.told(shown)
    links = links_of(pending.author)
    names = factories.remembered(pending.author), factories.sent_remembrance(pending.author)
    photo, given = photograph_of(pending.author)
    choice, date = MailChoice.of(pending.author, "letter"), factories.date(pending.author)
    things = (pending, shown, case, report.case, year, date, *letters_of(pending.author))
    return ANYWHERE | of_the_api() | {
        "pk": [each.pk for each in (*things, *names, *links, photo, photo.story)],
        "photo": [photo.pk],
        "number": [1],
        "object_id": [pending.pk, shown.pk, case.pk, report.case.pk, Decision.objects.first().pk],
        "slug": [Service.objects.first().slug, Article.objects.first().slug],
        "kind": ["story", "place", "letter", "name", "photograph"],
        PICTURE: [(pk, given, 480, "webp") for pk in (photo.pk, photo.story.pk)],
        "token": [
            given,
            *(each.get_absolute_url().split("/")[-2] for each in (report, choice)),
            *(each.get_invitation_url().split("/")[-2] for each in links),
        ],
        "year": [timezone.localdate().year],
        "key": ["a-b", declined.last_word().key],
        "content_type_id": [ContentType.objects.get_for_model(pending).pk],
    }, pending.author


def test_no_address_changes_anything_by_being_opened(samples, client):
    values, author = samples
    owner = factories.member(is_staff=True, is_superuser=True)
    people = [author, factories.moderator(), owner]
    for person in Member.objects.all():  # as signing up leaves it
        person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    browsers = [client, *map(browser_of, people)]
    opened = 0
    for address in {a for route in routes() for a in filled(route, values)} - {"/leave/"}:
        for number, browser in enumerate(browsers):
            with what_is_written() as written:
                response = (browser.get, browser.head)[number == 2](address)
            assert written == [], address
            assert response.status_code < 500, address
            opened += response.status_code == 200
    assert opened > 150


def test_an_address_is_made_of_each_sample():
    made = set(filled("a/<int:pk>/<slug:slug>/", {"pk": [1, 2], "slug": ["b"]}))
    assert made == {"/a/1/b/", "/a/2/b/"}
    pairs = {("pk", "slug"): [(1, "b"), (2, "c")], "pk": [9], "slug": ["z"]}
    assert set(filled("a/<int:pk>/<slug:slug>/", pairs)) == {"/a/1/b/", "/a/2/c/"}
    regex = r"a/^b/(?P<key>[-:\w]+)/$"
    assert list(filled(regex, {"key": ["x"]})) == ["/a/b/x/"]


def test_what_would_act_is_seen(client):
    with what_is_written() as written:
        Member.objects.filter(pk=0).exists()
        client.post("/write/")
        assert written == []
        Member.objects.filter(pk=0).update(pen_name="Wren")
    assert len(written) == 1
