"""Lines that one puts onto the agenda of the next session. They are in `mine`: only the author reads them."""

from __future__ import annotations

from datetime import date

from workbook.book.book import Book
from workbook.book.written import Written
from workbook.entries import AgendaItem, Session


def items(book: Book, today: date) -> list[Written[AgendaItem]]:
    """What stands on the next agenda: put there on the day of the last session, or since."""
    held = [each.entry.on for each in book.entries(Session) if each.entry.on <= today]
    last = max(held, default=date.min)
    return [each for each in book.own(AgendaItem) if each.entry.on >= last]


def has(book: Book, what: str, today: date) -> bool:
    """Whether a line stands on the next agenda."""
    return any(each.entry.what == what for each in items(book, today))


def put(book: Book, what: str, today: date) -> None:
    """Put a line onto the next agenda, once. Raises Invalid."""
    if not has(book, what, today):
        book.write(AgendaItem(what=what, on=today))


def take_off(book: Book, what: str) -> None:
    """Take a line off the agenda again."""
    book.erase_many([each.id for each in book.own(AgendaItem, what=what)])
