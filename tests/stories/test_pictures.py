"""How photographs come before readers: by words first, and by addresses that stop working."""

import re

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from stories import pictures
from stories.models import Story
from stories.vocabulary import Visibility
from tests import factories
from tests.factories import browser_of
from tests.stories import photographing
from tests.stories.pages import COMFORT_COOKIE

pytestmark = pytest.mark.django_db
ADDRESS = re.compile(r"/photographs/[^ \"]+")


@pytest.fixture
def traveller():
    import time_machine

    with time_machine.travel("2026-11-28T12:00:00Z", tick=False) as there:
        yield there


def on(text):
    return sorted(set(ADDRESS.findall(text)))


def page(photo, browser):
    return browser.get(photo.story.get_absolute_url()).text


# ---- on the page


def test_a_photograph_is_covered_by_words_and_asked_for_only_when_it_is_opened(client):
    photo = photographing.published()
    text = page(photo, client)
    figure = text[text.index("<figure") : text.index("</figure>")]
    name = photo.author.pen_name
    assert f"A photograph, chosen by <bdi>{name}</bdi>:" in figure and photo.description in figure
    assert f'<a href="?show={photo.pk}#photograph-{photo.pk}"' in figure
    covered, _template, inside = figure.partition("<template>")
    assert "<img" not in covered and "<source" not in covered and "<img" in inside
    assert "blur" not in figure and f'alt="{photo.description}"' in figure
    assert 'type="image/avif"' in figure and 'type="image/webp"' in figure
    assert len(on(figure)) == 6, "two sizes in three formats"
    assert re.search(r'<p class="only-print">\s*A photograph, chosen by', figure)
    # It stands where it was put: after all of the text.
    assert text.index("The laundry vans") < text.index("<figure")


def outside_templates(text):
    """What a browser fetches from, whether scripts run or not."""
    return re.sub(r"<template>.*?</template>", "", text, flags=re.DOTALL)


def test_no_picture_is_fetched_with_or_without_scripts_before_its_reader_asks(client):
    first, second = photographing.published(kind="baby"), None
    second = photographing.published(first.story, number=1)
    assert not on(outside_templates(page(first, client)))
    asked = client.get(first.story.get_absolute_url(), {"show": second.pk}).text
    fetched = on(outside_templates(asked))
    assert fetched and {address.split("/")[2] for address in fetched} == {second.pk}
    assert '<details class="gate" open>' in asked, "the story that asks first was opened before"
    author = browser_of(first.author)
    for name in ("photos", "check"):
        assert not on(outside_templates(author.get(f"/write/{first.story_id}/{name}/").text))


def test_a_photograph_of_somebody_who_left_no_name_names_nobody(client):
    photo = photographing.published(factories.published(byline="no-name"))
    text = page(photo, client)
    assert "A photograph, chosen by the writer:" in text
    assert photo.author.pen_name not in text


def test_description_and_place_are_text_and_nothing_else(client):
    photo = photographing.published(description='<img src=x onerror="a()">"\' & more')
    text = page(photo, client)
    assert "<img src=x" not in text and "&lt;img src=x" in text


def test_a_story_with_photographs_says_so_first_and_one_of_a_baby_asks(client):
    plain = photographing.published()
    baby = photographing.published(kind="baby")
    assert "This story describes a photograph (covered)." in page(plain, client)
    text = page(baby, client)
    assert "a photograph of a baby (covered)" in text and '<details class="gate">' in text


def test_no_list_home_feed_or_chance_leads_to_a_picture(client):
    photo = photographing.published(factories.published(visibility="search"))
    other = factories.published(visibility="search")
    for address in ("/", "/stories/", "/feeds/stories/", f"/stories/{photo.story_id}/letters/"):
        assert not on(client.get(address).text), address
    assert photo.story_id not in client.get("/").text
    assert {client.get("/stories/any/")["Location"] for _ in range(6)} == {other.get_absolute_url()}
    assert "Mentions a photograph (covered)" in client.get("/stories/").text


