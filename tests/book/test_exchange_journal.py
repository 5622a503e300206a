"""A CSV of another journal: guessed columns, one note a row, and nothing twice."""

from __future__ import annotations

from datetime import date

import pytest

from tests.book.exchanging import counts, new_book
from workbook.book import exchange
from workbook.book.exchange.cells import Unreadable
from workbook.book.exchange.journal import as_export, guessed, head_of
from workbook.entries import Note

DATA = (
    b"full_date;Weekday;Mood;Activities;Note Text\r\n"
    b'13.03.2026;Fri;rad;"walk | tea";=we laughed\r\n'
    b'14/03/2026;Sat;;;"two\r\nlines"\r\n'
    b"soon;;;;x\r\n"
    b";;;;\r\n"
)
COLUMNS = {"on": "full_date", "text": "Note Text", "tags": "Activities", "mood": "Mood"}


def test_columns_are_guessed_by_their_names() -> None:
    assert guessed(["Created at", "Text", "Tags", "Mood", "Weather"]) == {
        "on": "Created at",
        "text": "Text",
        "tags": "Tags",
        "mood": "Mood",
    }
    assert guessed(head_of(DATA)) == {"text": "Note Text", "tags": "Activities", "mood": "Mood"}
    assert guessed(["a", "b"]) == {}


def test_each_row_becomes_a_note_once() -> None:
    book = new_book()
    found = exchange.take_in(book, as_export("days.csv", DATA, COLUMNS))
    assert counts(found) == {"new": 2, "refused": 1}
    assert [each.entry for each in book.own(Note)] == [
        Note(on=date(2026, 3, 13), text="=we laughed", tags=("walk", "tea"), mood="rad"),
        Note(on=date(2026, 3, 14), text="two\r\nlines"),
    ]
    assert counts(exchange.take_in(book, as_export("days.csv", DATA, COLUMNS))) == {"here": 2, "refused": 1}


def test_without_a_day_or_a_text_nothing_can_be_read() -> None:
    for columns in ({}, {"on": "full_date"}, {"on": "full_date", "text": "gone"}):
        with pytest.raises(Unreadable, match="which column is the day"):
            as_export("days.csv", DATA, columns)
