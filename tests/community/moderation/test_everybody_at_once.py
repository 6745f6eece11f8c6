"""Forty stories, eight moderators and four authors, all at once, doing whatever comes to them.

Only PostgreSQL lets them really meet.  The choices are seeded; who is quicker is not.
"""

from itertools import count
from random import Random

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from community.moderation import guard, handovers
from community.moderation.models import Case, Decision, Message, Proposal
from community.moderation.reports import Report
from community.moderation.states import ABOUT_READERS, Action
from community.moderation.two_people import confirm, propose, send_back
from stories.models import Story
from tests import factories
from tests.community.moderation.promises import everything_holds
from tests.community.moderation.test_concurrency import at_once, fetched

STORIES, MODERATORS, AUTHORS, STEPS = 40, 8, 4, 45
OUTCOMES = [Action.PUBLISH, Action.OFFER, Action.SUGGEST, Action.RETURN, Action.DECLINE]
DANGER = "I don't want to be here any more."
pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="only PostgreSQL has rows that two can meet in"
    ),
]


def details(action, version):
    if action == Action.OFFER:
        return {"proposed": {"notes": ["birth"]}}
    if action == Action.SUGGEST:
        passage = {"field": "body", "start": 0, "passage": "There", "instead": "There"}
        return {"changes": [{**passage, "why": "It says where."}]}
    return {}


class Somebody:
    """Does one thing after another; ``done`` is each decision of theirs, with its letter."""

    def __init__(self, person, stories, seed):
        self.person, self.stories, self.chance = person, stories, Random(seed)
        self.done, self.letters = [], count(1)

    def live(self):
        for _ in range(STEPS):
            step = getattr(self, self.chance.choice(self.STEPS))
            try:
                step(fetched(self.chance.choice(self.stories)))
            except ValidationError:
                continue

    def says(self):
        text = f"{self.person.pen_name}, letter {next(self.letters)}"
        return {"message": text, "rule": "names"}

    def did(self, decision, letter=""):
        if isinstance(decision, Decision):
            self.done.append((decision.pk, letter))


class Author(Somebody):
    STEPS = ["send", "send", "take_back", "accept", "accept", "stand_by", "withdraw"]

    def send(self, story):
        story.body = f"There is a lane, {self.chance.random()}. {self.chance.choice(['', DANGER])}"
        Story.objects.filter(pk=story.pk).update(body=story.body)
        self.did(story.submit(answer="Yes."))

    def take_back(self, story):
        self.did(story.take_back())

    def accept(self, story):
        self.did(story.accept())

    def stand_by(self, story):
        self.did(story.stand_by(why="It is what he said."))

    def withdraw(self, story):
        self.did(story.withdraw())


class Moderator(Somebody):
    STEPS = ["claim", "decide", "decide", "decide", "propose", "answer", "answer", "act", "tell"]
    STEPS += ["settle", "propose_to_keep", "hand_back", "pass_on"]

    def claim(self, story):
        for case in Case.objects.open().about(story):
            Case.objects.all().claim(case.pk, by=self.person)

    def decide(self, story):
        action, said = self.chance.choice(OUTCOMES), self.says()
        said |= {"by": self.person, "version": story.sent}
        self.did(story.decide(action, **said, **details(action, story.sent)), said["message"])

    def propose(self, story):
        action, case = self.chance.choice([Action.DECLINE, *OUTCOMES]), story.open_case()
        if case:
            said = self.says() | {"details": details(action, story.sent)}
            propose(case, action, by=self.person, version=story.sent, **said)

    def propose_to_keep(self, story):
        if case := Case.objects.reported().open().about(story).first():
            propose(case, Action.KEEP, by=self.person)

    def answer(self, story):
        waiting = [*Proposal.objects.open().select_related("case", "by", "version")]
        if not waiting:
            return
        proposal = self.chance.choice(waiting)
        if self.chance.random() < 0.3:
            send_back(proposal, by=self.person, answer="I would ask.")
        else:
            self.did(confirm(proposal, by=self.person), proposal.message)

    def act(self, story):
        action, said = self.chance.choice([*ABOUT_READERS]), self.says()
        self.did(story.decide(action, by=self.person, version=None, **said), said["message"])

    def tell(self, story):
        if story.shown:
            reason = self.chance.choice(["cruel", "worried"])
            Report.objects.tell(story, reason=reason, words="", email="", by=None)

    def settle(self, story):
        if case := Case.objects.reported().open().about(story).first():
            action = Action.KEEP if story.shown else Action.CLOSE
            self.did(Report.objects.settle(case, action, by=self.person))

    def hand_back(self, story):
        Case.objects.about(story).hand_back(by=self.person)

    def pass_on(self, story):
        if case := Case.objects.open().filter(claimed_by=self.person).first():
            handovers.hand_over(case, by=self.person, text="I know this ward.")


@pytest.mark.parametrize("seed", [1, 2])
def test_all_at_once_each_thing_happens_once_and_nothing_said_is_lost(seed):
    people = [factories.member() for _ in range(AUTHORS)]
    moderators = [factories.moderator() for _ in range(MODERATORS)]
    theirs = {
        person.pk: [factories.pending(person, body="There is a lane.") for _ in range(10)]
        for person in people
    }
    stories = [story for written in theirs.values() for story in written]
    assert len(stories) == STORIES
    before = {*Decision.objects.values_list("pk", flat=True)}
    everybody = [Author(p, theirs[p.pk], f"{seed} {n}") for n, p in enumerate(people)]
    everybody += [Moderator(m, stories, f"{seed} {n}") for n, m in enumerate(moderators)]
    guard.put_up(connection)
    try:
        at_once(*(each.live for each in everybody))
    finally:
        guard.take_down(connection)
    done = dict(pair for each in everybody for pair in each.done)
    assert len(done) == sum(len(each.done) for each in everybody)
    made = Decision.objects.exclude(pk__in=before).filter(action__in=Action)
    assert {*made.values_list("pk", flat=True)} == {*done}
    letters = dict(Message.objects.values_list("decision", "text"))
    assert {pk: text for pk, text in done.items() if text} == {
        pk: letters.get(pk) for pk, text in done.items() if text
    }
    everything_holds()
    assert len({decision.action for decision in made}) > 6  # who is quicker decides which
