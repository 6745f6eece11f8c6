"""Every state, every move and everybody who may try it, through the pages they have.

Generated from the table of moves: a new one is tried by everybody as soon as it stands there.
"""

from contextlib import contextmanager

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from community.moderation.models import Case, Decision, Proposal
from community.moderation.states import AUTHORS_MOVES, MODERATORS_MOVES, Action, State
from community.moderation.two_people import propose
from stories.models import Story, Visibility
from tests import factories
from tests.community.moderation.anybody import picture
from tests.community.moderation.test_models import PLACES, put
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
ADDRESSES = {
    Action.SUBMIT: "stories:check",
    Action.TAKE_BACK: "stories:take-back",
    Action.ACCEPT: "stories:accept",
    Action.STAND_BY: "stories:stand-by",
    Action.WITHDRAW: "stories:take-down",
}
ADDRESSES_OF_NAMES = {
    Action.SUBMIT: "stories:change-name",
    **{action: f"{ADDRESSES[action]}-name" for action in ADDRESSES if action != Action.SUBMIT},
}
ROLES = ["visitor", "member", "author", "holder", "moderator", "lead", "own", "proposer"]
MODERATORS = {"holder", "moderator", "lead"}


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Cast:
    """One story, or name, where it is, and a browser of everybody's."""

    def __init__(self, state, shown, covered, kind="story"):
        # A second moderator is here, so that what takes two is proposed.
        people = {role: factories.moderator() for role in ("holder", "moderator", "proposer")}
        people |= {"lead": factories.moderator(group="lead-moderators")}
        story = put(state, shown, covered, kind)
        self.kind = type(story)
        people |= {"member": factories.member(), "author": story.author, "own": story.author}
        self.people, self.pk = people, story.pk
        self.kind.objects.filter(pk=self.pk).update(body=story.body + "\n\nAnd another.")
        if case := story.open_case():
            Case.objects.all().claim(case.pk, by=people["holder"])
        self.browsers = {role: browser_of(people.get(role)) for role in ROLES}

    def story(self):
        return self.kind.objects.get(pk=self.pk)

    @contextmanager
    def playing(self, role):
        with undone():
            if role == "own":
                author = self.people["own"]
                type(author).objects.filter(pk=author.pk).update(is_staff=True)
                author.groups.add(Group.objects.get(name="moderators"))
            if role == "proposer" and (case := self.story().open_case()):
                self.propose(case)
            yield self.browsers[role]

    def propose(self, case):
        by, version = self.people["proposer"], self.story().sent
        Case.objects.all().hand_back(by=self.people["holder"])
        if Case.objects.all().claim(case.pk, by=by):
            said = {"message": "It names the ward.", "rule": "names"}
            propose(case, Action.DECLINE, by=by, version=version, **said)

    def press(self, browser, action):
        story = self.story()
        if action in AUTHORS_MOVES:
            return browser.post(self.address(action), self.authors_form(story))
        number = story.sent.number if story.sent else 1
        form = {
            "outcome": action,
            "version": number,
            f"message_{action}": "It names the ward.",
            f"rule_{action}": "names",
            "looked_for": ["names", "harm", "notes"],
            "proposal-own_note": "a fall",
            "change-passage_1": "There is a lane",
            "change-why_1": "It says where.",
        }
        return browser.post(self.review(), form)

    def address(self, action):
        names = ADDRESSES if self.kind is Story else ADDRESSES_OF_NAMES
        return reverse(names[action], args=[self.pk])

    def review(self):
        return reverse(f"admin:stories_{self.kind._meta.model_name}_change", args=[self.pk])

    def authors_form(self, story):
        form = {"visibility": Visibility.EVERYONE, "agreed": "on", "answer": "Yes."}
        if self.kind is Story:
            return form
        typed = {name: value for name, value in story.words().items() if value is not None}
        return form | typed | {"go": "send", "revision": story.revision}


def may(role, action, story):
    """Who may do what: the only place where it is written a second time."""
    if action in AUTHORS_MOVES:
        # What is being read is not written on: a name is taken back first.
        may_write = action != Action.SUBMIT or isinstance(story, Story) or story.may_be_changed()
        return role in ("author", "own") and may_write
    if action == Action.OFFER and not isinstance(story, Story):
        return False  # it has no notes before reading
    if story.state == State.PENDING and role != "proposer":
        return role == "holder" and action not in (Action.COVER, Action.UNCOVER)
    return role in MODERATORS or (role == "proposer" and story.state != State.PENDING)


