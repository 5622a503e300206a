"""The first line that someone writes, by what brought them here."""

from __future__ import annotations

from datetime import date

from workbook.book import diary
from workbook.book.book import Book
from workbook.entries import FirstSession, Invalid, Invitation, Midway, Session


def write_line(book: Book, way: str, words: str, today: date) -> None:
    """Write a first line where it belongs: in a letter, in the journal, on a sheet.

    way: ask, appointment, session or handed. Raises ValueError for another way, and Invalid, as of the
    field "words", for words that can't be kept.
    """
    try:
        match way:
            case "ask":
                book.write(Invitation(hope=words))
            case "appointment":
                book.write(FirstSession(hope=words))
            case "session":
                diary.write_session(book, Session(on=today), {"takeaway": words}, {})
            case "handed":
                book.write(Midway(hear=words))
            case _:
                raise ValueError(f"nobody begins by {way!r}")
    except Invalid as error:
        raise Invalid("words", error.rule) from error
