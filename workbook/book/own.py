"""One's own entries as frames, each once. The other's values never reach a chart through these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.book.book import Book
from workbook.entries import Entry

if TYPE_CHECKING:
    from pandas import DataFrame


def own_frame(book: Book, kind: type[Entry]) -> DataFrame:
    """A frame of what the member wrote themselves, without shared copies of it."""
    return _only(book.frame(kind), [each.id for each in book.own(kind)])


def once_frame(book: Book, kind: type[Entry]) -> DataFrame:
    """A frame of what the member can read, without shared copies of what is there in itself."""
    return _only(book.frame(kind), [each.id for each in book.once(kind)])


def _only(frame: DataFrame, ids: list[str]) -> DataFrame:
    return frame[frame["id"].isin(ids)]
