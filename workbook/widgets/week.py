"""A marker moved over the coming week: a day, and a time on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from workbook import formats
from workbook.widgets.control import Control, Message, module

DAYS = 7
STEP = 30
"""Minutes between two places of the marker."""
FROM, TO = time(6), time(23, 30)
"""The first and the last place of the marker on a day."""

Point = tuple[date, time]


class Week(Control):
    """A marker on the coming seven days, moved by pointer or by arrow keys; no place on it has passed.

    words: `title`, `hint`, `day`, `time`, and `beyond`, with {day}, for a day that is not in the week.
    on_move: handed the day and the time that the marker was moved to; may be set later.
    long, short: a day in words, as it is announced and as it stands beside its row.
    now: the reader's local time.
    """

    _esm = module("week")

    def __init__(
        self,
        words: Mapping[str, str],
        *,
        long: Callable[[date], str],
        short: Callable[[date], str],
        now: Callable[[], datetime],
        on_move: Callable[[date, time], None] | None = None,
    ) -> None:
        super().__init__()
        self._words, self.on_move = dict(words), on_move
        self._long, self._short, self._now = long, short, now
        self._point: Point | None = None
        self.hear("move", self._moved)

    def now_showing(self) -> Message:
        """The days, what of the first one has passed, and where the marker is."""
        first = first_place(self._now())
        days = [first.date() + timedelta(days=number) for number in range(DAYS)]
        return {
            "words": self._words,
            "language": formats.language(),
            "days": [
                {"on": day.isoformat(), "long": self._long(day), "short": self._short(day)} for day in days
            ],
            "range": [_minutes(FROM), _minutes(TO), STEP],
            "earliest": _minutes(first.time()),
            "at": self._at(),
        }

    def point_at(self, point: Point | None) -> None:
        """Move the marker, because the moment was chosen elsewhere; None where none can be read."""
        if point != self._point:
            self._point = point
            self.tell("point", at=self._at())

    def _at(self) -> dict[str, Any] | None:
        if self._point is None:
            return None
        day, at = self._point
        return {"on": day.isoformat(), "minutes": _minutes(at), "long": self._long(day)}

    def _moved(self, message: Message) -> None:
        hours, minutes = divmod(int(message["minutes"]), 60)
        self._point = (date.fromisoformat(str(message["on"])), time(hours, minutes))
        if self.on_move:
            self.on_move(*self._point)


def first_place(now: datetime) -> datetime:
    """The first place of the marker that has not passed."""
    after = datetime.combine(now.date(), time()) + timedelta(minutes=_next(_minutes(now.time())))
    if after.date() > now.date() or after.time() > TO:
        return datetime.combine(now.date() + timedelta(days=1), FROM)
    return max(after, datetime.combine(now.date(), FROM))


def _next(minutes: int) -> int:
    return (minutes // STEP + 1) * STEP


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
