"""A vault of bytes: where a book rests, who has a passphrase in it, and the ways in."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, insert

from workbook.store import codes
from workbook.store.backup import Progress, back_up, daily_backup, unreported
from workbook.store.bookfile import check_book_file, exists
from workbook.store.drafts import begin_draft
from workbook.store.engine import Database, open_file, open_memory, open_server
from workbook.store.errors import (
    AlreadyBegun,
    AlreadyTwo,
    NameTaken,
    NoBook,
    ReadOnlyBook,
    UnreadableBook,
    WrongCode,
    WrongPassphrase,
)
from workbook.store.hardness import STANDARD, Hardness
from workbook.store.invitations import any_expired, drop_expired, read_invitation, use_up_invitation
from workbook.store.keys import (
    KeyRing,
    Row,
    new_id,
    new_member,
    open_slot,
    passphrase_slot,
    recovery_key,
    recovery_slot,
    wrap_ring,
)
from workbook.store.leaving import with_a_way_in
from workbook.store.members import (
    MemberRow,
    alike,
    check_passphrase,
    member_rows,
    named,
    open_with_passphrase,
    plain_name,
    read_ring,
    slot_row,
)
from workbook.store.merging import Merged, merge
from workbook.store.migrations import bring_up_to_date
from workbook.store.placing import placed
from workbook.store.records import JOINED, PIN, Acquaintance, Addition, Member
from workbook.store.rooms import RoomReader
from workbook.store.schema import (
    APPLICATION_ID,
    is_laid_out,
    lay_out,
    member,
    meta_value,
    put_meta,
    put_rows,
    room_key,
    slot,
)
from workbook.store.seen import Seen
from workbook.store.troubles import from_system
from workbook.store.unlocked import Unlocked
from workbook.store.writer import RoomWriter

FIRST = "first"
"""The line of `meta` that says which member began the book, so that they are listed in that order."""

_OURS_ALONE = ("schema", "needs", "book", FIRST)


class Vault:
    """A book at rest, in a SQLite file, in memory, or on a PostgreSQL server. May be used by any thread.

    where: its place as it may be shown to people, without the password of a URL.
    """

    def __init__(self, place: str, hardness: Hardness, seen_folder: Path | None) -> None:
        self._hardness = hardness
        self._seen_folder = seen_folder
        self._file = None if _is_elsewhere(place) else Path(place)
        self._database = _open_elsewhere(place) if self._file is None else None
        self.where = place if self._database is None else self._database.where
        self._ready = False

    @classmethod
    def open(
        cls, where: str | Path, *, hardness: Hardness = STANDARD, seen_folder: Path | None = None
    ) -> Vault:
        """The book at a file, at a PostgreSQL URL, or in memory (":memory:").

        A file that does not exist is not made before its first member is. hardness: what a new
        passphrase costs, and the floor of what the book may ask for. seen_folder: where this machine
        keeps how much it has seen of each book.
        Raises UnreadableBook, NewerBook, BookBusy.
        """
        vault = cls(str(where), hardness, seen_folder)
        try:
            vault._attached()
        except BaseException:
            vault.close()
            raise
        return vault

    def members(self) -> list[Member]:
        """Who has a passphrase here, in the order in which they joined; not who has left."""
        database = self._attached()
        if database is None:
            return []
        with database.reading() as connection:
            rows, first = member_rows(connection), meta_value(connection, FIRST)
            ways_in = with_a_way_in(connection)
        known = [Member(id_.hex(), str(name)) for id_, name, _ in rows if id_ in ways_in]
        return sorted(known, key=lambda each: (each.id != first, each.name))

    def has_room(self) -> bool:
        """Whether someone can still join: there is one member, and never was another."""
        database = self._attached()
        if database is None:
            return False
        with database.reading() as connection:
            return len(member_rows(connection)) == 1

    def create_member(self, name: str, passphrase: str) -> str:
        """Begin the book with its first member; returns the recovery code.

        Raises AlreadyBegun, UnsuitableName, EmptyPassphrase, ReadOnlyBook, DiskFull, or UnreadableBook
        where no file can be made at its place.
        """
        chosen = plain_name(name)
        check_passphrase(passphrase)
        if self._attached() is not None:
            raise AlreadyBegun
        ring, code = new_member(chosen, new_id()), os.urandom(codes.RECOVERY_BYTES)
        slots = [passphrase_slot(ring, passphrase, self._hardness), recovery_slot(ring, code)]
        if self._file is None:
            assert self._database is not None
            _begin(self._database, ring, slots)
        else:
            _begin_file(self._file, ring, slots)
        return codes.encode(code)

    def join(self, name: str, passphrase: str, code: str) -> str:
        """Let the second member in by a one-use invitation; returns their recovery code.

        Raises WrongCode for a code that is unknown, used or expired, NameTaken, AlreadyTwo.
        """
        chosen = plain_name(name)
        check_passphrase(passphrase)
        database, recovery = self._book(), os.urandom(codes.RECOVERY_BYTES)
        self._drop_expired(database)
        with database.reading() as connection:
            invitation = read_invitation(connection, code)
            _check_free(member_rows(connection), chosen)
        ring = new_member(chosen, invitation.book, invitation.ours)
        slots = [passphrase_slot(ring, passphrase, self._hardness), recovery_slot(ring, recovery)]
        with database.writing() as connection:
            use_up_invitation(connection, code)
            _put_member(connection, ring, slots)
            _introduce(connection, ring, invitation.inviter)
        return codes.encode(recovery)

    def unlock(self, name: str, passphrase: str) -> Unlocked:
        """The member's part of the book, everything in it verified.

        Raises WrongPassphrase, after the same time for an unknown name; Tampered, naming what does not fit.
        """
        database = self._attached()
        row = _slot_of(database, name, "passphrase") if database is not None else None
        opened = open_with_passphrase(row, passphrase, self._hardness)
        if opened is None or row is None or database is None:
            raise WrongPassphrase
        return self._unlocked(database, row["member"], *opened)

    def unlock_with_code(self, name: str, recovery_code: str) -> Unlocked:
        """The same by the recovery code; a new passphrase can then be set. Raises WrongCode or Tampered."""
        code = codes.decode(recovery_code, codes.RECOVERY_BYTES)
        database = self._attached()
        row = _slot_of(database, name, "recovery") if database is not None else None
        if row is None or database is None or not isinstance(row["salt"], bytes):
            raise WrongCode("recovery code")
        opened = open_slot(row, recovery_key(code, row["salt"]))
        if opened is None:
            raise WrongCode("recovery code")
        return self._unlocked(database, row["member"], *opened, by_code=True)

    def layout(self) -> int:
        """The number of the layout of the book's tables. Raises NoBook."""
        with self._book().reading() as connection:
            return int(meta_value(connection, "schema") or 0)

    def setting(self, key: str) -> str | None:
        """A plain line of text that is kept outside the encryption, or None."""
        database = self._attached()
        if database is None:
            return None
        with database.reading() as connection:
            return meta_value(connection, _plain_key(key))

    def set_setting(self, key: str, value: str) -> None:
        """Keep a plain line of text outside the encryption. Raises NoBook before there is one."""
        with self._book().writing() as connection:
            put_meta(connection, _plain_key(key), value)

    def backup(self, destination: Path, progress: Progress = unreported) -> int:
        """Copy the book while it is in use, and read the copy back; returns its number of records.

        Raises NoBackup where something lies at the destination, it can't be written, or the book lies on
        a server; DiskFull, BookBusy.
        """
        return back_up(self._book(), Path(destination), progress=progress)

    def merge(
        self, other: str | Path, progress: Progress = unreported, reader: Unlocked | None = None
    ) -> Merged:
        """Add what another copy of this book holds, all or nothing; the other copy is only read.

        other: a file or a PostgreSQL URL. reader: a member's unlocked part, which looks at the outcome
        before it counts. Raises SameBook, AnotherBook, CannotMerge, NewerBook, UnreadableBook, Tampered.
        """
        return merge(self._book(), str(other), progress, reader.check if reader else None)

    def reopen(self) -> None:
        """Find what lies at the book's file now, after it was replaced or removed.

        Whoever was unlocked is locked out.
        """
        if self._file is not None and self._database is not None:
            self._database.close()
            self._database, self._ready = None, False

    def close(self) -> None:
        """Let go of the file or the server; whoever is still unlocked is locked out of it."""
        if self._database is not None:
            self._database.close()

    def _attached(self) -> Database | None:
        """The database once there is a book in it; one that another program makes meanwhile is found."""
        if self._ready:
            return self._database
        if self._file is not None:
            if not exists(self._file):
                return None
            check_book_file(self._file, APPLICATION_ID)
            self._database = self._database or open_file(self._file)
        assert self._database is not None
        with self._database.reading() as connection:
            self._ready = is_laid_out(connection)
        if self._ready:
            bring_up_to_date(self._database)
            return self._database
        if self._file is not None:
            raise UnreadableBook(self.where, "it is incomplete.")
        return None

    def _book(self) -> Database:
        database = self._attached()
        if database is None:
            raise NoBook
        return database

    def _unlocked(
        self, database: Database, holder: bytes, root: bytes, epochs: int, *, by_code: bool = False
    ) -> Unlocked:
        with database.reading() as connection:
            ring = read_ring(connection, root, epochs, holder)
            book = meta_value(connection, "book")
        ring.check_book(book)
        seen = Seen(self._seen_folder, ring.identity.book, holder)
        unlocked = Unlocked(database, ring, self._hardness, seen, by_code=by_code)
        self._drop_expired(database)
        warning = daily_backup(database, datetime.now().astimezone().date())
        if warning is not None:
            unlocked.warnings.append(warning)
        return unlocked

    def _drop_expired(self, database: Database) -> None:
        """The row of an invitation goes on expiry, at the next chance; a read-only book keeps it unused."""
        with database.reading() as connection:
            expired = any_expired(connection)
        if not expired:
            return
        try:
            with database.writing() as connection:
                drop_expired(connection)
        except ReadOnlyBook:
            return


