"""What holds at any time, whoever did what in whatever order.  Each says it of all there is."""

from collections import Counter

from community.moderation.log import LogHead
from community.moderation.management.commands.verify_log import Walk
from community.moderation.models import Case, Decision, Message, Proposal
from community.moderation.rules import Rule
from community.moderation.sanctions import ACTIONS
from community.moderation.states import MOVES, Action, Look, State
from stories.models import Letter, Photo, Remembrance, Story

READ = (Action.PUBLISH, Action.OFFER, Action.SUGGEST)
# On record about it, and not about its words.
AROUND_IT = (Action.SHIELD, Action.UNSHIELD)
ASKED = (State.RETURNED, State.OFFERED, State.SUGGESTED)


def everything_holds():
    the_log_is_whole()
    nobody_agrees_with_themselves()
    cases_say_where_the_words_are()
    proposals_wait_with_their_case()
    for each in everything_written():
        the_log_tells_where_it_is(each)
        what_is_shown_was_read(each)
    every_letter_belongs_to_one_decision()


def everything_written():
    kinds = (Story, Letter, Photo, Remembrance)
    return [each for kind in kinds for each in kind.objects.select_related("sent", "shown")]


def the_log_is_whole():
    walk = Walk()
    walk.go_on()
    walk.end(LogHead.objects.get())


def nobody_agrees_with_themselves():
    for decision in Decision.objects.exclude(proposed_by=None):
        assert decision.proposed_by_id != decision.by_id
        assert not decision.remark


def cases_say_where_the_words_are():
    """One open of a kind, of the words as sent; nobody holds what is closed or not their turn."""
    stories = {each.pk: each for each in everything_written()}
    readings = Counter()
    reports = Counter()
    for case in Case.objects.open():
        if case.kind == Case.Kind.READING:
            story = stories[case.object_id]
            readings[story.pk] += 1
            # With a note that is offered, the words become a version of their own.
            assert case.version_id == story.sent_id or story.state == State.OFFERED
            assert (case.asked_at is not None) == (story.state in ASKED)
        if case.kind == Case.Kind.REPORT:
            reports[case.object_id] += 1
        assert case.claimed_by_id is None or case.asked_at is None
    waiting = (State.PENDING, *ASKED)
    assert readings == Counter(pk for pk, story in stories.items() if story.state in waiting)
    assert set(reports.values()) <= {1}
    assert not Case.objects.exclude(closed_at=None).exclude(claimed_by=None).exists()


def proposals_wait_with_their_case():
    waiting = Counter()
    for proposal in Proposal.objects.open().select_related("case"):
        waiting[proposal.case_id] += 1
        assert proposal.case.closed_at is None and proposal.case.asked_at is None
        if proposal.case.kind == Case.Kind.READING:
            assert proposal.version_id == proposal.case.version_id
    assert set(waiting.values()) <= {1}


def the_log_tells_where_it_is(story):
    """Each decision begins where the one before left it, and the last where it is now."""
    before = state = State.DRAFT
    moved = Decision.objects.about(story).exclude(action__in=[*Look, *AROUND_IT])
    for decision in moved.order_by("number"):
        # An appeal's answer says where it was before that which came of it.
        assert decision.source in ((before, state) if decision.appealed else (state,))
        before, state = state, decision.target
    assert story.state == state


def what_is_shown_was_read(story):
    """A moderator decided that these words may be seen, or offered them to the author who agreed;
    or somebody thought again about words that had been read."""
    if story.shown is None:
        return
    moves = [*Decision.objects.about(story).moves().order_by("number")]
    assert any(allows_to_be_seen(story.shown, moves, n) for n in range(len(moves)))


def allows_to_be_seen(version, moves, n):
    decision = moves[n]
    if decision.version_number != version.number:
        return False
    if decision.action == Action.ACCEPT:
        last = [each for each in moves[:n] if each.action in MOVES][-1]
        return last.action in (Action.OFFER, Action.SUGGEST) and bool(last.by_name)
    # What was taken down is covered instead: shown again, to fewer.
    again = decision.action == Action.REVERSE or (
        decision.action == Action.CHANGE and decision.target in (State.PUBLISHED, State.DRAFT)
    )
    return bool(decision.by_name) and (decision.action == Action.PUBLISH or again)


def every_letter_belongs_to_one_decision():
    """What has to be explained is, as long as the words are there."""
    there = {each.pk for each in everything_written()}
    letters = dict(Message.objects.exclude(decision=None).values_list("decision", "text"))
    explained = [action for action, move in MOVES.items() if move.needs_words]
    for decision in Decision.objects.filter(action__in=explained, object_id__in=there):
        assert letters[decision.pk].strip()
    # A sanction goes with its member, and its letter too.
    standing = Decision.objects.filter(sanction__isnull=False)
    for decision in standing.filter(action__in=ACTIONS.values()):
        assert letters[decision.pk].strip() and decision.rule in Rule
    assert set(letters) <= set(Decision.objects.values_list("pk", flat=True))
