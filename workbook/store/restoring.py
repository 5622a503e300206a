"""A copy of a book in the place of the book: first what would be lost, then all or nothing.

The book is replaced by another file, and not overwritten: a program that has it open notices at its
next step (BookMoved), and what it is about to write cannot mix with what lies there now.
"""

from __future__ import annotations

import glob
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, select

from workbook.store.backup import Progress, aside_name, back_up, backups_of, unreported
from workbook.store.bookfile import check_book_file, exists
from workbook.store.copies import check_same_book, opened
from workbook.store.engine import BUSY_SECONDS, Database, open_file, translated
from workbook.store.errors import CannotRemove, CannotRestore, SameBook, StoreError, UnreadableBook
from workbook.store.placing import placed
from workbook.store.schema import APPLICATION_ID, fetch, invite, record, room_key, slot

_OWN = re.compile(r"(before-[a-z]+-)?\d{4}-\d{2}-\d{2}(-\d{6}-\d{6})?\.db")
"""The names of the copies that this program makes by itself."""


class Difference(msgspec.Struct, frozen=True):
    """What a copy holds, and what putting it in the place of the book would do.

    records: how many it holds. lost: records of the book that the copy lacks. returning: records that
    were erased since and stand in the copy. copied, changed: when each file was last written.
    Both counts are None where the book there now is damaged, and `changed` where there is none.
    """

    records: int
    lost: int | None
    returning: int | None
    copied: datetime
    changed: datetime | None


def compare(place: str, source: Path, progress: Progress = unreported) -> Difference:
    """What restoring would do; nothing is changed.

    Raises CannotRestore, SameBook, AnotherBook, NewerBook, or UnreadableBook for a copy that is none.
    """
    file = _file(place, source)
    with opened(str(source), progress) as copy:
        records = _lines(copy)
        if not exists(file):
            return Difference(len(records), 0, 0, _written(source), None)
        here = _lines_of_same_book(file, copy)
        lost = returning = None
        if here is not None:
            lost = sum(1 for address in here if address not in records and address[2] > 0)
            returning = sum(1 for address, stands in here.items() if not stands and records.get(address))
        return Difference(len(records), lost, returning, _written(source), _written(file))


def restore(place: str, source: Path, progress: Progress = unreported) -> Path | None:
    """Put a copy in the place of the book. Returns where the book as it was lies now, if there was one.

    Raises what `compare` does, and DiskFull or BookBusy; the book is as it was then.
    """
    file = _file(place, source)
    with opened(str(source), progress) as copy:
        if exists(file):
            _lines_of_same_book(file, copy)
        with _set_aside(file, progress) as aside:
            try:
                _replace(file, copy, progress)
            except BaseException:
                if aside is not None:
                    aside.unlink(missing_ok=True)
                raise
    return aside


def remove(file: Path) -> None:
    """Remove a book with all that this program keeps beside it; its keys are overwritten first.

    Raises UnreadableBook, BookBusy or ReadOnlyBook where nothing was removed, and CannotRemove where its keys
    are gone already.
    """
    check_book_file(file, APPLICATION_ID)
    _overwrite_keys(file)
    folder = backups_of(file)
    try:
        for path in _own_copies(file, folder):
            with suppress(StoreError):
                _overwrite_keys(path)
            path.unlink()
        file.unlink()
        file.with_name(f"{file.name}-journal").unlink(missing_ok=True)
    except OSError as error:
        raise CannotRemove(f"the system says: {error.strerror}.") from error
    with suppress(OSError):
        folder.rmdir()  # unless something lies there that somebody else has put there


def _own_copies(file: Path, folder: Path) -> list[Path]:
    """What the program itself has made of a book: its backups, and those from before a migration."""
    beside = [
        path for path in file.parent.glob(f"{glob.escape(file.stem)}-before-schema-*.db") if path.is_file()
    ]
    copies = [path for path in folder.iterdir() if _OWN.fullmatch(path.name)] if folder.is_dir() else []
    return copies + beside


def _overwrite_keys(file: Path) -> None:
    """Without its keys, what a disk may keep of a file stays sealed for good."""
    with closing(open_file(file)) as database, database.writing() as connection:
        for table in (slot, room_key, invite):
            connection.execute(delete(table))


def _replace(file: Path, copy: Database, progress: Progress) -> None:
    try:
        with placed(file, replace=True) as fresh:
            fresh.unlink()
            back_up(copy, fresh, progress=progress)
            # a journal that an open program left belongs to the book as it was, not to this one
            file.with_name(f"{file.name}-journal").unlink(missing_ok=True)
    except OSError as error:
        raise CannotRestore(f"the system says: {error.strerror}. Close the book everywhere first.") from error


@contextmanager
def _set_aside(file: Path, progress: Progress) -> Iterator[Path | None]:
    """Keep the book as it is now, and let nothing be written to it until the copy is in its place."""
    if not exists(file):
        yield None
        return
    aside = backups_of(file) / aside_name("restore")
    uri = f"{file.absolute().as_uri()}?mode=rw"
    with closing(sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)) as held:
        try:
            with translated(str(file)):
                held.execute("BEGIN IMMEDIATE")
            with closing(open_file(file)) as database:
                back_up(database, aside, progress=progress)
        except UnreadableBook:
            _keep_bytes(file, aside)
        yield aside


def _keep_bytes(damaged: Path, aside: Path) -> None:
    with placed(aside) as fresh:
        shutil.copyfile(damaged, fresh)


def _file(place: str, source: Path) -> Path:
    if "://" in place:
        raise CannotRestore("this book is on a PostgreSQL server, and the server makes its backups.")
    if "://" in str(source):
        raise CannotRestore("a book on a server can't be put in a file's place.")
    file = Path(place)
    if source.exists() and file.exists() and file.samefile(source):
        raise SameBook
    return file


def _lines_of_same_book(file: Path, copy: Database) -> dict[tuple[Any, ...], bool] | None:
    """The records of the book that is there now; None where it is damaged. Raises AnotherBook."""
    check_book_file(file, APPLICATION_ID)
    with suppress(UnreadableBook), closing(open_file(file)) as database:
        with database.reading() as here, copy.reading() as there:
            check_same_book(here, there)
        return _lines(database)
    return None


def _lines(database: Database) -> dict[tuple[Any, ...], bool]:
    """The address of each record, and whether it still holds anything."""
    with database.reading() as connection:
        return _fetched(connection)


def _fetched(connection: Connection) -> dict[tuple[Any, ...], bool]:
    columns = record.c.room, record.c.writer, record.c.n, record.c.sealed.is_not(None)
    return {
        (room, writer, n): bool(stands) for room, writer, n, stands in fetch(connection, select(*columns))
    }


def _written(file: Path) -> datetime:
    return datetime.fromtimestamp(file.stat().st_mtime).astimezone()
