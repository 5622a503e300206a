"""The rooms of one member while they are unlocked: what was read of them, and what is written to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, select, update

from workbook.store.engine import Database
from workbook.store.errors import (
    NoPartner,
    NotYours,
    PartnerLeft,
    PassphraseChanged,
    ReadOnlyBook,
    StoreError,
    Tampered,
    Unread,
    YouLeft,
)
from workbook.store.keys import KeyRing, RoomKeys, new_id
from workbook.store.leaving import put_new_epoch, remove_member, with_a_way_in
from workbook.store.members import MemberRow, check_members, member_rows, read_ring, slot_row
from workbook.store.records import (
    ENTRY,
    ERASURE,
    LEFT,
    PIN,
    Acquaintance,
    Addition,
    Record,
    Room,
    erasure,
    farewell,
)
from workbook.store.rooms import Farewell, RoomReader, Row
from workbook.store.schema import fetch, head, record, room_key
from workbook.store.writer import RoomWriter

_ADDRESS = (
    record.c.room == bindparam("in_room"),
    record.c.writer == bindparam("by"),
    record.c.n == bindparam("number"),
)
_LINE = record.c.writer, record.c.n, record.c.id, record.c.epoch, record.c.sealed
_EPOCHS = select(room_key.c.epoch).where(room_key.c.holder == bindparam("by"))
_HEADS = (
    select(head.c.writer, head.c.sealed).where(head.c.room == bindparam("in_room")).order_by(head.c.writer)
)
_ALL = select(*_LINE).where(record.c.room == bindparam("in_room")).order_by(record.c.writer, record.c.n)
_BEYOND = (
    select(*_LINE)
    .where(_ADDRESS[0], _ADDRESS[1], record.c.n > bindparam("number"))
    .order_by(record.c.writer, record.c.n)
)
_ONE = select(*_LINE).where(*_ADDRESS)
_EMPTY = update(record).where(*_ADDRESS).values(sealed=None)

Address = tuple[Room, str, int]


class Glimpse(msgspec.Struct):
    """What one short transaction saw of a room: the heads, and the rows behind those that changed."""

    heads: dict[bytes, Any]
    changed: dict[bytes, Any]
    rows: list[Row]


class OpenRooms:
    """The rooms that a member's keys open.

    news: what was read and not handed out yet. learned_of_leaving: whether these rooms were the first of
    this member's to read that the partner has left.
    """

    def __init__(self, database: Database, ring: KeyRing) -> None:
        self.ring = ring
        self.partner: Acquaintance | None = None
        self.news: list[Record] = []
        self.learned_of_leaving = False
        self._database = database
        self._slot: Any = None
        self._epochs: set[bytes] = set()
        self._readers: dict[Room, RoomReader] = {}
        self._writers: dict[Room, RoomWriter] = {}
        self._seen_at: object = None
        with database.reading() as connection:
            self.adopt(connection, ring)

    def total(self) -> int:
        """How many records both rooms hold."""
        return sum(reader.total() for reader in self._readers.values())

    @property
    def has_left(self) -> bool:
        """Whether the partner was here, and has left."""
        return self._farewell() is not None

    def adopt(self, connection: Connection, ring: KeyRing) -> None:
        """Go on with these keys, which are those that the database holds now."""
        row = slot_row(connection, ring.identity.member, "passphrase")
        self._slot = row and row["wrapped_root"]
        self.ring, self._epochs = ring, self._stated_epochs(connection)
        self._writers.clear()
        self._open("mine", ring.mine)
        if ring.ours is not None:
            self._open("ours", ring.ours)

    def refresh_keys(self, connection: Connection) -> None:
        """Notice keys that were made in another window. Raises PassphraseChanged or Tampered."""
        if self._stated_epochs(connection) == self._epochs:
            return
        me = self.ring.identity.member
        try:
            ring = read_ring(connection, self.ring.root, len(self.ring.mine.epochs), me)
        except Tampered:
            row = slot_row(connection, me, "passphrase")
            if row is None:
                raise YouLeft from None
            if row["wrapped_root"] != self._slot:
                raise PassphraseChanged from None
            raise
        self.adopt(connection, ring)

    def catch_up(self) -> None:
        """Add to `news` what was written since the last time, here or elsewhere, once it is verified."""
        changes = self._database.changes()
        if changes is not None and changes == self._seen_at:
            return
        with self._database.reading() as connection:
            self.refresh_keys(connection)
            members, ways_in = member_rows(connection), with_a_way_in(connection)
            glimpses = {name: _glimpse(connection, reader) for name, reader in self._readers.items()}
        self._verify(members, ways_in, glimpses)
        self._seen_at = changes
        self._pin()
        self._part()

    def append(self, additions: Mapping[Room, Sequence[Addition]]) -> dict[Room, list[Record]]:
        """Write to one or both rooms in one durable transaction. Raises NoPartner."""
        if "ours" in additions and self.partner is None:
            raise NoPartner
        with self._writing(additions) as connection:
            numbers = {name: self._add(connection, name, lines) for name, lines in additions.items()}
        return {name: self._records(name, numbers[name], lines) for name, lines in additions.items()}

    def erase(self, addresses: Sequence[Address]) -> None:
        """Empty one's own records in one durable transaction. Raises NotYours."""
        rooms: dict[Room, list[tuple[bytes, int]]] = {}
        for name, writer, n in addresses:
            rooms.setdefault(name, []).append((bytes.fromhex(writer), n))
        self.catch_up()
        self._check_own(rooms)
        emptied: dict[Room, list[tuple[bytes, int, bytes]]] = {}
        with self._writing(rooms) as connection:
            for name, targets in rooms.items():
                emptied[name] = self._empty(connection, name, targets)
        self._note_erased(emptied)

    def leave(self) -> None:
        """Say so in `ours`, and remove all that only this member could open, in one durable transaction.

        Raises NoPartner for the only one left, and Unread where something lies here that was not handed out.
        """
        if self.partner is None or self.has_left or self.ring.ours is None:
            raise NoPartner
        with self._writing({"ours": ()}) as connection:
            self._check_all_read(connection)
            ours, me = self._readers["ours"], self.ring.identity.member
            ends = {writer: last for writer, last in ours.ends.items() if ours.owners[writer] == me}
            said = Addition(LEFT, new_id(), farewell(self.ring.ours.newest, ends))
            self._add(connection, "ours", [said])
            remove_member(connection, self.ring)

    def _check_all_read(self, connection: Connection) -> None:
        heads = [dict(fetch(connection, _HEADS, {"in_room": each.room})) for each in self._readers.values()]
        if self.news or heads != [each.heads for each in self._readers.values()]:
            raise Unread

    def _farewell(self) -> Farewell | None:
        ours = self._readers.get("ours")
        return ours.farewells.get(self.partner.id) if ours and self.partner else None

    def _part(self) -> None:
        """Once the partner has left, go on under a key that they never had."""
        said = self._farewell()
        if said is None or self.ring.ours is None or self.ring.ours.newest != said.epoch:
            return
        try:
            with self._database.writing() as connection:
                self.refresh_keys(connection)
                if self.ring.ours.newest == said.epoch:  # else another window has done it meanwhile
                    put_new_epoch(connection, self.ring)
        except ReadOnlyBook:
            return
        self.learned_of_leaving = True
        with self._database.reading() as connection:
            self.refresh_keys(connection)

    def _verify(
        self, members: Sequence[MemberRow], ways_in: set[bytes], glimpses: Mapping[Room, Glimpse]
    ) -> None:
        """Advance copies of the readers, and keep them once everything fits."""
        readers = {name: self._readers[name].copy() for name in glimpses}
        news = _taken(readers["mine"], glimpses["mine"])
        partner = _pinned(readers["mine"], self.partner)
        if "ours" in readers:
            partner = partner or _joining(readers["ours"], glimpses["ours"])
            news += _taken(_trusting(readers["ours"], partner), glimpses["ours"])
        elif partner is not None:
            raise Tampered("the key of the shared room")
        check_members(members, self.ring.identity, partner)
        if "ours" in readers and self.ring.identity.member in readers["ours"].farewells:
            raise YouLeft
        if partner is not None and (partner.id in ways_in) == (partner.id in readers["ours"].farewells):
            raise Tampered("the way in of a member")
        self._readers, self.partner = readers, partner
        self.news += news

    def _pin(self) -> None:
        """Write down whom `ours` is shared with; a book that cannot be written trusts the same again."""
        if self.partner is None or self._readers["mine"].pins:
            return
        self._readers["mine"].pins.append(self.partner)
        try:
            self.append({"mine": [Addition(PIN, new_id(), self.partner.packed())]})
        except StoreError as error:
            self._readers["mine"].pins.clear()
            if not isinstance(error, ReadOnlyBook):
                raise

    @contextmanager
    def _writing(self, names: Mapping[Room, object]) -> Iterator[Connection]:
        """A transaction of these rooms' writers; they are given up when it fails: a number is used once."""
        if any(name not in self._writers for name in names):
            self.catch_up()  # a new writer names the others, so it has to know them
        try:
            with self._database.writing() as connection:
                self.refresh_keys(connection)
                if "ours" in names:
                    self._check_still_two(connection)
                yield connection
        except BaseException:
            self._writers.clear()
            raise
        for name in names:
            if name in self._writers:
                self._writers[name].remember(self._readers[name])

    def _check_still_two(self, connection: Connection) -> None:
        """Nothing may go into `ours` under a key of someone who has left since it was last read."""
        if self.partner and not self.has_left and self.partner.id not in with_a_way_in(connection):
            raise PartnerLeft

    def _add(self, connection: Connection, name: Room, lines: Sequence[Addition]) -> list[int]:
        if name not in self._writers:
            keys = self.ring.mine if name == "mine" else self.ring.ours
            if keys is None:
                raise Tampered("the key of the shared room")
            signer = self.ring.identity.signer if name == "ours" else None
            self._writers[name] = RoomWriter.new(keys, self.ring.identity.member, signer)
        return self._writers[name].add(connection, self._readers[name], lines)

    def _records(self, name: Room, numbers: Sequence[int], lines: Sequence[Addition]) -> list[Record]:
        writer, author = self._writers[name].id.hex(), self.ring.identity.member.hex()
        return [
            Record(name, writer, n, line.id.hex(), author, line.body)
            for n, line in zip(numbers, lines, strict=True)
        ]

    def _check_own(self, rooms: Mapping[Room, Sequence[tuple[bytes, int]]]) -> None:
        for name, targets in rooms.items():
            reader = self._readers.get(name)
            for writer, _ in targets:
                if reader is None or reader.owners.get(writer) != self.ring.identity.member:
                    raise NotYours

    def _empty(
        self, connection: Connection, name: Room, targets: Sequence[tuple[bytes, int]]
    ) -> list[tuple[bytes, int, bytes]]:
        """Erase in one room: the records' seals go, and an Erasure says that their author did it."""
        reader = self._readers[name]
        emptied: list[tuple[bytes, int, bytes]] = []
        for writer, n in dict.fromkeys(targets):
            values = {"in_room": reader.room, "by": writer, "number": n}
            rows = fetch(connection, _ONE, values)
            if rows and rows[0][4] is None:
                continue
            if not rows or reader.kind_of(rows[0]) != ENTRY:
                raise NotYours
            connection.execute(_EMPTY, values)
            emptied.append((writer, n, rows[0][2]))
        if emptied:
            self._add(connection, name, [Addition(ERASURE, new_id(), erasure(emptied))])
        return emptied

    def _note_erased(self, emptied: Mapping[Room, Sequence[tuple[bytes, int, bytes]]]) -> None:
        author = self.ring.identity.member.hex()
        for name, targets in emptied.items():
            for writer, n, id_ in targets:
                self._readers[name].erased[writer, n] = id_
                self.news.append(Record(name, writer.hex(), n, id_.hex(), author, None))

    def _open(self, name: Room, keys: RoomKeys) -> None:
        """Read on in the same room with the keys that it has now, or begin with another room."""
        known = self._readers.get(name)
        if known is not None and known.room == keys.room:
            known.ciphers = keys.ciphers()
            return
        me = self.ring.identity
        self._readers[name] = RoomReader.of(name, keys, me.member, {me.member: me.public})

    def _stated_epochs(self, connection: Connection) -> set[bytes]:
        return {row[0] for row in fetch(connection, _EPOCHS, {"by": self.ring.identity.member})}


