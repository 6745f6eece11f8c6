"""I read this: once per reader, taken back at will, for the writer alone, and no trace of who."""

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.crypto import get_random_string

from community.members.models import Email
from community.moderation.states import State
from stories.models import Acknowledgement, Reader, Story
from tests import factories
from tests.factories import browser_of
from tests.stories.pages import without_tokens

pytestmark = pytest.mark.django_db
SAID = "has read to the end"


@pytest.fixture
def story(writer):
    return factories.published(writer)


@pytest.fixture
def visitor():
    return Client(enforce_csrf_checks=True)


def at(story):
    return f"{story.get_absolute_url()}read/"


def press(browser, story, **fields):
    """As a browser does it: the page first, for its number, then the button on it."""
    token = get_token(browser.get(at(story)))
    return browser.post(at(story), {"csrfmiddlewaretoken": token, **fields})


def get_token(page):
    return page.context["csrf_token"] if page.context else ""


def told(story):
    """What its writer is told, between the headings."""
    page = browser_of(story.author).get(f"/write/{story.pk}/sent/").text
    return page.partition('id="read-by"')[2].partition("</section>")[0]


def test_a_visitor_lets_the_writer_know_once_and_takes_it_back(story, visitor):
    for _ in range(3):
        answer = press(visitor, story)
    assert answer.url == at(story)
    assert "One person has read to the end." in told(story)
    assert "Take that back" in visitor.get(at(story)).text
    press(visitor, story, **{"take-back": "1"})
    assert SAID not in told(story) and "I read this</button>" in visitor.get(at(story)).text


def test_two_visitors_are_two_and_one_cannot_take_back_what_the_other_said(story, visitor):
    press(visitor, story)
    other = Client(enforce_csrf_checks=True)
    press(other, story, **{"take-back": "1"})
    assert Acknowledgement.objects.count() == 1
    press(other, story)
    assert "Two people have read to the end." in told(story)


def test_a_member_is_one_whatever_browser_they_use(story):
    member = factories.member()
    for _ in range(2):
        answer = browser_of(member).post(at(story))
        assert answer.url == f"{story.get_absolute_url()}#ack"
    assert Acknowledgement.objects.count() == 1
    assert "Take that back" in browser_of(member).get(story.get_absolute_url()).text
    browser_of(member).post(at(story), {"take-back": "1"})
    assert not Acknowledgement.objects.exists()


def test_a_new_secret_key_makes_nobody_two(story, settings):
    member = factories.member()
    browser = browser_of(member)
    browser.post(at(story))
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = get_random_string(60)
    browser = browser_of(member)
    browser.post(at(story))
    assert Acknowledgement.objects.count() == 1
    browser.post(at(story), {"take-back": "1"})
    assert not Acknowledgement.objects.exists()


def test_without_its_token_a_press_counts_nothing(story, visitor):
    assert visitor.post(at(story)).status_code == 403
    assert not Acknowledgement.objects.exists()


def test_what_is_kept_says_neither_who_nor_when_and_nothing_joins_two_of_one_reader(story):
    member, other = factories.member(), factories.published()
    for each in (story, other):
        browser_of(member).post(at(each))
    columns = {field.name for field in Acknowledgement._meta.concrete_fields}
    assert columns == {"mark", "story"}
    first, second = Acknowledgement.objects.values_list("mark", flat=True)
    assert first[:8] != second[:8]


def test_nobody_but_its_writer_learns_of_it(story, visitor, moderator):
    address, reader = story.get_absolute_url(), factories.member()
    places = [address, "/stories/", "/", at(story), f"{address}letters/", "/me/", "/admin/"]
    browsers = [Client(), browser_of(reader), browser_of(moderator)]

    def seen():
        pages = [browser.get(place) for browser in browsers for place in places]
        return [(page.status_code, without_tokens(page.text)) for page in pages]

    before, etag = seen(), Client().get(address)["ETag"]
    press(visitor, story)
    browser_of(factories.member()).post(at(story))
    assert seen() == before
    assert Client().get(address)["ETag"] == etag
    assert browsers[2].get(f"/write/{story.pk}/sent/").status_code == 404
    assert "Two people" in told(story)


