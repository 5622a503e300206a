"""The first line that someone writes lands where it belongs."""

from __future__ import annotations

from datetime import date

import pytest

from workbook.book import Book
from workbook.book.beginning import write_line
from workbook.entries import KINDS, Entry, FirstSession, Invalid, Invitation, Midway, Reflection, Session

TODAY = date(2026, 3, 5)
LINE = "that we eat together again"


def written(book: Book) -> list[Entry]:
    return [each.entry for kind in KINDS for each in book.entries(kind)]


@pytest.mark.parametrize(
    ("way", "entry"),
    [
        ("ask", Invitation(hope=LINE)),
        ("appointment", FirstSession(hope=LINE)),
        ("handed", Midway(hear=LINE)),
    ],
)
def test_a_line_is_one_entry_of_the_kind_that_its_way_leads_to(book: Book, way: str, entry: Entry) -> None:
    write_line(book, way, LINE, TODAY)
    assert written(book) == [entry]


def test_a_line_about_a_session_is_a_session_of_today_with_its_takeaway(book: Book) -> None:
    write_line(book, "session", LINE, TODAY)
    (session,) = book.entries(Session)
    assert written(book) == [Session(on=TODAY), Reflection(session=session.id, takeaway=LINE)]


@pytest.mark.parametrize("way", ["ask", "appointment", "session", "handed"])
def test_a_line_that_is_too_long_is_refused_as_such_and_nothing_is_written(book: Book, way: str) -> None:
    with pytest.raises(Invalid) as error:
        write_line(book, way, "x" * 20_001, TODAY)
    assert error.value.field == "words"
    assert written(book) == []


def test_nobody_begins_in_another_way(book: Book) -> None:
    with pytest.raises(ValueError, match="nobody begins by"):
        write_line(book, "safety", LINE, TODAY)