def _is_elsewhere(place: str) -> bool:
    return place == ":memory:" or "://" in place


def _open_elsewhere(place: str) -> Database:
    return open_memory() if place == ":memory:" else open_server(place)


def _plain_key(key: str) -> str:
    if key in _OURS_ALONE:
        raise ValueError(f"{key} is not a setting")
    return key


def _slot_of(database: Database, name: str, kind: str) -> Row | None:
    with database.reading() as connection:
        holder = named(member_rows(connection), name)
        return slot_row(connection, holder, kind) if holder is not None else None


def _begin(database: Database, ring: KeyRing, slots: Sequence[Row]) -> None:
    with database.writing() as connection:
        if is_laid_out(connection):
            raise AlreadyBegun
        lay_out(connection, ring.identity.book)
        put_meta(connection, FIRST, ring.identity.member.hex())
        _put_member(connection, ring, slots)


def _begin_file(path: Path, ring: KeyRing, slots: Sequence[Row]) -> None:
    """Made beside its place and moved there whole, so that a kill never leaves half a book."""
    try:
        with placed(path) as fresh:
            database = open_file(fresh)
            try:
                _begin(database, ring, slots)
            finally:
                database.close()
    except FileExistsError:
        raise AlreadyBegun from None
    except OSError as error:
        raise from_system(error, str(path)) from None


