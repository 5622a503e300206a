"""What one may take to a therapist: one's own entries, and what truly belongs to both."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

import msgspec

from workbook.book import agreements, diary
from workbook.book.book import Book, Written
from workbook.book.homework import logs, still_open
from workbook.entries import Assignment, Goal, Review

Who = Literal["together", "alone", "partner"]


class Period(msgspec.Struct, frozen=True):
    """From one day to another, both in it; open at an end that is None."""

    since: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return (self.since or date.min) <= day <= (self.until or date.max)


class Held(msgspec.Struct, frozen=True):
    """One session. who: who was there, seen from the reader. page: what the reader has of it."""

    number: int
    on: date
    who: Who
    page: diary.Page


def sessions(book: Book, period: Period) -> list[Held]:
    """Each session of the period once, the first one first; where both wrote it down, as the reader did."""
    found: dict[int, Held] = {}
    for page in diary.pages(book):
        own = page.session.author == book.name
        if period.holds(page.session.entry.on) and (own or page.number not in found):
            held = Held(
                page.number, page.session.entry.on, _seen_from(page.session.entry.together, own), page
            )
            found[page.number] = held
    return [found[number] for number in sorted(found)]


def goals(book: Book) -> list[Written[Goal]]:
    """One's own goals, and those of the partner to which one has agreed."""
    return _own_or_agreed(book, Goal)


def homework(book: Book, period: Period) -> list[Written[Assignment]]:
    """What is still to be done, and what something came of in the period."""
    waiting = {each.id for each in still_open(book)}
    return [
        each
        for each in _own_or_agreed(book, Assignment)
        if each.id in waiting or any(period.holds(log.entry.on) for log in logs(book, each.id))
    ]


def questions(book: Book, period: Period) -> Iterator[tuple[str, str]]:
    """What was left for next time, line by line, each with an id: of the last session, of the last review."""
    agendas = [held.page.session for held in sessions(book, period) if held.page.session.entry.agenda.strip()]
    reviews = [each for each in book.own(Review) if period.holds(each.entry.on) and each.entry.ask.strip()]
    reviews.sort(key=lambda each: each.entry.on)
    left = [(each.id, each.entry.agenda) for each in agendas[-1:]]
    left += [(each.id, each.entry.ask) for each in reviews[-1:]]
    for id_, text in left:
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        yield from ((f"{id_}:{place}", line) for place, line in enumerate(lines))


def _own_or_agreed(book: Book, kind: type[Any]) -> list[Written[Any]]:
    return [each for each in book.once(kind) if each.author == book.name or agreements.stands(book, each)]


def _seen_from(together: Who, own: bool) -> Who:
    """Who was there: what the partner calls alone is the reader's partner alone."""
    swapped: dict[Who, Who] = {"together": "together", "alone": "partner", "partner": "alone"}
    return together if own else swapped[together]
