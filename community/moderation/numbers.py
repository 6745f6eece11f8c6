"""What the log says in numbers: of decisions, waits, appeals and reports, and of nobody's life.

They are plain, counts and seconds by slug, so that a year of them can be frozen as it is.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from django.db import models
from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from community.moderation.cases import Case
from community.moderation.log import Decision
from community.moderation.reports import Report
from community.moderation.states import Action, Look
from community.moderation.tally import Tally

MONTHS = 12


@dataclass(frozen=True)
class Period:
    """Twelve months of this site's own time: ``edges`` are the thirteen midnights around them."""

    edges: tuple

    @classmethod
    def beginning(cls, year, month=1):
        firsts = [divmod(year * 12 + month - 1 + n, 12) for n in range(MONTHS + 1)]
        return cls(tuple(timezone.make_aware(datetime(y, m + 1, 1)) for y, m in firsts))

    @classmethod
    def until_now(cls):
        """This month and the eleven before it."""
        today = timezone.localdate()
        year, month = divmod(today.year * 12 + today.month - MONTHS, 12)
        return cls.beginning(year, month + 1)

    def holds(self, moment):
        """The condition that ``moment`` lies in it."""
        return Q(**{f"{moment}__gte": self.edges[0], f"{moment}__lt": self.edges[-1]})

    def month_of(self, moment):
        """Which month it lies in, 0 to 11, worked out by the database from the edges."""
        before = [models.When(**{f"{moment}__lt": edge}, then=n) for n, edge in self._ends()]
        return models.Case(*before, output_field=models.IntegerField())

    def _ends(self):
        return enumerate(self.edges[1:])


def years():
    """Those with something in the log, newest first."""
    first = Decision.objects.aggregate(first=Min("at"))["first"]
    now = timezone.localdate().year
    return [*range(now, timezone.localtime(first).year - 1, -1)] if first else [now]


def of(period):
    """Everything about ``period`` but who read what.  Four queries, however long the log is."""
    decided = _decided(period)
    return {
        **decided,
        "waits": _waits(period),
        "appeals": {
            "asked": Case.objects.filter(
                period.holds("opened_at"), kind=Case.Kind.APPEAL, appealed__isnull=False
            ).count(),
            **{
                answer.value: decided["outcomes"].get(answer.value, 0)
                for answer in (Action.UPHOLD, Action.REVERSE, Action.CHANGE)
            },
        },
        "reports": _reports(period),
    }


def _decided(period):
    moves = Decision.objects.moves().filter(period.holds("at"), role=Decision.Role.MODERATOR)
    rows = moves.annotate(month=period.month_of("at")).order_by()
    months, outcomes, rules = [0] * MONTHS, Counter(), Counter()
    counted = rows.values_list("month", "action", "rule").annotate(Count("pk"))
    for month, action, rule, number in counted:
        months[month] += number
        outcomes[action] += number
        if rule:
            rules[rule] += number
    return {"months": months, "outcomes": dict(outcomes), "rules": dict(rules)}


def _waits(period):
    """How long the waiting had been when it was decided, by month and by language."""
    waits = Decision.objects.filter(period.holds("at"), waited__isnull=False).order_by()
    rows = waits.annotate(month=period.month_of("at")).values_list("month", "language", "waited")
    months, languages, everything = defaultdict(list), defaultdict(list), []
    for month, language, waited in rows:
        seconds = int(waited.total_seconds())
        for kept in (months[month], languages[language], everything):
            kept.append(seconds)
    return {
        "all": _spread(everything),
        "months": [_spread(months[month]) for month in range(MONTHS)],
        "languages": {language: _spread(languages[language]) for language in sorted(languages)},
    }


def _spread(seconds):
    if not seconds:
        return {"count": 0, "median": None, "longest": None}
    return {"count": len(seconds), "median": int(median(seconds)), "longest": max(seconds)}


def _reports(period):
    """How many were answered, by what they were about and by what was decided."""
    first, end = (timezone.localtime(edge).date() for edge in (period.edges[0], period.edges[-1]))
    told = Tally.objects.filter(month__gte=first, month__lt=end).order_by()
    reports = defaultdict(dict)
    rows = told.values_list("reason", "outcome").annotate(models.Sum("count"))
    for reason, outcome, number in rows:
        reports[reason][outcome] = number
    return dict(reports)


def open_now():
    """How many people wait for an answer to what they told us at this moment, by reason."""
    told = Report.objects.unanswered().order_by().only("reason", "by", "browser", "case")
    people = {(report.reason, report.case_id, report.person()) for report in told}
    return dict(Counter(reason for reason, _case, _person in people))


def waiting_now():
    """How many wait for a moderator at this moment, and since when the first of them does."""
    return Case.objects.waiting().aggregate(count=Count("pk"), since=Min("waiting_since"))


@dataclass(frozen=True)
class Exposure:
    """What one moderator had in front of them, month by month: to offer rest, never to compare."""

    pen_name: str
    opened: list
    pressing: list


def exposure(period):
    """Of each moderator, by pen name.  Two queries."""
    looks = Decision.objects.filter(period.holds("at"), action__in=[Look.OPEN, Look.REREAD])
    danger = Case.objects.filter(is_urgent=True).values("pk")
    rows = looks.annotate(month=period.month_of("at")).order_by().values_list("by_id", "month")
    counted = rows.annotate(
        opened=Count("case_id", distinct=True),
        pressing=Count("case_id", distinct=True, filter=Q(case_id__in=danger)),
        last=Max("number"),
    )
    opened, pressing = defaultdict(lambda: [0] * MONTHS), defaultdict(lambda: [0] * MONTHS)
    newest = {}
    for by, month, number, urgent, last in counted:
        opened[by][month], pressing[by][month] = number, urgent
        newest[by] = max(last, newest.get(by, 0))
    names = Decision.objects.filter(number__in=newest.values()).values_list("by_id", "by_name")
    found = [Exposure(name, opened[by], pressing[by]) for by, name in names]
    return sorted(found, key=lambda each: each.pen_name.casefold())