@pytest.mark.parametrize("wish", ["described", "shown"])
def test_a_reader_says_whether_photographs_are_described_covered_or_shown(client, wish):
    photo = photographing.published()
    client.cookies[COMFORT_COOKIE] = f"v=1&photos={wish}"
    text = page(photo, client)
    assert photo.description in text
    assert bool(on(text)) == (wish == "shown")
    assert ('<details class="veil" open>' in text) == (wish == "shown")
    member = factories.member()
    browser = browser_of(member)
    browser.post("/comfort/keep/", {"photos": wish, "account": member.pk})
    member.refresh_from_db()
    assert member.comfort.photos == wish


def test_a_story_with_a_photograph_costs_one_query_more_and_one_without_none(
    client, django_assert_num_queries
):
    plain, photo = factories.published(), photographing.published()
    photographing.published(photo.story, number=1)
    for story, queries in ((plain, 3), (photo.story, 4)):
        with django_assert_num_queries(queries):
            client.get(story.get_absolute_url())


# ---- at its address


def test_it_is_handed_out_as_what_it_is_and_search_engines_keep_none(client):
    photo = photographing.published()
    for address in on(page(photo, client)):
        response = client.get(address)
        kind = address.rpartition(".")[2]
        assert response.status_code == 200 and response.content.startswith(kind.encode())
        assert response["Content-Type"] == pictures.TYPES[kind]
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"
        assert response["X-Robots-Tag"] == "noindex"
        assert response["Cache-Control"] == "public, no-cache"
        again = client.get(address, headers={"If-None-Match": response["ETag"]})
        assert again.status_code == 304
        assert photo.key not in address and photo.key not in str(response.headers)


def test_what_is_not_for_everyone_is_kept_by_no_cache():
    photo = photographing.published(factories.published(visibility="members"))
    browser = browser_of(factories.member())
    response = browser.get(on(page(photo, browser))[0])
    assert response.status_code == 200 and response["Cache-Control"] == "private, no-store"


def no_more(photo):
    """Every way in which it stops standing before a visitor."""
    story = photo.story
    by = factories.moderator()
    because = {"by": by, "message": "Because.", "rule": "names"}
    return {
        "taken down": photo.withdraw,
        "removed": lambda: photo.remove(**because),
        "covered": lambda: photo.cover(**because),
        "erased": photo.delete,
        "its story taken down": story.withdraw,
        "its story removed": lambda: story.remove(**because),
        "its story covered": lambda: story.cover(**because),
        "its story erased": story.delete,
        "its story for members": lambda: story.open_to("members", wording="x"),
        "its story for nobody": lambda: story.open_to("me", wording="x"),
    }


WAYS = ["taken down", "removed", "covered", "erased"]
WAYS += [f"its story {way}" for way in ("taken down", "removed", "covered", "erased")]
WAYS += ["its story for members", "its story for nobody"]


@pytest.mark.parametrize("way", WAYS)
def test_its_address_stops_on_the_next_request_whatever_was_kept(way, client):
    photo = photographing.published()
    addresses = on(page(photo, client))
    kept = client.get(addresses[0])["ETag"]
    no_more(photo)[way]()
    for address in addresses:
        assert client.get(address).status_code == 404, way
    assert client.get(addresses[0], headers={"If-None-Match": kept}).status_code == 404
    assert not on(client.get(f"/stories/{photo.story_id}/").text)


def test_an_address_works_for_some_hours_and_then_no_more(client, traveller):
    photo = photographing.published()
    address = on(page(photo, client))[0]
    traveller.shift(6 * 3600)
    assert client.get(address).status_code == 200
    traveller.shift(6 * 3600)
    assert client.get(address).status_code == 404
    assert client.get(on(page(photo, client))[0]).status_code == 200


