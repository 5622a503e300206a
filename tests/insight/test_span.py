"""Which days one looks at."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas import DataFrame, to_datetime

from workbook.entries import EARLIEST, LATEST, Invalid
from workbook.insight.span import ALL_DAYS, Span, last_months, span, this_year

DAY = date(2026, 3, 31)
days = st.dates(EARLIEST, LATEST)


def test_both_ends_are_among_the_days() -> None:
    march = span(date(2026, 3, 1), DAY)
    assert march.holds(date(2026, 3, 1))
    assert march.holds(DAY)
    assert not march.holds(DAY + timedelta(days=1))
    assert not march.holds(date(2026, 2, 28))


@given(st.none() | days, st.none() | days, st.lists(days))
def test_a_frame_keeps_exactly_the_rows_of_these_days(first, last, rows) -> None:
    chosen = Span(first, last)
    frame = DataFrame({"on": to_datetime(rows).astype("datetime64[us]"), "row": range(len(rows))})
    kept = [row for row, on in enumerate(rows) if chosen.holds(on)]
    assert chosen.of(frame)["row"].tolist() == kept


def test_the_wrong_order_is_refused_where_the_second_day_stands() -> None:
    with pytest.raises(Invalid) as refused:
        span(DAY, DAY - timedelta(days=1))
    assert refused.value.field == "until"
    assert span(DAY, DAY).holds(DAY)


@pytest.mark.parametrize(
    ("today", "first"),
    [(date(2026, 5, 31), date(2026, 2, 28)), (date(2026, 1, 15), date(2025, 10, 15))],
)
def test_three_months_back_is_the_same_day_of_the_month_or_its_last(today, first) -> None:
    assert last_months(today, 3) == Span(first, today)


def test_this_year_begins_in_january_and_all_days_have_no_end() -> None:
    assert this_year(DAY) == Span(date(2026, 1, 1), DAY)
    assert ALL_DAYS.is_all
    assert not this_year(DAY).is_all
