"""What a moderator and a lead never see or decide, whatever address or field they try."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.urls.resolvers import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from community.members.mail import a_note
from community.members.models import Email, KeptDate
from community.moderation.models import Case, Decision
from community.moderation.states import MODERATORS_MOVES, Action
from stories.models import Story
from tests import factories
from tests.community.moderation.anybody import picture
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
# Each stands where no moderator may look.
EMAIL, OWN_EMAIL = "wren.tarn@post.example", "moderator.too@post.example"
SECRETS = {
    "an address of mail": EMAIL,
    "a moderator's": OWN_EMAIL,
    "a draft": "Zugvogel",
    "its title": "Kranich",
    "kept words": "Austernfischer",
    "their own story": "Seeschwalbe",
    "what was typed since": "Brachvogel",
    "a date somebody keeps": "Rohrdommel",
}
QUERIES = [
    {"q": "wren.tarn"},
    {"author__email__startswith": "wren"},
    {"body__contains": "Zugvogel"},
    {"author__kept_dates__words": "Rohrdommel"},
    {"kept_dates__month": "3"},
    {"title__contains": "Kranich"},
    {"sent__words__contains": "Seeschwalbe"},
    {"author__email": EMAIL},
    {"by__email": EMAIL},
    {"o": "-1", "all": ""},
    {"tab": "author", "page": "1"},
    {"tab": "story", "topic": "stillbirth", "language": "en", "waited": "1"},
    {"state": "draft"},
    {"state__exact": "draft"},
    {"_to_field": "author", "_popup": "1"},
]


class Place:
    """A moderator and a lead among everything that is none of theirs."""

    def __init__(self):
        self.author = factories.member("Wren Tarn", email=EMAIL)
        self.moderator = factories.moderator("Rowan Hale")
        self.lead = factories.moderator("Sorrel Ash", group="lead-moderators")
        for each in (self.moderator, self.lead):
            type(each).objects.filter(pk=each.pk).update(email=f"{each.pk}.{OWN_EMAIL}")
        self.draft = factories.draft(self.author, title="Kranich", body="Zugvogel.")
        self.pending = factories.pending(self.author, title="The lane", body="As sent.")
        Story.objects.filter(pk=self.pending.pk).update(body="Brachvogel.")
        self.published = factories.published(self.author, by=self.moderator)
        Story.objects.filter(pk=self.published.pk).update(body="Brachvogel.")
        self.report = factories.told(self.published, email=EMAIL, by=self.author)
        self.declined = factories.declined(self.author)
        for each in (self.author, self.moderator, self.lead):
            factories.date(each, words="Rohrdommel", wish="on")
        keep = browser_of()  # signed out meanwhile
        keep.post(reverse("stories:desk", args=[self.draft.pk]), {"body": "Austernfischer"})
        self.own = {
            each.pk: factories.pending(each, title="Mine", body="Seeschwalbe.")
            for each in (self.moderator, self.lead)
        }

    def keys(self):
        cases = [str(pk) for pk in Case.objects.values_list("pk", flat=True)]
        stories = [*Story.objects.values_list("pk", flat=True)]
        people = [str(self.author.pk), str(self.moderator.pk), str(self.lead.pk)]
        return [*cases, *stories, *people]


def dates():
    return KeptDate.objects.values_list("pk", flat=True)


@pytest.fixture
def place(db):
    return Place()


def admin_routes(resolver=None, prefix="/"):
    """Every address of the admin, with what its places stand for."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            if route.startswith("/admin"):
                yield from admin_routes(pattern, route)
        elif isinstance(pattern, URLPattern) and "(?P" not in route:
            yield route


def filled(route, keys):
    """The address with each key of something there in its place."""
    places = re.findall(r"<(?:\w+:)?\w+>", route)
    if not places:
        return {route}
    addresses = set()
    for key in keys:
        if "<int:" in route and not key.isdigit():
            continue
        addresses.add(re.sub(r"<(?:\w+:)?\w+>", key, route))
    return addresses


