"""What speaks against a moment for a talk that matters: plain objections, without a number or a score."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

from workbook import content
from workbook.entries import Moment

LATE, NIGHT_ENDS = time(22), time(6)
OUT_OF_THE_HOUSE = time(9)
SATURDAY = 5


def objections(moment: Moment, *, now: datetime | None = None) -> list[str]:
    """The plain objections to a moment, one sentence each; empty where there are none.

    First those that were ticked, in the order of the list on the page; then those that follow from the
    moment itself: from 22:00 to 6:00 it is late, and before 9:00 from Monday to Friday there is little time.
    now: local time without a zone; a moment that lies before it has passed, which is said first. Left out,
    nothing is said about that.
    """
    words = content.prose("timing")["objections"]
    return [str(words[name]) for name in _against(moment, now)]


def _against(moment: Moment, now: datetime | None) -> Iterator[str]:
    ticks, at = content.prose("timing")["objections"], moment.at.replace(tzinfo=None)
    if now is not None and datetime.combine(moment.on, at) < now:
        yield "past"
    yield from (name for name in ticks if name in moment.ticks)
    if (at >= LATE or at < NIGHT_ENDS) and "tired or hungry" not in moment.ticks:
        yield "late"
    if NIGHT_ENDS <= at < OUT_OF_THE_HOUSE and moment.on.weekday() < SATURDAY:
        yield "workday morning"
