"""One unlock's own line of records in one room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, bindparam, insert, select, update

from workbook.store.errors import Tampered
from workbook.store.keys import RoomKeys, new_id
from workbook.store.records import OPENING, Addition, opening, seal_head, seal_record
from workbook.store.rooms import RoomReader
from workbook.store.schema import fetch, head, record

_INSERT = insert(record)
_BEGIN = insert(head)
_ADVANCE = (
    update(head)
    .where(
        head.c.room == bindparam("in_room"),
        head.c.writer == bindparam("by"),
        head.c.sealed == bindparam("before"),
    )
    .values(sealed=bindparam("after"))
)
_HEADS = select(head.c.writer, head.c.sealed).where(head.c.room == bindparam("in_room"))


class RoomWriter(msgspec.Struct):
    """Appends to a room as one writer. After any failure a new writer is begun: no number is used twice."""

    keys: RoomKeys
    author: bytes
    signer: Ed25519PrivateKey | None
    id: bytes
    last: int = -1
    sealed_head: bytes = b""

    @classmethod
    def new(cls, keys: RoomKeys, author: bytes, signer: Ed25519PrivateKey | None) -> RoomWriter:
        """A writer that has written nothing yet. signer: None in `mine`."""
        return cls(keys, author, signer, new_id())

    def add(self, connection: Connection, reader: RoomReader, additions: Sequence[Addition]) -> list[int]:
        """Insert records and replace the head, inside the caller's transaction. Returns their n.

        Raises Tampered where the head is no longer the one that this writer left.
        """
        lines = list(additions)
        if self.last < 0:
            lines.insert(0, Addition(OPENING, new_id(), self._opening(connection, reader)))
        numbers = range(self.last + 1, self.last + 1 + len(lines))
        rows = [
            seal_record(self.keys, self.signer, self.id, n, line)
            for n, line in zip(numbers, lines, strict=True)
        ]
        connection.execute(_INSERT, rows)
        self._put_head(connection, numbers[-1])
        return list(numbers)[-len(additions) :]

    def remember(self, reader: RoomReader) -> None:
        """Tell the reader what was written here, once it is durable."""
        reader.owners[self.id] = self.author
        reader.ends[self.id], reader.heads[self.id] = self.last, self.sealed_head

    def _opening(self, connection: Connection, reader: RoomReader) -> bytes:
        heads: dict[bytes, Any] = dict(fetch(connection, _HEADS, {"in_room": self.keys.room}))
        unread = [writer for writer in heads if writer not in reader.owners]
        ends = {writer: reader.head(writer, heads[writer]) for writer in heads if writer not in unread}
        return opening(self.author, reader.ends_to_name(ends))

    def _put_head(self, connection: Connection, last: int) -> None:
        row = seal_head(self.keys, self.signer, self.id, last)
        if self.last < 0:
            connection.execute(_BEGIN, row)
        else:
            values = {"in_room": self.keys.room, "by": self.id, "before": self.sealed_head}
            if connection.execute(_ADVANCE, {**values, "after": row["sealed"]}).rowcount != 1:
                raise Tampered(f"the head of writer {self.id.hex()[:8]}")
        self.last, self.sealed_head = last, row["sealed"]
