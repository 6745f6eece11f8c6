"""The queue in the admin: who may open it, and what opening a case does."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from community.moderation.models import Case, Decision
from stories.models import Story
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
QUEUE = reverse("admin:moderation_case_changelist")
HAND_BACK = reverse("admin:hand-back")
EMAIL = re.compile(r"writer\d+@")
# Who asks (5), how they are (4), whether others read, the page (4), the usual wait.
QUERIES = 16


@pytest.fixture
def moderator():
    return factories.moderator("Bramble Thorne")


@pytest.fixture
def browser(moderator):
    return browser_of(moderator)


@pytest.fixture
def story():
    return factories.pending()


def opening(story):
    return reverse("admin:claim", args=[story.open_case().pk])


def review(story):
    return reverse("admin:stories_story_change", args=[story.pk])


def addresses(story):
    """Every address of the admin's that has to do with deciding."""
    case, decision = story.open_case().pk, Decision.objects.first().pk
    kinds = {"moderation_case": case, "moderation_decision": decision, "stories_story": story.pk}
    for kind, pk in kinds.items():
        yield reverse(f"admin:{kind}_changelist")
        yield reverse(f"admin:{kind}_add")
        for name in ("change", "delete", "history"):
            yield reverse(f"admin:{kind}_{name}", args=[pk])
    yield reverse("admin:claim", args=[case])
    yield HAND_BACK


# ---- who may come in


def test_who_is_no_moderator_gets_nowhere(story):
    editor = factories.moderator(group="directory-editors")
    visitors, members, editors = map(browser_of, (None, factories.member(), editor))
    for client, statuses in ((visitors, {302}), (members, {404}), (editors, {302, 404, 405})):
        for address in addresses(story):
            for response in (client.get(address, follow=client is editors), client.post(address)):
                assert response.status_code in statuses, address
                assert story.title not in response.text
    assert not Case.objects.exclude(claimed_by=None).exists()


def test_an_editor_of_the_directory_hears_nothing_of_what_waits(story):
    front = browser_of(factories.moderator(group="directory-editors")).get("/admin/").text
    assert "waiting to be read" not in front and "moderation/case" not in front


LEADS_MAY = {
    "members.add_signuppause",
    "moderation.add_lostfactor",
    *(f"moderation.{what}_reasontext" for what in ("view", "add", "change")),
    *(f"moderation.{what}_transparencyreport" for what in ("publish", "view")),
    *(f"moderation.add_{what}" for what in ("sanction", "shield")),
    "moderation.export_decision",
    "moderation.view_numbers",
    "moderation.set_pace",
}


@pytest.mark.parametrize("group", ["moderators", "lead-moderators"])
def test_a_moderator_may_read_and_decide_and_nothing_else(story, group):
    person = factories.moderator(group=group)
    may_besides = LEADS_MAY if "lead" in group else set()
    assert person.get_all_permissions() - may_besides == {
        "moderation.view_case",
        "moderation.decide_case",
        "moderation.view_decision",
        "moderation.view_record",
        "moderation.view_shield",
        "moderation.add_membernote",
        *(f"stories.view_{what}" for what in ("story", "letter", "remembrance", "photo")),
    }
    assert person.has_perms(may_besides)
    front = browser_of(person).get("/admin/").text
    assert "One is waiting to be read" in front and "members/member" not in front


def test_nobody_adds_changes_or_deletes_by_hand(story):
    owner = factories.member(is_staff=True, is_superuser=True)
    for client in (browser_of(factories.moderator()), browser_of(owner)):
        for kind, pk in (("moderation_case", story.open_case().pk), ("stories_story", story.pk)):
            for name, args in (("add", []), ("delete", [pk])):
                address = reverse(f"admin:{kind}_{name}", args=args)
                assert client.get(address).status_code == client.post(address).status_code == 404
        address = reverse("admin:moderation_decision_change", args=[Decision.objects.get().pk])
        assert client.get(address).status_code == 200
        assert client.post(address, {"action": "publish"}).status_code == 404
        assert "<select name=" not in client.get(address).text


def test_nothing_is_done_in_bulk(browser, story):
    other = factories.pending()
    for kind in ("moderation_case", "stories_story", "moderation_decision"):
        address = reverse(f"admin:{kind}_changelist")
        assert 'name="action"' not in browser.get(address).text
        browser.post(
            address,
            {"action": "delete_selected", "_selected_action": [story.pk, other.pk], "post": "yes"},
        )
    assert Story.objects.count() == 2


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_opening_and_handing_back_are_presses(browser, story, method):
    for address in (opening(story), HAND_BACK):
        assert getattr(browser, method)(address).status_code == 405


# ---- the queue


def test_the_queue_is_oldest_first_and_says_what_each_is(browser):
    with time_machine.travel(timezone.now() - timedelta(hours=33)):
        older = factories.pending(title="Older", language="ar", asks_first=True)
    factories.pending(title="Newer")
    text = browser.get(QUEUE).text
    assert text.index("Older") < text.index("Newer")
    assert (
        "The longest wait is one day and nine hours; we tell people it is usually within two days."
        in text
    )
    assert "In العربية" in text and "Asks readers first" in text and "Their first" in text
    assert older.author.email not in text and "laundry" not in text


def test_the_queue_asks_the_database_the_same_whatever_waits(browser, django_assert_num_queries):
    for number in (5, 45):
        for _ in range(number):
            factories.pending()
        browser.post(opening(Story.objects.first()))
        with django_assert_num_queries(QUERIES):
            text = browser.get(QUEUE).text
        assert f"({Case.objects.waiting().count()})" in text
    assert Case.objects.waiting().count() == 50


