"""Cells: no text is a formula to a spreadsheet, and every text comes back exactly."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.hostile import STRINGS
from workbook.book.exchange import cells
from workbook.book.exchange.cells import Unreadable

DANGER = "=+-@\t\r\n＝＋－＠"
ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40)


@pytest.mark.parametrize("sign", DANGER)
@pytest.mark.parametrize("before", ["", " ", "\u200b", "\ufeff", "\0", "\u00a0 ", "\x1b"])
def test_no_cell_begins_with_what_a_spreadsheet_calculates(sign: str, before: str) -> None:
    assert cells.protected(f"{before}{sign}cmd|' /C calc'!A0") == f"'{before}{sign}cmd|' /C calc'!A0"


def test_what_is_harmless_stays_as_it_is() -> None:
    for text in ("", "a=1", "we - and they", "1+1", '"=1"', " a"):
        assert cells.protected(text) == text


@given(ANY_TEXT)
@example("'=1+1")
@example("''")
@example("'")
@example("x\r\ny\0")
def test_exactly_one_apostrophe_goes_on_and_comes_off(text: str) -> None:
    cell = cells.protected(text)
    assert cells.bare(cell) == text
    assert not cell.startswith(tuple(DANGER))
    assert cell in (text, f"'{text}")


@pytest.mark.parametrize("text", STRINGS)
def test_a_hostile_text_is_a_cell_and_back(text: str) -> None:
    assert cells.decode(cells.encode(text, str), str) == text
    assert cells.encode(text, str)[:1] not in set(DANGER)


@pytest.mark.parametrize(
    ("value", "hint", "cell"),
    [
        (None, str | None, ""),
        ("", str | None, "'"),
        ("", str, ""),
        (-1, int, "-1"),
        (None, int | None, ""),
        (True, bool | None, "true"),
        (Decimal("0.50"), Decimal, "0.50"),
        (Decimal("1E+2"), Decimal | None, "1E+2"),
        (date(2026, 3, 2), date, "2026-03-02"),
        (("=1", 'a"b'), tuple[str, ...], '["=1", "a\\"b"]'),
        ({"=1": "x"}, dict[str, str], '{"=1": "x"}'),
    ],
)
def test_a_value_has_one_cell(value: Any, hint: Any, cell: str) -> None:
    assert cells.encode(value, hint) == cell
    back = cells.decode(cell, hint)
    assert (tuple(back) if isinstance(value, tuple) else back) == value


@pytest.mark.parametrize(
    ("cell", "order", "day"),
    [
        ("2026-03-02", "", date(2026, 3, 2)),
        ("2026-03-02T00:00:00", "", date(2026, 3, 2)),
        ("2.3.2026", "", date(2026, 3, 2)),
        ("02.03.2026", "month first", date(2026, 2, 3)),
        ("25/12/2026", "", date(2026, 12, 25)),
        ("12/25/2026", "", date(2026, 12, 25)),
        ("3/3/2026", "", date(2026, 3, 3)),
        ("02/03/2026", "day first", date(2026, 3, 2)),
        ("02/03/2026", "month first", date(2026, 2, 3)),
    ],
)
def test_a_local_date_is_read_where_it_can_be_only_one_day(cell: str, order: Any, day: date) -> None:
    assert cells.decode(cell, date, order) == day


@pytest.mark.parametrize(
    ("cell", "hint", "why"),
    [
        ("02/03/2026", date, "two days"),
        ("30.2.2026", date, "not a day"),
        ("soon", date, "not a day"),
        ("1,234", Decimal, "two amounts"),
        ("ten", Decimal, "not a number"),
        ("1.5", int, "not a whole number"),
        ("noon", bool, "neither true nor false"),
        ("[1, 2", tuple[str, ...], "JSON"),
    ],
)
def test_what_cannot_be_read_for_sure_is_not_guessed(cell: str, hint: Any, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        cells.decode(cell, hint)


@pytest.mark.parametrize(("cell", "amount"), [("120,00", "120.00"), ("0,5", "0.5"), ("1200.5", "1200.5")])
def test_an_amount_may_have_a_comma(cell: str, amount: str) -> None:
    assert cells.decode(cell, Decimal) == Decimal(amount)


def test_one_date_of_a_file_tells_the_order_of_all() -> None:
    assert cells.order_in(["02/03/2026", "13/03/2026"]) == "day first"
    assert cells.order_in(["02/03/2026", "03/13/2026"]) == "month first"
    assert cells.order_in(["02/03/2026", "2026-03-25"]) == ""
