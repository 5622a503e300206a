"""What was agreed on to do between sessions, and what became of it."""

from __future__ import annotations

from datetime import date

from workbook.book.book import Book
from workbook.book.written import Written
from workbook.entries import Assignment, AssignmentLog


def logs(book: Book, assignment: str) -> list[Written[AssignmentLog]]:
    """What became of an assignment, oldest first."""
    found = book.entries(AssignmentLog, assignment=assignment)
    return sorted(found, key=lambda each: (each.entry.on, each.written_at))


def still_open(book: Book) -> list[Written[Assignment]]:
    """One's own assignments that are not done, the one that is due first in front.

    What repeats stays open, and what was answered "not this time" may be tried another time.
    """
    own = [
        each for each in book.own(Assignment) if each.entry.repeats != "none" or not _is_done(book, each.id)
    ]
    return sorted(own, key=lambda each: each.entry.by or date.max)


def streak(book: Book, assignment: str) -> int:
    """How many times in a row something was done, up to the last time."""
    count = 0
    for log in reversed(logs(book, assignment)):
        if log.entry.done != "done":
            break
        count += 1
    return count


def erase(book: Book, assignment: str) -> None:
    """Erase an assignment with what became of it, in one transaction."""
    book.erase_many([*(log.id for log in logs(book, assignment)), assignment])


def _is_done(book: Book, assignment: str) -> bool:
    return any(log.entry.done == "done" for log in logs(book, assignment))
