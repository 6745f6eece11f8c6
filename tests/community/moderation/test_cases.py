from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from community.moderation.models import Case
from community.moderation.states import State
from stories.models import Story
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator():
    return factories.moderator()


def asked():
    story = factories.pending()
    story.return_to_author(by=factories.moderator(), version=story.sent, message="?")
    return story


def test_one_waits_from_being_sent_to_being_decided(moderator):
    story = factories.draft()
    assert not Case.objects.exists()
    story.submit()
    case = Case.objects.waiting().get()
    assert (case.author, case.version, case.is_change) == (story.author, story.sent, False)
    story.publish(by=moderator, version=story.sent)
    assert not Case.objects.open().exists()
    story.body += " More."
    story.save()
    story.submit()
    assert Case.objects.waiting().get().is_change


def test_newer_words_keep_their_place_in_the_line(moderator):
    with time_machine.travel(timezone.now() - timedelta(hours=5)):
        story = factories.pending()
    since = story.open_case().waiting_since
    factories.pending()
    story.body += " More."
    story.save()
    story.submit()
    first = Case.objects.waiting().most_pressing_first().first()
    assert (first.contribution, first.waiting_since) == (story, since)
    assert first.version == story.sent and first.version.number == 2


def test_new_words_stay_with_the_moderator_who_reads_them(moderator):
    story = factories.pending()
    factories.claim(story, by=moderator)
    story.body += " More."
    story.save()
    story.submit()
    assert story.open_case().is_held_by(moderator)


def test_who_was_asked_something_is_waited_for_and_waits_anew_after_answering():
    with time_machine.travel(timezone.now() - timedelta(days=3)):
        story = asked()
    assert not Case.objects.waiting().exists()
    assert Case.objects.awaiting_author().get().contribution == story
    story.submit(answer="Yes.")
    assert Case.objects.waiting().get().waited() < timedelta(minutes=1)
    assert not Case.objects.awaiting_author().exists()


def test_what_somebody_wrote_who_has_left_waits_for_nobody(moderator):
    stories = [factories.pending(), asked()]
    for story in stories:
        story.author.delete()
    assert not Case.objects.waiting().exists() and not Case.objects.awaiting_author().exists()
    assert not Case.objects.all().claim(Case.objects.first().pk, by=moderator)


def test_a_claim_is_for_one_moderator_and_an_hour(moderator):
    case, other = factories.pending().open_case(), factories.moderator()
    claim = Case.objects.all().claim
    assert claim(case.pk, by=moderator) and claim(case.pk, by=moderator)
    assert not claim(case.pk, by=other)
    now = timezone.now()
    with time_machine.travel(now + timedelta(minutes=59)):
        assert not claim(case.pk, by=other)
        assert Case.objects.held_by(moderator).exists()
    with time_machine.travel(now + timedelta(minutes=61)):
        assert not Case.objects.held_by(moderator).exists()
        assert not Case.objects.get().is_held()
        assert claim(case.pk, by=other)
        assert Case.objects.get().is_held_by(other)


def test_nobody_claims_their_own_or_what_waits_for_its_author_or_is_closed(moderator):
    claim = Case.objects.all().claim
    own, returned, decided = factories.pending(moderator), asked(), factories.pending()
    factories.decline(decided)
    for case in Case.objects.all():
        assert not claim(case.pk, by=moderator)
    assert not claim(10**30, by=moderator)
    assert Case.objects.open_to(moderator).count() == 2
    assert (own.state, returned.state) == (State.PENDING, State.RETURNED)


def test_handing_back_lets_go_of_ones_own_only(moderator):
    mine, theirs = factories.pending(), factories.pending()
    factories.claim(mine, by=moderator)
    factories.claim(theirs, by=factories.moderator())
    assert Case.objects.all().hand_back(by=moderator) == 1
    assert not mine.open_case().is_held() and theirs.open_case().is_held()


def test_another_hour_is_for_who_holds_it(moderator):
    story = factories.pending()
    factories.claim(story, by=moderator)
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        Case.objects.all().renew(by=factories.moderator())
        assert not story.open_case().is_held()
        Case.objects.all().renew(by=moderator)
        assert story.open_case().is_held_by(moderator)


def test_erasing_or_taking_back_closes_it():
    taken_back, erased = factories.pending(), factories.pending()
    taken_back.take_back()
    erased.delete()
    assert not Case.objects.open().exists() and Case.objects.count() == 2


def test_a_case_says_what_it_is_about_and_in_which_language():
    story = factories.pending(losses=["stillbirth"], notes=["surgery", "birth"], language="es")
    case = story.open_case()
    assert (case.language, case.topics) == ("es", " stillbirth surgery birth ")
    story.losses, story.notes, story.language = [], [], "fr"
    story.save()
    story.submit()
    case.refresh_from_db()
    assert (case.language, case.topics) == ("fr", "")


def test_what_was_told_is_sorted_by_what_readers_see():
    story = factories.published(losses=["ectopic"], language="es")
    story.losses, story.language = ["tfmr"], "fr"
    story.save()
    case = factories.told(story).case
    assert (case.language, case.topics) == ("es", " ectopic ")


def test_everything_a_story_may_be_about_fits():
    everything = [slug for _, choices in Story.topic_choices() for slug, _ in choices]
    assert len(set(everything)) == len(everything)
    case = factories.pending(losses=everything, notes=[]).open_case()
    assert len(case.topics) <= Case._meta.get_field("topics").max_length


def test_a_place_that_was_told_about_is_about_nothing(a_place):
    assert factories.told(a_place).case.topics == ""
