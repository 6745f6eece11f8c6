"""Several people at once, each with a connection of their own.

Only PostgreSQL lets two transactions really meet in one row; SQLite makes them queue.
"""

from contextlib import suppress
from threading import Barrier, Thread

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from community.members.models import Consent, Email
from community.moderation import guard
from community.moderation.models import Case, Decision, Message, TransitionNotAllowed, Version
from community.moderation.states import State
from stories.models import Story, Visibility
from tests import factories
from tests.factories import browser_of

TIMES = 2
pytestmark = [
    pytest.mark.postgresql,
    # What migrations wrote, the groups among it, is put back for each.
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="only PostgreSQL has rows that two can meet in"
    ),
    pytest.mark.parametrize("again", range(TIMES)),
]


@pytest.fixture(autouse=True)
def fresh_types():
    ContentType.objects.clear_cache()


def at_once(*acts):
    """Do all of these at the same moment: what each returned, or the refusal it met."""
    start, outcomes = Barrier(len(acts)), [None] * len(acts)

    def do(number, act):
        try:
            start.wait(10)
            outcomes[number] = act()
        except Exception as refusal:
            outcomes[number] = refusal
        finally:
            connection.close()

    threads = [Thread(target=do, args=pair, daemon=True) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive(), "two of them wait for each other"
    broken = [each for each in outcomes if isinstance(each, Exception)]
    assert [each for each in broken if not isinstance(each, ValidationError)] == []
    return outcomes


def fetched(story):
    """As each request has it: a copy of its own."""
    return Story.objects.select_related("sent", "shown", "author").get(pk=story.pk)


def is_consistent(story):
    """What readers see was approved, and at most one case is open."""
    stored = fetched(story)
    if stored.shown_id:
        approved = Decision.objects.filter(
            object_id=story.pk, action__in=["publish", "accept"], version_number=stored.shown.number
        )
        assert approved.exists()
    assert Case.objects.readings().open().count() == (
        stored.state in ("pending", "returned", "offered")
    )
    return stored


@pytest.mark.parametrize("number", [2, 8])
def test_of_moderators_at_once_one_decides(number, again):
    story = factories.pending()
    moderators = [factories.moderator() for _ in range(number)]

    def decide(moderator, turn):
        mine, words = fetched(story), {"by": moderator, "message": "Because."}
        verb = (mine.publish, mine.return_to_author)[turn % 2]
        return lambda: verb(version=mine.sent, **words)

    outcomes = at_once(*(decide(*pair) for pair in zip(moderators, range(number), strict=True)))
    refused = [each for each in outcomes if isinstance(each, TransitionNotAllowed)]
    assert len(refused) == number - 1
    assert Decision.objects.by_moderators().count() == Message.objects.count() == 1
    assert Email.objects.count() == 1
    is_consistent(story)


def test_of_moderators_pressing_in_their_browsers_one_decides_and_the_others_are_told(again):
    story = factories.pending()
    browsers = [browser_of(factories.moderator()) for _ in range(4)]
    case = story.open_case()
    claims = at_once(
        *(lambda b=b: b.post(reverse("admin:claim", args=[case.pk])) for b in browsers)
    )
    review = reverse("admin:stories_story_change", args=[story.pk])
    assert [response["Location"] for response in claims].count(review) == 1
    form = {"outcome": "publish", "version": 1, "looked_for": ["names", "harm", "notes"]}
    presses = at_once(*(lambda b=b: b.post(review, form) for b in browsers))
    assert {response.status_code for response in presses} == {302}
    assert Decision.objects.by_moderators().count() == 1


def test_of_two_who_claim_one_holds_it(again):
    case = factories.pending().open_case()
    one, two = factories.moderator(), factories.moderator()
    got = at_once(*(lambda m=m: Case.objects.all().claim(case.pk, by=m) for m in (one, two)))
    assert sorted(got) == [False, True]
    case.refresh_from_db()
    assert case.claimed_by == (one, two)[got.index(True)]


def test_taking_down_wins_over_publishing_a_change(again):
    story = factories.published()
    story.body = "Changed."
    story.save()
    story.submit()
    author, moderator = browser_of(story.author), factories.moderator()
    theirs = fetched(story)
    at_once(
        lambda: author.post(reverse("stories:take-down", args=[story.pk])),
        lambda: theirs.publish(by=moderator, version=theirs.sent),
    )
    stored = is_consistent(story)
    assert (stored.state, stored.shown) == (State.WITHDRAWN, None)


def test_taking_back_and_publishing_end_as_one_of_them(again):
    story = factories.pending()
    mine, theirs, moderator = fetched(story), fetched(story), factories.moderator()
    outcomes = at_once(mine.take_back, lambda: theirs.publish(by=moderator, version=theirs.sent))
    assert sum(isinstance(each, TransitionNotAllowed) for each in outcomes) == 1
    assert is_consistent(story).state in (State.DRAFT, State.PUBLISHED)


def test_new_words_and_an_approval_of_the_old_are_never_both(again):
    story = factories.pending()
    theirs, mine, moderator = fetched(story), fetched(story), factories.moderator()
    mine.body = "Never read."
    mine.save()
    at_once(mine.submit, lambda: theirs.publish(by=moderator, version=theirs.sent))
    stored = is_consistent(story)
    assert stored.state == State.PENDING and stored.sent.number == 2
    assert stored.shown is None or "Never read." not in stored.as_shown().body


def test_sent_twice_at_once_is_one_case_and_one_version_of_the_words(again):
    story = factories.draft()
    browsers = [browser_of(story.author) for _ in range(4)]
    form = {"visibility": Visibility.EVERYONE, "agreed": "on"}
    address = reverse("stories:check", args=[story.pk])
    answers = at_once(*(lambda b=b: b.post(address, form) for b in browsers))
    assert {answer.status_code for answer in answers} == {302}
    assert (Version.objects.count(), Case.objects.count(), Decision.objects.count()) == (1, 1, 1)
    assert Consent.objects.given().count() == 1


def test_erasing_leaves_no_word_whatever_a_moderator_does(again):
    story = factories.pending()
    author, theirs, moderator = browser_of(story.author), fetched(story), factories.moderator()
    offer = {"message": "A note?", "proposed": {"notes": ["birth"]}}
    outcomes = at_once(
        lambda: author.post(reverse("stories:erase", args=[story.pk])),
        lambda: theirs.offer(by=moderator, version=theirs.sent, **offer),
    )
    assert outcomes[0].status_code == 302
    assert not Story.objects.exists() and not Version.objects.exists()
    assert not Message.objects.exists() and not Case.objects.open().exists()


def test_erased_by_two_presses_is_erased(again):
    story = factories.published()
    browsers = [browser_of(story.author) for _ in range(2)]
    address = reverse("stories:erase", args=[story.pk])
    answers = at_once(*(lambda b=b: b.post(address) for b in browsers))
    assert {answer.status_code for answer in answers} <= {302, 404}
    assert not Story.objects.exists() and not Version.objects.exists()


def test_of_two_windows_that_save_one_is_told(again):
    story = factories.draft()
    browsers = [browser_of(story.author) for _ in range(2)]
    address = reverse("stories:desk", args=[story.pk])
    answers = at_once(
        *(
            lambda b=b, n=n: b.post(address, {"title": "A", "body": f"Words {n}.", "revision": 0})
            for n, b in enumerate(browsers)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [302, 409]


def write(story):
    """Send changed words three times."""
    mine = fetched(story)
    for number in range(3):
        mine.body = f"Words {number}."
        mine.save()
        with suppress(ValidationError):
            mine.submit()


def moderate(moderator, stories):
    for story in stories:
        case, theirs = fetched(story).open_case(), fetched(story)
        if case and Case.objects.all().claim(case.pk, by=moderator):
            with suppress(ValidationError):
                theirs.publish(by=moderator, version=theirs.sent)
            Case.objects.hand_back(by=moderator)


def test_many_at_once_leave_a_whole_log_and_nobody_waits_for_ever(again, capsys):
    stories = [factories.pending() for _ in range(3)]
    moderators = [factories.moderator() for _ in range(3)]
    both_ways = [*stories, *reversed(stories)]
    guard.put_up(connection)
    try:
        at_once(
            *(lambda s=story: write(s) for story in stories),
            *(lambda m=moderator: moderate(m, both_ways) for moderator in moderators),
        )
    finally:
        guard.take_down(connection)
    call_command("verify_log")
    assert f"The log is whole: {Decision.objects.count()} decisions." in capsys.readouterr().out
    assert Decision.objects.filter(action="open").exists()
