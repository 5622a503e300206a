"""The talk after a session: when it may be proposed, and how it is put off."""

from __future__ import annotations

from datetime import date, timedelta

from workbook.book import agreements
from workbook.book.book import Book
from workbook.book.written import Written
from workbook.entries import LATEST, DriveHome, Later, Session

FRESH = timedelta(days=3)
"""For so long after a session a talk about it is proposed."""
OPEN = timedelta(days=7)
"""For so long from the day that was chosen instead."""


def session_of(book: Book, today: date) -> Written[Session] | None:
    """The last session that both were at, until today: the one that a talk is about."""
    held = [
        each for each in book.once(Session) if each.entry.on <= today and each.entry.together == "together"
    ]
    return max(held, key=lambda each: (each.entry.on, each.written_at), default=None)


def due(book: Book, today: date) -> Written[Session] | None:
    """The session about which a talk may be proposed today: a fresh one, or one put off until now."""
    session = session_of(book, today)
    if session is None or any(each.entry.on >= session.entry.on for each in book.entries(DriveHome)):
        return None
    put_off = book.own(Later, thing=_thing(session))
    since, until = (put_off[-1].entry.on, OPEN) if put_off else (session.entry.on, FRESH)
    return session if since <= today <= since + until else None


def put_off(book: Book, session: Written[Session], until: date = LATEST) -> None:
    """Not now: nothing proposes this talk before that day; never again, where none is chosen."""
    there = book.own(Later, thing=_thing(session))
    if there:
        book.revise(there[-1].id, on=until)
    else:
        book.write(Later(thing=_thing(session), on=until))


def kept(book: Book, session: str) -> list[Written[DriveHome]]:
    """The talks about a session that both agreed to keep."""
    return [each for each in book.entries(DriveHome, session=session) if agreements.stands(book, each)]


def _thing(session: Written[Session]) -> str:
    return f"talk {session.id}"
