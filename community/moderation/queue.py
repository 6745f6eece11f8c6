"""The page of what waits, as the admin shows it."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.db.models import Count, Exists, Min, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from community.moderation import handovers, pace
from community.moderation.care import Care, about_any, read_by_nobody
from community.moderation.models import Case, Decision, Proposal
from community.moderation.narrowing import Narrowing
from community.moderation.pace import MAY_SET_PACE
from community.moderation.records import Record
from community.moderation.reports import with_what_was_told

ROWS = 50
READING, REPORT = Q(kind=Case.Kind.READING), Q(kind=Case.Kind.REPORT)
APPEAL = Q(kind=Case.Kind.APPEAL)


@dataclass(frozen=True)
class Tab:
    key: str
    label: str
    count: int
    address: str


class Pages(Paginator):
    """Pages of what has been counted already."""

    def __init__(self, rows, count):
        super().__init__(rows, ROWS)
        self.count = count


class Queue:
    """The cases one moderator is offered, most pressing first, narrowed to what they ask for.

    As many queries whatever waits, and however far down the page is.
    """

    def __init__(self, moderator, kinds, asked):
        self.moderator = moderator
        self.kinds = {kind._meta.model_name: kind for kind in kinds}
        self.types = ContentType.objects.get_for_models(*kinds)
        self.care = Care.objects.of(moderator)
        self.day = pace.today(moderator, self.care)
        self.for_you = handovers.for_you(moderator)
        self.narrowing = Narrowing(asked, kinds)
        self.cases = self._offered()
        self.where = self._where()
        self.counts = self._counts()
        self.tab = asked.get("tab", "")
        known = [tab.key for tab in self.tabs()]
        self.tab = self.tab if self.tab in known else known[0]
        self.page = self._page(asked.get("page"))

    # ---- which cases

    def _offered(self):
        cases = Case.objects.open_to(self.moderator)
        if self.day.is_enough:
            cases = cases.filter(Q(is_urgent=True) | Q(claimed_by=self.moderator))
        return cases

    def _where(self):
        """What stands under each tab, before it is narrowed."""
        waiting = Q(closed_at=None, asked_at=None)
        reading = waiting & READING & Q(author__isnull=False)
        kinds = {
            name: reading & Q(content_type=self.types[kind]) for name, kind in self.kinds.items()
        }
        asked = Q(closed_at=None, asked_at__isnull=False, author__isnull=False)
        return {
            "you": (reading | waiting & (REPORT | APPEAL)) & Q(pk__in=self.for_you),
            **kinds,
            "reports": waiting & REPORT,
            "appeals": waiting & APPEAL,
            "author": asked,
        }

    def _counts(self):
        """How many stand under each tab, and in all, without those left out this week."""
        waiting = self.where["reports"] | self.where["appeals"]
        for kind in self.kinds:
            waiting |= self.where[kind]
        topics = self.care.topics_left_out()
        wanted = ~about_any(topics) if topics else Q()
        narrowed = wanted & self.narrowing.condition()
        under = {f"of_{tab}": Count("pk", filter=q & narrowed) for tab, q in self.where.items()}
        if topics:
            under["left_out"] = Count("pk", filter=waiting & about_any(topics))
        self.wanted = narrowed
        return self.cases.open().aggregate(
            longest=Min("waiting_since", filter=waiting & READING & wanted),
            held=Count("pk", filter=waiting & Q(claimed_by=self.moderator)),
            **under,
        )

    def tabs(self):
        names = {"you": _("For you")} if self.counts["of_you"] or self.tab == "you" else {}
        names |= {n: capfirst(k._meta.verbose_name_plural) for n, k in self.kinds.items()}
        names |= {"reports": _("Reports"), "appeals": _("Appeals")}
        names |= {"author": _("Awaiting the author")}
        return [
            Tab(key, name, self.counts[f"of_{key}"], self.narrowing.address(tab=key))
            for key, name in names.items()
        ]

    # ---- one page of them

    def _page(self, number):
        """Where the page lies is found by key alone: only its own rows are looked at closely."""
        rows = self.cases.filter(self.where[self.tab] & self.wanted)
        longest_asked = self.tab == "author"
        rows = rows.order_by("asked_at", "pk") if longest_asked else rows.most_pressing_first()
        pages = Pages(rows.values_list("pk", flat=True), self.counts[f"of_{self.tab}"])
        return pages.get_page(number)

    def rows(self):
        """Each case with the words that were sent; what was told has its own."""
        keys = list(self.page.object_list)
        cases = {case.pk: case for case in self._closely(keys)}
        for case in (cases[key] for key in keys if key in cases):
            if case.kind in (Case.Kind.REPORT, Case.Kind.APPEAL):
                yield case, None
            elif case.contribution and case.version:
                # One author for both, already fetched: prefetching gives the contribution none.
                case.contribution.author = case.author
                yield case, case.contribution.at(case.version)

    def _closely(self, keys):
        earlier = Case.objects.readings().filter(author=OuterRef("author"), pk__lt=OuterRef("pk"))
        passed = handovers.CaseNote.objects.untaken().filter(case=OuterRef("pk"))
        first = Decision.objects.filter(number=OuterRef("appealed"))
        second = Proposal.objects.open().filter(case=OuterRef("pk"))
        cases = Case.objects.filter(pk__in=keys).annotate(
            is_first=~Exists(earlier),
            handed_by=Subquery(passed.values("by_name")[:1]),
            needs_second=Exists(second),
            first_action=Subquery(first.values("action")[:1]),
        )
        if self.tab in ("reports", "you"):
            cases = with_what_was_told(cases)
        if self.tab != "reports":
            cases = cases.prefetch_related("contribution")
        return cases.select_related("version", "claimed_by", "author")

    # ---- what is said above them

    def longest_wait(self):
        since = self.counts["longest"]
        return timezone.now() - since if since else None

    def here(self):
        """The way back to this page, as those it leads to hand it on."""
        return self.narrowing.address(tab=self.tab).removeprefix("?")

    def earlier(self):
        return self.page.has_previous() and self._at(self.page.number - 1)

    def later(self):
        return self.page.has_next() and self._at(self.page.number + 1)

    def _at(self, number):
        return self.narrowing.address(tab=self.tab, page=number)

    def about_members(self):
        """About whom something was proposed that this moderator could agree to."""
        return Record.objects.waiting_for_a_second().open_to(self.moderator)

    def for_leads(self):
        """What only somebody who can do something about it is told."""
        if not self.moderator.has_perm(MAY_SET_PACE):
            return {}
        nobody = read_by_nobody()
        unread = Case.objects.waiting().filter(nobody).count() if nobody else 0
        return {"unread": unread, "stopped": list(pace.stopped())}
