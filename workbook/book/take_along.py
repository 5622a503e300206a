"""What one may take to a therapist: one's own entries, and what truly belongs to both."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from workbook.book import agenda, agreements, diary
from workbook.book.book import Book
from workbook.book.homework import logs, still_open
from workbook.book.written import Written
from workbook.entries import LATEST, Assignment, Review
from workbook.insight.span import Span


class Held(msgspec.Struct, frozen=True):
    """One session. who: who was there, seen from the reader. page: what the reader has of it."""

    number: int
    on: date
    who: diary.Who
    page: diary.Page


def sessions(book: Book, during: Span) -> list[Held]:
    """Each session of these days once, the first one first; where both wrote it down, as the reader did."""
    found: dict[int, Held] = {}
    for page in diary.pages(book):
        own = page.session.author == book.name
        if during.holds(page.session.entry.on) and (own or page.number not in found):
            who = diary.who_was_there(page.session, book)
            found[page.number] = Held(page.number, page.session.entry.on, who, page)
    return [found[number] for number in sorted(found)]


def homework(book: Book, during: Span) -> list[Written[Assignment]]:
    """What is still to be done, and what something came of in these days."""
    waiting = {each.id for each in still_open(book)}
    return [
        each
        for each in book.once(Assignment)
        if (each.author == book.name or agreements.stands(book, each))
        and (each.id in waiting or any(during.holds(log.entry.on) for log in logs(book, each.id)))
    ]


def questions(book: Book, during: Span) -> Iterator[tuple[str, str]]:
    """What was left for next time, line by line, each with an id.

    It is what the last session of these days left, what the last review would ask, and what was put onto the
    agenda since.
    """
    agendas = [held.page.session for held in sessions(book, during) if held.page.session.entry.agenda.strip()]
    reviews = [each for each in book.own(Review) if during.holds(each.entry.on) and each.entry.ask.strip()]
    reviews.sort(key=lambda each: each.entry.on)
    left = [(each.id, each.entry.agenda) for each in agendas[-1:]]
    left += [(each.id, each.entry.ask) for each in reviews[-1:]]
    left += [(each.id, each.entry.what) for each in agenda.items(book, during.last or LATEST)]
    for id_, text in left:
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        yield from ((f"{id_}:{place}", line) for place, line in enumerate(lines))
