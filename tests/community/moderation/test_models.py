import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from community.moderation.log import AppendOnly
from community.moderation.models import Case, Decision, Message, TransitionNotAllowed, Version
from community.moderation.states import MOVES, Action, State
from stories.models import Story
from tests import factories

pytestmark = pytest.mark.django_db


def put(state, shown=False, covered=False, kind="story"):
    """One in ``state``, by the moves that lead there."""
    draft, published = factories.MADE[kind]
    if covered:
        story = put(state, shown, kind=kind)
        story.cover(by=factories.moderator(), message="Somebody may be named.", rule="names")
        return story
    story = published() if shown else draft()
    moderator = factories.moderator()
    if state == State.PUBLISHED:
        return story if shown else published()
    if state == State.REMOVED:
        story = published()
        story.remove(by=moderator, message="A hospital is named.", rule="names")
        return story
    if state == State.WITHDRAWN:
        story = published()
        story.withdraw()
        return story
    story.body += "\n\nOne more line."
    story.save()
    story.submit()
    waiting_moves(story, moderator).get(state, lambda: None)()
    return story


def waiting_moves(story, moderator):
    """How what waits gets to where it can be from there."""
    said = {"by": moderator, "version": story.sent, "message": "Because."}
    return {
        State.DRAFT: story.take_back,
        State.READ: lambda: factories.read_only(story, by=moderator),
        State.RETURNED: lambda: story.return_to_author(**said),
        State.OFFERED: lambda: story.offer(**said, proposed={"notes": ["birth"]}),
        State.SUGGESTED: lambda: story.suggest(**said, changes=[a_change(story)]),
        State.DECLINED: lambda: factories.decline(story, by=moderator),
    }


def a_change(story, passage="One more line.", instead=""):
    start = story.sent.words["body"].index(passage)
    return {
        "field": "body",
        "start": start,
        "passage": passage,
        "why": "It names the ward.",
        "instead": instead,
    }


def make(story, action):
    moderator = factories.moderator()
    said = {"by": moderator, "version": story.sent, "message": "Because."}
    verbs = {
        Action.SUBMIT: lambda: story.submit(),
        Action.TAKE_BACK: lambda: story.take_back(),
        Action.ACCEPT: lambda: story.accept(),
        Action.WITHDRAW: lambda: story.withdraw(),
        Action.PUBLISH: lambda: story.publish(**said),
        Action.READ: lambda: story.read(**said),
        Action.OFFER: lambda: story.offer(**said, proposed={"own_note": "a fall"}),
        Action.SUGGEST: lambda: story.suggest(**said, changes=[a_change(story, "There is")]),
        Action.STAND_BY: lambda: story.stand_by(why="It is what he said."),
        Action.RETURN: lambda: story.return_to_author(**said),
        Action.DECLINE: lambda: (
            factories.decline(story)
            if story.allows(Action.DECLINE)
            else story.decline(**said, rule="names")
        ),
        Action.REMOVE: lambda: story.remove(by=moderator, message="Because.", rule="names"),
        Action.COVER: lambda: story.cover(by=moderator, message="Because.", rule="names"),
        Action.UNCOVER: lambda: story.uncover(by=moderator),
    }
    return verbs[action]()


PLACES = [
    (state, shown, covered)
    for state in State
    for shown, covered in ((True, True), (True, False), (False, False))
    if not (shown and state in (State.WITHDRAWN, State.REMOVED))
    and not (not shown and state == State.PUBLISHED)
]


@pytest.mark.parametrize("action", MOVES)
@pytest.mark.parametrize(("state", "shown", "covered"), PLACES)
def test_every_move_works_where_the_table_has_it_and_nowhere_else(state, shown, covered, action):
    story = put(state, shown, covered)
    assert (story.state, story.shown_id is not None) == (state, shown)
    assert (story.covered_at is not None) == covered
    if action == Action.SUBMIT:
        story.body += "\n\nAnd another."
        story.save()
    before = snapshot(story)
    allowed = story.allows(action)
    move = MOVES[action]
    assert allowed == (
        state in move.sources
        and move.while_shown in (None, shown)
        and move.covers in (None, not covered)
        and move.for_readers in (None, True)
    )
    if allowed:
        assert make(story, action).target == (move.to or state)
        story.refresh_from_db()
        assert story.state == (move.to or state)
        expected = shown if move.shows is None else move.shows
        assert (story.shown_id is not None) == expected
        still = covered if move.shows is None else False
        assert (story.covered_at is not None) == (still if move.covers is None else move.covers)
    else:
        with pytest.raises(TransitionNotAllowed), transaction.atomic():
            make(story, action)
        assert snapshot(story) == before


def snapshot(story):
    """All that a refused move must leave as it was."""
    stored = Story.objects.get(pk=story.pk)
    return (
        stored.state,
        stored.sent_id,
        stored.shown_id,
        stored.covered_at,
        Decision.objects.count(),
        Message.objects.count(),
        Version.objects.count(),
        list(Case.objects.values_list("pk", "closed_at", "asked_at")),
    )


def test_readers_see_what_a_moderator_read_until_the_change_is_read_too():
    story = factories.published()
    story.body = "Other words."
    story.save()
    story.submit()
    assert "laundry" in Story.objects.get(pk=story.pk).as_shown().body
    story.publish(by=factories.moderator(), version=story.sent)
    assert Story.objects.get(pk=story.pk).as_shown().body == "Other words."


