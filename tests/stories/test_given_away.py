"""What search engines and feed readers get, and what they are asked to leave out."""

import re

import pytest

from stories.models import Byline
from tests import factories
from tests.factories import browser_of
from tests.stories.places import EVERYONE, SEARCH

pytestmark = pytest.mark.django_db


def test_header_and_page_ask_search_engines_the_same_and_robots_agrees(client, stories):
    meta = '<meta name="robots" content="noindex">'
    robots = client.get("/robots.txt").text
    closed = re.findall(r"Disallow: (/\w[^\n]*)", robots)
    addresses = ["/", "/stories/", "/stories/?loss=stillbirth", "/resources/?country=IE"]
    addresses += ["/resources/", "/help-now/", "/letters/", "/accounts/login/", "/about/"]
    for rung in (EVERYONE, SEARCH):
        for story in stories[rung]:
            addresses += [story.get_absolute_url(), f"{story.get_absolute_url()}letters/"]
    kept_out = set()
    for address in addresses:
        response = client.get(address)
        asked = response.get("X-Robots-Tag") == "noindex"
        assert asked == (meta in response.text), address
        if asked:
            kept_out.add(address)
            # Whoever may not fetch a page never hears that it is not to be kept.
            assert address.startswith("/accounts/") or not address.startswith(tuple(closed))
    indexed = {story.get_absolute_url() for story in stories[SEARCH]}
    expected = {"/", "/resources/", "/help-now/", "/letters/", "/about/"} | indexed
    assert {*addresses} - kept_out == expected
    for part in ("pages", *{f"stories-{story.pk[0]}" for story in stories[SEARCH]}):
        listed = client.get(f"/sitemap-{part}.xml").text
        for address in re.findall(r"<loc>http://[^/]*(/[^<]*)</loc>", listed):
            assert address not in kept_out - {"/stories/"}
            assert not address.startswith(tuple(closed))


def test_what_is_somebodys_own_is_kept_out_by_header_and_page(people, stories):
    author, story = browser_of(people["author"]), stories[EVERYONE][0]
    own = ["/me/", "/me/letters/", "/me/email/", "/me/account/"]
    own += [f"/write/{story.pk}/{part}" for part in ("", "sent/", "readers/", "check/")]
    for address in own:
        response = author.get(address)
        assert response.status_code == 200, address
        assert response["X-Robots-Tag"] == "noindex", address
        assert '<meta name="robots" content="noindex">' in response.text, address


# ---- the feed and the sitemap, as they are for everybody


def test_the_feed_tells_a_title_and_what_it_describes_and_nothing_more(client, moderator):
    named = factories.published(
        by=moderator, visibility=SEARCH, notes=["birth"], title="A <b> & c", body="SECRETBODY. End."
    )
    unnamed = factories.published(by=moderator, visibility=SEARCH, byline=Byline.NO_NAME)
    for left_out in ({"notes": ["abuse"]}, {"asks_first": True}):
        factories.published(by=moderator, visibility=SEARCH, title="ASKSFIRST", **left_out)
    covered = factories.published(by=moderator, visibility=SEARCH, title="COVERED")
    covered.cover(by=moderator, message="Somebody may be named.", rule="names")
    response = client.get("/feeds/stories/")
    text = response.text
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert response["Cache-Control"] == "public, no-cache" and "Last-Modified" not in response
    entries = dict(zip((unnamed.pk, named.pk), text.split("<entry")[1:], strict=True))
    assert "A &lt;b&gt; &amp; c" in entries[named.pk] and named.author.pen_name in entries[named.pk]
    assert "This story describes giving birth." in entries[named.pk]
    assert "<author>" not in entries[unnamed.pk] and "<summary" not in entries[unnamed.pk]
    for never in (unnamed.author.pen_name, "SECRETBODY", "ASKSFIRST", "COVERED", "laundry"):
        assert never not in text
    assert set(re.findall(r"T(\d\d:\d\d:\d\d)", text)) == {"00:00:00"}
    assert 'rel="alternate" type="application/atom+xml" href="/feeds/stories/"' in (
        client.get("/stories/").text
    )


def test_the_feed_leaves_out_what_its_reader_leaves_out(client, moderator, settings):
    story = factories.published(by=moderator, visibility=SEARCH, notes=["birth"])
    assert story.pk in client.get("/feeds/stories/").text
    client.cookies[settings.COMFORT_COOKIE_NAME] = "v=1&out=birth"
    response = client.get("/feeds/stories/")
    assert story.pk not in response.text and "no-store" in response["Cache-Control"]


def test_feed_and_sitemap_cost_the_same_however_much_there_is(
    client, writer, moderator, django_assert_num_queries
):
    for _ in range(3):
        factories.published(writer, moderator, visibility=SEARCH)
    with django_assert_num_queries(0):
        assert client.get("/sitemap.xml").status_code == 200
    with django_assert_num_queries(1):
        client.get("/sitemap-stories-b.xml")
    with django_assert_num_queries(1):
        client.get("/feeds/stories/")
    for address in ("/sitemap-nothing.xml", "/sitemap-pages.xml?p=2", "/sitemap-pages.xml?p=x"):
        assert client.get(address).status_code == 404
