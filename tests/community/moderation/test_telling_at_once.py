"""Several people at once, about what they tell a moderator."""

import pytest
from django.contrib.contenttypes.models import ContentType

from community.moderation.models import Case, Decision
from community.moderation.reports import Report, Seen, new_key
from community.moderation.states import Action
from tests import factories
from tests.community.moderation import test_concurrency
from tests.community.moderation.test_concurrency import at_once, fetched

pytestmark = test_concurrency.pytestmark


@pytest.fixture(autouse=True)
def fresh_types():
    ContentType.objects.clear_cache()


def test_of_many_who_tell_us_at_once_all_are_in_one_case(again):
    story = factories.published()
    tellers = [fetched(story) for _ in range(8)]
    told = at_once(
        *(lambda s=s, n=n: factories.told(s, words=f"{n}") for n, s in enumerate(tellers))
    )
    assert len({report.case_id for report in told}) == 1
    assert Case.objects.reported().open().count() == Seen.objects.count() == 1
    assert Report.objects.count() == 8


def test_the_same_page_pressed_eight_times_at_once_is_one_report(again):
    story = factories.published()
    page = {"number": 1, "key": new_key(), "words": "Once."}
    told = at_once(*(lambda: factories.told(fetched(story), **page) for _ in range(8)))
    assert len({report.pk for report in told}) == Report.objects.count() == 1


def test_who_tells_us_while_it_is_answered_is_answered_or_waits(again):
    story, moderator = factories.published(), factories.moderator()
    case = factories.told(story).case
    at_once(
        lambda: Report.objects.settle(case, Action.KEEP, by=moderator),
        *(lambda n=n: factories.told(fetched(story), words=f"{n}") for n in range(4)),
    )
    for report in Report.objects.select_related("case"):
        assert (report.decision_id is None) == (report.case.closed_at is None)
    assert Decision.objects.filter(action="keep").count() == 1


def test_of_two_answers_at_once_one_counts(again):
    story = factories.published()
    case = factories.told(story).case
    one, two = factories.moderator(), factories.moderator()
    at_once(
        lambda: Report.objects.settle(case, Action.KEEP, by=one),
        lambda: fetched(story).remove(by=two, message="Because.", rule="names"),
    )
    report = Report.objects.get()
    assert report.answered_at and Case.objects.open().count() == 0
    down = fetched(story).shown_id is None
    assert down  # taking down never waits; leaving it may come before, and is then overtaken


def test_telling_us_while_its_author_takes_it_down_works_for_both(again):
    story = factories.published()
    first, second = fetched(story), fetched(story)
    at_once(
        lambda: factories.told(first, number=1),
        lambda: second.withdraw(),
    )
    assert fetched(story).shown_id is None
    assert Report.objects.get().seen.words["title"] == story.title
