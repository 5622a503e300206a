"""Days along a chart: where each stands, which ratings belong to one stretch, and what the axis says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from workbook import formats

_EPOCH = date(1970, 1, 1)
_ROOM_FOR_A_LABEL = 68
_DAY_STEPS = (1, 2, 7, 14)
_WITHIN_A_MONTH = 28
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200)


def day_number(day: date) -> int:
    """The days since 1 January 1970."""
    return (day - _EPOCH).days


@dataclass(frozen=True, slots=True)
class Timeline:
    """From the day `first` to the day `last` (days since 1970), drawn from `left` to `right` (units)."""

    first: float
    last: float
    left: float
    right: float

    def x(self, day: float) -> float:
        """Where a day stands; all in the middle if there is only one."""
        if self.last == self.first:
            return (self.left + self.right) / 2
        return self.left + (day - self.first) / (self.last - self.first) * (self.right - self.left)

    def marks(self) -> list[tuple[float, str]]:
        """Where the axis is marked, and with which words: days if it is short, else months or years."""
        at_most = max(2, int((self.right - self.left) // _ROOM_FOR_A_LABEL))
        for step in _DAY_STEPS:
            if (self.last - self.first) / step < at_most:
                return self._day_marks(step)
        return self._month_marks(at_most) or self._day_marks(_WITHIN_A_MONTH)

    def _day_marks(self, step: int) -> list[tuple[float, str]]:
        count = int((self.last - self.first) // step) + 1
        days = [self._date(self.first) + timedelta(days=index * step) for index in range(count)]
        return [(self.x(day_number(day)), _day_in_words(day, with_year=day == days[0])) for day in days]

    def _month_marks(self, at_most: int) -> list[tuple[float, str]]:
        """Marks at the finest step that leaves room for their words, or none within a month."""
        days, every = list[date](), 1
        for step in _MONTH_STEPS:
            coarser = self._firsts_every(step)
            if coarser:
                days, every = coarser, step
            if len(coarser) <= at_most:
                break
        words = [_month_in_words(day, every, with_year=day.month == 1 or day == days[0]) for day in days]
        return [(self.x(day_number(day)), word) for day, word in zip(days, words, strict=True)]

    def _firsts_every(self, step: int) -> list[date]:
        """The first days of months, so many months apart."""
        begin, end = (_month_number(self._date(day)) for day in (self.first, self.last))
        days = [
            date(month // 12, month % 12 + 1, 1) for month in range(-(-begin // step) * step, end + 1, step)
        ]
        return [day for day in days if day_number(day) >= self.first]

    @staticmethod
    def _date(day: float) -> date:
        return _EPOCH + timedelta(days=int(day // 1))


def stretches(days: Sequence[float], longest: float) -> list[slice]:
    """The runs of days, in time order, that no gap of more than `longest` days interrupts."""
    cuts = [index for index in range(1, len(days)) if days[index] - days[index - 1] > longest]
    edges = [0, *cuts, len(days)]
    return [slice(begin, end) for begin, end in pairwise(edges) if begin < end]


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _day_in_words(day: date, with_year: bool) -> str:
    return formats.short_date(day) if with_year else formats.mark(day)


def _month_in_words(day: date, step: int, with_year: bool) -> str:
    if step >= 12:
        return str(day.year)
    return formats.month_and_year(day) if with_year else formats.month(day)
