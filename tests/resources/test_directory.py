"""The directory page, and the page of one place."""

import datetime
import re
from html import unescape
from urllib.parse import urlencode

import pytest
from django.utils.html import escape

from tests import factories

TODAY = datetime.date.today()


@pytest.fixture
def page(client, db):
    def get(**query):
        return client.get("/resources/", query)

    return get


def names(response):
    return [unescape(name) for name in re.findall(r"<bdi>(.*?)</bdi></a></h2>", response.text)]


def said(response):
    return re.search(r'role="status">(.*?)</p>', response.text, re.DOTALL)[1]


def test_a_place_says_who_what_how_when_and_how_it_was_confirmed(page, place):
    place(
        name="Alder Line",
        email="alder@example.org",
        cost="free",
        losses="stillbirth tfmr",
        audiences="fathers-partners",
        languages="en ga",
        phones=[("voice", "1800 111"), ("text", "50808")],
        assured_on=datetime.date(2026, 11, 22),
    )
    text = page().text
    for expected in (
        '<a href="/resources/place-',
        "A line that somebody answers.",
        '<a class="reach" href="tel:1800111">Call 1800 111</a>',
        '<a class="reach" href="sms:50808">Text 50808</a>',
        '<a class="reach" href="mailto:alder@example.org">Write to alder@example.org</a>',
        "Go to example.org",
        "Evenings. Free.",
        "Partners and fathers",
        "Ending a pregnancy for medical reasons (TFMR) · Stillbirth",
        '<span lang="ga">Gaeilge</span>',
        "In published sources, on 22 November 2026; not yet with the organisation.",
    ):
        assert expected in text
    assert "by hand" not in text


def test_every_row_is_in_the_directory(directory, page):
    assert said(page()).startswith("168 places. The first twelve are shown.")
    seen = [name for number in range(1, 15) for name in names(page(page=number))]
    assert len(seen) == len(set(seen)) == 168


def test_ireland_and_stillbirth_shows_the_irish_places_first(directory, page):
    response = page(country="IE", loss="stillbirth")
    places = [
        p for n in (1, 2) for p in page(country="IE", loss="stillbirth", page=n).context["places"]
    ]
    own = ["IE" in p.facets["area"] for p in places]
    assert own == sorted(own, reverse=True)
    assert own.count(True) == 11
    assert all({"stillbirth", "any"} & set(p.facets["loss"]) for p in places)
    assert (
        said(response) == "Twenty-one places in Ireland or open to it. The first twelve are shown."
    )


def test_order_is_country_then_open_now_then_name_and_long_unconfirmed_last(page, place):
    long_ago = TODAY - datetime.timedelta(days=200)
    place(name="E anywhere, open", areas="INT", hours="24 hours a day")
    place(name="D", areas="IE")
    place(name="C", areas="IE")
    place(name="B", areas="IE", hours="24 hours a day")
    place(name="A long ago", areas="IE", hours="24 hours a day", assured_on=long_ago)
    place(name="elsewhere", areas="GB")
    response = page(country="IE")
    assert names(response) == ["B", "C", "D", "E anywhere, open", "A long ago"]
    assert "We haven’t confirmed this since." in response.text
    assert response.text.count("We haven’t confirmed this since") == 1


def test_choices_are_added_together(page, place):
    place(name="Both", losses="stillbirth", languages="es", cost="free")
    place(name="Only loss", losses="stillbirth", languages="en", cost="free")
    place(name="Only language", losses="tfmr", languages="es", cost="free")
    place(name="Not free", losses="stillbirth", languages="es", cost="paid")
    assert names(page(loss="stillbirth", language="es", free="on")) == ["Both"]


@pytest.mark.parametrize(
    "query, found",
    [
        ({"country": "INT"}, ["Anywhere"]),
        ({"country": "GB"}, ["Britain", "Anywhere"]),
        ({"loss": "tfmr"}, ["Anywhere"]),
        ({"loss": "late-miscarriage"}, ["Anywhere", "Miscarriage"]),
        ({"who": "grandparents"}, ["Anywhere", "Grandparents"]),
        ({"language": "fr"}, ["Grandparents"]),
        ({"now": "on"}, ["Britain"]),
        ({"text": "on"}, ["Anywhere", "Miscarriage"]),
        ({"free": "on"}, ["Miscarriage"]),
    ],
)
def test_each_choice_finds_what_it_says(page, place, query, found):
    place(name="Anywhere", areas="INT", email="a@example.org")
    place(name="Britain", areas="GB", losses="stillbirth", audiences="mothers",
          hours="24 hours a day")  # fmt: skip
    place(name="Grandparents", losses="molar", audiences="grandparents", languages="fr")
    place(name="Miscarriage", losses="miscarriage", audiences="mothers", cost="free",
          phones=[("text", "50808")])  # fmt: skip
    assert names(page(**query)) == found


def test_a_partly_verified_place_shows_no_number(client, page, place):
    half = place(
        assurance="partly",
        email="half@example.org",
        phones=[("voice", "1800 222"), ("text", "50999")],
    )
    for response in (page(), client.get(half.get_absolute_url())):
        text = response.text.split('id="help"')[0]
        assert not re.search(r"(tel:|sms:|mailto:half)", text)
        assert "1800 222" not in text
        assert "50999" not in text
        assert "half@example.org" not in text
        assert "no number is shown" in text
        assert "Only in part, in published sources" in text


def test_what_was_confirmed_with_the_organisation_says_so(client, page, place):
    place(assurance="organisation", assured_on=TODAY)
    assert "With the organisation, on" in page().text


def test_a_place_taken_out_is_not_here(client, page, place):
    gone = place(status="inactive")
    assert names(page()) == []
    assert client.get(gone.get_absolute_url()).status_code == 404


