"""Every place that could show a story, and who finds which story there.

A new place is a line in ``LISTS`` or ``PAGES``: what finds a story there, and when it belongs.
"""

import re

from django.urls import reverse
from django.utils import timezone

from community.comfort import Comfort
from stories.labels import Label
from stories.models import Byline, Letter, Story
from stories.vocabulary import Visibility
from tests import factories
from tests.factories import browser_of
from tests.stories.pages import COMFORT_COOKIE

ME, MODERATORS, MEMBERS, EVERYONE, SEARCH = RUNGS = Visibility.values
PEOPLE = ["visitor", "member", "author", "moderator"]
SIGNED_IN = {"member", "author", "moderator"}
OUT_BIRTH = "v=1&out=birth"
OTHER_NAME = "Otherwise"
LETTER = "I read every word."
GATE = '<details class="gate">'
# What has an address of its own below a story’s.
PARTS = ["", "letters/", "write-a-letter/", "read/", "keep/"]


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

    def beside(self, voices):
        """The ids that stand on the pages of ``voices``, but their own."""
        return set().union(*(self.on(each.get_absolute_url()) - {each.pk} for each in voices))


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
    "names wall": (lambda seen: seen.on("/remembrance/"), lambda who, rung: False),
}
# A page about one story: whether it is there.
PAGES = {
    "story": lambda seen, story: seen.reads("stories:detail", story),
    "letters": lambda seen, story: seen.reads("stories:letters-to", story),
    "write a letter": lambda seen, story: seen.reads("stories:write-to", story),
    "I read this": lambda seen, story: seen.reads("stories:read", story),
    "keep this story": lambda seen, story: seen.reads("stories:keep", story),
    "report": lambda seen, story: (
        seen.open(reverse("moderation:report", args=["story", story.pk])).status_code == 200
    ),
}


def on_each_rung(writer):
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
    known |= {"may_be_shown": True, "put_up_at": now, "body": LETTER}
    Letter.objects.all().create_published([Letter(story=story, **known) for story in made])
    return {rung: [story for story in made if story.visibility == rung] for rung in RUNGS}


def flat(stories):
    return [story for each in stories.values() for story in each]


def browsers(people, method="get", wishes=""):
    """Of each; what they wish is kept with the account, or on the visitor's device."""
    for who, person in people.items():
        browser = browser_of(person)
        if wishes and person:
            person.wish(Comfort.read(wishes))
        elif wishes:
            browser.cookies[COMFORT_COOKIE] = wishes
        yield Seen(who, browser, method)
