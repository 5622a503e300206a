"""Which days a reader looks at: from one to another, or all of them."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from workbook.entries import Invalid

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `first` to `last`, both of them included; None leaves that end open."""

    first: date | None = None
    last: date | None = None

    @property
    def is_all(self) -> bool:
        """Whether no day is left out."""
        return self.first is None and self.last is None

    def holds(self, on: date) -> bool:
        """Whether a day is one of them."""
        return (self.first is None or on >= self.first) and (self.last is None or on <= self.last)

    def of(self, frame: DataFrame, column: str = "on") -> DataFrame:
        """The rows of a frame whose day is one of them."""
        if self.first is not None:
            frame = frame[frame[column] >= str(self.first)]
        if self.last is not None:
            frame = frame[frame[column] <= str(self.last)]
        return frame


ALL_DAYS = Span()


def span(first: date | None, last: date | None) -> Span:
    """The days from one to another. Raises Invalid, at "until", where they are the wrong way round."""
    if first is not None and last is not None and last < first:
        raise Invalid("until", "choose a day that isn't before the one under “From”")
    return Span(first, last)


def last_months(today: date, months: int) -> Span:
    """The last few months, up to today; the day is the last of its month where that is shorter."""
    month = today.year * 12 + today.month - 1 - months
    year, month = month // 12, month % 12 + 1
    return Span(date(year, month, min(today.day, calendar.monthrange(year, month)[1])), today)


def this_year(today: date) -> Span:
    """From the first of January to today."""
    return Span(date(today.year, 1, 1), today)