def test_nothing_found_says_so_and_offers_help(page, place):
    place(losses="molar")
    response = page(loss="tfmr", country="IE")
    assert "We don’t know of a place that fits all of that." in response.text
    assert 'href="/resources/?country=INT"' in response.text
    assert 'href="/help-now/"' in response.text


def test_a_country_without_its_own_places_is_said_honestly(page, place):
    place(areas="INT")
    assert "We don’t know of a place in Ghana for this yet" in page(country="GH").text


UNKNOWN = ["XX", "ie", "", "\x00", "\ud800", "' OR 1=1 --", "IE,GB", "a" * 50_000, "²", "{{ 7*7 }}"]


@pytest.mark.parametrize("name", ["country", "loss", "who", "language", "now", "text", "page", "x"])
def test_unknown_values_are_ignored(client, place, name):
    place(name="Here", hours="24 hours a day", phones=[("text", "50808")])
    for value in UNKNOWN:
        query = urlencode({name: value}, errors="surrogatepass")
        response = client.get(f"/resources/?{query}")
        assert response.status_code == 200
        assert names(response) == ["Here"]
        assert len(value) < 3 or escape(value) not in response.text


def test_repeated_parameters_do_no_harm(client, place):
    place(name="Here")
    response = client.get("/resources/?country=XX&country=IE&loss=molar&loss=&page=1&page=0")
    assert names(response) == ["Here"]


def test_a_page_that_is_not_there_leads_to_the_first_and_keeps_the_choices(client, directory):
    response = client.get("/resources/?country=IE&now=on&page=99")
    assert response.status_code == 302
    assert response.url == "/resources/?country=IE&now=on"
    assert client.get(response.url).status_code == 200


def test_pages_keep_the_choices(directory, page):
    response = page(country="IE", loss="stillbirth")
    assert (
        'href="/resources/?country=IE&amp;loss=stillbirth&amp;page=2" rel="next"' in response.text
    )
    second = page(country="IE", loss="stillbirth", page=2)
    assert 'href="/resources/?country=IE&amp;loss=stillbirth" rel="prev"' in second.text
    assert "Page 2 of 2" in second.text


def test_the_form_shows_what_was_chosen(directory, page):
    text = page(country="IE", loss="tfmr", who="grandparents", language="ga", free="on").text
    for name, chosen in (("country", "IE"), ("loss", "tfmr"), ("who", "grandparents")):
        assert f'name="{name}" value="{chosen}" checked' in text
    assert 'name="free" checked' in text
    assert 'name="now">' in text
    assert 'value="any"' not in text


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"country": "IE", "loss": "stillbirth", "who": "mothers", "language": "en"},
        {"now": "on", "text": "on", "free": "on"},
        {"country": "GH", "loss": "molar", "language": "ja", "now": "on"},
        {"page": "7"},
    ],
)
def test_four_queries_whatever_is_asked(client, directory, django_assert_max_num_queries, query):
    client.get("/resources/")  # how long corrections take is looked up once an hour
    with django_assert_max_num_queries(4):
        assert client.get("/resources/", query).status_code == 200


def test_a_member_sees_the_same_page(client, directory):
    client.force_login(factories.member())
    assert client.get("/resources/?country=IE").status_code == 200


@pytest.mark.parametrize("address", ["/resources/", "/resources/{slug}/"])
def test_it_is_only_read(client, place, address):
    assert client.post(address.format(slug=place().slug)).status_code == 405


def test_text_of_a_place_is_text(page, place):
    place(name="<b>Bold</b>", description="{{ 7*7 }} <script>", hours="& then")
    text = page().text
    assert "<b>Bold" not in text
    assert "&lt;script&gt;" in text
    assert "{{ 7*7 }}" in text


# ---- one place


def test_the_place_page_says_who_runs_it_and_how_we_know(client, directory):
    response = client.get("/resources/gb-sands-helpline/")
    text = response.text
    assert '<a class="reach" href="tel:+448081643332">Call 0808 164 3332</a>' in text
    assert "Who runs it" in text
    assert "<bdi>Sands</bdi>" in text
    assert "These details were confirmed in published sources on 22 November 2026" in text
    assert "Nobody here has confirmed them with the organisation yet." in text
    assert "by hand" not in text


def test_a_place_links_back_to_the_articles_that_name_it(client, directory):
    assert (
        'href="/resources/reading/the-2020-interview/"'
        in client.get("/resources/us-empty-arms-tfmr/").text
    )
    assert "the-2020-interview" not in client.get("/resources/ie-pieta/").text


def test_what_happens_is_said_when_an_editor_knows_it(client, place):
    service = place(application_process="They say their first name.")
    assert "They say their first name." in client.get(service.get_absolute_url()).text


def test_a_place_not_confirmed_for_long_says_so(client, place):
    service = place(assured_on=datetime.date(2025, 1, 5))
    text = client.get(service.get_absolute_url()).text
    assert "We haven’t confirmed this since 5 January 2025." in text


def test_the_title_of_a_place_tells_a_browser_history_nothing(client, place):
    service = place(name="Miscarriage line")
    title = re.search("<title>(.*?)</title>", client.get(service.get_absolute_url()).text)[1]
    assert title == "Find support – Small Hours"


@pytest.mark.parametrize("slug", ["nowhere", "gb-sands-helpline'", "%00", "a" * 3000, "%ED%A0%80"])
def test_an_unknown_place_is_not_here(client, db, slug):
    assert client.get(f"/resources/{slug}/").status_code == 404


def test_a_place_costs_few_queries(client, directory, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        client.get("/resources/gb-sands-helpline/")
