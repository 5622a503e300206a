"""A member's unlocked part of a book: records in and out, drafts, the invitation, a new passphrase."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, delete

from workbook.store import codes
from workbook.store.drafts import put_draft, read_draft
from workbook.store.engine import Database
from workbook.store.errors import AlreadyTwo, Locked, WrongPassphrase
from workbook.store.hardness import Hardness
from workbook.store.invitations import LASTS_DAYS, Invitation, put_invitation
from workbook.store.keys import (
    ID,
    ROOT,
    KeyRing,
    new_epoch,
    new_room,
    passphrase_slot,
    recovery_slot,
    wrap_ring,
    wrap_room,
)
from workbook.store.members import (
    check_passphrase,
    member_rows,
    open_with_passphrase,
    read_ring,
    slot_row,
)
from workbook.store.open_rooms import Address, OpenRooms
from workbook.store.records import ENTRY, Acquaintance, Addition, Member, Record, Room
from workbook.store.schema import put_rows, room_key, slot
from workbook.store.seen import OLDER_COPY, UNCOUNTED, Seen

HAS_LEFT = (
    "{name} has left this book. What the two of you shared stays. From now on all you write is yours alone."
)


class Unlocked:
    """What one member can read and write, from unlock to lock. Made by `Vault.unlock`.

    member: who this is. book: the book's id, hexadecimal.
    warnings: sentences for the member, such as that the file is older than the one last seen here.
    Every method raises Locked after `lock`, and the store's other errors where the database does.
    """

    def __init__(
        self, database: Database, ring: KeyRing, hardness: Hardness, seen: Seen, *, by_code: bool = False
    ) -> None:
        self.member = Member(ring.identity.member.hex(), ring.identity.name)
        self.book = ring.identity.book.hex()
        self.warnings: list[str] = []
        self._database = database
        self._hardness = hardness
        self._seen = seen
        self._by_code = by_code
        self._rooms: OpenRooms | None = OpenRooms(database, ring)
        self._rooms.catch_up()
        if self._rooms.learned_of_leaving and self._rooms.partner:
            self.warnings.append(HAS_LEFT.format(name=self._rooms.partner.name))
        if seen.is_older(self._rooms.total()):
            self.warnings.append(OLDER_COPY)
        self._count()

    @property
    def partner(self) -> Member | None:
        """The other member, once both have joined and this side has seen their key."""
        with self._using() as rooms:
            known = rooms.partner
            return Member(known.id.hex(), known.name) if known is not None else None

    @property
    def has_partner(self) -> bool:
        """Whether there is someone to write for in `ours`: a partner who has not left."""
        with self._using() as rooms:
            return rooms.partner is not None and not rooms.has_left

    def read(self) -> list[Record]:
        """At first everything, then what was added since, here or by other programs; all verified.

        What `append` returned is not returned again. An erased record shows once more, with payload
        None, also to the one who erased it. The order is that of the writers' random ids, then of n:
        it does not tell when anything was written.
        Raises Tampered, naming what does not fit; nothing read is lost then.
        """
        with self._using() as rooms:
            rooms.catch_up()
            self._count()
            news, rooms.news = rooms.news, []
            return news

    def append(self, items: Sequence[tuple[Room, str, bytes]]) -> list[Record]:
        """Write (room, id, payload) in one durable transaction: all or none; ids are 32 hex digits.

        Returns the records in the order of the items. Raises NoPartner, ReadOnlyBook, DiskFull, BookBusy.
        """
        additions: dict[Room, list[Addition]] = {}
        for room, id_, payload in items:
            additions.setdefault(room, []).append(Addition(ENTRY, _id(id_), bytes(payload)))
        if not additions:
            return []
        with self._using() as rooms:
            written = {name: iter(records) for name, records in rooms.append(additions).items()}
            self._count()
            return [next(written[room]) for room, _, _ in items]

    def erase(self, records: Sequence[tuple[Room, str, int]]) -> None:
        """Erase one's own records, (room, writer, n) each, in one durable transaction: all or none.

        What remains of them in backups stays there. Raises NotYours.
        """
        with self._using() as rooms:
            addresses: list[Address] = list(records)
            if addresses:
                rooms.erase(addresses)
                self._count()

    def draft(self) -> bytes | None:
        """What is being typed, as `update_draft` kept it last. Raises Tampered."""
        with self._using() as rooms, self._database.reading() as connection:
            rooms.refresh_keys(connection)
            return read_draft(connection, rooms.ring)

    def update_draft(self, change: Callable[[bytes | None], bytes | None]) -> None:
        """Replace the draft by what `change` makes of it, in one durable transaction; None empties it.

        change: must not use the book itself.
        """
        with self._using() as rooms, self._database.writing() as connection:
            rooms.refresh_keys(connection)
            before = read_draft(connection, rooms.ring)
            after = change(before)
            if after != before:
                put_draft(connection, rooms.ring, after)

    def invite(self, days: int = LASTS_DAYS) -> str:
        """A one-use code by which the partner joins; it replaces one that was not used yet.

        Each invitation has a new key of `ours`, so that a code which was replaced opens nothing.
        Raises AlreadyTwo.
        """
        with self._using() as rooms, self._database.writing() as connection:
            rooms.refresh_keys(connection)
            if len(member_rows(connection)) != 1 or rooms.partner is not None:
                raise AlreadyTwo
            return self._put_invitation(rooms, connection, days)

    def change_passphrase(self, old: str | None, new: str) -> str:
        """Set a new passphrase; returns the new recovery code, the old one is void.

        What is written from now on cannot be read with the old passphrase and an old copy of the file.
        old: may be None only after `unlock_with_code`. Raises WrongPassphrase or EmptyPassphrase.
        """
        check_passphrase(new)
        with self._using() as rooms:
            self._check_old(rooms, old)
            ring, code = _renewed(rooms.ring), os.urandom(codes.RECOVERY_BYTES)
            slots = [passphrase_slot(ring, new, self._hardness), recovery_slot(ring, code)]
            with self._database.writing() as connection:
                rooms.refresh_keys(connection)
                ring.ours = rooms.ring.ours
                _replace_keys(connection, rooms.ring, ring, slots)
            with self._database.reading() as connection:
                rooms.adopt(connection, ring)
            self._by_code = False
            return codes.encode(code)

    def check(self, copy: Database) -> None:
        """Raise Tampered where another copy of this book does not fit together for this member."""
        with self._using() as rooms:
            own = rooms.ring
            with copy.reading() as connection:
                ring = read_ring(connection, own.root, len(own.mine.epochs), own.identity.member)
            OpenRooms(copy, ring).catch_up()

    def leave(self) -> None:
        """Leave the book for good: what was shared stays, all else of this member's goes, in one transaction.

        It is locked then. Raises NoPartner for the only one left, Unread where `read` was not called last.
        """
        with self._using() as rooms:
            rooms.leave()
            self._rooms = None

    def lock(self) -> None:
        """Drop the keys and everything read but not handed out."""
        with self._database.use():
            self._rooms = None

    @contextmanager
    def _using(self) -> Iterator[OpenRooms]:
        with self._database.use():
            if self._rooms is None:
                raise Locked
            yield self._rooms

    def _count(self) -> None:
        if self._rooms is not None and not self._seen.note(self._rooms.total()):
            self._warn(UNCOUNTED)

    def _warn(self, sentence: str) -> None:
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    def _check_old(self, rooms: OpenRooms, old: str | None) -> None:
        if old is None:
            if not self._by_code:
                raise WrongPassphrase
            return
        with self._database.reading() as connection:
            rooms.refresh_keys(connection)
            row = slot_row(connection, rooms.ring.identity.member, "passphrase")
        opened = open_with_passphrase(row, old, self._hardness)
        if opened is None or opened[0] != rooms.ring.root:
            raise WrongPassphrase

    def _put_invitation(self, rooms: OpenRooms, connection: Connection, days: int) -> str:
        ring, me = rooms.ring, rooms.ring.identity
        if ring.ours is not None:
            unused = room_key.c.room == ring.ours.room
            connection.execute(delete(room_key).where(unused, room_key.c.holder == me.member))
        ours = new_room()
        put_rows(connection, room_key, wrap_room(ring, ours, b"o"))
        inviter = Acquaintance(me.member, me.public, me.name)
        return put_invitation(connection, Invitation(me.book, ours, inviter), days)


def _id(id_: str) -> bytes:
    plain = bytes.fromhex(id_)
    if len(plain) != ID:
        raise ValueError("an id is 32 hexadecimal digits")
    return plain


def _renewed(ring: KeyRing) -> KeyRing:
    return KeyRing(os.urandom(ROOT), ring.identity, new_epoch(ring.mine), ring.ours)


def _replace_keys(connection: Connection, old: KeyRing, new: KeyRing, slots: list[dict[str, object]]) -> None:
    me = old.identity.member
    text = read_draft(connection, old)
    connection.execute(delete(slot).where(slot.c.member == me))
    connection.execute(delete(room_key).where(room_key.c.holder == me))
    put_rows(connection, slot, slots)
    put_rows(connection, room_key, wrap_ring(new))
    put_draft(connection, new, text)
