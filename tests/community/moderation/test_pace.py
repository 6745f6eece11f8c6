"""Enough for a day, and a stop for whoever decides faster than one can read."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from community.moderation import pace
from community.moderation.models import Care, Case, Decision, Pace, Proposal
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
QUEUE = reverse("admin:moderation_case_changelist")
PACE = reverse("admin:pace")


@pytest.fixture
def moderator():
    return factories.moderator("Bramble Thorne")


@pytest.fixture
def lead():
    return factories.moderator("Odile", group="lead-moderators")


@pytest.fixture
def browser(moderator):
    return browser_of(moderator)


def open_it(browser, story):
    return browser.post(reverse("admin:claim", args=[story.open_case().pk]), follow=True)


def publish(browser, story):
    page = reverse("admin:stories_story_change", args=[story.pk])
    sent = {"outcome": "publish", "version": 1, "looked_for": ["names", "harm", "notes"]}
    return browser.post(page, sent | {"message_publish": "Published as it is."}, follow=True)


def decided(moderator, count, ago=timedelta()):
    """``count`` decisions, each long after its opening, the last ``ago``."""
    with time_machine.travel(timezone.now() - ago, tick=False) as clock:
        stories = [factories.pending() for _ in range(count)]
        for story in stories:
            factories.claim(story, by=moderator)
        clock.shift(timedelta(seconds=5))
        for story in stories:
            story.publish(by=moderator, version=story.sent)


def listed(browser):
    return re.findall(r'class="t sh-link"><bdi>([^<]*)</bdi>', browser.get(QUEUE).text)


# ---- enough for a day


def test_what_was_opened_counts_as_read_and_each_once(browser, moderator):
    stories = [factories.pending() for _ in range(5)]
    for story in stories[:4]:
        open_it(browser, story)
    assert "It is all right to stop" not in browser.get(QUEUE).text
    publish(browser, stories[0])
    browser.post(reverse("admin:hand-back"))
    open_it(browser, stories[1])
    assert pace.read_today(moderator) == 4
    open_it(browser, stories[4])
    assert "You have read five today. It is all right to stop." in browser.get(QUEUE).text
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert pace.read_today(moderator) == 0


def test_enough_is_enough_but_for_what_is_urgent(browser, moderator):
    Pace.set_for_everybody(2)
    stories = [factories.pending(title=title) for title in ("One", "Two", "Three")]
    for story in stories[:2]:
        open_it(browser, story)
    urgent = factories.pending(title="Urgent", body="I want to die.")
    page = browser.get(QUEUE).text
    assert "You have read two, and that is enough for today." in page
    assert listed(browser) == ["Urgent", "One", "Two"] and "Stories (3)" in page
    assert "That is enough for today." in open_it(browser, stories[2]).text
    assert stories[2].open_case().claimed_by is None
    open_it(browser, urgent)
    assert urgent.open_case().is_held_by(moderator)
    assert len(listed(browser_of(factories.moderator()))) == 1


def test_what_one_has_open_stays_open_after_enough(browser, moderator):
    story = factories.pending()
    open_it(browser, story)
    Pace.set_for_everybody(1)
    open_it(browser, story)
    assert "has been decided" not in publish(browser, story).text
    story.refresh_from_db()
    assert story.state == "published"


def test_one_persons_own_number_goes_before_everybodys(moderator):
    Pace.set_for_everybody(20)
    assert pace.today(moderator).limit == 20
    Care.objects.create(moderator=moderator, a_day=3)
    assert pace.today(moderator).limit == 3
    assert pace.today(factories.moderator()).limit == 20


def test_leads_set_it_for_everybody_and_for_one(moderator, lead):
    Care.objects.leave_out(moderator, ["molar"], timezone.localdate())
    leads = browser_of(lead)
    page = leads.get(PACE).text
    assert page.index("Bramble Thorne") < page.index(f'for="id_person_{lead.pk}"')
    assert "molar" not in page.lower()
    leads.post(PACE, {"everybody": "12", f"person_{moderator.pk}": "4"})
    assert (Pace.for_everybody(), pace.today(moderator).limit) == (12, 4)
    assert Care.objects.get(moderator=moderator).left_out == " molar "
    assert 'value="12"' in leads.get(PACE).text
    leads.post(PACE, {"everybody": "", f"person_{moderator.pk}": ""})
    assert pace.today(moderator).limit is None


@pytest.mark.parametrize("number", ["0", "-1", "501", "many", "1.5", "9" * 5000])
def test_a_number_that_makes_no_sense_is_kept_on_the_page(lead, number):
    response = browser_of(lead).post(PACE, {"everybody": number})
    assert response.status_code == 422 and "Write a number from 1 to 500" in response.text
    assert number in response.text and Pace.for_everybody() is None


def test_only_leads_set_it_or_let_somebody_go_on(moderator, browser):
    stopped = Care.objects.create(moderator=factories.moderator(), stopped_at=timezone.now())
    free = reverse("admin:free", args=[stopped.pk])
    assert browser.get(PACE).status_code == 404
    assert browser.post(PACE, {"everybody": "1"}).status_code == 404
    assert browser.post(free).status_code == 404
    for person, status in ((None, 302), (factories.member(), 404)):
        assert browser_of(person).get(PACE).status_code == status
    assert Pace.for_everybody() is None and pace.stopped().exists()
    page = browser.get(QUEUE).text
    assert PACE not in page and "has been paused" not in page


# ---- A33: faster than one can read


def test_a33_more_than_fifty_decisions_in_ten_minutes_stop(browser, moderator, lead):
    story, other = factories.pending(), factories.pending()
    decided(moderator, 49, ago=timedelta(minutes=5))
    with time_machine.travel(timezone.now() - timedelta(seconds=30)):
        for each in (story, other):
            open_it(browser, each)
    publish(browser, story)
    assert Decision.objects.filter(by=moderator, action="publish").count() == 50
    page = publish(browser, other).text
    assert "Many decisions were made here in a very short time" in page
    other.refresh_from_db()
    assert other.state == "pending" and other.open_case().claimed_by is None
    assert "so this has paused" in browser.get(QUEUE).text
    assert "Bramble Thorne</bdi> has been paused" in browser_of(lead).get(QUEUE).text


def test_fifty_over_a_longer_while_are_all_right(browser, moderator):
    decided(moderator, 50, ago=timedelta(minutes=11))
    story = factories.pending()
    with time_machine.travel(timezone.now() - timedelta(seconds=30)):
        open_it(browser, story)
    publish(browser, story)
    story.refresh_from_db()
    assert story.state == "published"


def test_a33_decisions_within_two_seconds_of_opening_stop(browser, moderator):
    stories = [factories.pending() for _ in range(6)]
    with time_machine.travel(timezone.now(), tick=False):
        for story in stories:
            open_it(browser, story)
            publish(browser, story)
    published = Decision.objects.filter(by=moderator, action="publish").count()
    assert published == pace.MOST_TOO_SOON == 4
    assert Care.objects.get(moderator=moderator).stopped_at


def test_decisions_after_two_seconds_do_not_stop(browser, moderator):
    stories = [factories.pending() for _ in range(6)]
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for story in stories:
            open_it(browser, story)
            clock.shift(timedelta(seconds=2))
            publish(browser, story)
    assert Decision.objects.filter(by=moderator, action="publish").count() == 6


def test_a33_a_report_is_not_answered_either(browser, moderator):
    Care.objects.create(moderator=moderator, stopped_at=timezone.now())
    case = factories.told().case
    Case.objects.filter(pk=case.pk).update(claimed_by=moderator, claimed_at=timezone.now())
    address = reverse("admin:report", args=[case.pk])
    page = browser.post(address, {"outcome": "keep", "up": "1"}, follow=True).text
    assert "Many decisions were made here" in page
    case.refresh_from_db()
    assert case.closed_at is None and case.claimed_by is None


def test_a33_nor_is_anything_agreed_to(browser, moderator):
    case = factories.pending().open_case()
    proposal = Proposal.objects.create(
        case=case,
        version=case.version,
        action="decline",
        message="Because.",
        by=factories.moderator(),
        by_name="Odile",
    )
    Care.objects.create(moderator=moderator, stopped_at=timezone.now())
    Case.objects.filter(pk=case.pk).update(claimed_by=moderator, claimed_at=timezone.now())
    sent = {"press": "confirm", "second-message": "Because."}
    page = browser.post(reverse("admin:second", args=[proposal.pk]), sent, follow=True).text
    assert "Many decisions were made here" in page
    assert Proposal.objects.open().exists() and case.contribution.state == "pending"


def test_who_is_stopped_opens_nothing_and_what_they_wrote_is_kept(browser, moderator):
    story = factories.pending()
    open_it(browser, story)
    Care.objects.create(moderator=moderator, stopped_at=timezone.now())
    assert "Published as it is." in publish(browser, story).text
    assert "so this has paused" in open_it(browser, story).text
    assert story.open_case().claimed_by is None


def test_a_lead_lets_them_go_on_and_what_was_before_no_longer_counts(browser, moderator, lead):
    decided(moderator, 50, ago=timedelta(minutes=3))
    story = factories.pending()
    factories.claim(story, by=moderator)
    publish(browser, story)
    stopped = pace.stopped().get()
    assert "Let <bdi>Bramble Thorne</bdi> go on" in browser_of(lead).get(QUEUE).text
    browser_of(lead).post(reverse("admin:free", args=[stopped.pk]))
    assert not pace.stopped().exists()
    with time_machine.travel(timezone.now() + timedelta(seconds=1)):
        open_it(browser, story)
    with time_machine.travel(timezone.now() + timedelta(seconds=9)):
        publish(browser, story)
    story.refresh_from_db()
    assert story.state == "published"


def test_nobody_lets_themselves_go_on(lead):
    own = Care.objects.create(moderator=lead, stopped_at=timezone.now())
    leads = browser_of(lead)
    free = reverse("admin:free", args=[own.pk])
    assert free not in leads.get(QUEUE).text
    leads.post(free)
    assert pace.stopped().exists()


def test_a_stop_ends_by_itself_after_a_day():
    moderator = factories.moderator()
    Care.objects.create(moderator=moderator, stopped_at=timezone.now() - timedelta(hours=23))
    assert pace.today(moderator).is_stopped and pace.stopped()
    Care.objects.update(stopped_at=timezone.now() - timedelta(hours=25))
    assert not pace.today(moderator).is_stopped and not pace.stopped()
    assert not pace.stop_if_hurried(moderator, None)
