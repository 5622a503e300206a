"""What lies in one room, verified as it is read: every writer from its first record to its head.

A writer's records are numbered without gaps up to what its head says; its first record names its author
and the writers before it. So nothing can be taken away, added, exchanged or moved unnoticed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import msgspec
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from workbook.store.errors import Tampered
from workbook.store.keys import ID, RoomKeys
from workbook.store.records import (
    ENTRY,
    ERASURE,
    JOINED,
    LEFT,
    OPENING,
    PIN,
    PREFIX,
    SIGNATURE,
    Acquaintance,
    Record,
    Room,
    read_erasure,
    read_farewell,
    read_opening,
    record_prefix,
    unseal_head,
)

Row = tuple[Any, ...]
"""writer, n, id, epoch, sealed."""


class Farewell(msgspec.Struct, frozen=True):
    """What a member said who left: the last epoch that they knew, and where each writer of theirs ends."""

    epoch: bytes
    ends: dict[bytes, int]


class RoomReader(msgspec.Struct):
    """How far one room has been read and what its records said about each other.

    verifiers: the public key of each member who may write here; None in `mine`, where only the holder
    of the key can.
    """

    name: Room
    room: bytes
    member: bytes
    ciphers: dict[bytes, AESGCM]
    verifiers: dict[bytes, Ed25519PublicKey] | None
    heads: dict[bytes, bytes] = {}
    ends: dict[bytes, int] = {}
    owners: dict[bytes, bytes] = {}
    named: dict[bytes, int] = {}
    erased: dict[tuple[bytes, int], bytes] = {}
    pins: list[Acquaintance] = []
    farewells: dict[bytes, Farewell] = {}
    """Who has left `ours`, by author."""
    empty: dict[tuple[bytes, int], bytes] = {}
    """Records of the rows being read that are erased, by address, with the id that the row states."""
    erasures: list[tuple[bytes, bytes, int, bytes]] = []
    """Author, writer, n and id that the Erasures among the rows being read state."""

    @classmethod
    def of(cls, name: Room, keys: RoomKeys, member: bytes, known: Mapping[bytes, bytes]) -> RoomReader:
        """A reader that has read nothing yet. known: public keys by member."""
        verifiers = {each: Ed25519PublicKey.from_public_bytes(key) for each, key in known.items()}
        return cls(name, keys.room, member, keys.ciphers(), verifiers if name == "ours" else None)

    def copy(self) -> RoomReader:
        """The same state, to be advanced without touching this one: a failed read must lose nothing."""
        return msgspec.structs.replace(
            self,
            verifiers=None if self.verifiers is None else self.verifiers.copy(),
            heads=self.heads.copy(),
            ends=self.ends.copy(),
            owners=self.owners.copy(),
            named=self.named.copy(),
            erased=self.erased.copy(),
            pins=self.pins.copy(),
            farewells=self.farewells.copy(),
            empty={},
            erasures=[],
        )

    def total(self) -> int:
        """How many records have been read, in all."""
        return sum(self.ends.values()) + len(self.ends)

    def take(self, heads: Mapping[bytes, bytes], rows: Sequence[Row]) -> list[Record]:
        """Verify changed heads and the records behind them; what was written and erased since.

        heads: sealed heads that are new or differ from those in `self.heads`.
        rows: the records beyond `self.ends` of their writers, in the order of (writer, n).
        Raises Tampered, naming the record, head or writer.
        """
        by_writer = {writer: list(lines) for writer, lines in groupby(rows, key=itemgetter(0))}
        found: list[Record] = []
        for writer, sealed in heads.items():
            found += self._take_writer(writer, sealed, by_writer.pop(writer, []))
        if by_writer:
            raise Tampered(f"the head of {self._label(next(iter(by_writer)))}")
        self._check_named()
        self._check_farewells()
        return found + self._newly_erased(found)

    def check_present(self, heads: Mapping[bytes, bytes]) -> None:
        """Raise Tampered where a writer that was there before has no head any more."""
        for writer in self.ends:
            if writer not in heads:
                raise Tampered(f"the head of {self._label(writer)}")

    def ends_to_name(self, ends: Mapping[bytes, int]) -> dict[bytes, int]:
        """The writers whose end no opening has named yet."""
        return {writer: last for writer, last in ends.items() if last > self.named.get(writer, -1)}

    def head(self, writer: bytes, sealed: Any) -> int:
        """The last n that a head states. Its writer's opening must have been read."""
        verifier = self.verifiers[self.owners[writer]] if self.verifiers is not None else None
        label = f"the head of {self._label(writer)}"
        return unseal_head(self.room, self.ciphers, verifier, writer, sealed, label)

    def kind_of(self, row: Row) -> int:
        """The kind of one record of a writer that was read, verified anew. Raises Tampered."""
        address, plain = self._plain(row[0], row)
        self._verify(self.owners[row[0]], address, plain, self._label(row[0], row[1]))
        return plain[0]

    def claims_to_join(self, rows: Sequence[Row]) -> list[Acquaintance]:
        """Who says in `ours` that they joined; whoever reads on must verify everything with that key.

        Raises Tampered for a record that does not open, or a name that is no text.
        """
        seconds = [row for row in rows if row[1] == 1 and row[4] is not None]
        plains = [self._plain(row[0], row)[1] for row in seconds]
        claims = [plain[PREFIX : PREFIX + _length(plain)] for plain in plains if plain[0] == JOINED]
        try:
            return [Acquaintance.unpacked(body) for body in claims]
        except UnicodeDecodeError:
            raise Tampered("the record of who joined") from None

    def _take_writer(self, writer: Any, sealed: Any, rows: Sequence[Row]) -> list[Record]:
        if not isinstance(writer, bytes) or len(writer) != ID:
            raise Tampered(f"a writer in {self.name}")
        first = self.ends.get(writer, -1) + 1
        if first == 0:
            self._open_writer(writer, rows)
        last = self.head(writer, sealed)
        self._check_numbers(writer, [row[1] for row in rows], first, last)
        found = self._unseal(writer, rows)
        self.ends[writer], self.heads[writer] = last, sealed
        return found

    def _open_writer(self, writer: bytes, rows: Sequence[Row]) -> None:
        """Learn a writer's author from its first record, before anything else of it is believed."""
        if not rows or rows[0][1] != 0 or rows[0][4] is None:
            raise Tampered(self._label(writer, 0))
        address, plain = self._plain(writer, rows[0])
        author, named = read_opening(plain[PREFIX : PREFIX + _length(plain)])
        known = {self.member} if self.verifiers is None else self.verifiers.keys()
        if plain[0] != OPENING or author not in known:
            raise Tampered(self._label(writer, 0))
        self._verify(author, address, plain, self._label(writer, 0))
        self.owners[writer] = author
        for other, last in named.items():
            self.named[other] = max(last, self.named.get(other, -1))

    def _plain(self, writer: Any, row: Row) -> tuple[bytes, bytes]:
        """The address and the padded plaintext of one record, not verified beyond its seal."""
        _, n, id_, epoch, sealed = row
        try:
            address = record_prefix(self.room, writer) + n.to_bytes(8, "big") + id_ + epoch
            plain = self.ciphers[epoch].decrypt(sealed[:12], sealed[12:], address)
        except (InvalidTag, KeyError, TypeError, AttributeError, ValueError, OverflowError):
            raise Tampered(self._label(writer, n)) from None
        if len(plain) < PREFIX:
            raise Tampered(self._label(writer, n))
        return address, plain

    def _verify(self, author: bytes, address: bytes, plain: bytes, what: str) -> None:
        if self.verifiers is None:
            return
        end = PREFIX + _length(plain)
        try:
            signed = address + plain[:1] + plain[PREFIX:end]
            self.verifiers[author].verify(plain[end : end + SIGNATURE], signed)
        except InvalidSignature:
            raise Tampered(what) from None

    def _check_numbers(self, writer: bytes, numbers: list[Any], first: int, last: int) -> None:
        if last < first - 1:
            raise Tampered(f"the head of {self._label(writer)}")
        if numbers == list(range(first, last + 1)):
            return
        for expected, n in zip(range(first, last + 1), numbers, strict=False):
            if n != expected:
                raise Tampered(self._label(writer, expected))
        missing = first + len(numbers) if len(numbers) <= last - first else last + 1
        raise Tampered(self._label(writer, missing))

    def _unseal(self, writer: bytes, rows: Sequence[Row]) -> list[Record]:
        """The entries among the rows. One loop without calls of our own: a book has 100,000 of them."""
        found: list[Record] = []
        prefix, ciphers, from_bytes = record_prefix(self.room, writer), self.ciphers, int.from_bytes
        name, label, author = self.name, writer.hex(), self.owners[writer].hex()
        verifier = self.verifiers[self.owners[writer]] if self.verifiers is not None else None
        n = -1
        try:
            for _, n, id_, epoch, sealed in rows:
                if sealed is None:
                    self.empty[writer, n] = id_
                    continue
                address = prefix + n.to_bytes(8, "big") + id_ + epoch
                plain = ciphers[epoch].decrypt(sealed[:12], sealed[12:], address)
                end = 5 + from_bytes(plain[1:5], "big")
                body = plain[5:end]
                if verifier is not None:
                    verifier.verify(plain[end : end + SIGNATURE], address + plain[:1] + body)
                if plain[0] == ENTRY:
                    found.append(Record(name, label, n, id_.hex(), author, body))
                else:
                    self._note(writer, n, plain[0], body)
        except (InvalidTag, InvalidSignature, KeyError, TypeError, AttributeError, ValueError) as error:
            raise Tampered(self._label(writer, n)) from error
        return found

    def _note(self, writer: bytes, n: int, kind: int, body: bytes) -> None:
        """Take in what a record says that is not an entry."""
        if kind == ERASURE:
            author = self.owners[writer]
            self.erasures += [(author, *address, id_) for address, id_ in read_erasure(body).items()]
        elif kind == PIN and self.name == "mine":
            self.pins.append(Acquaintance.unpacked(body))
        elif kind == JOINED and self.name == "ours":
            self._check_joined(self.owners[writer], Acquaintance.unpacked(body))
        elif kind == LEFT and self.name == "ours":
            epoch, ends = read_farewell(body)
            self.farewells[self.owners[writer]] = Farewell(epoch, {**ends, writer: n})
        elif kind != OPENING or n != 0:
            raise ValueError("a kind of record that does not belong here")

    def _check_joined(self, owner: bytes, said: Acquaintance) -> None:
        """Whoever joins says so about themselves, with the key that everything of theirs is verified with."""
        assert self.verifiers is not None
        if said.id != owner or said.public_key != self.verifiers[owner].public_bytes_raw():
            raise ValueError("a second key for a member")

    def _check_named(self) -> None:
        for writer, last in self.named.items():
            if self.ends.get(writer, -1) < last:
                raise Tampered(self._label(writer))

    def _check_farewells(self) -> None:
        """Whoever left has written nothing since; with an old copy of their keys they still could."""
        for author, said in self.farewells.items():
            for writer in (each for each, owner in self.owners.items() if owner == author):
                if self.ends[writer] != said.ends.get(writer):
                    raise Tampered(self._label(writer))

    def _newly_erased(self, found: Sequence[Record]) -> list[Record]:
        """What the Erasures just read emptied, each by its own author.

        Raises Tampered for an Erasure by someone else or of a record that still stands, and for an
        empty record that nobody erased.
        """
        standing = {(record.writer, record.n) for record in found} if self.erasures else set()
        news: list[Record] = []
        for author, writer, n, id_ in self.erasures:
            label = writer.hex()
            if self.owners.get(writer) != author or n > self.ends[writer] or (label, n) in standing:
                raise Tampered(self._label(writer, n))
            self.erased[writer, n] = id_
            news.append(Record(self.name, label, n, id_.hex(), author.hex(), None))
        for address, id_ in self.empty.items():
            if self.erased.get(address) != id_:
                raise Tampered(self._label(*address))
        self.erasures.clear()
        self.empty.clear()
        return news

    def _label(self, writer: Any, n: Any = None) -> str:
        shown = writer.hex()[:8] if isinstance(writer, bytes) else "unknown"
        return (
            f"writer {shown} in {self.name}" if n is None else f"record {n} of writer {shown} in {self.name}"
        )


def _length(plain: bytes) -> int:
    return int.from_bytes(plain[1:PREFIX], "big")
