"""What anybody here can do with letters, sanctions and shields, one step at a time."""

from contextlib import contextmanager

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from community.moderation.log import LogHead
from community.moderation.models import Proposal, Sanction, Shield
from community.moderation.sanctions import Doing, case_about, end_after, why_not
from community.moderation.states import Action
from community.moderation.two_people import confirm, propose, send_back
from stories.models import Letter, Story
from tests import factories
from tests.community.moderation.anybody import DANGER, World
from tests.community.moderation.anything import BECAUSE, one_of

OUTCOMES = [Action.PUBLISH, Action.DECLINE, Action.RETURN]
FOR_A_TIME = ["note", "letters-off", "read-only"]


class Writers(World):
    @contextmanager
    def begun(self, here):
        """One story is published, and glad of letters."""
        with super().begun(here):
            self.here, self.letters, self.read = self.moderators[:here], [], {}
            Story.objects.filter(pk=self.stories[0]).update(wants_letters=True)
            story = self.story(0)
            story.publish(by=self.moderators[0], version=story.sent)
            self.becomes_visible(story.pk, story.sent.words)
            yield

    def letter(self, n):
        letters = Letter.objects.select_related("sent", "shown", "author", "story", "to")
        return letters.get(pk=self.letters[n % len(self.letters)]) if self.letters else None

    def anybody(self, w):
        """Suspended or not."""
        return one_of(self.here, w)

    def once(self, act):
        """Do it; how many decisions it made, which is one, or it left no trace."""

        def counted():
            before = LogHead.objects.get().number
            with transaction.atomic():
                act()
            return LogHead.objects.get().number - before

        return self.attempt(counted)

    # ---- steps

    def write_a_letter(self, n, w, k):
        author = one_of([self.members[1], *self.moderators[1:3]], w)
        letter = factories.letter(self.story(0) if k % 3 else None, author)
        self.letters += [] if letter.pk in self.letters else [letter.pk]
        self.send(len(self.letters) - 1, w, k)

    def send(self, n, w, k):
        if not (letter := self.letter(n)):
            return
        self.written += 1
        letter.body = f"I read every word, {self.written} times." + DANGER * (k % 5 == 4)
        Letter.objects.filter(pk=letter.pk).update(body=letter.body)
        stopped = why_not(letter.author, Doing.LETTER)
        assert not (self.once(letter.send) and stopped)

    def call_back(self, n, w, k):
        if (letter := self.letter(n)) and self.once(letter.call_back):
            letter.refresh_from_db()
            if letter.shown_id is None:
                self.read.pop(letter.pk, None)

    def decide(self, n, w, k):
        letter, action = self.letter(n), one_of(OUTCOMES, k)
        if letter and (version := letter.sent):
            said = {"by": self.anybody(w), "version": version} | BECAUSE
            if self.once(lambda: letter.decide(action, **said)):
                self.foretell(action, letter.pk, version.words)

    def propose(self, n, w, k):
        letter = self.letter(n)
        if letter and letter.sent and (case := letter.open_case()):
            said = {"by": self.anybody(w), "version": letter.sent} | BECAUSE
            self.once(lambda: propose(case, one_of(OUTCOMES, k), **said))

    def propose_to_suspend(self, n, w, k):
        member = one_of([*self.members, self.moderators[1]], n)
        said = {"by": self.anybody(w), "member": member, "details": {"days": 1 + k % 7}} | BECAUSE
        self.once(lambda: propose(case_about(member), Action.SUSPEND, **said))

    def answer_what_is_proposed(self, n, w, k):
        if not (proposal := Proposal.objects.order_by("settled_at", "-pk").last()):
            return
        proposal = Proposal.objects.open().order_by("-pk").first() or proposal
        by = self.anybody(w)
        if k % 4 == 3:
            self.once(lambda: send_back(proposal, by=by))
        elif self.once(lambda: confirm(proposal, by=by)):
            words = proposal.version and proposal.version.words
            self.foretell(proposal.action, proposal.case.object_id, words)

    def take_down(self, n, w, k):
        letter = self.letter(n)
        if letter and self.once(lambda: letter.remove(by=self.anybody(w), **BECAUSE)):
            self.read.pop(letter.pk)

    def give_a_sanction(self, n, w, k):
        kind, member = one_of(FOR_A_TIME, k), one_of([*self.members, self.moderators[1]], n)
        self.written += 1
        said = {"rule": "compare", "letter": f"You compared, {self.written} times."}
        ends_at = None if kind == "note" else end_after(1 + k % 9)
        by = self.anybody(w)
        self.once(lambda: Sanction.objects.give(member, kind, by=by, ends_at=ends_at, **said))

    def lift_a_sanction(self, n, w, k):
        if sanction := Sanction.objects.order_by("-pk").first():
            self.once(lambda: sanction.lift(by=self.anybody(w), letter="It is lifted."))

    def put_up_a_shield(self, n, w, k):
        over = {"topic": "stillbirth"} if k % 2 else {"contribution": self.story(0)}
        self.once(lambda: Shield.objects.put_up(by=self.anybody(w), reason="", **over))

    def lift_a_shield(self, n, w, k):
        if shield := Shield.objects.standing().order_by("-pk").first():
            self.once(lambda: shield.lift(by=self.anybody(w)))

    def days_go_by(self, n, w, k):
        self.time.shift(86_400 * (1 + k % 9))

    # ---- what comes of it

    def foretell(self, action, pk, words):
        if action == Action.PUBLISH:
            self.read[pk] = words

    def as_many_decided_as_must(self, decision):
        if decision.action in Action and decision.by:
            assert not why_not(decision.by, Doing.MODERATE)
        held = decision.action == Action.PUBLISH and self.is_under_a_shield(decision.object_id)
        if not held:
            return super().as_many_decided_as_must(decision)
        alone = decision.remark == "alone" and self.nobody_else(decision)
        assert alone or decision.proposed_by_id not in (None, decision.by_id)

    @staticmethod
    def is_under_a_shield(pk):
        letter = Letter.objects.filter(pk=pk).select_related("story__shown").first()
        return bool(letter and letter.story and Shield.objects.covers(letter.story.as_shown()))

    def readers_see_what_was_read(self):
        super().readers_see_what_was_read()
        reader, found = self.members[0], Letter.objects.select_related("shown")
        there = [*found.come_to(reader), *found.visible_to(AnonymousUser())]
        assert {each.pk: each.at(each.shown).words() for each in there} == self.read
