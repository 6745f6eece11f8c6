"""A moderator reads a letter beside the story it answers."""

import pytest
from django.urls import reverse

from community.moderation.models import Case, Proposal
from community.moderation.states import State
from community.moderation.two_people import propose
from stories.models import Byline
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
TICKED = {"looked_for": ["names", "harm", "notes"]}


@pytest.fixture
def moderator():
    factories.moderator()  # so that there is somebody else
    return factories.moderator()


def review(letter):
    return f"/admin/stories/letter/{letter.pk}/change/"


def test_letters_have_a_tab_and_open_beside_their_story(moderator):
    story = factories.wanting(title="The blue bowl")
    letter = factories.sent_letter(story, may_be_shown=True)
    queue = browser_of(moderator).get("/admin/moderation/case/?tab=letter").text
    assert "Letters (1)" in queue and "To one person, who may show it" in queue
    assert "every word" not in browser_of(moderator).get(review(letter)).text
    factories.claim(letter, moderator)
    page = browser_of(moderator).get(review(letter)).text
    assert "I read every word." in page
    folded = page[page.index("The story it answers") :]
    assert "<details" in page and "The blue bowl" in folded and "The laundry vans" in folded
    assert "Deliver the letter" in page and "It is on its way as you wrote it." in page
    assert "Publish it" not in page


def test_delivering_takes_it_to_its_reader(moderator):
    letter = factories.sent_letter(factories.wanting())
    factories.claim(letter, moderator)
    fields = {"version": 1, "outcome": "publish", "message_publish": "It is on its way."}
    assert browser_of(moderator).post(review(letter), fields | TICKED).status_code == 302
    letter.refresh_from_db()
    assert letter.state == State.PUBLISHED and letter.delivered_at


def test_not_delivering_takes_two(moderator):
    letter = factories.sent_letter(factories.wanting())
    factories.claim(letter, moderator)
    fields = {"version": 1, "outcome": "decline", "message_decline": "It compares."}
    fields["rule_decline"] = "compare"
    browser_of(moderator).post(review(letter), fields)
    letter.refresh_from_db()
    assert letter.state == State.PENDING
    assert letter.open_case().proposals.open().get().by == moderator


def test_nobody_decides_about_a_letter_to_themselves(moderator):
    letter = factories.sent_letter(factories.wanting(moderator))
    assert not Case.objects.open().open_to(moderator).about(letter).exists()
    assert browser_of(moderator).get(review(letter)).status_code == 404
    sender = browser_of(letter.author)
    assert "Letters (1)" not in sender.get("/admin/moderation/case/").text


def test_a_letter_to_an_unnamed_story_shows_no_name_of_its_writer(moderator):
    story = factories.wanting(factories.member("Marnie"), byline=Byline.NO_NAME)
    letter = factories.sent_letter(story)
    factories.claim(letter, moderator)
    assert "Marnie" not in browser_of(moderator).get(review(letter)).text


def test_a_letter_that_was_told_about_can_be_read_as_it_was_seen(moderator):
    letter = factories.put_up()
    case = factories.told(letter).case
    Case.objects.all().claim(case.pk, by=moderator)
    page = browser_of(moderator).get(f"/admin/moderation/case/{case.pk}/report/")
    assert page.status_code == 200 and "I read every word." in page.text


def test_the_queue_of_letters_costs_the_same_however_many(moderator, django_assert_max_num_queries):
    browser = browser_of(moderator)
    for _ in range(4):
        factories.sent_letter(factories.wanting())
    with django_assert_max_num_queries(20):
        few = browser.get("/admin/moderation/case/?tab=letter")
    assert few.text.count("sh-link") >= 4


def test_under_a_shield_one_proposes_to_deliver_it_and_another_lets_it_go():
    first, second = factories.moderator("Odile"), factories.moderator()
    letter = factories.sent_letter(factories.wanting(losses=["tfmr"]))
    case = factories.claim(letter, by=first)
    propose(case, "publish", by=first, version=letter.sent, message="It is on its way.")
    factories.claim(letter, by=second)
    browser = browser_of(second)
    page = browser.get(reverse("admin:stories_letter_change", args=[letter.pk])).text
    assert "Odile proposes to deliver it." in page
    proposal = Proposal.objects.get()
    sent = {"press": "confirm", "second-message": "It is on its way."}
    answer = browser.post(reverse("admin:second", args=[proposal.pk]), sent, follow=True)
    assert "Done: it is on its way." in answer.text
    page = browser.get(reverse("admin:stories_letter_change", args=[letter.pk])).text
    assert "proposed by <bdi>Odile</bdi>" in page
