"""The columns of an export: what the book knows about an entry, then the fields of its kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, get_type_hints

import msgspec

from workbook.book.book import Book
from workbook.book.candidates import SHOWN
from workbook.book.written import Written
from workbook.entries import KINDS, Entry

ABOUT: tuple[str, ...] = (
    "id",
    "author",
    "room",
    "written_at",
    "revised_at",
    "shared_from",
    "source_id",
    "source_author",
)
"""What the book knows about an entry, in every kind's file before its fields."""
WAYS = (("Ranking", "order"), ("Sorting", "places"), ("AlternativeTry", "tries"))
"""Fields that name other entries beside what every book knows by its own name."""


def columns(kind: type[Entry]) -> tuple[str, ...]:
    """The columns of a kind's file, in their order."""
    return (*ABOUT, *kind.__struct_fields__)


def references(kind: type[Entry]) -> dict[str, bool]:
    """The fields that hold the id of another entry, and whether the entry is nothing without it.

    Those are the fields of type `str` without bounds: every text that people write has some.
    """
    hints = get_type_hints(kind, include_extras=True)
    return {
        field.name: field.required
        for field in msgspec.structs.fields(kind)
        if hints[field.name] is str or hints[field.name] == str | None
    }


def about(written: Written[Any]) -> dict[str, str | None]:
    """What the book knows about an entry, by column; times in UTC."""
    return {
        "id": written.id,
        "author": written.author,
        "room": written.room,
        "written_at": in_utc(written.written_at),
        "revised_at": in_utc(written.revised_at) if written.revised_at else None,
        "shared_from": written.shared_from,
        "source_id": written.source_id,
        "source_author": written.source_author,
    }


def in_utc(moment: datetime) -> str:
    """A moment as 2026-03-02T17:04:05.123456Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def readable(book: Book) -> dict[type[Entry], list[Written[Any]]]:
    """Everything that goes into an export, by kind: what the member can read, in the order of writing.

    Without what the partner shows only as long as both tick: it is there to look at, not to take along.
    """
    found: dict[type[Entry], list[Written[Any]]] = {}
    for kind in KINDS:
        entries = [each for each in book.entries(kind) if not _only_shown(book, each)]
        if entries:
            found[kind] = entries
    return found


def _only_shown(book: Book, written: Written[Any]) -> bool:
    return isinstance(written.entry, SHOWN) and bool(written.shared_from) and written.room == "ours"


def named(entry: Entry) -> Iterator[str]:
    """The ids that an entry holds in fields that only hold ids."""
    for field in references(type(entry)):
        value = getattr(entry, field)
        if value:
            yield value
