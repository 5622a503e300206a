"""What all charts say alike: on how much each rests, and what stands where there is nothing to draw."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from workbook import content, formats
from workbook.insight.span import Span
from workbook.widgets import Table


class Writing(NamedTuple):
    """How the cells of a table are written: a day with its weekday, a date, a number, an amount."""

    day: Callable[[date], str]
    date: Callable[[date], str]
    number: Callable[[float], str]
    money: Callable[[Decimal, str], str]


READER = Writing(formats.day, formats.short_date, formats.number, formats.money)
FILE = Writing(content.day, date.isoformat, "{:.1f}".format, content.money)
"""In a file every reader's are alike."""


def table(columns: Sequence[str], rows: Callable[[Writing], list[list[Any]]]) -> Table:
    """A table as its reader writes, and as it is saved."""
    return Table(columns, rows(FILE), rows(READER))


def rests_on(words: Mapping[str, Any], count: int) -> str:
    """On how many ratings, sessions or scores a chart rests. words: `rests_on`, for one and for several."""
    one, several = words["rests_on"]
    return str(one if count == 1 else several).format(count=count)


def none_of(words: Mapping[str, Any], during: Span) -> str:
    """What will stand here, or that there is nothing in the days that were chosen."""
    return str(words["empty"] if during.is_all else content.prose("charts")["days"]["none"])
