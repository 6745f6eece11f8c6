"""A few people who do anything to a few stories and a name, in any order.

What readers see is foretold here by nothing but what was asked for, and compared after each step.
"""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import time_machine
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from community.moderation import moderators
from community.moderation.log import LogHead
from community.moderation.models import Case, Decision
from community.moderation.reports import Report
from stories.models import Letter, Remembrance, Story
from tests import factories
from tests.community.moderation.promises import everything_holds

ALWAYS_TWO = {"decline", "suspend"}
TWO_IF_UNSAFE = {"publish", "read", "offer", "suggest", "keep", "uncover", "correct", "close"}
DANGER = "I don't want to be here any more."
PASSAGE, INSTEAD = "a lane", "a lane there"
# What each of the three is.
THREE = [Story, Story, Remembrance]
KINDS = [Case.Kind.READING, Case.Kind.REPORT, Case.Kind.APPEAL]
# The log only grows, so its head tells whether anything was added.
TABLES = [*apps.get_app_config("moderation").get_models(), Story, Remembrance, Letter]
TABLES.remove(Decision)


SQL = [str(table._base_manager.order_by("pk").query) for table in TABLES]


def picture():
    """Every row there is.  Looked at so often that putting the questions together is felt."""
    rows = []
    with connection.cursor() as cursor:
        for sql in SQL:
            cursor.execute(sql)
            rows.append(cursor.fetchall())
    return rows


class World:
    """Two members, three moderators, a lead; two stories, and a moderator's own name."""

    def __init__(self):
        self.members = [factories.member(), factories.member()]
        self.moderators = [factories.moderator() for _ in range(3)]
        self.moderators.append(factories.moderator(group="lead-moderators"))
        self.authors = [*self.members, self.moderators[1]]
        self.happened = set()

    @contextmanager
    def begun(self, here):
        """Three stories wait, and so many moderators are here.  Nothing of it is kept."""
        morning = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
        with transaction.atomic(), time_machine.travel(morning, tick=False) as self.time:
            self.visible, self.promised, self.decided_about, self.covered = {}, {}, {}, set()
            self.pages, self.written, self.worried, self.has_changed = {}, 0, {}, True
            away = [person.pk for person in self.moderators[here:]]
            type(self.members[0]).objects.filter(pk__in=away).update(is_active=False)
            self.stories = [self.draft(n) for n in range(3)]
            for n in range(3):
                self.story(n).submit()
            yield
            transaction.set_rollback(True)

    def draft(self, n):
        make = factories.draft if THREE[n] is Story else factories.remembrance
        return make(self.authors[n], body=f"There is {PASSAGE}.\n\nIt is mine.").pk

    # ---- who and what

    def story(self, n, *, stale=False):
        """As somebody has it in front of them, who may have opened the page a while ago."""
        if stale and n in self.pages:
            return self.pages[n]
        stories = THREE[n].objects.select_related("sent", "shown", "author")
        return stories.get(pk=self.stories[n])

    def moderator(self, w):
        """Somebody who may act now."""
        here = moderators.active().order_by("pk")
        return here[w % len(here)]

    def case(self, n, k):
        cases = Case.objects.open().about(self.story(n)).order_by("-pk")
        return cases.filter(kind=KINDS[k % 3]).first()

    def nearest_case(self, n, k):
        found = (self.case(each % 3, k) for each in (n, n + 1, n + 2))
        return next(filter(None, found), None)

    def nearest(self, n, action):
        """From story ``n`` on, the first that may be moved so; the walk would go nowhere else."""
        able = [k % 3 for k in (n, n + 1, n + 2) if self.story(k % 3).allows(action)]
        return (able or [n])[0]

    def nobody_else(self, decision):
        case = Case.objects.filter(pk=decision.case_id).first()
        return not moderators.others(decision.by, author=case and case.author).exists()

    # ---- one step

    def attempt(self, act, *, rows=1):
        """Do it: what it returned.  None, and no trace, if it was refused."""
        self.time.shift(timedelta(minutes=1))
        before, number = picture(), LogHead.objects.get().number
        try:
            done = act()
        except ValidationError:
            done = None
        if not done:
            assert picture() == before
            return None
        self.has_changed = True
        added = [*Decision.objects.filter(number__gt=number).order_by("number")]
        assert len(added) == rows
        for decision in added:
            self.as_many_decided_as_must(decision)
            self.happened.add(decision.action)
        return done

    def as_many_decided_as_must(self, decision):
        case = Case.objects.filter(pk=decision.case_id).first()
        unsafe = decision.action in TWO_IF_UNSAFE and case is not None and case.is_urgent
        if decision.appealed:
            first = Decision.objects.get(number=decision.appealed)
            unfit = decision.by_id in (first.by_id, first.proposed_by_id)
            assert not unfit or (decision.remark == "alone" and self.nobody_else(decision))
        elif decision.action in ALWAYS_TWO or unsafe:
            alone = decision.remark == "alone" and self.nobody_else(decision)
            assert alone or decision.proposed_by_id not in (None, decision.by_id)
        else:
            assert not decision.remark

    # ---- what readers should see from now on

    def becomes_visible(self, pk, words):
        self.visible[pk] = words
        self.promised.pop(pk, None)
        self.covered.discard(pk)

    def goes(self, pk):
        self.visible.pop(pk, None)
        self.promised.pop(pk, None)
        self.covered.discard(pk)

    def readers_see_what_was_read(self):
        rungs = dict(Story.objects.values_list("pk", "visibility"))
        kept = {pk for pk, rung in rungs.items() if rung in ("me", "moderators")}
        members_only = {pk for pk, rung in rungs.items() if rung == "members"} | self.covered
        visible = {pk: words for pk, words in self.visible.items() if pk not in kept}
        seen = {
            reader: {
                story.pk: story.as_shown().words()
                for kind in (Story, Remembrance)
                for story in kind.objects.visible_to(reader).for_reading()
            }
            for reader in (self.members[0], AnonymousUser())
        }
        assert [*seen.values()] == [
            visible,
            {pk: words for pk, words in visible.items() if pk not in members_only},
        ]

    def check(self):
        """Nothing needs a look that nothing has happened to."""
        if self.has_changed:
            self.has_changed = False
            self.readers_see_what_was_read()
            everything_holds()
            self.nothing_waits_for_nobody()

    def nothing_waits_for_nobody(self):
        """Somebody here may read it, or it is theirs, or they told us of it."""
        waiting, here = Case.objects.waiting(), moderators.active()
        offered = {p.pk: {*waiting.open_to(p).values_list("pk", flat=True)} for p in here}
        told = {*Report.objects.values_list("case", "by")}
        for pk, author in waiting.values_list("pk", "author"):
            could = [who for who in offered if who != author and (pk, who) not in told]
            assert not could or any(pk in offered[who] for who in could)
