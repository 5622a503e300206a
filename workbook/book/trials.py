"""Test drives, and whether the member would go again: their own answer, kept until both have answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from workbook.book import ballots
from workbook.book.appointment import Appointment
from workbook.book.ballots import Ballot
from workbook.book.book import Book
from workbook.book.written import Written
from workbook.entries import Trial, TrialAnswer


def ballot(trial: Written[Trial]) -> Ballot:
    """The question whether one would go again: the same for both, also where one has a shared copy of it."""
    return Ballot(f"trial/{trial.key}", TrialAnswer, ("again",), {"trial": trial.key})


def keep_answer(book: Book, trial: Written[Trial], values: dict[str, Any]) -> None:
    """Seal the member's answer, in place of one there is. Raises Invalid."""
    asked = ballot(trial)
    ballots.seal(book, asked, TrialAnswer(**asked.given, **values))


def is_over(trial: Trial, today: date) -> bool:
    """Whether its day has come, so that one can say how it was."""
    return trial.on is not None and trial.on <= today


def erase(book: Book, trial: str) -> None:
    """Erase one's own trial with one's own answer to it."""
    ballots.withdraw(book, ballot(book.entry(trial)))
    book.erase(trial)


def dates(found: Iterable[Written[Trial]], today: date) -> list[Appointment]:
    """The days of the trials that lie ahead."""
    return [
        Appointment(each.id, "visit", each.entry.on)
        for each in found
        if each.entry.on is not None and each.entry.on >= today
    ]
