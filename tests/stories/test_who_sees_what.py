"""Who finds a story where: by person, rung, name and wishes, over every place that could show one.

A new place is a line in ``LISTS`` or ``PAGES``: what finds a story there, and when it belongs.
"""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from community.comfort import Comfort
from stories.after_reading import KeptStory
from stories.labels import Label
from stories.models import Byline, Letter, Story
from stories.vocabulary import Visibility
from tests import factories
from tests.factories import browser_of
from tests.stories.pages import COMFORT_COOKIE

pytestmark = pytest.mark.django_db
ME, MODERATORS, MEMBERS, EVERYONE, SEARCH = RUNGS = Visibility.values
PEOPLE = ["visitor", "member", "author", "moderator"]
SIGNED_IN = {"member", "author", "moderator"}
OUT_BIRTH = "v=1&out=birth"
OTHER_NAME = "Otherwise"


def sees(who, rung):
    """The one rule, written down a second time."""
    return rung in (EVERYONE, SEARCH) or (rung == MEMBERS and who in SIGNED_IN)


class Seen:
    """One person's browser, and whether a story is where it looks."""

    def __init__(self, who, browser, method="get"):
        self.who, self.open = who, getattr(browser, method)

    def on(self, address):
        """The ids that stand on a page."""
        response = self.open(address)
        assert response.status_code == 200, address
        return set(re.findall(r"/stories/(\w{6})/", response.text))

    def reads(self, name, story, **query):
        """Whether a page of the story's own is there for them."""
        address = reverse(name, args=[story.pk])
        return self.open(address, query).status_code == 200

    def is_sent_to(self):
        return self.open("/stories/any/")["Location"].split("/")[2]


def on_sitemaps(seen):
    """From the list of sitemaps to each, as a search engine goes."""
    parts = re.findall(r"<loc>[^<]*(/sitemap-[\w-]+\.xml)</loc>", seen.open("/sitemap.xml").text)
    assert len(parts) == 30
    return set().union(*(seen.on(part) for part in parts if "stories" in part))


# Where several stories can stand: what finds their ids, and on which rung they are there.
LISTS = {
    "list": (lambda seen: seen.on("/stories/"), sees),
    "filtered list": (lambda seen: seen.on("/stories/?loss=stillbirth"), sees),
    "home": (lambda seen: seen.on("/"), lambda who, rung: rung == SEARCH),
    "feed": (lambda seen: seen.on("/feeds/stories/"), lambda who, rung: rung == SEARCH),
    "sitemaps": (on_sitemaps, lambda who, rung: rung == SEARCH),
}
# A page about one story: whether it is there.
PAGES = {
    "story": lambda seen, story: seen.reads("stories:detail", story),
    "letters": lambda seen, story: seen.reads("stories:letters-to", story),
    "write a letter": lambda seen, story: seen.reads("stories:write-to", story),
    "report": lambda seen, story: (
        seen.open(reverse("moderation:report", args=["story", story.pk])).status_code == 200
    ),
}


@pytest.fixture
def people(moderator, writer):
    return {"visitor": None, "member": factories.member(), "author": writer, "moderator": moderator}


@pytest.fixture
def stories(writer):
    """By rung: one under each name.  All are one author's, and under each stands a letter."""
    now, sender = timezone.now(), factories.member()
    words = {"title": "A lane", "body": "There is a lane.", "losses": ["stillbirth"]}
    known = {"author": writer, "published_at": now, "wants_letters": True, **words}
    made = [
        Story(byline=byline, other_name=OTHER_NAME, visibility=rung, notes=notes, **known)
        for rung in RUNGS
        for byline, notes in zip(Byline, ([], ["birth"], []), strict=True)
    ]
    Story.objects.all().create_published(made)
    Label.objects.bulk_create(label for story in made for label in Label.of(story.as_shown()))
    known = {"author": sender, "to": writer, "published_at": now, "delivered_at": now}
    known |= {"may_be_shown": True, "put_up_at": now, "body": "I read every word."}
    Letter.objects.all().create_published([Letter(story=story, **known) for story in made])
    return {rung: [story for story in made if story.visibility == rung] for rung in RUNGS}


def browsers(people, method="get", wishes=""):
    """Of each; what they wish is kept with the account, or on the visitor's device."""
    for who, person in people.items():
        browser = browser_of(person)
        if wishes and person:
            person.wish(Comfort.read(wishes))
        elif wishes:
            browser.cookies[COMFORT_COOKIE] = wishes
        yield Seen(who, browser, method)


@pytest.mark.parametrize("wishes", ["", OUT_BIRTH], ids=["as usual", "a note left out"])
def test_a_list_holds_what_its_reader_may_see_and_nothing_else(people, stories, wishes):
    for seen in browsers(people, wishes=wishes):
        for place, (found, belongs) in LISTS.items():
            there = found(seen)
            left_out = "birth" if wishes and place != "sitemaps" else None  # no person reads those
            allowed = {
                story.pk
                for rung, each in stories.items()
                for story in each
                if belongs(seen.who, rung) and left_out not in story.notes
            }
            # At home stands one of them, chosen for the week.
            assert there and there <= allowed if place == "home" else there == allowed, place


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_page_about_a_story_is_there_for_who_may_read_it(method, people, stories):
    for seen in browsers(people, method):
        for rung, each in stories.items():
            for place, is_there in PAGES.items():
                if place == "write a letter" and seen.who not in SIGNED_IN:
                    continue  # whoever is not signed in is asked to, whatever is there
                for story in each[: 3 if method == "get" else 1]:
                    told = is_there(seen, story)
                    assert told == sees(seen.who, rung), (place, seen.who, rung, story.byline)


@pytest.mark.parametrize("wishes", ["", OUT_BIRTH], ids=["as usual", "a note left out"])
def test_any_story_is_one_its_reader_may_see(people, stories, wishes):
    for seen in browsers(people, wishes=wishes):
        allowed = {
            story.pk
            for rung, each in stories.items()
            for story in each
            if sees(seen.who, rung) and not (wishes and "birth" in story.notes)
        }
        assert {seen.is_sent_to() for _ in range(9)} <= allowed


def test_what_was_kept_is_there_while_its_reader_may_see_it(people, stories):
    member = people["member"]
    every = [story for each in stories.values() for story in each]
    KeptStory.objects.bulk_create(KeptStory(member=member, story=story) for story in every)
    for seen in browsers({"member": member}, wishes=OUT_BIRTH):
        allowed = {story.pk for rung in RUNGS for story in stories[rung] if sees("member", rung)}
        assert seen.on("/me/kept/") == allowed
        assert seen.open("/me/kept/").text.count("isn’t here any more") == len(every) - len(allowed)


def test_a_letter_under_a_story_is_where_the_story_is(people, stories):
    for who, person in people.items():
        there = {
            *Letter.objects.visible_to(person or AnonymousUser()).values_list("story", flat=True)
        }
        for rung, each in stories.items():
            for story in each:
                # What came to its author stays theirs.
                assert (story.pk in there) == (sees(who, rung) or who == "author")


def test_whoever_keeps_a_story_from_readers_is_led_to_where_it_stands(people, stories):
    author = browser_of(people["author"])
    for rung, said in ((ME, "Only you can read it"), (MODERATORS, "Only moderators can read it")):
        story = stories[rung][0]
        response = author.get(story.get_absolute_url())
        assert response["Location"] == reverse("stories:sent", args=[story.pk])
        assert said in author.get(response["Location"]).text


# ---- what search engines are asked


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
