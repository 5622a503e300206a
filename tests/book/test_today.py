"""What home proposes, and how far along the path one is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.book.conftest import Couple
from workbook.book import Book
from workbook.book.today import Thing, ending, left_off, next_thing, stop
from workbook.entries import (
    Assignment,
    AssignmentLog,
    Ending,
    Goal,
    Helps,
    Later,
    Loop,
    LoopCheck,
    Plan,
    Session,
    Skip,
)

THURSDAY = date(2026, 3, 5)


def named(thing: Thing | None) -> str | None:
    return thing.name if thing else None


def test_an_empty_book_proposes_a_first_step(book: Book) -> None:
    assert named(next_thing(book, THURSDAY)) == "begin"


def test_what_was_put_off_is_not_proposed_again_that_day(book: Book) -> None:
    book.write(Later(thing="begin", on=THURSDAY))
    assert next_thing(book, THURSDAY) is None
    assert named(next_thing(book, THURSDAY + timedelta(days=1))) == "begin"


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, "session_today"), (1, "session_soon"), (6, "session_soon"), (7, "begin")],
)
def test_a_session_within_a_week_comes_first(book: Book, days: int, expected: str) -> None:
    book.write(Plan(first=THURSDAY + timedelta(days=days), every_days=60))
    assert named(next_thing(book, THURSDAY)) == expected


def test_a_session_that_nobody_wrote_down_is_proposed_for_three_days(book: Book) -> None:
    book.write(Plan(first=THURSDAY, every_days=60))
    assert named(next_thing(book, THURSDAY + timedelta(days=3))) == "write_session"
    assert named(next_thing(book, THURSDAY + timedelta(days=4))) == "begin"
    book.write(Session(on=THURSDAY))
    assert named(next_thing(book, THURSDAY + timedelta(days=3))) != "write_session"


def test_overdue_homework_is_counted_until_something_became_of_it(book: Book) -> None:
    assignment = book.write(Assignment(what="the letter", by=THURSDAY))
    later = THURSDAY + timedelta(days=1)
    assert next_thing(book, later) == Thing("overdue", {"count": 1})
    book.write(AssignmentLog(assignment=assignment, on=later, done="not this time"))
    assert named(next_thing(book, later)) == "begin"


def test_loops_are_asked_about_a_week_after_the_last_check(book: Book) -> None:
    loop = book.write(Loop(happens="we are late"))
    book.write(LoopCheck(loop=loop, on=THURSDAY, tried="yes"))
    assert named(next_thing(book, THURSDAY + timedelta(days=6))) is None
    assert named(next_thing(book, THURSDAY + timedelta(days=7))) == "check_loops"


def test_a_step_is_not_begun_begun_done_or_skipped(book: Book) -> None:
    assert stop(book, "accountability").state == "not_begun"
    loop = book.write(Loop(happens="we are late"))
    assert (stop(book, "accountability").state, stop(book, "accountability").count) == ("begun", 1)
    book.write(LoopCheck(loop=loop, on=THURSDAY, tried="yes"))
    assert stop(book, "accountability").state == "done"
    book.write(Skip(step="accountability"))
    assert stop(book, "accountability").state == "skipped"


def test_the_partners_entries_do_not_count_as_ones_own(couple: Couple) -> None:
    one, other = couple.ana, couple.ben
    one.write(Plan(first=THURSDAY), room="ours")
    assert stop(one, "commitment").state == "done"
    assert stop(other, "commitment").state == "not_begun"


def test_after_an_end_nothing_is_proposed_but_the_day_to_look_again(book: Book) -> None:
    today = book_day(book)
    book.write(Plan(first=today + timedelta(days=1)))
    assert named(next_thing(book, today)) == "session_soon"
    book.write(Ending(how="paused", on=today, booster=today + timedelta(days=90)))
    assert next_thing(book, today) is None
    assert next_thing(book, today + timedelta(days=84)) == Thing(
        "booster", {"day": today + timedelta(days=90)}
    )
    assert next_thing(book, today + timedelta(days=91)) is None
    book.write(Session(on=today + timedelta(days=91)))
    assert ending(book) is None


def test_after_a_week_away_it_is_told_where_one_left_off_unless_it_ended(book: Book) -> None:
    assert left_off(book, THURSDAY) is None
    loop = book.write(Loop(happens="we are late"))
    book.write(Goal(title="We eat together"))
    book.write(LoopCheck(loop=loop, on=THURSDAY, tried="yes"))
    book.write(Later(thing="begin", on=THURSDAY))
    today = book_day(book)
    assert left_off(book, today + timedelta(days=6)) is None
    assert left_off(book, today + timedelta(days=300)) == (today, "accountability")
    book.write(Ending(how="separated", on=today))
    assert left_off(book, today + timedelta(days=300)) is None


def book_day(book: Book) -> date:
    """The day on which the book is being written, as the wall shows it."""
    return book.entry(book.write(Helps(does="tea"))).written_at.astimezone().date()
