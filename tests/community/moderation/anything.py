"""What anybody here can do, one step at a time, and what readers should see of it.

Each step takes a story, a person and a number to choose by; what is not possible is tried too.
"""

from community.moderation import handovers, rethinking
from community.moderation.models import Appeal, Case, Decision, Proposal
from community.moderation.reports import Report
from community.moderation.states import APPEALS_ANSWERS, MOVES, Action, State
from community.moderation.two_people import confirm, propose, send_back
from stories.models import Story, Visibility
from tests.community.moderation.anybody import DANGER, INSTEAD, PASSAGE, World
from tests.community.moderation.worries import Worrying

BECAUSE = {"message": "Because it names the ward.", "rule": "names"}
OUTCOMES = [Action.PUBLISH, Action.OFFER, Action.SUGGEST, Action.RETURN, Action.DECLINE]
OUTCOMES += [Action.READ]
RUNGS = [*reversed(Visibility.values)]
ABOUT_WHAT_IS_UP = [Action.REMOVE, Action.COVER, Action.UNCOVER]
APPEALED = [Action.DECLINE, Action.REMOVE, Action.COVER, Action.KEEP]


def details(action, version):
    """What a move needs besides."""
    if action == Action.OFFER:
        return {"proposed": offered(version.words)}
    if action == Action.SUGGEST:
        start = version.words["body"].index(PASSAGE)
        place = {"field": "body", "start": start, "passage": PASSAGE, "instead": INSTEAD}
        return {"changes": [{**place, "why": "It would say where."}]}
    return {}


def offered(words):
    return {"notes": ["birth"]} if "notes" in words else {"language": "cy"}


def if_accepted(action, words):
    if action == Action.OFFER:
        return words | offered(words)
    return words | {"body": words["body"].replace(PASSAGE, INSTEAD)}


def one_of(choices, k):
    return choices[k % len(choices)]


class Authors(World):
    def write_and_send(self, n, w, k):
        story = self.story(n)
        self.written += 1
        story.body = f"There is {PASSAGE}.\n\nIt is mine, {self.written} times."
        story.body += DANGER if k % 5 == 4 else ""
        story.save(update_fields=["body"])
        if isinstance(story, Story):
            story.visibility = one_of(RUNGS, k)
            story.save(update_fields=["visibility"])
        self.send(n, w, k)

    def send(self, n, w, k):
        story, answer = self.story(n, stale=k % 4 == 3), "He says he may be named." * (k % 2)
        if self.attempt(lambda: story.submit(answer=answer)):
            self.promised.pop(story.pk, None)

    def take_back(self, n, w, k):
        self.keeps(self.nearest(n, Action.TAKE_BACK), "take_back", k)

    def climb_or_descend(self, n, w, k):
        """Who lets nobody read it takes back what waits; nothing that was read is lost."""
        story, rung = self.story(n, stale=k % 4 == 3), one_of(RUNGS, k)
        if not isinstance(story, Story):
            return  # a name is for everyone
        waits = self.story(n).is_waiting() and rung == Visibility.ME
        self.attempt(lambda: story.open_to(rung, wording="x") or True, rows=int(waits))
        if waits:
            self.promised.pop(story.pk, None)

    def stand_by(self, n, w, k):
        self.keeps(self.nearest(n, Action.STAND_BY), "stand_by", k)

    def keeps(self, n, verb, k):
        story = self.story(n, stale=k % 4 == 3)
        if self.attempt(getattr(story, verb)):
            self.promised.pop(story.pk, None)

    def accept(self, n, w, k):
        story = self.story(self.nearest(n, Action.ACCEPT), stale=k % 4 == 3)
        if self.attempt(story.accept):
            self.becomes_visible(story.pk, self.promised[story.pk])

    def withdraw(self, n, w, k):
        story = self.story(self.nearest(n, Action.WITHDRAW), stale=k % 4 == 3)
        if self.attempt(story.withdraw):
            self.goes(story.pk)

    def erase(self, n, w, k):
        story, decisions = self.story(n), [*Decision.objects.values_list()]
        self.goes(story.pk)
        story.delete()
        assert [*Decision.objects.values_list()] == decisions
        self.has_changed = True
        self.pages.pop(n, None)
        self.stories[n] = self.draft(n)

    def open_a_page_and_leave_it(self, n, w, k):
        self.pages[n] = self.story(n)


class Readers(World):
    def tell(self, n, w, k):
        story, by = self.story(n), one_of([None, self.members[0], self.moderators[2]], w)
        if story.shown and by != story.author:
            told = {"reason": one_of(["cruel", "worried"], k), "words": "", "email": "", "by": by}
            self.attempt(lambda: Report.objects.tell(story, **told), rows=0)

    def ask_to_think_again(self, n, w, k):
        decisions = Decision.objects.filter(action__in=APPEALED).order_by("-number")[k % 3 :]
        if not decisions:
            return
        first = decisions[0]
        report = Report.objects.filter(decision=first).first()
        if first.contribution is None or (first.action == Action.KEEP and not report):
            return
        is_report = first.action == Action.KEEP
        asked = {"report": report} if is_report else {"by": first.contribution.author}
        self.attempt(lambda: self.asked(first, asked), rows=0)

    def asked(self, first, asked):
        """Whether it was asked for the first time."""
        before = Appeal.objects.count()
        Appeal.objects.ask(first, words="It is mine to say.", **asked)
        return Appeal.objects.count() - before


