"""Being worried about a writer, alone or with others, and not any more."""

from community.moderation.log import LogHead
from community.moderation.models import Decision, SafetyEntry
from community.moderation.safety import worry_about
from community.moderation.states import Look
from tests.community.moderation.anybody import World


class Worrying(World):
    def worry(self, n, w, k):
        """Whoever has it open says so, or joins whoever did."""
        case = self.case(n, 0)
        if case and case.is_held():
            by, may_join = case.claimed_by, case.worried_by_id not in (None, case.claimed_by_id)
            if may_join or not case.is_urgent:
                self.attempt(lambda: worry_about(case, by=by) or True)
                self.worried.setdefault(case.pk, set()).add(by.pk)

    def write_down(self, n, w, k):
        case = self.case(n, 0)
        if case and case.is_held() and case.is_urgent:
            by, text = case.claimed_by, f"Nothing says that it is, {LogHead.objects.get().number}."
            added = {"step": "urgent", "text": text}
            self.attempt(lambda: SafetyEntry.objects.add(case, by=by, **added) or True)

    def calm(self, n, w, k):
        case = self.case(n, 0)
        if case and case.is_held():
            by, others = case.claimed_by, self.had_a_part(case) - {case.claimed_by_id}
            said = {"by": by, "text": "It was a line from a song."}
            if self.attempt(lambda: SafetyEntry.objects.take_back(case, **said)):
                assert not others and by.pk in self.worried.pop(case.pk)

    def had_a_part(self, case):
        """Who was worried, wrote down what they did, or proposed or answered a decision, since
        somebody was first worried.
        """
        calmed = Decision.objects.filter(case_id=case.pk, action=Look.CALM).first()
        looks = Decision.objects.filter(case_id=case.pk, number__gt=calmed.number if calmed else 0)
        worry = looks.filter(action=Look.SAFETY).last()
        since = worry.number if worry else 0
        took_part = looks.filter(action__in=[Look.SAFETY, Look.PROPOSE, Look.SEND_BACK])
        return {*took_part.filter(number__gte=since).values_list("by", flat=True)}
