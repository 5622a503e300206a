"""Entries as a book hands them out: with what it knows about each, and looked up by what they name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Generic, TypeVar

import msgspec

from workbook.book.ledger import Version, revised
from workbook.entries import Entry, Room

Kind = TypeVar("Kind", bound=Entry)


class Written(msgspec.Struct, Generic[Kind], frozen=True, kw_only=True):
    """An entry with what the book knows about it."""

    id: str
    author: str
    room: Room
    written_at: datetime
    revised_at: datetime | None
    entry: Kind
    shared_from: str = ""
    source_id: str = ""
    """The id that it has in the export from which it was brought in."""
    source_author: str = ""
    """Who wrote it there, if that was not the one who brought it in: their words, not the author's."""

    @property
    def key(self) -> str:
        """What it is called by others: the same for both, also where one reads a shared copy of it."""
        return self.shared_from or self.id


class Shelf(Generic[Kind]):
    """Entries of one kind as the book hands them out, made once and looked up by what they name."""

    def __init__(self, current: Sequence[tuple[Version, ...]], names: Mapping[str, str]) -> None:
        self.current, self.names = current, names
        self._written: list[Written[Kind]] = [written(versions, names) for versions in current]
        self._places: dict[tuple[str, ...], dict[tuple[Any, ...], list[Written[Kind]]]] = {}

    def entries(self, where: Mapping[str, Any]) -> list[Written[Kind]]:
        """Those whose fields have these values, or all; a list of the caller's own."""
        if not where:
            return self._written.copy()
        fields = tuple(where)
        if fields not in self._places:
            self._places[fields] = self._by(fields)
        return self._places[fields].get(tuple(where.values()), []).copy()

    def _by(self, fields: tuple[str, ...]) -> dict[tuple[Any, ...], list[Written[Kind]]]:
        found: dict[tuple[Any, ...], list[Written[Kind]]] = {}
        for each in self._written:
            found.setdefault(tuple(getattr(each.entry, name) for name in fields), []).append(each)
        return found


def written(versions: Sequence[Version], names: Mapping[str, str]) -> Written[Any]:
    """The versions of an entry, oldest first, as one. names: of the members, by id."""
    first, latest = versions[0], versions[-1]
    revised_at, source = revised(versions), latest.line.source
    return Written(
        id=latest.record.id,
        author=names.get(latest.record.author, ""),
        room=latest.record.room,
        written_at=_local(first.line.at),
        revised_at=_local(revised_at) if revised_at is not None else None,
        entry=latest.line.entry,
        shared_from=latest.line.shared_from,
        source_id=source.id if source else "",
        source_author=source.author if source else "",
    )


def _local(microseconds: int) -> datetime:
    return datetime.fromtimestamp(microseconds / 1_000_000).astimezone()