def test_nothing_is_said_by_mail(story, visitor):
    before = Email.objects.count()
    press(visitor, story)
    assert Email.objects.count() == before


def test_a_writer_cannot_read_their_own_to_the_end(story):
    own = browser_of(story.author)
    assert 'id="ack"' not in own.get(story.get_absolute_url()).text
    assert own.post(at(story)).status_code == 302
    assert "This one is yours." in own.get(at(story)).text
    assert not Acknowledgement.objects.exists()


def test_a_writer_turns_it_off_and_nothing_is_counted_or_asked(story, visitor):
    press(visitor, story)
    own = browser_of(story.author)
    assert own.post(f"/write/{story.pk}/asking/").url == f"/write/{story.pk}/sent/"
    assert not Acknowledgement.objects.exists()
    for person in (None, factories.member()):
        page = browser_of(person).get(story.get_absolute_url()).text
        assert "I read this" not in page and "Keep this story" in page
    press(visitor, story)
    assert not Acknowledgement.objects.exists() and SAID not in told(story)
    assert "would rather not be told" in visitor.get(at(story)).text
    own.post(f"/write/{story.pk}/asking/", {"ask": "1"})
    press(visitor, story)
    assert "One person" in told(story)


def test_only_its_writer_turns_it_off(story):
    address = f"/write/{story.pk}/asking/"
    assert browser_of(factories.member()).post(address).status_code == 404
    assert browser_of().post(address).status_code == 302
    assert browser_of(story.author).get(address).status_code == 405
    assert Story.objects.get().asks_readers


def test_a_story_that_came_down_meanwhile_is_said_kindly(story, visitor):
    token = get_token(visitor.get(at(story)))
    story.withdraw()
    gone = visitor.post(at(story), {"csrfmiddlewaretoken": token})
    never = visitor.post("/stories/zzzzzz/read/", {"csrfmiddlewaretoken": token})
    assert (gone.status_code, never.status_code) == (404, 404)
    assert "may have taken it down while you were reading" in gone.text
    assert gone.text == never.text
    assert visitor.get(at(story)).status_code == 404
    assert not Acknowledgement.objects.exists()


def test_what_was_said_can_be_taken_back_after_it_came_down(story):
    member = browser_of(factories.member())
    member.post(at(story))
    story.withdraw()
    assert story.state == State.WITHDRAWN
    member.post(at(story), {"take-back": "1"})
    assert not Acknowledgement.objects.exists()


def test_a_machine_is_slowed_down(story, visitor):
    sent = {"csrfmiddlewaretoken": get_token(visitor.get(at(story)))}
    for _ in range(20):
        assert visitor.post(at(story), sent).status_code == 302
    answer = visitor.post(at(story), sent)
    assert answer.status_code == 429
    assert answer["Retry-After"] and "Wait a minute" in answer.text


def test_a_member_can_do_without_the_buttons(story):
    member = factories.member()
    browser = browser_of(member)
    assert browser.post("/me/after-reading/", {}).status_code == 302
    assert 'id="ack"' not in browser.get(story.get_absolute_url()).text
    browser.post("/me/after-reading/", {"is_asked": "on"})
    assert 'id="ack"' in browser.get(story.get_absolute_url()).text


def test_who_leaves_takes_back_what_they_said_and_nobody_elses(story, visitor):
    member = factories.member()
    browser_of(member).post(at(story))
    press(visitor, story)
    call_command("erase_member", member.email, yes=True, verbosity=0)
    assert not Reader.objects.exists()
    assert "One person has read to the end." in told(story)


def test_a_members_page_costs_no_more_for_it(story, django_assert_max_num_queries):
    browser = browser_of(factories.member())
    browser.post(at(story))
    with django_assert_max_num_queries(5):
        browser.get(story.get_absolute_url())


def test_one_hundred_are_in_figures_and_one_less_in_words(story):
    Acknowledgement.objects.bulk_create(Acknowledgement(mark=n, story=story) for n in range(99))
    assert "Ninety-nine people have read to the end." in told(story)
    Acknowledgement.objects.create(mark="x", story=story)
    assert "100 people have read to the end." in told(story)
