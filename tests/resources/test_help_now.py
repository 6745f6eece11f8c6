"""Crisis help answers whatever else is broken."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from resources import countries, helplines
from resources.models import Service
from tests import factories

ROOT = Path(__file__).resolve().parents[2]


def get(client, country=""):
    return client.get(f"/help-now/{country}")


def test_a_country_is_chosen_and_never_guessed(client, db):
    response = client.get("/help-now/", headers={"accept-language": "fr"}, REMOTE_ADDR="1.2.3.4")
    assert 'href="/help-now/ie/">Ireland<' in response.text
    assert 'href="/help-now/gb/">United Kingdom<' in response.text
    assert "France" in response.text
    assert "tel:" not in response.text
    assert "https://findahelpline.com" in response.text


def test_ireland_has_its_numbers(client):
    text = get(client, "ie/").text
    for expected in (
        'href="tel:116123">Call 116 123<',
        'href="tel:1800247247">Call 1800 247 247<',
        'href="sms:51444">Text HELP to 51444<',
        'href="sms:50808">Text HELLO to 50808<',
        "24 hours a day, 365 days a year. Free.",
        'href="tel:112">Call 112<',
        'href="tel:999">Call 999<',
        "If you are bleeding heavily, in bad pain, faint or feverish",
        "If you can’t speak aloud",
        "For someone you’re worried about",
        "In published sources, on 22 November 2026; not yet with the organisation.",
    ):
        assert expected in text


@pytest.mark.parametrize(
    "country, number", [("gb", "999"), ("us", "911"), ("ca", "911"), ("au", "000"), ("nz", "111"),
                        ("fr", "112"), ("pt", "112")]
)  # fmt: skip
def test_the_emergency_number_is_given_where_we_are_certain(client, country, number):
    assert f'href="tel:{number}">Call {number}<' in get(client, f"{country}/").text


def test_where_we_are_not_certain_no_emergency_number_is_given(client):
    emergency = get(client, "jp/").text.split("</section>")[0]
    assert "call your emergency number" in emergency
    assert "tel:" not in emergency


def test_a_country_without_a_line_gets_the_international_finder(client):
    response = get(client, "gh/")
    assert response.status_code == 200
    assert "We don’t know of a crisis line in Ghana that we could confirm." in response.text
    assert 'href="/resources/?country=GH"' in response.text
    assert "https://findahelpline.com" in response.text


@pytest.mark.parametrize(
    "code", ["zz", "xx", "int", "ireland", "i", "%00", "%ED%A0%80", "a" * 3000]
)
def test_an_unknown_country_is_a_404_that_still_helps(client, code):
    response = get(client, f"{code}/")
    assert response.status_code == 404
    assert "We don’t know that country" in response.text
    assert "https://findahelpline.com" in response.text
    assert 'href="/help-now/ie/"' in response.text


def test_capitals_lead_to_the_page(client):
    response = get(client, "IE/")
    assert (response.status_code, response.url) == (301, "/help-now/ie/")


def test_every_page_is_small_plain_and_scriptless(client):
    for code in ["", *(f"{code.lower()}/" for code in countries.COUNTRIES)]:
        response = get(client, code)
        assert response.status_code == 200
        assert len(response.content) < 15_000
        assert "<script" not in response.text
        assert not re.search(r"\sstyle=|\son[a-z]+=", response.text)
        assert not response.cookies
        assert response.text.count("<h1") == 1


def test_it_asks_the_database_nothing(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        get(client, "ie/")
        get(client)
        get(client, "zz/")


def test_a_member_gets_it_without_their_session_being_read(client, db, django_assert_num_queries):
    client.force_login(factories.member())
    with django_assert_num_queries(0):
        assert get(client, "ie/").status_code == 200


@pytest.mark.parametrize("address", ["", "ie/"])
def test_it_is_only_read(client, address):
    assert client.post(f"/help-now/{address}").status_code == 405


def test_the_snapshot_is_what_is_shown(client, place, own_data_dir):
    place(name="A new line", kind="crisis-line", areas="GH", phones=[("voice", "0800 678 678")])
    helplines.write()
    assert 'href="tel:0800678678">Call 0800 678 678<' in get(client, "gh/").text


def test_a_line_not_confirmed_for_long_gives_way_to_the_finders(client, place):
    for slug, age in (("fresh", 90), ("stale", 91)):
        place(slug=slug, kind="crisis-line", areas="GH", phones=[("voice", f"1122{age}")],
              assured_on=timezone.localdate() - timedelta(days=age))  # fmt: skip
    place(name="Anywhere", kind="crisis-line", areas="INT", assured_on="2025-01-05")
    helplines.write()
    page = get(client, "gh/").text
    assert "tel:112290" in page and "tel:112291" not in page
    Service.objects.filter(slug="fresh").update(status="inactive")
    helplines.write()
    page = get(client, "gh/").text
    assert "tel:" not in page.replace('tel:112"', "")
    assert "Nobody here has confirmed a crisis line in Ghana lately" in page
    assert "Anywhere" in page


def test_the_help_box_shows_what_the_directory_has():
    box = (ROOT / "templates/includes/_turn.html").read_text()
    numbers = re.findall(r'href="(?:tel|sms):(\d+)"', box)
    assert set(numbers) == {"116123", "988"}
    spoken = {
        country: {number.dial for line in helplines.of_country(country) for number in line.spoken}
        for country in ("GB", "IE", "US", "CA")
    }
    assert "116123" in spoken["GB"] & spoken["IE"]
    assert "988" in spoken["US"] & spoken["CA"]
    for country in ("US", "CA"):
        written = {n.dial for line in helplines.of_country(country) for n in line.written}
        assert "988" in written  # the box says “call or text”
    for line in helplines.read():
        if {n.dial for n in line.spoken} & {"116123", "988"} and line.countries != ["NO"]:
            assert line.is_always_open  # the box says “free, day and night”
            assert line.cost == "free"


# ---- a real server whose database is not there


@pytest.fixture
def server_without_database(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nothing_listens = closed.getsockname()[1]
    environment = os.environ | {
        "DEBUG": "true",
        "DATA_DIR": str(tmp_path / "data"),
        "DATABASE_URL": f"postgres://nobody@127.0.0.1:{nothing_listens}/nothing",
        "CACHE_URL": "locmemcache://",
    }
    command = [sys.executable, "-m", "gunicorn", "community.wsgi", "-b", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    for _ in range(300):
        with socket.socket() as trying:
            if trying.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(timeout=20)


def ask(address, **headers):
    request = urllib.request.Request(address, headers=headers)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_help_answers_when_the_database_is_down(server_without_database):
    assert ask(f"{server_without_database}/resources/")[0] == 503  # it is down
    status, text = ask(f"{server_without_database}/help-now/ie/")
    assert status == 200
    assert 'href="tel:116123"' in text
    assert 'href="sms:50808"' in text
    assert ask(f"{server_without_database}/help-now/")[0] == 200
    assert ask(f"{server_without_database}/help-now/zz/")[0] == 404
    signed_in = {"Cookie": f"{settings.SESSION_COOKIE_NAME}=abcdefghijklmnopqrstuvwxyz012345"}
    assert ask(f"{server_without_database}/help-now/ie/", **signed_in)[0] == 200
