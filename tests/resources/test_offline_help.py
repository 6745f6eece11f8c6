"""Help numbers that a device keeps (tests/browser/test_offline_help.py keeps them)."""

import re
from datetime import timedelta

import time_machine
from django.utils import timezone

from resources import helplines


def script(client):
    response = client.get("/help-now.js")
    return response, response.content.decode()


def test_it_names_the_pages_of_help_and_their_styles_and_nothing_else(client):
    _response, text = script(client)
    addresses = re.findall(r'^  "([^"]+)",$', text, re.MULTILINE)
    pages = [path for path in addresses if not path.startswith("/static/css/")]
    assert all(path.startswith("/help-now/") for path in pages)
    codes = {path.split("/")[2].upper() for path in pages} - {"", "OFFLINE"}
    assert codes == helplines.countries()
    for path in pages:
        assert client.get(path).status_code == 200
        assert len(client.get(path).content) < 15_000
    used = set(re.findall(r'rel="stylesheet" href="([^"]+)"', client.get("/help-now/").text))
    assert used == set(addresses) - set(pages)


def test_a_number_that_changes_is_a_new_script(client, monkeypatch):
    before = script(client)[1]
    assert script(client)[1] == before
    lines = helplines.read()
    monkeypatch.setattr(helplines, "read", lambda: lines[1:])
    assert script(client)[1] != before


def test_a_number_that_lapses_is_a_new_script(client):
    before = script(client)[1]
    with time_machine.travel(timezone.now() + timedelta(days=2000)):
        assert script(client)[1] != before


def test_it_may_stand_in_for_any_page_and_is_asked_for_again(client):
    response, text = script(client)
    assert response["Service-Worker-Allowed"] == "/"
    assert response["Content-Type"].startswith("text/javascript")
    assert response["Cache-Control"] == "public, no-cache"
    assert 'credentials: "omit"' in text and "&#" not in text


def test_offline_needs_no_database(client):
    """This test has none."""
    assert "These numbers still work." in client.get("/help-now/offline/").text
