"""Numbers as people read them: each a small chart, a sentence, and a table that says the same.

A lead reads them exactly.  On the public page they are rough, so that nobody is found in them.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from community import numerals
from community.moderation import charts
from community.moderation.reasons import Reason
from community.moderation.rules import Rule
from community.moderation.states import Action
from community.moderation.waiting import in_figures, in_words

FEW = 5
HOUR, DAY = 3600, 86_400
WIDE = 3  # columns that fit beside a name on a phone


@dataclass(frozen=True)
class Figure:
    key: str
    title: str
    says: str
    heads: list
    rows: list
    chart: charts.Chart | None = None

    def is_wide(self):
        return len(self.heads) > WIDE


class Exactly:
    least = None

    def drawn(self, number):
        return number

    def count(self, number):
        return str(number)

    def seconds(self, spread, which):
        return spread[which]

    def says(self, number):
        words = ngettext("%(n)s decision.", "%(n)s decisions.", number)
        return capfirst(words % {"n": numerals.in_words(number)})


class Roughly(Exactly):
    """Fewer than five are not told, and the rest to the nearest five, so that nothing can be had
    by taking one number from another; a wait is rounded up to an hour or a day.
    """

    least = FEW

    def drawn(self, number):
        return None if 0 < number < FEW else FEW * ((number + 2) // FEW)

    def count(self, number):
        rough = self.drawn(number)
        return _("fewer than five") if rough is None else str(rough)

    def seconds(self, spread, which):
        if spread["count"] < FEW:
            return None
        unit = HOUR if spread[which] <= DAY else DAY
        return max(1, -(-spread[which] // unit)) * unit

    def says(self, number):
        return ""


def figures(numbers, period, manner):
    """All of them, in the order in which they are read."""
    months = Months(period)
    return [
        _by_month(numbers["months"], months, manner),
        _waits_by_month(numbers["waits"], months, manner),
        _waits_by_language(numbers["waits"]["languages"], manner),
        _counts("outcomes", _("What was decided"), _("Decision"), numbers["outcomes"], manner),
        _counts("rules", _("Guidelines that were named"), _("Guideline"), numbers["rules"], manner),
        _reports(numbers["reports"], manner),
        _answers(numbers["reports"], manner),
        _appeals(numbers["appeals"], manner),
    ]


class Months:
    """The names of twelve months: in a table, and under a column."""

    def __init__(self, period):
        starts = period.edges[:-1]
        self.names = [date_format(start, "F Y") for start in starts]
        self.short = [date_format(start, "M") for start in starts]


def _by_month(counts, months, manner):
    says = manner.says(sum(counts))
    rows = [(name, manner.count(n)) for name, n in zip(months.names, counts, strict=True)]
    chart = by_month(counts, months, manner)
    return Figure(
        "months", _("Decisions by month"), says, [_("Month"), _("Decisions")], rows, chart
    )


def by_month(counts, months, manner, within=None):
    drawn = [manner.drawn(number) for number in counts]
    says = _("Twelve columns, one for each month. The table says what each stands for.")
    if not any(drawn):
        return None
    return charts.columns(drawn, months.short, within=within, least=manner.least, says=says)


def _wait(spread, which, manner):
    if not spread["count"]:
        return _("none decided")
    seconds = manner.seconds(spread, which)
    return _("too few to say") if seconds is None else in_words(timedelta(seconds=seconds))


def _waits_by_month(waits, months, manner):
    says = ""
    if manner.seconds(waits["all"], "median") is not None:
        says = _("Half were decided within %(half)s. The longest wait was %(longest)s.") % {
            "half": _wait(waits["all"], "median", manner),
            "longest": _wait(waits["all"], "longest", manner),
        }
    rows = [
        (name, _wait(spread, "median", manner), _wait(spread, "longest", manner))
        for name, spread in zip(months.names, waits["months"], strict=True)
    ]
    heads = [_("Month"), _("Half were decided within"), _("The longest")]
    values = [manner.seconds(spread, "median") for spread in waits["months"]]
    chart = charts.line(
        values,
        months.short,
        said=lambda seconds: in_figures(timedelta(seconds=seconds)),
        says=_("A dot for each month, higher the longer half of them waited."),
    )
    chart = chart if any(value is not None for value in values) else None
    return Figure("waits", _("How long people waited"), says, heads, rows, chart)


def _waits_by_language(languages, manner):
    rows = [
        (
            _language(code),
            manner.count(spread["count"]),
            _wait(spread, "median", manner),
            _wait(spread, "longest", manner),
        )
        for code, spread in languages.items()
    ]
    heads = [_("Language"), _("Decisions"), _("Half were decided within"), _("The longest")]
    values = [manner.seconds(spread, "median") or 0 for spread in languages.values()]
    chart = charts.rows(
        values,
        [f"{name}: {half}" for name, _count, half, _longest in rows],
        says=_("One bar for each language, longer the longer half of them waited."),
    )
    title = _("How long people waited, by language")
    return Figure("languages", title, "", heads, rows, chart if any(values) else None)


def _language(code):
    try:
        return capfirst(get_language_info(code)["name_translated"])
    except KeyError:
        return code or _("Not recorded")


def _counts(key, title, head, counts, manner):
    kinds = {"outcomes": Action, "rules": Rule}[key]
    known = [(capfirst(kind.label), counts[kind]) for kind in kinds if counts.get(kind)]
    rows = [(name, manner.count(number)) for name, number in known]
    return Figure(key, title, "", [head, _("Decisions")], rows, _bars(known, manner))


def _bars(known, manner):
    drawn = [manner.drawn(number) for _name, number in known]
    names = [f"{name}: {manner.count(number)}" for name, number in known]
    says = _("One bar for each line of the table.")
    return charts.rows(drawn, names, least=manner.least, says=says) if any(drawn) else None


def _reports(reports, manner):
    outcomes = [action for action in Action if any(action in each for each in reports.values())]
    reasons = [reason for reason in Reason if reason in reports]
    rows = [
        (reason.label, *(manner.count(reports[reason].get(action, 0)) for action in outcomes))
        for reason in reasons
    ]
    heads = [_("What we were told"), *(capfirst(action.label) for action in outcomes)]
    chart = _bars([(reason.label, sum(reports[reason].values())) for reason in reasons], manner)
    says = _("How many people told a moderator something, and what was decided about it.")
    return Figure("reports", _("Reports"), says, heads, rows, chart)


def _answers(reports, manner):
    """The same people, by what was decided."""
    totals = Counter()
    for outcomes in reports.values():
        totals.update(outcomes)
    known = [(capfirst(action.label), totals[action]) for action in Action if totals[action]]
    rows = [(name, manner.count(number)) for name, number in known]
    heads = [_("What was decided"), _("People who were answered")]
    return Figure("answers", _("Reports, by outcome"), "", heads, rows, _bars(known, manner))


def open_now(told):
    """For leads, at this moment."""
    known = [(reason.label, told[reason]) for reason in Reason if told.get(reason)]
    number = sum(told.values())
    says = _("Everybody who told us something has been answered.")
    if number:
        words = ngettext("%(n)s person waits.", "%(n)s people wait.", number)
        says = capfirst(words % {"n": numerals.in_words(number)})
    rows = [(name, str(count)) for name, count in known]
    heads = [_("What we were told"), _("People who wait")]
    chart = _bars(known, Exactly())
    return Figure("open", _("Reports that are open now"), says, heads, rows, chart)


def _appeals(appeals, manner):
    names = {
        "asked": _("Asked us to think again"),
        Action.UPHOLD.value: _("The decision stands"),
        Action.REVERSE.value: _("The decision was reversed"),
        Action.CHANGE.value: _("The decision was changed"),
    }
    known = [(name, appeals[key]) for key, name in names.items()]
    rows = [(name, manner.count(number)) for name, number in known]
    chart = _bars(known, manner)
    says = _("Somebody else than the first to decide looks at each.")
    return Figure("appeals", _("Appeals"), says, [_("What"), _("How many")], rows, chart)


def exposure(people, period):
    """Each with what they had in front of them, by month."""
    months = Months(period)
    heads = [_("Month"), _("Opened"), _("Somebody might not have been safe")]
    for number, person in enumerate(people):
        counted = zip(months.names, person.opened, person.pressing, strict=True)
        rows = [(name, str(opened), str(pressing)) for name, opened, pressing in counted]
        chart = by_month(person.opened, months, Exactly(), within=person.pressing)
        yield person, Figure(f"person-{number}", person.pen_name, "", heads, rows, chart)
