"""Letters that everybody may read."""

import re

import pytest

from stories.models import Letter
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db


def test_a_letter_for_anyone_is_there_once_a_moderator_has_read_it(client):
    letter = factories.sent_letter(body="To whoever is awake,\n\nI’m up too.")
    assert client.get(f"/letters/{letter.pk}/").status_code == 404
    letter.publish(by=factories.moderator(), version=letter.sent)
    page = client.get(f"/letters/{letter.pk}/")
    assert '<p class="to">To whoever is awake,</p>' in page.text and "I’m up too." in page.text
    assert '<meta name="robots" content="noindex">' in page.text
    assert client.get("/letters/any/")["Location"] == f"/letters/{letter.pk}/"
    assert "I’m up too." in client.get("/").text
    assert "One letter has been written here so far." in client.get("/letters/").text


def test_how_many_were_written_is_a_word_below_a_hundred(client):
    for _ in range(4):
        factories.delivered()
    assert "Four letters have been written here so far." in client.get("/letters/").text


def test_the_random_one_never_asks_first_and_is_not_the_one_just_read(client):
    first, second = factories.delivered(), factories.delivered()
    folded = factories.delivered(asks_first=True)
    for _ in range(20):
        address = client.get(f"/letters/any/?not={first.pk}&n=1")["Location"]
        assert address.startswith(f"/letters/{second.pk}/")
        assert folded.pk not in client.get("/").text
    assert '<details class="gate">' in client.get(f"/letters/{folded.pk}/").text


def test_with_none_to_open_it_says_what_letters_are(client):
    factories.delivered(factories.wanting())
    assert client.get("/letters/any/")["Location"] == "/letters/"


def test_after_the_fifth_there_will_be_more_tomorrow_and_no_cookie_counts(client):
    for _ in range(3):
        factories.delivered()
    address = "/letters/any/"
    for nth in range(1, 8):
        page = client.get(client.get(address)["Location"])
        assert ("There will be more tomorrow, too." in page.text) == (nth >= 5), nth
        address = re.search(r'href="(/letters/any/[^"]*)"', page.text)[1].replace("&amp;", "&")
    assert not client.cookies


@pytest.mark.parametrize("n", ["-1", "²", "x", "9" * 9, "%00", ""])
def test_a_count_made_by_hand_breaks_nothing(client, n):
    letter = factories.delivered()
    assert client.get(f"/letters/{letter.pk}/?n={n}").status_code == 200
    assert client.get(f"/letters/any/?n={n}&not=%00").status_code == 302


def test_a_letter_to_one_person_is_no_letter_for_anyone(client):
    letter = factories.put_up()
    assert client.get(f"/letters/{letter.pk}/").status_code == 404
    assert letter not in Letter.objects.for_anyone()


def test_a_visitors_story_page_costs_the_same_however_many_letters(
    client, django_assert_num_queries
):
    story, moderator = factories.wanting(), factories.moderator()
    for _ in range(5):
        factories.put_up(story, by=moderator)
    with django_assert_num_queries(3):
        page = client.get(story.get_absolute_url()).text
    assert page.count('class="letter small"') == 3 and "All the letters shown here" in page
    assert f'href="/stories/{story.pk}/write-a-letter/"' in page
    with django_assert_num_queries(2):
        assert client.get(f"/stories/{story.pk}/letters/").text.count('class="letter small"') == 5


def test_all_the_letters_come_twelve_to_a_page(client):
    story, moderator = factories.wanting(), factories.moderator()
    all_of_them = {factories.put_up(story, by=moderator).pk for _ in range(14)}
    first = client.get(f"/stories/{story.pk}/letters/").text
    link = re.search(r'href="(\?after=\w+)" rel="next"', first)[1]
    second = client.get(f"/stories/{story.pk}/letters/{link}").text
    pages = [re.findall(r'id="letter-(\w+)"', text) for text in (first, second)]
    assert [len(page) for page in pages] == [12, 2]
    assert {*pages[0], *pages[1]} == all_of_them


def test_a_letter_can_be_told_about_and_comes_down(client):
    letter = factories.put_up()
    page = client.get(f"/report/letter/{letter.pk}/")
    assert page.status_code == 200 and "a letter that begins" in page.text
    letter.remove(by=factories.moderator(), message="It is cruel.", rule="compare")
    assert "every word" not in client.get(f"/stories/{letter.story_id}/").text
    assert browser_of(letter.to).get(f"/me/letters/{letter.pk}/").status_code == 404


def test_home_offers_a_letter_in_its_place(client):
    text = client.get("/").text
    nav = re.search(r'<nav aria-label="Main">(.*?)</nav>', text, re.DOTALL)[1]
    assert re.findall(r">([^<]+)</a>", nav) == ["Stories", "Letters", "Find support", "Write"]
    assert '<a class="btn quiet" href="/letters/any/">Open a letter</a>' in text
