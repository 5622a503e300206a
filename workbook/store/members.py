"""The rows of members and their slots: who may unlock, and whether the rows are what the keys say."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from workbook.store.errors import EmptyPassphrase, Tampered, UnsuitableName
from workbook.store.hardness import Hardness, derive, parse
from workbook.store.keys import Identity, KeyRing, Row, open_slot, unwrap_ring
from workbook.store.records import Acquaintance
from workbook.store.schema import fetch, member, room_key, slot

LONGEST_NAME = 100

MemberRow = tuple[Any, Any, Any]
"""id, name, public_key."""

_MEMBERS = select(member.c.id, member.c.name, member.c.public_key)


def member_rows(connection: Connection) -> list[MemberRow]:
    """The table of members as it stands; nothing in it is believed before a key confirms it."""
    return [(id_, name, key) for id_, name, key in fetch(connection, _MEMBERS)]


def plain_name(name: str) -> str:
    """A name as the book keeps it. Raises UnsuitableName."""
    chosen = normal(name)
    if not 0 < len(chosen) <= LONGEST_NAME:
        raise UnsuitableName(LONGEST_NAME)
    return chosen


def normal(name: str) -> str:
    """A name in Unicode NFC, without spaces around it and without halves of characters."""
    whole = name.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return unicodedata.normalize("NFC", whole).strip()


def alike(name: str) -> str:
    """What two names must differ in: not only in case, width, accents written otherwise, or spaces."""
    folded = unicodedata.normalize("NFKC", normal(name)).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())


def check_passphrase(passphrase: str) -> None:
    """Raise EmptyPassphrase for one that is no passphrase at all."""
    if not passphrase:
        raise EmptyPassphrase


def named(rows: Sequence[MemberRow], name: str) -> bytes | None:
    """The id of the member who goes by a name, or None."""
    found = [id_ for id_, known, _ in rows if known == normal(name) and isinstance(id_, bytes)]
    return found[0] if found else None


def check_members(rows: Sequence[MemberRow], me: Identity, partner: Acquaintance | None) -> None:
    """Raise Tampered where the table of members differs from what the keys say about both."""
    expected = {(me.member, me.name, me.public)}
    if partner is not None:
        expected.add((partner.id, partner.name, partner.public_key))
    if len(rows) != len(expected) or set(rows) != expected:
        raise Tampered("the row of a member")


def slot_row(connection: Connection, holder: bytes | None, kind: str) -> Row | None:
    """One of the two ways to a member's root, or None."""
    found = fetch(connection, select(slot).where(slot.c.member == holder, slot.c.kind == kind))
    return dict(zip(slot.c.keys(), found[0], strict=True)) if found else None


def open_with_passphrase(row: Row | None, passphrase: str, allowed: Hardness) -> tuple[bytes, int] | None:
    """The root and the number of epochs of `mine`; None for a wrong passphrase or no such member.

    Takes as long either way. Raises Tampered where the row asks for a cost out of bounds.
    """
    if row is None:
        derive(passphrase, os.urandom(16), allowed)
        return None
    if not (isinstance(row["kdf"], str) and isinstance(row["salt"], bytes) and len(row["salt"]) >= 8):
        raise Tampered("the slot of a passphrase")
    return open_slot(row, derive(passphrase, row["salt"], parse(row["kdf"], allowed)))


def read_ring(connection: Connection, root: bytes, epochs: int, holder: bytes) -> KeyRing:
    """A member's keys. Raises Tampered for a row that is missing, added or changed."""
    columns = room_key.c.room, room_key.c.epoch, room_key.c.wrapped_key
    rows = fetch(connection, select(*columns).where(room_key.c.holder == holder))
    return unwrap_ring(root, epochs, holder, rows)
