"""Telling a moderator something: what a visitor meets."""

import re

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from community.moderation.models import Case, Decision
from community.moderation.reports import Report, Seen
from community.moderation.views import SALT
from stories.models import Story, Visibility
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    return factories.published()


def address(story):
    return reverse("moderation:report", args=["story", story.pk])


def opened(browser, story):
    """The hidden field of the page as it came."""
    return re.search(r'name="page" value="([^"]+)"', browser.get(address(story)).text)[1]


def send(browser, story, **typed):
    return browser.post(address(story), {"reason": "cruel", **typed})


def test_a_story_says_where_to_tell_us(client, story):
    assert f'href="{address(story)}"' in client.get(story.get_absolute_url()).text


def test_a_visitor_tells_us_without_an_account_and_gets_a_private_page(client, story):
    response = send(client, story, words="She is my sister.")
    assert response.status_code == 302
    page = client.get(response["Location"])
    assert "A moderator will read this" in page.text
    assert page["Cache-Control"] == "private, no-store"
    # Not told to the next site; "no-referrer" would have our own form on it refused.
    assert page["Referrer-Policy"] == "same-origin"
    assert "noindex" in page["X-Robots-Tag"]
    assert "She is my sister" not in page.text
    report = Report.objects.get()
    assert (report.reason, report.words, report.by) == ("cruel", "She is my sister.", None)
    assert (report.seen.number, report.seen.words) == (1, story.shown.words)


def test_the_form_is_kept_by_nobody_and_works_with_its_token_only(story):
    browser = Client(enforce_csrf_checks=True)
    page = browser.get(address(story))
    assert "no-store" in page["Cache-Control"]
    assert 'content="noindex"' in page.text
    assert send(browser, story).status_code == 403
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page.text)[1]
    assert send(browser, story, csrfmiddlewaretoken=token).status_code == 302


def test_a_person_in_worry_comes_first_among_the_reasons(client, story):
    text = client.get(address(story)).text
    assert text.index("worried about the person") < text.index("shows who someone is")


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(client, story, method):
    assert getattr(client, method)(address(story)).status_code == 405


def test_what_the_reporter_cannot_see_is_not_there(client):
    hidden = [
        address(factories.pending()),
        address(factories.draft()),
        address(factories.published(visibility=Visibility.MEMBERS)),
        reverse("moderation:report", args=["story", "zzzzzz"]),
        reverse("moderation:report", args=["letter", "zzzzzz"]),
        reverse("moderation:report", args=["place", "zzzzzz"]),
        "/report/story/" + "z" * 5000 + "/",
    ]
    never = client.get("/report/story/nothere/").content
    for each in hidden:
        assert client.get(each).status_code == client.post(each).status_code == 404
        assert client.get(each).content == never
    assert not Report.objects.exists()


def test_a_member_may_tell_us_about_what_members_read():
    story = factories.published(visibility=Visibility.MEMBERS)
    browser = browser_of(factories.member())
    assert send(browser, story).status_code == 302


