"""Handing over an invitation, taking it up, agreeing, ending: each for whom it is."""

import re

import pytest

from stories.link_finding import SIGNER
from stories.models import Byline, Link, Story
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
LINE = "The same loss, in another voice"


@pytest.fixture
def ann():
    return factories.published(factories.member("Ann Alder"), title="The blue bowl")


@pytest.fixture
def ben():
    unnamed = {"title": "Driving home", "byline": Byline.NO_NAME}
    return factories.published(factories.member("Ben Bramble"), **unnamed)


def invitation_of(story):
    browser = browser_of(story.author)
    browser.post(f"/write/{story.pk}/voice/")
    page = browser.get(f"/write/{story.pk}/voice/").text
    return re.search(r'<p class="post">http://localhost:8000(/me/voices/\S+/)</p>', page)[1]


def ticked(page, **fields):
    seen = re.search(r'name="seen" value="(\w+)"', page.text)[1]
    return {"agreed": "on", "seen": seen, **fields}


def taken_up(ann, ben):
    address, browser = invitation_of(ann), browser_of(ben.author)
    page = browser.get(f"{address}?story={ben.pk}")
    return browser.post(address, ticked(page, story=ben.pk))


def test_from_an_invitation_to_two_pages_that_point_at_each_other(client, ann, ben):
    address = invitation_of(ann)
    theirs, hers = browser_of(ben.author), browser_of(ann.author)
    assert "The blue bowl" in theirs.get(address).text
    page = theirs.get(f"{address}?story={ben.pk}")
    assert page.text.count(f"<dt>{LINE}</dt>") == 2
    assert "Your story has no name. We never show your pen name with it." in page.text
    response = theirs.post(address, ticked(page, story=ben.pk))
    link = Link.objects.get()
    assert response["Location"] == f"/me/voices/{link.pk}/"
    assert (
        "You have agreed. Nothing is shown until they have, too."
        in theirs.get(link.get_absolute_url()).text
    )

    assert "waits for your say" in hers.get("/me/").text
    page = hers.get(link.get_absolute_url())
    assert "Driving home" in page.text and "Ben Bramble" not in page.text
    assert LINE not in client.get(ann.get_absolute_url()).text
    hers.post(link.get_absolute_url(), ticked(page))
    assert (
        LINE in client.get(ann.get_absolute_url()).text
        and LINE in client.get(ben.get_absolute_url()).text
    )
    assert "waits for your say" not in hers.get("/me/").text
    assert "The two pages point at each other" in hers.get("/me/voices/").text


def test_nothing_is_agreed_without_the_tick(ann, ben):
    address, browser = invitation_of(ann), browser_of(ben.author)
    page = browser.get(f"{address}?story={ben.pk}")
    fields = ticked(page, story=ben.pk)
    del fields["agreed"]
    response = browser.post(address, fields)
    assert response.status_code == 422 and "Tick this if you agree." in response.text
    assert Link.objects.get().second is None


def test_what_has_changed_since_the_page_was_opened_is_shown_before_anything_is_agreed(ann, ben):
    taken_up(ann, ben)
    link, browser = Link.objects.get(), browser_of(ann.author)
    fields = ticked(browser.get(link.get_absolute_url()))
    Story.objects.filter(pk=ben.pk).update(byline=Byline.PEN_NAME, title="Driving")
    ben.refresh_from_db()
    ben.submit()
    ben.publish(by=factories.moderator(), version=ben.sent)
    response = browser.post(link.get_absolute_url(), fields)
    assert response.status_code == 422 and "Look again." in response.text
    assert browser.post(link.get_absolute_url(), ticked(response)).status_code == 302
    link.refresh_from_db()
    assert link.first_agreed_at and not link.second_agreed_at, "he agreed to no name"


def test_pressing_twice_changes_nothing(ann, ben):
    address, browser = invitation_of(ann), browser_of(ben.author)
    fields = ticked(browser.get(f"{address}?story={ben.pk}"), story=ben.pk)
    first, second = browser.post(address, fields), browser.post(address, fields)
    assert first["Location"] == second["Location"]
    link, hers = Link.objects.get(), browser_of(ann.author)
    fields = ticked(hers.get(link.get_absolute_url()))
    assert (
        hers.post(link.get_absolute_url(), fields)["Location"]
        == hers.post(link.get_absolute_url(), fields)["Location"]
    )
    for _ in range(3):
        hers.post(f"/me/voices/{link.pk}/end/")
    link.refresh_from_db()
    assert link.ended_by == ann.author


