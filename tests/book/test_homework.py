"""What was agreed on between sessions: what is still open, how often in a row, and all of it erased."""

from __future__ import annotations

from datetime import date

import pytest

from workbook.book import Book, diary, homework
from workbook.entries import Assignment, AssignmentLog, Session


def log(book: Book, assignment: str, day: int, done: str = "done") -> None:
    book.write(AssignmentLog(assignment=assignment, on=date(2026, 3, day), done=done))  # type: ignore[arg-type]


def test_what_is_done_is_no_longer_open_unless_it_repeats(book: Book) -> None:
    once, weekly, tried = book.write_many(
        [
            Assignment(what="the walk", by=date(2026, 3, 9)),
            Assignment(what="the tea", repeats="weekly"),
            Assignment(what="the call", by=date(2026, 3, 8)),
        ]
    )
    log(book, once, 1)
    log(book, weekly, 1)
    log(book, tried, 1, "not this time")
    assert [each.entry.what for each in homework.still_open(book)] == ["the call", "the tea"]


@pytest.mark.parametrize(
    ("answers", "times"),
    [((), 0), (("done", "done"), 2), (("done", "partly", "done"), 1), (("done", "not this time"), 0)],
)
def test_a_streak_ends_with_what_was_not_done(book: Book, answers: tuple[str, ...], times: int) -> None:
    assignment = book.write(Assignment(what="the tea", repeats="daily"))
    for day, done in enumerate(answers, start=1):
        log(book, assignment, day, done)
    assert homework.streak(book, assignment) == times


def test_what_became_of_it_is_erased_with_it(book: Book) -> None:
    tea, walk = book.write_many([Assignment(what="the tea"), Assignment(what="the walk")])
    log(book, tea, 1)
    log(book, walk, 1)
    homework.erase(book, tea)
    assert [each.id for each in book.entries(Assignment)] == [walk]
    assert [each.entry.assignment for each in book.entries(AssignmentLog)] == [walk]


def test_what_was_agreed_in_a_session_goes_straight_onto_the_list(book: Book) -> None:
    diary.write_session(book, Session(on=date(2026, 3, 2)), {}, {}, ["ten minutes of tea", "the call"])
    assert [each.entry for each in book.entries(Assignment)] == [
        Assignment(what="ten minutes of tea"),
        Assignment(what="the call"),
    ]