# A kind inherits its moves: where somebody's turn changes is enough for another.
OF_NAMES = [
    (State.DRAFT, True, False),
    (State.PENDING, False, False),
    (State.SUGGESTED, True, False),
    (State.PUBLISHED, True, True),
]


@pytest.mark.parametrize(
    ("state", "shown", "covered", "kind"),
    [*((*place, "story") for place in PLACES), *((*place, "name") for place in OF_NAMES)],
)
def test_whoever_tries_it_what_is_theirs_works_and_nothing_else_leaves_a_trace(
    state, shown, covered, kind
):
    # A press renews a claim, which changes nothing while the clock stands still.
    with time_machine.travel(timezone.now(), tick=False):
        cast = Cast(state, shown, covered, kind)
        story = cast.story()
        for role in ROLES:
            for action in [*AUTHORS_MOVES, *MODERATORS_MOVES]:
                with cast.playing(role) as browser:
                    before, number = picture(), Decision.objects.count()
                    response = cast.press(browser, action)
                    case = (role, action, response.status_code)
                    if may(role, action, story) and story.allows(action):
                        it_happened(cast, action, number, case)
                    else:
                        assert picture() == before, case


def it_happened(cast, action, number, case):
    last = Decision.objects.first()
    assert Decision.objects.count() == number + 1, case
    if action == Action.DECLINE:  # takes two
        assert last.action == "propose" and Proposal.objects.open().exists(), case
        assert cast.story().state == State.PENDING, case
    else:
        assert last.action == action, case


@pytest.mark.parametrize("role", sorted(MODERATORS))
def test_nobody_decides_what_they_have_not_opened(role):
    with time_machine.travel(timezone.now(), tick=False):
        cast = Cast(State.PENDING, True, False)
        Case.objects.all().hand_back(by=cast.people["holder"])
        before = picture()
        for action in MODERATORS_MOVES:
            with cast.playing(role) as browser:
                cast.press(browser, action)
                assert picture() == before, action


DESK = ["claim", "safety", "worry", "calm", "hand-over", "still-reading", "to-buddy"]


@pytest.mark.parametrize("role", ["visitor", "member", "author", "own", "moderator", "proposer"])
def test_what_is_before_a_moderator_is_nobody_elses(role):
    """Nor can it be taken from them, agreed with by who proposed it, or looked behind."""
    cast = Cast(State.PENDING, True, False)
    with time_machine.travel(timezone.now(), tick=False), cast.playing(role) as browser:
        case = cast.story().open_case()
        proposal = Proposal.objects.open().first()
        words = {"step": "urgent", "text": "Mine.", "note": "Mine.", "second": "on"}
        review = reverse("admin:stories_story_change", args=[cast.pk])
        tried = [(reverse(f"admin:{name}", args=[case.pk]), words) for name in DESK]
        tried += [(reverse("admin:hand-back"), {"case": case.pk}), (review, {"look": "author"})]
        if proposal:
            second = {"press": "confirm", "second-message": "It names the ward."}
            tried = [(reverse("admin:second", args=[proposal.pk]), second), *tried[1:]]
        for address, form in tried:
            before = picture()
            browser.post(address, form)
            assert picture() == before, address


def test_of_two_the_second_agrees_and_the_first_does_not():
    cast = Cast(State.PENDING, False, False)
    cast.propose(cast.story().open_case())
    address = reverse("admin:second", args=[Proposal.objects.get().pk])
    form = {"press": "confirm", "second-message": "It names the ward."}
    for role in ("proposer", "visitor", "member", "author"):
        cast.browsers[role].post(address, form)
        assert cast.story().state == State.PENDING, role
    cast.browsers["lead"].post(address, form)
    assert cast.story().state == State.DECLINED
    decision = Decision.objects.get(action=Action.DECLINE)
    assert (decision.by, decision.proposed_by) == (cast.people["lead"], cast.people["proposer"])
