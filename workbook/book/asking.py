"""Whether asking the partner may be proposed: not before an agreed day, and not again after a no.

The partner owns the clock. What decides is what one wrote down oneself: each `Talk`, and each `Raised`
by which one says that the partner brought it up. A `Raised` opens the question anew; what was answered
before it no longer counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

import msgspec

from workbook.book.appointment import Appointment
from workbook.book.book import Book
from workbook.book.written import Written
from workbook.entries import Moment, Raised, Talk

State = Literal["open", "yes", "until", "theirs", "no"]
TIME_ASKED_FOR = ("not yet", "no answer yet")
"""The answers with which a day may be agreed on."""
TWICE = 2
"""From so many asks on, asking again may feel like pressure."""


class Standing(msgspec.Struct, frozen=True):
    """How it stands with asking.

    state: open (nothing speaks against asking) · yes · until (an agreed day lies ahead) · theirs (they'll
    come back to it) · no. In the last three nothing proposes asking.
    agreed: the agreed day, while the state is "until". asks: how often one has asked since the partner last
    raised it. raised: the id of the `Raised` after which nothing was answered yet.
    """

    state: State
    agreed: date | None = None
    asks: int = 0
    raised: str = ""


def may_be_proposed(book: Book, today: date) -> bool:
    """Whether anything in the book may propose asking, or what comes after a yes, on this day."""
    return standing(book, today).state in ("open", "yes")


def standing(book: Book, today: date) -> Standing:
    """How it stands with asking on this day, by the member's own entries alone."""
    happened = _happened(book)
    talks = _since_raised(happened)
    if not talks:
        return Standing("open", raised=happened[-1].id if happened else "")
    agreed = _agreed(talks)
    state = _state(talks, agreed, today)
    return Standing(state, agreed if state == "until" else None, len(talks))


def agreed_beyond(book: Book, day: date) -> date | None:
    """The agreed day that a talk on this day would come before, by what was answered earlier; else None."""
    before = [
        each
        for each in _happened(book)
        if each.entry.on < day or (isinstance(each.entry, Raised) and each.entry.on == day)
    ]
    agreed = _agreed(_since_raised(before))
    return agreed if agreed is not None and agreed > day else None


def moments_ahead(book: Book, today: date) -> list[Written[Moment]]:
    """The moments from today on, the next one first; none while asking may not be proposed."""
    if not may_be_proposed(book, today):
        return []
    ahead = [each for each in book.own(Moment) if each.entry.on >= today]
    return sorted(ahead, key=lambda each: (each.entry.on, each.entry.at.replace(tzinfo=None)))


def dates(book: Book, today: date) -> list[Appointment]:
    """What a calendar may hold today: the moments ahead, or the day that was agreed on; often nothing."""
    now = standing(book, today)
    if now.agreed is not None:
        last = _since_raised(_happened(book))[-1]
        return [Appointment(last.id, "agreed", now.agreed)]
    return [
        Appointment(each.id, "moment", each.entry.on, each.entry.at) for each in moments_ahead(book, today)
    ]


def _state(talks: Sequence[Written[Talk]], agreed: date | None, today: date) -> State:
    answers = [each.entry.answer for each in talks]
    if answers[-1] == "yes":
        return "yes"
    if "no" in answers:
        return "no"
    if agreed is not None and today < agreed:
        return "until"
    # Without a day of its own, the last answer leaves it to the partner for as long as they like.
    return "open" if talks[-1].entry.agreed is not None else "theirs"


def _agreed(talks: Sequence[Written[Talk]]) -> date | None:
    """The last of the days that were agreed on."""
    days = [each.entry.agreed for each in talks if each.entry.answer in TIME_ASKED_FOR]
    return max((day for day in days if day is not None), default=None)


def _since_raised(happened: Sequence[Written[Any]]) -> list[Written[Talk]]:
    raised = [place for place, each in enumerate(happened) if isinstance(each.entry, Raised)]
    return list(happened[raised[-1] + 1 :] if raised else happened)


def _happened(book: Book) -> list[Written[Any]]:
    """One's talks and what the partner raised, as they followed each other; a tie is to the talk's effect."""
    found: list[Written[Any]] = [*book.own(Raised), *book.own(Talk)]
    return sorted(found, key=lambda each: (each.entry.on, each.written_at))