def test_who_is_told_that_it_ended_is_told_in_words_and_only_there(client, ann, ben):
    link = factories.linked(ann, ben)
    browser_of(ann.author).post(f"/me/voices/{link.pk}/end/")
    browser = browser_of(ben.author)
    assert "is no longer linked with another story" in browser.get("/me/").text
    page = browser.get(link.get_absolute_url()).text
    assert "The other person has ended it" in page
    assert "The blue bowl" not in page and "Ann" not in page
    assert browser_of(ann.author).get(link.get_absolute_url()).status_code == 404
    browser.post(f"/me/voices/{link.pk}/end/")
    assert "no longer linked" not in browser.get("/me/").text and not Link.objects.exists()


def test_an_invitation_taken_back_opens_nothing(ann, ben):
    address = invitation_of(ann)
    browser_of(ann.author).post(f"/me/voices/{Link.objects.get().pk}/end/")
    assert browser_of(ben.author).get(address).status_code == 404


def test_whoever_made_it_is_led_back_to_it(ann):
    response = browser_of(ann.author).get(invitation_of(ann))
    assert response["Location"] == f"/write/{ann.pk}/voice/"


def test_once_it_is_taken_up_it_is_there_for_nobody_else(ann, ben):
    address = invitation_of(ann)
    taken_up(ann, ben)
    assert browser_of(factories.member()).get(address).status_code == 404


def test_who_has_no_published_story_is_told_until_when_it_waits(ann):
    page = browser_of(factories.member()).get(invitation_of(ann))
    assert "You have no published story yet." in page.text


def test_a18_nobody_links_a_story_that_is_not_theirs(ann, ben):
    address, browser = invitation_of(ann), browser_of(ben.author)
    fields = ticked(browser.get(f"{address}?story={ben.pk}"))
    for other in (factories.published(), ann, factories.draft(ben.author)):
        browser.post(address, {**fields, "story": other.pk})
        assert browser.get(f"{address}?story={other.pk}").text.count(LINE) == 1
    assert Link.objects.get().second is None


@pytest.mark.parametrize("what", ["", "end/"])
def test_a_link_is_there_for_its_two_members_alone(ann, ben, what):
    link = factories.linked(ann, ben)
    for other in (factories.member(), factories.moderator()):
        for method in ("get", "post"):
            response = getattr(browser_of(other), method)(f"/me/voices/{link.pk}/{what}")
            assert response.status_code in (404, 405)
    assert Link.objects.get().holds()


def test_a07_an_invitation_is_not_to_be_guessed(ann):
    address = invitation_of(ann)
    key, _, seal = address.split("/")[-2].partition(".")
    browser = browser_of(factories.member())
    for token in (key, f"{key}.{seal[:-1]}", f".{seal}", "é", "a" * 5000, SIGNER.sign("nobody-s")):
        assert browser.get(f"/me/voices/invited/{token}/").status_code == 404


def test_a_visitor_is_asked_to_sign_in_whatever_the_address(client, ann):
    known, unknown = invitation_of(ann), "/me/voices/invited/nobody-s/"
    for address in (known, unknown, "/me/voices/"):
        assert client.get(address)["Location"] == f"/accounts/login/?next={address}"
    assert client.post(known)["Location"] == f"/accounts/login/?next={known}"


def test_only_what_is_published_is_invited_to(ann):
    draft = factories.draft(ann.author)
    browser = browser_of(ann.author)
    browser.post(f"/write/{draft.pk}/voice/")
    assert "possible while your story is published" in browser.get(f"/write/{draft.pk}/voice/").text
    assert not Link.objects.exists()


def test_a_story_that_came_down_meanwhile_is_linked_with_nothing(ann, ben):
    address, browser = invitation_of(ann), browser_of(ben.author)
    fields = ticked(browser.get(f"{address}?story={ben.pk}"), story=ben.pk)
    ben.withdraw()
    browser.post(address, fields)
    ann.withdraw()
    assert browser.post(address, fields).status_code == 404
    assert Link.objects.get().second is None


def test_the_list_costs_the_same_however_long(ann, django_assert_max_num_queries):
    for _ in range(3):
        factories.linked(ann)
    browser = browser_of(ann.author)
    with django_assert_max_num_queries(4):  # session and member
        page = browser.get("/me/voices/").text
    assert page.count("The two pages point at each other") == 3


def test_a_moderator_sees_which_story_it_is_linked_with(ann, ben):
    factories.linked(ann, ben)
    page = browser_of(factories.moderator()).get(f"/admin/stories/story/{ann.pk}/change/").text
    assert f'<a href="/admin/stories/story/{ben.pk}/change/">' in page
    assert "Ben Bramble" not in page
