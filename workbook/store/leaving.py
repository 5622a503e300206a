"""Leaving: what goes from the database with a member, and the new key of whoever stays.

The row of the member stays, because it names and verifies what they shared; so does what they shared.
"""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from workbook.store.keys import KeyRing, new_epoch, wrap_room
from workbook.store.schema import draft, fetch, head, put_rows, record, room_key, slot


def remove_member(connection: Connection, ring: KeyRing) -> None:
    """Remove what only this member could open: `mine`, the draft, the keys, and both ways to them."""
    me = ring.identity.member
    for table in (record, head):
        connection.execute(delete(table).where(table.c.room == ring.mine.room))
    connection.execute(delete(room_key).where(room_key.c.holder == me))
    for table in (slot, draft):
        connection.execute(delete(table).where(table.c.member == me))


def with_a_way_in(connection: Connection) -> set[bytes]:
    """The members who can unlock the book, as its rows say it."""
    return {row[0] for row in fetch(connection, select(slot.c.member))}


def put_new_epoch(connection: Connection, ring: KeyRing) -> None:
    """Give whoever stays a key of `ours` that whoever left never had; the old ones stay, to read with."""
    assert ring.ours is not None
    own = room_key.c.room == ring.ours.room, room_key.c.holder == ring.identity.member
    connection.execute(delete(room_key).where(*own))
    put_rows(connection, room_key, wrap_room(ring, new_epoch(ring.ours), b"o"))
