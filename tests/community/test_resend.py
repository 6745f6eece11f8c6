from html.parser import HTMLParser

import pytest
from django.http import JsonResponse
from django.test import Client
from django.urls import path

import community.urls

HERE = {"Origin": "http://testserver"}
LONG_ONE = "\n  First line.\n\nЗдравствуй, “you” & <b>you</b>.\n" + "word " * 20_000


def echo(request):
    return JsonResponse(dict(request.POST.lists()))


urlpatterns = [path("echo/", echo), *community.urls.urlpatterns]
pytestmark = pytest.mark.urls(__name__)


class Form(HTMLParser):
    """What a browser would send if the button were pressed."""

    def __init__(self, text):
        super().__init__()
        self.fields, self.writing = [], None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "input" and "name" in attributes:
            self.fields.append((attributes["name"], attributes.get("value", "")))
        if tag == "textarea":
            self.writing = [attributes["name"], ""]

    def handle_data(self, data):
        if self.writing:
            self.writing[1] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            name, value = self.writing
            self.fields.append((name, value.removeprefix("\n")))
            self.writing = None

    def sent(self):
        sent = {}
        for name, value in self.fields:
            sent.setdefault(name, []).append(value)
        return sent


@pytest.fixture
def strict():
    return Client(enforce_csrf_checks=True)


def test_an_expired_form_keeps_every_word_and_can_be_sent_again(strict):
    typed = {"title": ["A “title” & <i>more</i>"], "body": [LONG_ONE], "losses": ["one", "two"]}
    page = strict.post("/echo/", typed, headers=HERE)
    assert page.status_code == 403
    assert "Your words are below; send them again." in page.text
    again = Form(page.text).sent()
    echoed = strict.post("/echo/", again, headers=HERE)
    assert echoed.status_code == 200
    kept = echoed.json()
    del kept["csrfmiddlewaretoken"]
    assert kept == typed


def test_an_expired_form_is_sent_again_to_the_same_address(strict):
    page = strict.post("//evil.example/echo/?x=1", {"a": "b"}, headers=HERE)
    assert page.status_code == 404 or "action=" not in page.text
    assert "action=" not in strict.post("/echo/?x=1", {"a": "b"}, headers=HERE).text


def test_long_words_are_shown_and_short_ones_travel_hidden(strict):
    text = strict.post("/echo/", {"body": "two\nlines", "go": "next"}, headers=HERE).text
    assert '<textarea id="words-1" name="body" rows="12">\ntwo\nlines</textarea>' in text
    assert '<input type="hidden" name="go" value="next">' in text


def test_a_few_words_of_ones_own_are_shown_too(strict):
    sent = {"message": "Again my own words.", "outcome": "decline"}
    text = strict.post("/echo/", sent, headers=HERE).text
    assert "Your words are below" in text and "Again my own words.</textarea>" in text
    assert '<input type="hidden" name="outcome" value="decline">' in text


def test_a_password_is_never_shown_again(strict):
    sent = {"password": "secret-1", "new_password2": "secret-2", "body": "x"}
    text = strict.post("/echo/", sent, headers=HERE).text
    assert "secret-" not in text and 'name="body"' in text


def test_signing_in_is_opened_again_not_sent_again(strict, db):
    sent = {"login": "a@example.org", "password": "secret"}
    text = strict.post("/accounts/login/", sent, headers=HERE).text
    assert "a@example.org" not in text and "secret" not in text
    assert "<form" not in text
    assert 'href="/accounts/login/"' in text


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "same-site"},
        {"Referer": "https://evil.example/form"},
        {},
    ],
)
def test_what_another_site_sent_is_not_offered_again(strict, headers):
    page = strict.post("/echo/", {"body": "not your words"}, headers=headers)
    assert page.status_code == 403
    assert "not your words" not in page.text
    assert "<form" not in page.text


def test_an_old_browser_without_origin_is_known_by_its_referer(strict):
    page = strict.post("/echo/", {"body": "mine"}, headers={"Referer": "http://testserver/write/"})
    assert 'value="mine"' in page.text


def test_odd_bytes_in_an_expired_form_break_nothing(strict):
    page = strict.post(
        "/echo/",
        b"body=%00%ed%a0%80\xff&=&%3Cb%3E=1&csrfmiddlewaretoken=" + b"x" * 5000,
        content_type="application/x-www-form-urlencoded",
        headers=HERE,
    )
    assert page.status_code == 403