def _glimpse(connection: Connection, reader: RoomReader) -> Glimpse:
    heads = dict(fetch(connection, _HEADS, {"in_room": reader.room}))
    changed = {writer: sealed for writer, sealed in heads.items() if reader.heads.get(writer) != sealed}
    if not reader.heads:
        return Glimpse(heads, changed, fetch(connection, _ALL, {"in_room": reader.room}))
    rows: list[Row] = []
    for writer in changed:
        values = {"in_room": reader.room, "by": writer, "number": reader.ends.get(writer, -1)}
        rows += fetch(connection, _BEYOND, values)
    return Glimpse(heads, changed, rows)


def _taken(reader: RoomReader, glimpse: Glimpse) -> list[Record]:
    reader.check_present(glimpse.heads)
    return reader.take(glimpse.changed, glimpse.rows)


def _pinned(mine: RoomReader, known: Acquaintance | None) -> Acquaintance | None:
    """The partner as first met. Raises Tampered where a later record says otherwise."""
    pins = [known] if known is not None else []
    pins += mine.pins
    if any(pin != pins[0] for pin in pins):
        raise Tampered("the pinned key of the partner")
    return pins[0] if pins else None


def _joining(ours: RoomReader, glimpse: Glimpse) -> Acquaintance | None:
    """Who joined by the invitation: only its code opened the key that this record is sealed with."""
    claims = set(ours.claims_to_join(glimpse.rows))
    if len(claims) > 1 or any(claim.id == ours.member for claim in claims):
        raise Tampered("the record of who joined")
    return claims.pop() if claims else None


def _trusting(ours: RoomReader, partner: Acquaintance | None) -> RoomReader:
    if partner is not None and ours.verifiers is not None:
        try:
            ours.verifiers[partner.id] = partner.verifier()
        except ValueError:
            raise Tampered("the public key of the partner") from None
    return ours
