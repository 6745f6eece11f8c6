"""An appeal that is neither upheld nor reversed, about covering or taking down."""

import pytest
from django.urls import reverse

from community.moderation import reports
from community.moderation.models import Appeal, Case
from community.moderation.rethinking import outcomes
from community.moderation.states import Action, State
from community.moderation.two_people import confirm, propose
from tests import factories
from tests.community.moderation.test_rethinking import appealed, covered, settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer():
    return factories.moderator("Hazel Quill")


def test_what_is_covered_is_uncovered_with_a_question_to_its_author(client, reviewer):
    appeal = appealed(covered(title="The heron"))
    decision, story = settle(appeal, Action.CHANGE, reviewer, rule="names")
    assert (decision.action, story.state) == (Action.CHANGE, State.RETURNED)
    assert "The heron" in client.get(story.get_absolute_url()).text
    assert Case.objects.awaiting_author().get().contribution == story
    story.title = "The heron, again"
    story.save()
    story.submit(answer="Like this?")
    assert "again" not in client.get(story.get_absolute_url()).text
    story.publish(by=reviewer, version=story.sent)
    assert "again" in client.get(story.get_absolute_url()).text


def test_nothing_is_asked_about_what_is_uncovered_or_has_newer_words(reviewer):
    story = covered()
    appeal = appealed(story)
    story.body += " More."
    story.save()
    story.submit()
    assert outcomes(appeal) == [Action.UPHOLD, Action.REVERSE]
    story.take_back()
    story.uncover(by=factories.moderator())
    assert outcomes(appeal) == [Action.UPHOLD, Action.REVERSE]


@pytest.mark.parametrize("newer", [False, True])
def test_what_was_taken_down_can_be_covered_instead(client, reviewer, newer):
    story = factories.published(title="The heron")
    if newer:
        story.title = "Newer, and unread"
        story.save()
        story.submit()
    story.remove(by=factories.moderator(), message="Because.", rule="names")
    appeal = appealed(story)
    assert outcomes(appeal) == [Action.UPHOLD, Action.REVERSE, Action.CHANGE, Action.COVER]
    decision, story = settle(appeal, Action.COVER, reviewer, rule="names")
    assert (decision.action, decision.target) == (Action.CHANGE, story.state)
    assert client.get(story.get_absolute_url()).status_code == 404
    page = factories.browser_of(factories.member()).get(story.get_absolute_url()).text
    assert "The heron" in page and "Newer" not in page
    case = Case.objects.reported().waiting().get()
    assert case.contribution == story
    reports.Report.objects.settle(case, Action.KEEP, by=factories.moderator())
    assert client.get(story.get_absolute_url()).status_code == 200


def test_a_letter_that_one_person_has_is_covered_from_nobody(reviewer):
    letter = factories.delivered(factories.wanting())
    letter.remove(by=factories.moderator(), message="Because.", rule="names")
    assert Action.COVER not in outcomes(appealed(letter))
    for_anyone = factories.delivered()
    for_anyone.remove(by=factories.moderator(), message="Because.", rule="names")
    assert Action.COVER in outcomes(appealed(for_anyone))


def test_where_somebody_may_not_be_safe_two_uncover_it_before_it_is_answered(reviewer):
    story = factories.published()
    factories.told(story, "worried")
    story.cover(by=factories.moderator(), message="Because.", rule="safe")
    appeal = appealed(story)
    assert outcomes(appeal) == [Action.UPHOLD]
    Case.objects.all().claim(appeal.case_id, by=reviewer)
    page = factories.browser_of(reviewer).get(reverse("admin:appeal", args=[appeal.case_id])).text
    assert "Decide that first, where it was told." in page
    case = Case.objects.reported().open().get()
    first = factories.moderator()
    confirm(propose(case, Action.KEEP, by=first), by=reviewer)
    appeal = Appeal.objects.get(pk=appeal.pk)  # as the next who opens it finds it
    assert outcomes(appeal) == [Action.UPHOLD, Action.REVERSE]