def test_an_approval_of_words_that_changed_meanwhile_is_refused():
    story = factories.pending()
    seen = story.sent
    story.body = "A link to somewhere."
    story.save()
    story.submit()
    with pytest.raises(TransitionNotAllowed):
        story.publish(by=factories.moderator(), version=seen)
    assert not Story.objects.published().exists()


def test_second_moderator_finds_the_story_already_decided():
    story = factories.pending()
    same_story = Story.objects.get(pk=story.pk)
    factories.decline(story, message="It names a doctor.")
    with pytest.raises(TransitionNotAllowed):
        same_story.publish(by=factories.moderator(), version=same_story.sent)
    assert Decision.objects.by_moderators().count() == 1


def test_nobody_decides_about_their_own_story():
    writer = factories.moderator()
    story = factories.pending(writer)
    with pytest.raises(TransitionNotAllowed):
        story.publish(by=writer, version=story.sent)


def test_nobody_decides_what_another_moderator_has_in_front_of_them():
    story = factories.pending()
    factories.claim(story, by=factories.moderator())
    with pytest.raises(TransitionNotAllowed):
        story.publish(by=factories.moderator(), version=story.sent)
    story.refresh_from_db()
    assert story.state == State.PENDING


@pytest.mark.parametrize("verb", ["return_to_author", "decline"])
def test_a_no_is_explained(verb):
    story = factories.pending()
    with pytest.raises(ValidationError):
        getattr(story, verb)(by=factories.moderator(), version=story.sent, message="  ")
    story.refresh_from_db()
    assert story.state == State.PENDING


def test_sending_the_same_words_twice_is_one_case_and_one_version():
    story = factories.pending()
    Story.objects.get(pk=story.pk).submit()
    assert (Case.objects.count(), Version.objects.count()) == (1, 1)


def test_an_answer_opens_the_same_case_again():
    story = put(State.RETURNED)
    story.submit(answer="Yes, he says he may be named.")
    case = Case.objects.get()
    assert case.asked_at is None and case.version_id == story.sent_id
    assert story.messages.filter(from_author=True).get().text.startswith("Yes")


def test_accepting_a_note_publishes_it_with_the_words_that_were_read():
    story = put(State.OFFERED)
    Story.objects.filter(pk=story.pk).update(body="Changed, and never read.")
    story = Story.objects.get(pk=story.pk)
    story.accept()
    shown = Story.objects.get(pk=story.pk).as_shown()
    assert shown.notes == ["birth"] and "One more line." in shown.body
    assert Story.objects.get(pk=story.pk).notes == ["birth"]


def test_a_story_cannot_be_called_published_without_words_that_were_read():
    story = factories.draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.filter(pk=story.pk).update(state=State.PUBLISHED)


def test_the_log_cannot_be_changed_or_shortened():
    factories.published()
    decision = Decision.objects.first()
    for attempt in (
        decision.save,
        decision.delete,
        Decision.objects.all().delete,
        lambda: Decision.objects.update(action="publish"),
    ):
        with pytest.raises(AppendOnly):
            attempt()


def test_the_log_names_the_moderator_and_never_the_author():
    story = factories.published()
    sent, decided = Decision.objects.order_by("pk")
    assert (sent.role, sent.by, sent.by_name) == ("author", None, "")
    assert (decided.role, bool(decided.by_name)) == ("moderator", True)
    assert story.author.pen_name not in {sent.by_name, decided.by_name}


def test_erasing_a_story_leaves_its_decisions_and_nothing_else():
    story = put(State.RETURNED)
    story.delete()
    assert Decision.objects.count() == 2
    assert not Version.objects.exists() and not Message.objects.exists()
    assert not Case.objects.open().exists()


def test_a_member_who_leaves_takes_their_words_and_leaves_the_log(django_assert_num_queries):
    story = factories.pending()
    story.author.delete()
    assert not Version.objects.exists() and not Case.objects.waiting().exists()
    assert Decision.objects.count() == 1


def test_a_moderator_who_leaves_keeps_their_name_on_what_they_decided():
    moderator = factories.moderator("Bramble")
    factories.published(by=moderator)
    moderator.delete()
    assert Decision.objects.by_moderators().get().by_name == "Bramble"


def test_the_author_is_told_in_the_same_transaction_and_nothing_tells(run_jobs, mailoutbox):
    story = put(State.RETURNED)
    run_jobs()
    assert [mail.to for mail in mailoutbox] == [[story.author.email]]
    assert mailoutbox[0].subject == "There is something for you"
    assert "named" not in mailoutbox[0].body and story.title not in mailoutbox[0].body


def test_a_refused_move_writes_no_mail(run_jobs, mailoutbox):
    story = factories.pending()
    with pytest.raises(ValidationError):
        story.decline(by=factories.moderator(), version=story.sent, message="", rule="names")
    run_jobs()
    assert mailoutbox == []


def test_a_moderators_words_stand_until_the_author_moves_it():
    story = put(State.RETURNED)
    assert story.last_word().text == "Because."
    story.submit(answer="Yes.")
    assert story.last_word() is None
    story.publish(by=factories.moderator(), version=story.sent, message="It is published.")
    assert story.last_word().text == "It is published."
    story.withdraw()
    assert story.last_word() is None