class Moderators(World):
    def open_case(self, n, w, k):
        by, case = self.moderator(w), self.case(n, k)
        if case:
            again = case.is_held_by(by)
            self.attempt(lambda: Case.objects.all().claim(case.pk, by=by), rows=not again)

    def hand_back(self, n, w, k):
        by = self.moderator(w)
        held = Case.objects.open().filter(claimed_by=by).count()
        self.attempt(lambda: Case.objects.all().hand_back(by=by), rows=held)

    def pass_on(self, n, w, k):
        case = self.case(n, k)
        if case and case.is_held():
            by, to = case.claimed_by, one_of([None, *self.moderators], k)
            verb = one_of([handovers.give_to_second, handovers.hand_over], k)
            self.attempt(lambda: verb(case, by=by, to=to, text="I know this ward."))

    def decide(self, n, w, k):
        action = one_of(OUTCOMES, k)
        story = self.story(self.nearest(n, action), stale=k % 7 == 6)
        if version := story.sent:
            said = {"by": self.moderator(w), "version": version} | BECAUSE
            said |= details(action, version)
            if self.attempt(lambda: story.decide(action, **said)):
                self.foretell(action, story.pk, version.words)

    def propose(self, n, w, k):
        action = one_of([Action.DECLINE, *OUTCOMES], k)
        n = self.nearest(n, action)
        story, case = self.story(n, stale=k % 7 == 6), self.case(n, 0)
        if case and (version := story.sent):
            said = {"version": version, "details": details(action, version)} | BECAUSE
            self.attempt(lambda: propose(case, action, by=self.moderator(w), **said))

    def propose_about_what_was_told(self, n, w, k):
        if case := self.nearest_case(n, 1):
            action = one_of([Action.KEEP, Action.UNCOVER, Action.CLOSE], k)
            self.attempt(lambda: propose(case, action, by=self.moderator(w), **BECAUSE))

    def answer_what_is_proposed(self, n, w, k):
        by, proposals = self.moderator(w), Proposal.objects.order_by("settled_at", "-pk")
        if not (proposal := proposals.filter(settled_at=None).first() or proposals.first()):
            return
        if k % 4 == 3:
            self.attempt(lambda: send_back(proposal, by=by) or True)
        elif self.attempt(lambda: confirm(proposal, by=by)):
            words = proposal.version and proposal.version.words
            self.foretell(proposal.action, proposal.case.object_id, words)

    def act_on_what_is_up(self, n, w, k):
        verb = one_of(ABOUT_WHAT_IS_UP, k)
        story = self.story(self.nearest(n, verb))
        by, words = self.moderator(w), story.shown and story.shown.words
        if self.attempt(lambda: story.decide(verb, by=by, version=None, **BECAUSE)):
            self.foretell(verb, story.pk, words)

    def settle(self, n, w, k):
        if case := self.nearest_case(n, 1):
            action = Action.KEEP if case.contribution.shown_id else Action.CLOSE
            by = self.moderator(w)
            if self.attempt(lambda: Report.objects.settle(case, action, by=by)):
                self.foretell(action, case.object_id, None)

    def think_again(self, n, w, k):
        if not (case := self.nearest_case(n, 2)):
            return
        answers = [*APPEALS_ANSWERS, Action.COVER] if k > 11 else APPEALS_ANSWERS
        outcome, story, first = one_of(answers, k), case.contribution, case.appeal.first()
        move, words = comes_of(outcome, first, story), story.shown and story.shown.words
        said = {"by": self.moderator(w), "message": "I have read all of it.", "letter": "Because."}
        rows = 2 if move in MOVES and outcome != Action.COVER else 1
        if not self.attempt(lambda: rethinking.decide(case.appeal, outcome, **said), rows=rows):
            return
        if move == Action.REVERSE or outcome == Action.COVER:
            self.becomes_visible(story.pk, self.decided_about[first.number])
            self.covered |= {story.pk} if outcome == Action.COVER else set()
        else:
            self.foretell(move, story.pk, words)

    def foretell(self, action, pk, words):
        """What comes of it for readers, at once or when its author agrees."""
        if action == Action.PUBLISH:
            self.becomes_visible(pk, words)
        elif action in (Action.OFFER, Action.SUGGEST):
            self.promised[pk] = if_accepted(action, words)
        elif action == Action.REMOVE:
            self.goes(pk)
        elif action == Action.COVER:
            self.covered.add(pk)
        elif action in (Action.UNCOVER, Action.KEEP):
            self.covered.discard(pk)
        if action in (Action.DECLINE, Action.REMOVE):
            last = Decision.objects.filter(action=action).order_by("-number")[0]
            self.decided_about[last.number] = words


def comes_of(outcome, first, story):
    """Which move an appeal's answer makes, if any; REVERSE where words are shown again."""
    if outcome == Action.UPHOLD:
        return None
    if first.action == Action.KEEP:
        return {Action.REVERSE: Action.REMOVE, Action.CHANGE: Action.COVER}[outcome]
    if first.action == Action.COVER:
        return Action.UNCOVER if story.covered_at else None
    if outcome == Action.COVER:
        return outcome
    stays = {Action.DECLINE: State.DECLINED, Action.REMOVE: State.REMOVED}[first.action]
    newer = first.action == Action.DECLINE and story.sent.number != first.version_number
    return outcome if story.state == stays and not newer and outcome == Action.REVERSE else None


class Anything(Authors, Readers, Moderators, Worrying):
    def somebody_rests_or_comes_back(self, n, w, k):
        people = [person.pk for person in self.moderators[1:]]
        type(self.moderators[0]).objects.filter(pk=one_of(people, w)).update(is_active=k % 4 > 0)

    def more_than_an_hour_goes_by(self, n, w, k):
        self.time.shift(3700)
