"""The days ahead that a member's book names, by what they are, and those of them that go into a calendar."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from workbook.book import asking, calendar, homework, trials
from workbook.book.appointment import Appointment
from workbook.book.book import Book
from workbook.book.written import Written
from workbook.entries import AlternativeTry, Assignment, Candidate, Plan, Trial
from workbook.insight.schedule import planned


def counted(book: Book, today: date) -> dict[str, int]:
    """How many days of each sort there are, by the sort's name; sorts without any are left out."""
    plan = _plan(book)
    found = {
        "sessions": len(planned(plan.entry)) if plan else 0,
        "homework": len(_homework(book)),
        **{name: len(days) for name, days in _single(book, today).items()},
    }
    return {name: count for name, count in found.items() if count}


def file(book: Book, chosen: Collection[str], today: date, title: str = calendar.NEUTRAL) -> bytes:
    """One .ics file of the sorts that are chosen, by their names; empty where they have no days.

    title: what each event is called.
    """
    plan = _plan(book)
    return calendar.together(
        plans=[plan] if plan and "sessions" in chosen else [],
        tasks=_homework(book) if "homework" in chosen else [],
        found=[each for name, days in _single(book, today).items() if name in chosen for each in days],
        title=title,
    )


def _plan(book: Book) -> Written[Plan] | None:
    own = book.own(Plan)
    return own[-1] if own else None


def _homework(book: Book) -> list[Written[Assignment]]:
    return [each for each in homework.still_open(book) if each.entry.by or each.entry.repeats != "none"]


def _single(book: Book, today: date) -> dict[str, list[Appointment]]:
    may = asking.may_be_proposed(book, today)
    tried = [each for each in book.own(AlternativeTry) if each.entry.became is None]
    return {
        "asking": asking.dates(book, today),
        "visit": trials.dates(book.once(Trial), today) if may else [],
        "first_talk": [
            Appointment(each.id, "first talk", each.entry.consultation)
            for each in book.once(Candidate)
            if each.entry.consultation is not None and each.entry.consultation >= today
        ],
        "look_again": [
            Appointment(each.id, "look again", each.entry.look_again)
            for each in tried
            if each.entry.look_again is not None and each.entry.look_again >= today
        ],
    }
