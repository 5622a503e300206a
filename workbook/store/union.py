"""The records of two copies of a book, put together as they lie there: sealed.

A record has its address for good, and each unlock writes under an address of its own. So the union of
the rows is what both wrote, in either order and however often; a record that its author erased in one
copy is empty in both.
"""

from __future__ import annotations

from collections.abc import Container
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, insert, select, text, update

from workbook.store.backup import Progress
from workbook.store.errors import CannotMerge
from workbook.store.keys import ID
from workbook.store.schema import fetch, head, record

CHUNK = 2000
"""Records that are compared at a time."""

DIFFERENT = (
    "both hold a record in the same place, and the two differ. One of them was changed outside this "
    "program, or by a program that was copied while it ran. Take another copy."
)
INCOMPLETE = "the other copy is incomplete: records are missing from it. Take another copy of it."

_KEY = "room", "writer", "n"
_LAST = "last_room", "last_writer", "last_n"

Writer = tuple[bytes, bytes]
"""Room and writer."""

_SPANS = select(
    record.c.room, record.c.writer, func.count(), func.min(record.c.n), func.max(record.c.n)
).group_by(record.c.room, record.c.writer)
_HEADS = select(head.c.room, head.c.writer, head.c.sealed)
_NEXT = text(
    "SELECT room, writer, n, id, epoch, sealed FROM record WHERE (room, writer, n) > (:room, :writer, :n) "
    "ORDER BY room, writer, n LIMIT :many"
)
_SPAN = text(
    "SELECT room, writer, n, id, epoch, sealed FROM record WHERE (room, writer, n) >= (:room, :writer, :n) "
    "AND (room, writer, n) <= (:last_room, :last_writer, :last_n)"
)
_EMPTY = (
    update(record)
    .where(
        record.c.room == bindparam("in_room"),
        record.c.writer == bindparam("by"),
        record.c.n == bindparam("number"),
    )
    .values(sealed=None)
)
_ADVANCE = (
    update(head)
    .where(head.c.room == bindparam("in_room"), head.c.writer == bindparam("by"))
    .values(sealed=bindparam("after"))
)


class United(NamedTuple):
    """How many records were added, and how many were emptied."""

    added: int
    emptied: int


class Shape(NamedTuple):
    """How far each writer got, and its sealed head."""

    last: dict[Writer, int]
    heads: dict[Writer, bytes]

    @classmethod
    def of(cls, connection: Connection) -> Shape:
        """The writers of a book, of which none may lack a record. Raises CannotMerge."""
        heads = {(room, writer): sealed for room, writer, sealed in fetch(connection, _HEADS)}
        last: dict[Writer, int] = {}
        for room, writer, count, first, highest in fetch(connection, _SPANS):
            if not _is_id(room) or not _is_id(writer) or first != 0 or count != highest + 1:
                raise CannotMerge(INCOMPLETE)
            last[room, writer] = highest
        if last.keys() != heads.keys() or not all(_is_sealed(sealed) for sealed in heads.values()):
            raise CannotMerge(INCOMPLETE)
        return cls(last, heads)


def unite(mine: Connection, theirs: Connection, without: Container[bytes], progress: Progress) -> United:
    """Add to one book what the other holds, and empty what the other has erased.

    without: rooms that are left out. Raises CannotMerge where both differ in one place.
    """
    here, there = Shape.of(mine), Shape.of(theirs)
    total, done, united = sum(there.last.values()) + len(there.last), 0, United(0, 0)
    at: tuple[Any, ...] = (b"", b"", -1)
    while lines := fetch(theirs, _NEXT, {**dict(zip(_KEY, at, strict=True)), "many": CHUNK}):
        at = lines[-1][:3]
        added, emptied = _unite_lines(mine, [line for line in lines if line[0] not in without])
        united, done = United(united.added + added, united.emptied + emptied), done + len(lines)
        progress(done, total)
    for writer in there.last:
        if writer[0] not in without:
            _unite_head(mine, here, there, writer)
    return united


def writers_beyond(mine: Connection, theirs: Connection, room: bytes) -> bool:
    """Whether the other book holds anything in a room that this one does not."""
    here, there = Shape.of(mine), Shape.of(theirs)
    return any(last > here.last.get(writer, -1) for writer, last in there.last.items() if writer[0] == room)


def epochs_in_use(connection: Connection) -> dict[bytes, set[bytes]]:
    """The epochs under which anything in a room is sealed, by room."""
    standing = select(record.c.room, record.c.epoch).where(record.c.sealed.is_not(None)).distinct()
    found: dict[bytes, set[bytes]] = {}
    for room, epoch in fetch(connection, standing):
        found.setdefault(room, set()).add(epoch)
    for room, _, sealed in fetch(connection, _HEADS):
        found.setdefault(room, set()).add(sealed[:ID])
    return found


def _unite_lines(mine: Connection, lines: list[tuple[Any, ...]]) -> United:
    if not lines:
        return United(0, 0)
    span = zip((*_KEY, *_LAST), (*lines[0][:3], *lines[-1][:3]), strict=True)
    here = {line[:3]: line[3:] for line in fetch(mine, _SPAN, dict(span))}
    added = [_row(line) for line in lines if line[:3] not in here]
    emptied = [line[:3] for line in lines if line[:3] in here and _is_erased(here[line[:3]], line[3:])]
    if added:
        mine.execute(insert(record), added)
    for room, writer, n in emptied:
        mine.execute(_EMPTY, {"in_room": room, "by": writer, "number": n})
    return United(len(added), len(emptied))


def _is_erased(here: tuple[Any, ...], there: tuple[Any, ...]) -> bool:
    """Whether a record is erased there alone.

    Raises CannotMerge for two in one place of which neither is the other one, erased.
    """
    if here[:2] != there[:2] or (here[2] != there[2] and here[2] is not None and there[2] is not None):
        raise CannotMerge(DIFFERENT)
    return there[2] is None and here[2] is not None


def _row(line: tuple[Any, ...]) -> dict[str, Any]:
    room, writer, n, id_, epoch, sealed = line
    if not _is_id(id_) or not _is_id(epoch) or not (sealed is None or isinstance(sealed, bytes)):
        raise CannotMerge(INCOMPLETE)
    return {"room": room, "writer": writer, "n": n, "id": id_, "epoch": epoch, "sealed": sealed}


def _unite_head(mine: Connection, here: Shape, there: Shape, writer: Writer) -> None:
    """The head of whichever copy has the writer's last record."""
    room, id_ = writer
    if writer not in here.last:
        mine.execute(insert(head), {"room": room, "writer": id_, "sealed": there.heads[writer]})
    elif here.last[writer] < there.last[writer]:
        mine.execute(_ADVANCE, {"in_room": room, "by": id_, "after": there.heads[writer]})
    elif here.last[writer] == there.last[writer] and here.heads[writer] != there.heads[writer]:
        raise CannotMerge(DIFFERENT)


def _is_id(value: Any) -> bool:
    return isinstance(value, bytes) and len(value) == ID


def _is_sealed(value: Any) -> bool:
    return isinstance(value, bytes) and len(value) > ID
