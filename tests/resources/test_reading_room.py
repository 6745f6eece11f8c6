import datetime

import pytest
from django.template import Context, Template

from tests import factories

TODAY = datetime.date.today()
A_DAY = datetime.timedelta(days=1)
INTERVIEW = "/resources/reading/the-2020-interview/"


def featured():
    return Template("{% load reading_room %}{% featured_article %}").render(Context())


def test_the_interview_links_to_the_article_by_its_publisher(client, directory):
    text = client.get(INTERVIEW).text
    assert (
        'href="https://www.buzzfeed.com/elliewoodward/'
        'chrissy-teigen-john-legend-first-interview-since-losing-baby" rel="noreferrer">'
        "Read it at BuzzFeed</a>" in text
    )
    assert "The link leaves this site, to www.buzzfeed.com." in text


def test_what_it_describes_is_said_before_the_introduction(client, directory):
    text = client.get(INTERVIEW).text
    assert 0 < text.index("Before you read") < text.index("In the autumn of 2020")


def test_nothing_comes_from_elsewhere_and_nothing_unknown_is_shown(client, directory):
    text = client.get(INTERVIEW).text
    assert "<img" not in text
    assert "<iframe" not in text
    assert "None" not in text
    assert "miscarriage" not in text.split('id="beside"')[0].lower()


def test_places_stand_beside_it(client, directory):
    text = client.get(INTERVIEW).text
    for slug in ("us-empty-arms-tfmr", "gb-arc", "us-rtz-hope", "int-find-a-helpline"):
        assert f'href="/resources/{slug}/"' in text


def test_a_place_taken_out_no_longer_stands_beside_it(client, piece, place):
    article = piece()
    article.services.add(place(slug="gone", status="inactive"))
    assert "/resources/gone/" not in client.get(article.get_absolute_url()).text


def test_the_room_lists_its_pieces_latest_first(client, piece):
    piece(display_title="Earlier", featured_from=TODAY - A_DAY)
    piece(display_title="Later", mentions="a scan")
    text = client.get("/resources/reading/").text
    assert text.index("Later") < text.index("Earlier")
    assert "Mentions a scan." in text


def test_an_empty_room_says_so(client, db):
    assert "There is nothing in the room yet." in client.get("/resources/reading/").text


@pytest.mark.parametrize("day", [None, TODAY + A_DAY])
def test_before_its_day_a_piece_is_not_here(client, piece, day):
    article = piece(display_title="Not yet", featured_from=day)
    assert client.get(article.get_absolute_url()).status_code == 404
    assert "Not yet" not in client.get("/resources/reading/").text
    assert featured().strip() == ""


def test_home_features_the_latest_whose_day_has_come(piece):
    piece(display_title="Earlier", featured_from=TODAY - A_DAY)
    piece(display_title="Today", teaser="Two sentences.", mentions="a scan")
    piece(display_title="Tomorrow", featured_from=TODAY + A_DAY)
    part = featured()
    assert "From the reading room" in part
    assert "Today" in part
    assert "Two sentences." in part
    assert "Mentions a scan" in part
    assert "Earlier" not in part
    assert "Tomorrow" not in part


def test_home_asks_once(piece, django_assert_num_queries):
    piece()
    with django_assert_num_queries(1):
        featured()


def test_an_introduction_is_text(client, piece):
    article = piece(introduction="<script>one</script>\n\n{{ 7*7 }}")
    text = client.get(article.get_absolute_url()).text
    assert "<p>&lt;script&gt;one&lt;/script&gt;</p>" in text
    assert "{{ 7*7 }}" in text


@pytest.mark.parametrize("slug", ["nothing", "%00", "a" * 3000])
def test_an_unknown_piece_is_not_here(client, db, slug):
    assert client.get(f"/resources/reading/{slug}/").status_code == 404


@pytest.mark.parametrize("address", ["/resources/reading/", INTERVIEW])
def test_it_is_only_read(client, directory, address):
    assert client.post(address).status_code == 405


def test_it_costs_few_queries(client, directory, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        client.get(INTERVIEW)


def test_places_stories_and_pieces_about_the_same_stand_beside_it(client, piece, place):
    about = piece(topics="stillbirth names")
    place(name="For the same", losses="stillbirth")
    place(name="Long ago", losses="stillbirth", assured_on="2020-01-01")
    place(name="For another", losses="molar")
    piece(display_title="Another about names", topics="first-days names")
    piece(display_title="Not alike", topics="names-of-places")
    story = factories.published(title="The lane", visibility="search")
    text = client.get(about.get_absolute_url()).text
    for beside in ("For the same", "Another about names", story.get_absolute_url()):
        assert beside in text
    for not_beside in ("Long ago", "For another", "Not alike"):
        assert not_beside not in text


def test_a_piece_about_nothing_named_has_nothing_beside_it(client, piece, place):
    factories.published(visibility="search")
    place(losses="any")
    text = client.get(piece().get_absolute_url()).text
    assert "Stories people wrote here" not in text and "Also in the reading room" not in text


def test_the_room_has_a_feed(client, piece):
    piece(display_title="Earlier", featured_from=TODAY - A_DAY, mentions="a scan")
    piece(display_title="Tomorrow’s", featured_from=TODAY + A_DAY)
    response = client.get("/feeds/reading/")
    assert response["Content-Type"].startswith("application/atom+xml")
    assert "Last-Modified" not in response
    text = response.text
    assert "Earlier" in text and "Mentions a scan." in text
    assert "Tomorrow’s" not in text and "Why it is here" not in text
    assert f"<updated>{TODAY - A_DAY}T00:00:00+00:00</updated>" in text
    assert 'href="/feeds/reading/"' in client.get("/resources/reading/").text


def test_a_piece_says_its_days(client, piece):
    text = client.get(piece(published_on="2021-05-04").get_absolute_url()).text
    assert "4 May 2021" in text and "In this room since" in text