def leaks(response):
    if response.streaming:
        text = b"".join(response.streaming_content).decode()
    else:
        text = response.content.decode(errors="replace")
    return {name for name, secret in SECRETS.items() if secret in text}


@pytest.mark.parametrize("role", ["moderator", "lead"])
def test_no_address_of_the_admin_shows_what_is_not_for_them(place, role):
    browser, seen = browser_of(getattr(place, role)), 0
    # What another moderator wrote, this one may read.
    theirs = place.moderator if role == "lead" else place.lead
    Story.objects.get(pk=place.own[theirs.pk]).delete()
    for case in Case.objects.waiting().open_to(getattr(place, role)):
        Case.objects.all().claim(case.pk, by=getattr(place, role))
    for route in sorted({*admin_routes()}):
        for address in filled(route, place.keys()):
            if "logout" in address:
                continue
            response = browser.get(address)
            assert leaks(response) == set(), address
            seen += response.status_code == 200
    assert seen > 8


def test_no_address_of_the_admin_shows_an_administrator_the_dates_somebody_keeps(place):
    """Neither the date nor, in the list of mail that waits, that today is one."""
    a_note(place.author, until=timezone.now() + timedelta(hours=1))
    browser = browser_of(factories.member(is_staff=True, is_superuser=True))
    keys, seen = [*place.keys(), str(Email.objects.latest("pk").pk), *map(str, dates())], 0
    for route in sorted({*admin_routes()}):
        searched = [] if "<" in route else [{"q": "Rohrd"}]
        for address in filled(route, keys) - {reverse("admin:logout")}:
            for query in ({}, *searched):
                response = browser.get(address, query)
                page = b"".join(response) if response.streaming else response.content
                page = page.decode(errors="replace")
                assert "Rohrdommel" not in page and "A note from" not in page, address
                seen += response.status_code == 200
    assert seen > 20


@pytest.mark.parametrize("role", ["moderator", "lead"])
def test_no_question_in_an_address_shows_it_or_tells_whether_it_is_there(place, role):
    browser = browser_of(getattr(place, role))
    lists = [route for route in admin_routes() if route.endswith("/") and "<" not in route]
    for address in lists:
        if "logout" in address or browser.get(address).status_code != 200:
            continue
        for query in QUERIES:
            response = browser.get(address, query)
            page = response.content.decode() if not response.streaming else ""
            for asked in query.values():
                page = page.replace(asked, "") if asked else page  # what they typed themselves
            assert not {name for name, secret in SECRETS.items() if secret in page}, query
            assert place.draft.pk not in page, (address, query)


@pytest.mark.parametrize("role", ["moderator", "lead"])
def test_nothing_they_press_decides_about_their_own_or_about_a_draft(place, role):
    person = getattr(place, role)
    browser = browser_of(person)
    for story in (place.own[person.pk], place.draft):
        page = reverse("admin:stories_story_change", args=[story.pk])
        before = picture()
        for action in [*MODERATORS_MOVES, *Action]:
            form = {"outcome": action, "version": 1, f"message_{action}": "Because."}
            form |= {f"rule_{action}": "names", "looked_for": ["names", "harm", "notes"]}
            response = browser.post(page, form | {"proposal-own_note": "a fall"})
            assert response.status_code == 404 and not leaks(response)
        for look in ("author", "words"):
            assert browser.post(page, {"look": look}).status_code == 404
        for case in Case.objects.about(story):
            for name in (
                "claim",
                "safety",
                "worry",
                "calm",
                "still-reading",
                "to-buddy",
                "hand-over",
            ):
                words = {"step": "urgent", "text": "Mine.", "note": "Mine.", "second": "on"}
                response = browser.post(reverse(f"admin:{name}", args=[case.pk]), words)
                assert not leaks(response)
        assert picture() == before


def test_what_was_reported_does_not_say_who_told_us(place):
    browser, case = browser_of(place.lead), place.report.case
    assert Case.objects.all().claim(case.pk, by=place.lead)
    page = browser.get(reverse("admin:report", args=[case.pk])).content.decode()
    assert EMAIL not in page
    assert Decision.objects.filter(by=place.lead).exists()