def _put_member(connection: Connection, ring: KeyRing, slots: Sequence[Row]) -> None:
    me = ring.identity
    connection.execute(insert(member), {"id": me.member, "name": me.name, "public_key": me.public})
    put_rows(connection, slot, slots)
    put_rows(connection, room_key, wrap_ring(ring))
    begin_draft(connection, ring)


def _check_free(rows: Sequence[MemberRow], name: str) -> None:
    if any(alike(str(known)) == alike(name) for _, known, _ in rows):
        raise NameTaken
    if len(rows) != 1:
        raise AlreadyTwo


def _introduce(connection: Connection, ring: KeyRing, inviter: Acquaintance) -> None:
    """Pin the inviter's key in one's own room, and say in the shared one who joined, with which key."""
    me = ring.identity
    assert ring.ours is not None
    known = {me.member: me.public}
    pin = Addition(PIN, new_id(), inviter.packed())
    mine = RoomReader.of("mine", ring.mine, me.member, known)
    RoomWriter.new(ring.mine, me.member, None).add(connection, mine, [pin])
    joined = Addition(JOINED, new_id(), Acquaintance(me.member, me.public, me.name).packed())
    ours = RoomReader.of("ours", ring.ours, me.member, known)
    RoomWriter.new(ring.ours, me.member, me.signer).add(connection, ours, [joined])
