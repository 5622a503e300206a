"""What the unlocked rooms say now: the versions of every entry, decoded once and kept typed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Union

import msgspec

from workbook.entries import BY_NAME, KINDS, Entry
from workbook.store import Record, Tampered


class Line(msgspec.Struct, array_like=True, frozen=True):
    """One version of an entry, as it is written into a record."""

    clock: int
    """Lamport counter: orders versions the same way on every machine; ties go by writer."""
    at: int
    """When it was written: microseconds since 1970, UTC, by the writer's own clock."""
    entry: Union[KINDS]  # type: ignore[valid-type]  # noqa: UP007 - the kinds are one tuple
    shared_from: str = ""
    """For an entry that was shared from `mine`: the id that it has there."""


class Version(msgspec.Struct, frozen=True):
    """A line and the record that holds it."""

    record: Record
    line: Line

    @property
    def order(self) -> tuple[int, str, int]:
        """Where this version stands among all others, on every machine."""
        return self.line.clock, self.record.writer, self.record.n


_decode = msgspec.msgpack.Decoder(Line).decode
encode = msgspec.msgpack.Encoder(decimal_format="string").encode


class Ledger:
    """All versions of all entries that one member can read."""

    def __init__(self) -> None:
        self.clock = 0
        self._versions: dict[str, list[Version]] = {}
        self._ids: dict[type[Entry], list[str] | None] = {}

    def add(self, records: Iterable[Record]) -> None:
        """Take in what the store read: new versions, and records whose author erased them.

        Raises Tampered for a record that does not decode, or an entry that two members claim.
        """
        for record in records:
            if record.payload is None:
                self._forget(record)
                continue
            try:
                line = _decode(record.payload)
            except msgspec.DecodeError as error:
                raise Tampered(f"record {record.n} of writer {record.writer[:8]}: {error}") from error
            self._remember(Version(record, line))

    def _remember(self, version: Version) -> None:
        versions = self._versions.setdefault(version.record.id, [])
        if versions and versions[0].record.author != version.record.author:
            raise Tampered(f"entry {version.record.id[:8]}, which two members claim to have written")
        versions.append(version)
        if len(versions) > 1:
            versions.sort(key=lambda each: each.order)
        self.clock = max(self.clock, version.line.clock)
        self._ids[type(version.line.entry)] = None

    def _forget(self, record: Record) -> None:
        versions = self._versions.get(record.id, [])
        left = [v for v in versions if (v.record.writer, v.record.n) != (record.writer, record.n)]
        for version in versions:
            self._ids[type(version.line.entry)] = None
        if left:
            self._versions[record.id] = left
        else:
            self._versions.pop(record.id, None)

    def versions(self, entry_id: str) -> list[Version]:
        """Every version of one entry, oldest first. Raises KeyError for an id that is not there."""
        return self._versions[entry_id]

    def every(self) -> Iterable[Version]:
        """Every version of every entry, those of one entry oldest first."""
        return (version for versions in self._versions.values() for version in versions)

    def of(self, kind: type[Entry]) -> list[list[Version]]:
        """The versions of each entry of a kind, entries in the order in which they were first written."""
        ids = self._ids.get(kind)
        if ids is None:
            ids = self._ids[kind] = self._sorted_ids(kind)
        return [self._versions[entry_id] for entry_id in ids]

    def _sorted_ids(self, kind: type[Entry]) -> list[str]:
        chosen = [versions for versions in self._versions.values() if type(versions[-1].line.entry) is kind]
        chosen.sort(key=lambda versions: versions[0].order)
        return [versions[0].record.id for versions in chosen]

    def clear(self) -> None:
        """Let go of everything that was decoded."""
        self._versions.clear()
        self._ids.clear()


def kind_named(name: str) -> type[Entry]:
    """The kind of entry with this name. Raises ValueError, listing the kinds, for another one."""
    if name not in BY_NAME:
        raise ValueError(f"There is no kind of entry called {name!r}; there are {', '.join(BY_NAME)}.")
    return BY_NAME[name]