@pytest.mark.parametrize(
    "typed",
    [
        {"reason": ""},
        {"reason": "wrong"},  # a reason for places
        {"reason": "x" * 9000},
        {"words": "long " * 1000},
        {"email": "not an address"},
        {"email": "a@" + "b" * 300 + ".org"},
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_the_words(client, story, typed):
    response = send(client, story, **{"words": "Kept.", **typed})
    assert response.status_code == 422
    assert typed.get("words", "Kept.")[:100] in response.text
    assert 'role="alert"' in response.text
    assert not Report.objects.exists()


def test_what_no_database_keeps_is_left_out(client, story):
    send(client, story, words="a\x00b\x1bc‮d", email="p\x00q@example.org")
    report = Report.objects.get()
    assert (report.words, report.email) == ("abc‮d", "pq@example.org")


@pytest.mark.parametrize("page", ["", "\x00", "a.b", "é" * 9, "x" * 100_000])
def test_a_page_of_somebody_elses_making_is_nobodys(client, story, page):
    assert send(client, story, page=page).status_code == 302
    assert Report.objects.get().key not in page or not page


def test_the_same_page_sent_twice_is_one_report(client, story):
    page = opened(client, story)
    first, second = (send(client, story, page=page, words="Once.") for _ in range(2))
    assert first["Location"] == second["Location"]
    third = send(client, story, page=page, words="Other words from the same page.")
    assert third["Location"] != first["Location"]
    assert Report.objects.count() == 2
    assert Case.objects.reported().count() == 1


def test_a_page_of_one_story_is_not_a_page_of_another(client, story):
    page = opened(client, story)
    hidden = factories.published(visibility=Visibility.MEMBERS)
    assert send(client, hidden, page=page).status_code == 404
    other = factories.published()
    first = send(client, other, page=page)
    assert send(client, story, page=page)["Location"] != first["Location"]
    assert {r.case.object_id for r in Report.objects.all()} == {other.pk, story.pk}
    assert signing.loads(page, salt=SALT)["key"] == Report.objects.latest("pk").key


def test_a06_many_reports_are_one_case_and_hide_nothing(client, story):
    for n in range(30):
        factories.told(story, words=f"Word {n}.")
    assert Case.objects.reported().open().count() == 1
    assert Seen.objects.count() == 1
    assert client.get(story.get_absolute_url()).status_code == 200
    assert not Decision.objects.filter(action__in=["remove", "keep"]).exists()


def test_a06_a_storm_from_one_network_is_asked_to_wait_and_keeps_its_words(client, story):
    for _ in range(6):
        assert send(client, story).status_code == 302
    response = send(client, story, words="The seventh.")
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert "That was a lot at once" in response.text and "The seventh." in response.text
    assert Report.objects.count() == 6


def test_a_member_is_counted_wherever_they_are(story):
    browser = browser_of(factories.member())
    for n in range(12):
        assert browser.post(address(story), {"reason": "cruel"}, REMOTE_ADDR=f"10.0.0.{n}")
    refused = browser.post(address(story), {"reason": "cruel"}, REMOTE_ADDR="10.0.9.9")
    assert refused.status_code == 429


@pytest.mark.parametrize("token", ["a.b", "é", "%00", "x" * 3000, "{key}", "{key}.", "{key}.{mac}"])
def test_a07_a_private_link_cannot_be_guessed(client, story, token):
    report = factories.told(story)
    mac = report.get_absolute_url().split("/")[-2].partition(".")[2]
    assert len(report.key) >= 22 and len(mac) >= 43
    wrong = mac[:-2] + ("A" if mac[-2] != "A" else "B") + mac[-1]
    token = token.format(key=report.key, mac=wrong)
    assert client.get(f"/report/told/{token}/").status_code == 404
    assert client.get(report.get_absolute_url()).status_code == 200
    assert client.post(report.get_absolute_url()).status_code == 405


def test_what_was_read_when_the_page_opened_is_frozen_though_it_changed_since(client, story):
    page = opened(client, story)
    story.body = "Harmless words."
    story.save()
    story.submit()
    story.publish(by=factories.moderator(), version=story.sent)
    send(client, story, page=page)
    seen = Report.objects.get().seen
    assert seen.number == 1 and "laundry vans" in seen.words["body"]


def test_who_tells_us_while_it_comes_down_still_gets_a_kind_answer(client, story):
    page = opened(client, story)
    story.withdraw()
    assert client.get(address(story)).status_code == 404
    response = send(client, story, page=page, reason="worried")
    assert "A moderator will read this" in client.get(response["Location"]).text
    assert "laundry" in Report.objects.get().seen.words["body"]


def test_who_tells_us_while_it_is_erased_keeps_their_words(client, story):
    page, where = opened(client, story), address(story)
    story.delete()
    typed = {"reason": "worried", "page": page, "words": "I am worried about her."}
    response = client.post(where, typed)
    assert response.status_code == 410
    assert "I am worried about her." in response.text
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    "words",
    ["I don’t want to be here any more", "i just want to die", "I keep cutting myself", "me tuer"],
)
def test_words_that_may_be_about_themselves_get_help_first(client, story, words):
    page = client.get(send(client, story, words=words)["Location"]).text
    assert page.index("If it is too much right now") < page.index("<h1>")


def test_other_words_find_help_at_the_foot(client, story):
    page = client.get(send(client, story, words="He names the midwife.")["Location"]).text
    assert page.index("<h1>") < page.index("If it is too much right now")


def test_fields_of_ours_cannot_be_sent_along(client, story):
    other = factories.member()
    send(client, story, by=other.pk, key="a" * 22, decision=1, case=9, answered_at="2020-01-01")
    report = Report.objects.get()
    assert (report.by, report.decision, report.answered_at) == (None, None, None)
    assert report.key != "a" * 22


def test_a_place_can_be_told_about(client, a_place):
    place = a_place
    where = reverse("moderation:report", args=["place", place.slug])
    assert f'href="{where}"' in client.get(place.get_absolute_url()).text
    assert "A number, an address or a time is wrong" in client.get(where).text
    response = client.post(where, {"reason": "wrong", "words": "It closed."})
    assert client.get(response["Location"]).status_code == 200
    assert Report.objects.get().seen.words["name"] == place.name


def test_the_form_and_the_receipt_ask_little_of_the_database(
    client, story, django_assert_max_num_queries
):
    told = factories.told(story)
    for _ in range(40):
        factories.told(story)
    with django_assert_max_num_queries(4):
        client.get(address(story))
    with django_assert_max_num_queries(2):
        client.get(told.get_absolute_url())


def test_a_story_asks_no_more_of_the_database_for_its_link(client, story):
    assert Story.objects.filter(pk=story.pk).exists()
    assert not client.get(story.get_absolute_url()).cookies
