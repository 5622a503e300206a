"""Test drives, and whether the member would go again: their own answer, kept until both have answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from workbook.book.appointment import Appointment
from workbook.book.book import Book, Written
from workbook.entries import Trial, TrialAnswer


def ballot(trial: Written[Trial]) -> str:
    """What answers to a trial name: the same for both, also where one has a shared copy of it."""
    return trial.shared_from or trial.id


def answer(book: Book, trial: Written[Trial]) -> Written[TrialAnswer] | None:
    """The member's own answer to a trial; never the partner's."""
    found = book.entries(TrialAnswer, trial=ballot(trial))
    own = [each for each in found if each.author == book.name]
    return own[-1] if own else None


def keep_answer(book: Book, trial: Written[Trial], values: dict[str, Any]) -> None:
    """Write the member's answer down, or put a new version on top of it. Raises Invalid."""
    kept = answer(book, trial)
    if kept:
        book.revise(kept.id, **values)
    else:
        book.write(TrialAnswer(trial=ballot(trial), **values))


def is_over(trial: Trial, today: date) -> bool:
    """Whether its day has come, so that one can say how it was."""
    return trial.on is not None and trial.on <= today


def erase(book: Book, trial: str) -> None:
    """Erase one's own trial with one's own answer to it, in one transaction."""
    kept = answer(book, book.entry(trial))
    book.erase_many([*([kept.id] if kept else []), trial])


def dates(found: Iterable[Written[Trial]], today: date) -> list[Appointment]:
    """The days of the trials that lie ahead."""
    return [
        Appointment(each.id, "visit", each.entry.on)
        for each in found
        if each.entry.on is not None and each.entry.on >= today
    ]
