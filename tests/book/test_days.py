"""The days ahead, ticked into one calendar file: neutral, and only those that are chosen."""

from __future__ import annotations

from datetime import date, timedelta

from icalendar import Calendar

from workbook.book import Book, days
from workbook.entries import AlternativeTry, Assignment, AssignmentLog, Candidate, Plan, Talk, Trial

TODAY = date(2026, 3, 2)
SOON = TODAY + timedelta(days=5)


def fill(book: Book) -> None:
    """Something of each sort ahead, and something of each that is over."""
    book.write(Plan(first=SOON, sessions=3, reviews=(2,)))
    book.write(Assignment(what="tea", by=SOON))
    done = book.write(Assignment(what="done", by=SOON))
    book.write(AssignmentLog(assignment=done, on=TODAY, done="done"))
    book.write_many([Trial(on=SOON), Trial(on=TODAY - timedelta(days=1))])
    book.write_many([Candidate(name="A", consultation=SOON), Candidate(name="B")])
    book.write(AlternativeTry(tries="book", since=TODAY, look_again=SOON))
    book.write(AlternativeTry(tries="retreat", since=TODAY, look_again=SOON, became="stopped"))


def events(data: bytes) -> list[date]:
    return [event.decoded("dtstart") for event in Calendar.from_ical(data).walk("vevent")]


def test_only_what_is_chosen_goes_into_the_one_file(book: Book) -> None:
    assert (days.counted(book, TODAY), days.file(book, ["sessions", "visit"], TODAY)) == ({}, b"")
    fill(book)
    assert days.counted(book, TODAY) == {
        "sessions": 3,
        "homework": 1,
        "visit": 1,
        "first_talk": 1,
        "look_again": 1,
    }
    assert len(events(days.file(book, ["sessions"], TODAY))) == 4
    assert events(days.file(book, ["homework", "visit", "first_talk", "look_again"], TODAY)) == [SOON] * 4
    assert days.file(book, [], TODAY) == b""


def test_the_file_tells_nothing_but_days(book: Book) -> None:
    fill(book)
    data = days.file(book, days.counted(book, TODAY), TODAY)
    titles = {str(event["summary"]) for event in Calendar.from_ical(data).walk("vevent")}
    assert titles == {"Appointment"}
    assert not any(word in data.lower() for word in (b"tea", b"therap", b"session", b"review", b"couple"))


def test_after_a_no_no_day_of_a_visit_is_offered(book: Book) -> None:
    fill(book)
    book.write(Talk(on=TODAY, answer="no"))
    assert "visit" not in days.counted(book, TODAY)
    assert days.file(book, ["visit", "asking"], TODAY) == b""
