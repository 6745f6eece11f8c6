"""Telling an editor of a place: no account, and nothing kept of who did."""

from datetime import timedelta

import pytest
from django.utils import timezone

from resources import suggestion_views
from resources.models import Suggestion

SAID = {"name": "The Lantern", "url": "lantern.example", "country": "GH", "about": "For fathers."}


@pytest.fixture
def page(client, db):
    """What a form that was opened a while ago sends along."""
    opened = client.get("/resources/suggest/").context["form"].initial["page"]
    said = suggestion_views.opened(opened)
    said["at"] = (timezone.now() - timedelta(minutes=1)).timestamp()
    return suggestion_views.signing.dumps(said, salt=suggestion_views.SALT)


def send(client, page, **changed):
    return client.post("/resources/suggest/", SAID | {"page": page} | changed)


def test_a_suggestion_waits_for_an_editor(client, page):
    response = send(client, page)
    assert response.url == "/resources/suggest/sent/"
    assert "An editor will read about it" in client.get(response.url).text
    (suggestion,) = Suggestion.objects.waiting()
    assert (suggestion.name, suggestion.url) == ("The Lantern", "https://lantern.example")
    assert "The Lantern" not in client.get("/resources/").text


def test_sending_twice_makes_one(client, page):
    assert send(client, page).url == send(client, page).url
    assert Suggestion.objects.count() == 1


@pytest.mark.parametrize(
    "changed, why",
    [
        ({"name": ""}, "Write its name."),
        ({"url": ""}, "Write the address of its website"),
        ({"url": "javascript:alert(1)"}, "beginning with https://"),
        ({"url": "not an address"}, "beginning with https://"),
        ({"country": "XX"}, "Choose one of those on the page."),
        ({"about": "a" * 1001}, "Make this shorter"),
        ({"name": "a\u202eb"}, "a character here that cannot be seen"),
    ],
)
def test_what_is_missing_is_asked_for_and_words_are_kept(client, page, changed, why):
    response = send(client, page, **changed)
    assert response.status_code == 422
    assert why in response.text
    assert "For fathers." in response.text or "about" in changed
    assert not Suggestion.objects.exists()


def test_a_machine_is_asked_to_press_again(client, page):
    fresh = client.get("/resources/suggest/").context["form"].initial["page"]
    for made_up in ("", "nobody’s", fresh):
        response = send(client, made_up)
        assert response.status_code == 422
        assert "send it once more" in response.text
        assert "The Lantern" in response.text
    assert not Suggestion.objects.exists()


def test_a_storm_is_asked_to_wait_and_loses_no_words(client, page, monkeypatch):
    monkeypatch.setattr(suggestion_views, "LIMIT", {"suggest": "1/m/ip"})
    send(client, page)
    response = send(client, page)
    assert response.status_code == 429
    assert "That was a lot at once." in response.text and "The Lantern" in response.text


def test_distress_is_answered_with_help_and_nothing_is_held_back(client, page):
    response = send(client, page, about="I don’t want to be here any more.")
    assert "help-first" in client.get(response.url).text
    assert Suggestion.objects.count() == 1