def test_a_visitors_page_stays_the_same_while_its_addresses_last(client, traveller):
    photo = photographing.published()
    first = client.get(photo.story.get_absolute_url())["ETag"]
    traveller.shift(3600)
    assert client.get(photo.story.get_absolute_url())["ETag"] == first


def test_guessing_and_linking_from_elsewhere_find_nothing(client):
    photo = photographing.published()
    address = on(page(photo, client))[0]
    token = address.split("/")[3]
    other = photographing.published()
    for guess in (
        address.replace(token, "0" * 32),
        address.replace(token, ""),
        address.replace(photo.pk, other.pk),
        address.replace("480", "481"),
        address.replace("480", "1600"),
        re.sub(r"\w+$", "html", address),
        f"/media/{photo.file_names()[0]}",
        f"/{photo.file_names()[0]}",
    ):
        assert client.get(guess).status_code == 404, guess
    assert client.get(address, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 404
    assert client.get(address, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200
    assert client.get(address, headers={"Referer": "https://elsewhere.org/a/"}).status_code == 404
    assert client.get(address, headers={"Referer": "http://testserver/a/"}).status_code == 200
    assert client.post(address).status_code in (403, 405)


def test_one_members_address_is_no_use_to_another():
    photo = photographing.published(factories.published(visibility="members"))
    one = browser_of(factories.member())
    address = on(page(photo, one))[0]
    assert one.get(address).status_code == 200
    assert browser_of(factories.member()).get(address).status_code == 404
    assert browser_of().get(address).status_code == 404


def test_who_sees_a_story_sees_its_photographs_and_nobody_else_does(moderator, writer):
    people = {"visitor": None, "member": factories.member(), "author": writer}
    people["moderator"] = moderator
    for rung in Visibility.values:
        for byline in ("pen-name", "no-name"):
            story = factories.published(writer, visibility="everyone", byline=byline)
            photo = photographing.published(story)
            Story.objects.filter(pk=story.pk).update(visibility=rung)
            for who, person in people.items():
                browser = browser_of(person)
                reads = rung in ("everyone", "search") or (rung == "members" and person is not None)
                response = browser.get(story.get_absolute_url())
                assert bool(on(response.text)) == reads, (rung, who)
                given = pictures.token(photo, person or photographing.nobody())
                address = reverse("stories:picture", args=[photo.pk, given, 480, "webp"])
                may = reads or who == "author"
                assert (browser.get(address).status_code == 200) == may, (rung, who)
                told = reverse("moderation:report", args=["photograph", photo.pk])
                assert (browser.get(told).status_code == 200) == reads, (rung, who)
                if byline == "no-name" and reads and who != "author":
                    assert writer.pen_name not in response.text


def test_a_draft_and_what_waits_are_their_authors_alone(moderator):
    for photo in (photographing.processed(), photographing.sent(factories.published())):
        for person in (None, factories.member(), moderator, photo.author):
            given = pictures.token(photo, person or photographing.nobody())
            address = reverse("stories:picture", args=[photo.pk, given, 480, "webp"])
            status = browser_of(person).get(address).status_code
            assert status == (200 if person == photo.author else 404)
        assert not on(page(photo, browser_of()))


def test_nginx_is_told_where_the_file_is_and_sends_it(client, settings):
    settings.PHOTOS_ACCEL = "/private/"
    photo = photographing.published()
    address = next(each for each in on(page(photo, client)) if each.endswith("480.webp"))
    response = client.get(address)
    key = photo.key
    assert response["X-Accel-Redirect"] == f"/private/photographs/{key[:2]}/{key}-480.webp"
    assert response.content == b"" and response["Cache-Control"] == "public, no-cache"
    assert client.get(address, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 404


def test_a_file_that_is_missing_is_a_missing_page(client):
    photo = photographing.published()
    addresses = on(page(photo, client))
    for name in photo.file_names():
        default_storage.delete(name)
    assert client.get(addresses[0]).status_code == 404
