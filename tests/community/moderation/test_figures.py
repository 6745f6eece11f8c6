"""How numbers are drawn and said: exactly to leads, roughly to everybody."""

import re

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from community.moderation import charts, figures
from community.moderation.figures import Exactly, Roughly
from community.moderation.numbers import Period
from community.moderation.states import Action

NOTHING = {"count": 0, "median": None, "longest": None}


def counted(**more):
    waits = {"all": NOTHING, "months": [NOTHING] * 12, "languages": {}}
    appeals = {"asked": 0, "uphold": 0, "reverse": 0, "change": 0}
    empty = {"months": [0] * 12, "outcomes": {}, "rules": {}, "waits": waits}
    return empty | {"appeals": appeals, "reports": {}} | more


def drawn(numbers, manner):
    found = figures.figures(numbers, Period.beginning(2026), manner)
    return {figure.key: figure for figure in found}


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "0"),
        (1, "fewer than five"),
        (4, "fewer than five"),
        (5, "5"),
        (7, "5"),
        (8, "10"),
        (123, "125"),
    ],
)
def test_readers_are_told_no_small_number_and_no_exact_one(number, said):
    assert Roughly().count(number) == said
    assert Exactly().count(number) == str(number)


@pytest.mark.parametrize(
    ("count", "seconds", "said"),
    [
        (4, 7200, "too few to say"),
        (5, 7201, "three hours"),
        (5, 1, "one hour"),
        (9, 86_401, "two days"),
    ],
)
def test_readers_are_told_a_wait_rounded_up_and_only_of_enough_people(count, seconds, said):
    spread = {"count": count, "median": seconds, "longest": seconds}
    waits = {"all": NOTHING, "months": [NOTHING] * 12, "languages": {"en": spread}}
    row = drawn(counted(waits=waits), Roughly())["languages"].rows[0]
    assert row[0] == "English" and row[2:] == (said, said)


def test_what_readers_may_not_count_they_cannot_measure_either():
    months = [1, 4, 40, *[0] * 9]
    numbers = counted(months=months, outcomes={"publish": 41, "decline": 4})
    for few in (1, 2, 3, 4):
        again = counted(months=[few, few, *months[2:]], outcomes={"publish": 41, "decline": few})
        assert drawn(again, Roughly()) == drawn(numbers, Roughly())
    page = "".join(
        render_to_string("moderation/_figure.html", {"figure": figure})
        for figure in drawn(numbers, Roughly()).values()
    )
    assert "Not published: fewer than five" in page
    assert not re.search(r">(1|4|41|45)<", page)


def test_leads_read_every_number():
    spread = {"count": 1, "median": 3600, "longest": 7200}
    numbers = counted(
        months=[3, *[0] * 11],
        outcomes={"publish": 2, "decline": 1},
        rules={"names": 1},
        waits={"all": spread, "months": [spread, *[NOTHING] * 11], "languages": {"": spread}},
        reports={"cruel": {"keep": 2, "remove": 1}},
    )
    found = drawn(numbers, Exactly())
    assert found["months"].says == "Three decisions."
    assert found["months"].rows[0] == ("January 2026", "3")
    assert found["outcomes"].rows == [("Published", "2"), ("Not published", "1")]
    assert found["rules"].rows == [("Don’t name people or hospitals", "1")]
    assert found["waits"].rows[0] == ("January 2026", "one hour", "two hours")
    assert found["languages"].rows == [("Not recorded", "1", "one hour", "two hours")]
    assert found["reports"].heads[1:] == ["Taken down", "Looked at again, left up"]
    assert found["reports"].rows == [("It is cruel to someone", "1", "2")]


def test_a_year_with_nothing_in_it_can_be_read():
    for manner in (Exactly(), Roughly()):
        for figure in drawn(counted(), manner).values():
            page = render_to_string("moderation/_figure.html", {"figure": figure})
            assert "<table" in page or "There is nothing to count." in page


def test_every_outcome_has_a_name_and_a_bar():
    numbers = counted(outcomes=dict.fromkeys(Action.values, 6))
    figure = drawn(numbers, Exactly())["outcomes"]
    assert len(figure.rows) == len(figure.chart.bars) == len(Action)


@pytest.mark.parametrize(
    "chart",
    [
        charts.columns([0, 10**6, None, *[3] * 9], ["Jan"] * 12, least=5),
        charts.columns([5] * 12, ["Jan"] * 12, within=[2] * 12),
        charts.columns([0] * 12, ["Jan"] * 12),
        charts.line([None, 1, 10**7, *[None] * 9], ["Jan"] * 12, said=str),
        charts.line([None] * 12, ["Jan"] * 12, said=str),
        charts.rows([1, 10**6, None, 0], list("abcd"), least=5),
    ],
)
def test_everything_is_inside_the_drawing_in_whole_units(chart):
    for bar in chart.bars:
        assert all(isinstance(n, int) for n in (bar.x, bar.y, bar.width, bar.height))
        assert bar.x >= 0 and bar.x + bar.width <= chart.width and bar.width > 0
        assert bar.y >= 0 and bar.y + bar.height <= chart.height and bar.height > 0
    for x, y in chart.dots:
        assert 0 <= x <= chart.width and 0 <= y <= chart.height
    for label in chart.labels:
        assert 0 <= label.x <= chart.width and 0 < label.y <= chart.height


def test_a_dot_is_joined_to_the_next_only_where_there_is_one():
    chart = charts.line([1, 2, None, 4], list("abcd"), said=str)
    assert (len(chart.dots), len(chart.lines)) == (3, 1)


def test_a_drawing_has_a_name_and_a_description_and_no_style_of_its_own():
    figure = drawn(counted(months=[6] * 12), Exactly())["months"]
    page = render_to_string("moderation/_figure.html", {"figure": figure})
    assert 'role="img" aria-labelledby="months-t months-d"' in page
    assert '<desc id="months-d">Twelve columns' in page
    assert "style" not in page
    assert page.count('<th scope="row">') == 12


def test_a_drawing_is_the_same_in_a_language_with_decimal_commas():
    spread = {"count": 9, "median": 123_456, "longest": 234_567}
    waits = {"all": spread, "months": [spread] * 12, "languages": {"en": spread}}
    numbers = counted(months=[1234, 7, *[0] * 10], waits=waits)
    with translation.override("fr"):
        for figure in drawn(numbers, Exactly()).values():
            page = render_to_string("moderation/_figure.html", {"figure": figure})
            assert re.findall(r' (?:x|y|cx|cy|d|width|height)="[^"]*[.,\xa0][^"]*"', page) == []