def test_an_empty_queue_says_so(browser):
    assert "Nothing is waiting. Thank you." in browser.get(QUEUE).text
    assert "Nothing waits for an author." in browser.get(QUEUE + "?tab=author").text


@pytest.mark.parametrize(
    "query",
    [
        "?tab=nothing",
        "?tab=%00",
        "?page=²",
        "?page=-1&tab=author",
        "?page=" + "9" * 5000,
        "?page=%ed%a0%80",
        "?q=laundry",
        "?o=1.2",
        "?author__email__contains=a",
        "?e=1",
        "?_popup=1&_to_field=x",
    ],
)
def test_the_queue_bears_what_makes_no_sense(browser, story, query):
    response = browser.get(QUEUE + query)
    assert response.status_code == 200 and not EMAIL.search(response.text)


def test_a_moderators_own_story_is_not_theirs_to_open(moderator, browser):
    own = factories.pending(moderator, title="My own")
    assert "My own" not in browser.get(QUEUE).text and "(0)" in browser.get(QUEUE).text
    browser.post(opening(own))
    assert own.open_case().claimed_by is None
    assert browser.get(review(own)).status_code == 404
    assert browser.post(review(own), {"outcome": "publish", "version": 1}).status_code == 404


def test_what_waits_for_its_author_is_under_its_own_tab(browser):
    story = factories.pending(title="Asked")
    story.return_to_author(by=factories.moderator(), version=story.sent, message="?")
    assert "Asked" not in browser.get(QUEUE).text
    assert "Awaiting the author (1)" in browser.get(QUEUE).text
    assert "Asked" in browser.get(QUEUE + "?tab=author").text
    story.author.delete()
    assert "Awaiting the author (0)" in browser.get(QUEUE).text


# ---- opening and handing back


def test_opening_claims_it_and_leads_to_its_words(browser, moderator, story):
    response = browser.post(opening(story))
    assert response["Location"] == review(story)
    assert story.open_case().claimed_by == moderator
    assert "laundry vans" in browser.get(review(story)).text
    assert re.search(r"You, since \d\d:\d\d", browser.get(QUEUE).text)


def test_of_two_who_open_it_the_second_is_told(browser, story):
    address = opening(story)
    browser.post(address)
    second = browser_of(factories.moderator())
    assert second.post(address)["Location"] == QUEUE
    text = second.get(QUEUE).text
    assert "Another moderator opened that one a moment before you." in text
    assert "<bdi>Bramble Thorne</bdi>" in text and address not in text
    assert "laundry vans" not in second.get(review(story)).text


def test_what_is_decided_meanwhile_cannot_be_opened(browser, story):
    address = opening(story)
    story.take_back()
    assert browser.post(address)["Location"] == QUEUE
    assert "decided meanwhile, or was taken back" in browser.get(QUEUE).text
    assert browser.post(reverse("admin:claim", args=[10**30])).status_code == 302


def test_a_claim_lapses_after_an_hour(browser, story):
    browser.post(opening(story))
    second = browser_of(factories.moderator())
    with time_machine.travel(timezone.now() + timedelta(minutes=59)):
        assert second.post(opening(story))["Location"] == QUEUE
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert "laundry vans" not in browser.get(review(story)).text
        assert second.post(opening(story))["Location"] == review(story)
        assert "laundry vans" not in browser.get(review(story)).text


@pytest.mark.parametrize("case", ["", "x", "\x00", "9" * 99, None])
def test_what_nobody_held_was_not_handed_back(browser, story, case):
    browser.post(HAND_BACK, {} if case is None else {"case": case})
    text = browser.get(QUEUE).text
    assert "Handed back." not in text and "nothing was handed back" in text


def test_one_is_handed_back_or_all(browser, moderator):
    stories = [factories.pending() for _ in range(3)]
    theirs = factories.pending()
    factories.claim(theirs, by=factories.moderator())
    for story in stories:
        browser.post(opening(story))
    held = Case.objects.held_by(moderator)
    browser.post(HAND_BACK, {"case": stories[0].open_case().pk})
    assert held.count() == 2
    for nonsense in ("", "x", "\x00", "9" * 99, theirs.open_case().pk):
        browser.post(HAND_BACK, {"case": nonsense})
        assert held.count() == 2
    assert "Handed back." in browser.get(QUEUE).text
    browser.post(HAND_BACK)
    assert held.count() == 0 and theirs.open_case().is_held()


# ---- the log


def test_the_log_tells_what_was_decided_and_no_word_of_anybodys(browser, story, moderator):
    factories.decline(story, by=moderator, message="A secret reason.")
    text = browser.get(reverse("admin:moderation_decision_changelist")).text
    assert "Not published" in text and "Bramble Thorne" in text and f"Story {story.pk}" in text
    columns = re.findall(r'class="text">\s*<a[^>]*>([^<]+)<', text)
    assert columns == ["Number", "When", "What", "Which", "Version", "By"]
    assert "Finding help |" not in text and "content_type" not in text
    for secret in ("secret reason", story.title, story.author.pen_name, story.author.email):
        assert secret not in text


def test_no_page_of_a_moderators_shows_an_email(browser, story):
    factories.published()
    for address in [*addresses(story), "/admin/", review(story)]:
        assert not EMAIL.search(browser.get(address).text)
    browser.post(opening(story))
    assert not EMAIL.search(browser.get(review(story)).text)
    assert EMAIL.match(story.author.email)
