"""What stands along the days of a chart."""

import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.charts.timeline import Timeline, day_number, stretches


def labels(first: date, last: date, right: float = 400) -> list[str]:
    return [label for _, label in Timeline(day_number(first), day_number(last), 0, right).marks()]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), ["1 Jan 2026"]),
        (date(2026, 1, 30), date(2026, 2, 2), ["30 Jan 2026", "31 Jan", "1 Feb", "2 Feb"]),
        (date(2025, 11, 20), date(2026, 3, 2), ["Dec 2025", "Jan 2026", "Feb", "Mar"]),
        (date(2025, 2, 1), date(2026, 12, 1), ["Jul 2025", "Jan 2026", "Jul"]),
        (date(2019, 5, 1), date(2026, 12, 1), ["2020", "2022", "2024", "2026"]),
    ],
)
def test_the_axis_says_days_months_or_years_as_there_is_room(first, last, expected) -> None:
    assert labels(first, last) == expected


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_any_two_days_give_marks_inside_that_are_apart_and_name_a_year(one, other) -> None:
    first, last = sorted((one, other))
    marks = Timeline(day_number(first), day_number(last), 0, 180).marks()
    places = [x for x, _ in marks]
    assert places
    assert places[0] >= 0
    assert places[-1] <= 180
    assert all(after - before > 40 for before, after in pairwise(places))
    assert re.search(r"\d{4}$", marks[0][1])


def test_a_long_silence_divides_the_days_into_stretches() -> None:
    assert stretches([1, 8, 50, 96, 97], 45) == [slice(0, 3), slice(3, 5)]
    assert stretches([], 45) == []
