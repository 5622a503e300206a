"""What the unlocked rooms say now: the versions of every entry, decoded once and kept typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Union

import msgspec

from workbook.entries import BY_NAME, KINDS, UNSEEN, Entry
from workbook.store import Record, Tampered

if TYPE_CHECKING:
    AnyKind = Entry
else:
    AnyKind = Union[KINDS + UNSEEN]  # noqa: UP007 - the kinds are tuples


HIGHEST_CLOCK = 2**62
"""No honest counter gets here; one that claims more is not followed, so that counting can go on."""


class Source(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """Where an entry that was brought in from an export comes from."""

    id: str
    """The id that it has there."""
    author: str = ""
    """Who wrote it there, if that was not the one who brought it in."""
    at: int = 0
    """When this version was written there, in microseconds since 1970, UTC; 0 for one written here since."""


class Line(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """One version of an entry, as it is written into a record."""

    clock: int
    """Lamport counter: orders versions the same way on every machine; ties go by writer."""
    at: int
    """When it was written: microseconds since 1970, UTC, by the writer's own clock."""
    entry: AnyKind
    shared_from: str = ""
    """For an entry that was shared from `mine`: the id that it has there."""
    source: Source | None = None

    @property
    def said_at(self) -> int:
        """When this version was written, here or where it comes from."""
        return self.source.at if self.source and self.source.at else self.at


class Version(msgspec.Struct, frozen=True, gc=False):
    """A line and the record that holds it."""

    record: Record
    line: Line

    @property
    def order(self) -> tuple[int, str, int]:
        """Where this version stands among all others, on every machine.

        What was brought in, clock 0, stands before all that was written here, in the order of its own times.
        """
        by = self.record.writer if self.line.clock else f"{self.line.at:020}"
        return self.line.clock, by, self.record.n


_decode = msgspec.msgpack.Decoder(Line).decode
encode = msgspec.msgpack.Encoder(decimal_format="string").encode


class Ledger:
    """All versions of all entries that one member can read.

    The versions of an entry are a tuple, replaced and never changed: a chart may be reading it meanwhile.
    """

    def __init__(self) -> None:
        self.clock = 0
        self.read = 0
        """How many records were taken in so far."""
        self._versions: dict[str, tuple[Version, ...]] = {}
        self._of: dict[type[Entry], list[tuple[Version, ...]]] = {}
        self._erased: set[str] = set()
        self.left_over: list[Record] = []
        """Versions of entries that are erased, which another copy of the book had added to them."""
        self._broken: Tampered | None = None

    def add(self, records: Iterable[Record]) -> None:
        """Take in what the store read: new versions, and records whose author erased them.

        Raises Tampered for a record that does not decode, or an entry that two members claim, and from
        then on always: the store does not hand out again what came after it.
        """
        if self._broken:
            raise self._broken
        try:
            for record in records:
                self.read += 1
                if record.payload is None:
                    self._forget(record)
                else:
                    self._remember(Version(record, _line(record, record.payload)))
        except Tampered as error:
            self._broken = error
            raise

    def _remember(self, version: Version) -> None:
        entry_id, line = version.record.id, version.line
        if entry_id in self._erased:
            self.left_over.append(version.record)
            return
        earlier = self._versions.get(entry_id)
        self._versions[entry_id] = (version,) if earlier is None else _with(earlier, version)
        self._of.pop(type(line.entry), None)
        if self.clock < line.clock < HIGHEST_CLOCK:
            self.clock = line.clock

    def _forget(self, record: Record) -> None:
        """An entry is erased as a whole: what another copy has added to it since goes as well."""
        self._erased.add(record.id)
        gone = record.writer, record.n
        versions = self._versions.pop(record.id, ())
        self.left_over += [v.record for v in versions]
        self.left_over = [each for each in self.left_over if (each.writer, each.n) != gone]
        for version in versions:
            self._of.pop(type(version.line.entry), None)

    def is_erased(self, entry_id: str) -> bool:
        """Whether its author has erased an entry with this id, which is never used again."""
        return entry_id in self._erased

    def versions(self, entry_id: str) -> tuple[Version, ...]:
        """Every version of one entry, oldest first. Raises KeyError for an id that is not there."""
        return self._versions[entry_id]

    def every(self) -> Iterable[Version]:
        """Every version of every entry, those of one entry oldest first."""
        return (version for versions in self._versions.values() for version in versions)

    def of(self, kind: type[Entry]) -> list[tuple[Version, ...]]:
        """The versions of each entry of a kind, entries in the order in which they were first written."""
        if kind not in self._of:
            chosen = [
                versions for versions in self._versions.values() if type(versions[-1].line.entry) is kind
            ]
            self._of[kind] = sorted(chosen, key=lambda versions: versions[0].order)
        return self._of[kind]

    def clear(self) -> None:
        """Let go of everything that was decoded."""
        self._versions.clear()
        self._of.clear()
        self.left_over.clear()


def _line(record: Record, payload: bytes) -> Line:
    try:
        return _decode(payload)
    except msgspec.DecodeError as error:
        raise Tampered(f"record {record.n} of writer {record.writer[:8]}: {error}") from error


def _with(earlier: tuple[Version, ...], version: Version) -> tuple[Version, ...]:
    """The versions of an entry with one more, in their order. Raises Tampered where it is another's entry."""
    if earlier[0].record.author != version.record.author:
        raise Tampered(f"entry {version.record.id[:8]}, which two members claim to have written")
    return tuple(sorted((*earlier, version), key=lambda each: each.order))


def revised(versions: Sequence[Version]) -> int | None:
    """When an entry was last revised, here or where it comes from, in microseconds; None for never."""
    first, latest = versions[0].line, versions[-1].line
    return latest.said_at if len(versions) > 1 or latest.said_at > first.at else None


def named_by(entries: Iterable[Version], among: Mapping[str, Version]) -> list[Version]:
    """Those among which the entries name by their ids, and those which these name in turn."""
    found: dict[str, Version] = {}
    waiting = list(entries)
    while waiting:
        named = set(_texts(msgspec.structs.astuple(waiting.pop().line.entry)))
        new = {id_: among[id_] for id_ in named if id_ in among and id_ not in found}
        found |= new
        waiting += new.values()
    return list(found.values())


def _texts(value: Any) -> Iterator[str]:
    """Every text in a field, be it in a tuple or a dict of them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | dict):
        for part in value:
            yield from _texts(part)


def kind_named(name: str) -> type[Entry]:
    """The kind of entry with this name. Raises ValueError, listing the kinds, for another one."""
    if name not in BY_NAME:
        raise ValueError(f"There is no kind of entry called {name!r}; there are {', '.join(BY_NAME)}.")
    return BY_NAME[name]
