"""Copies of a book on SQLite, made while it is in use and read back before they count."""

from __future__ import annotations

import re
import sqlite3
import time
from contextlib import closing
from datetime import date
from pathlib import Path

from workbook.store.engine import BUSY_SECONDS, Database, translated
from workbook.store.errors import BookBusy, NoBackup, StoreError
from workbook.store.placing import placed

KEPT = 7

_DAILY = re.compile(r"\d{4}-\d{2}-\d{2}\.db")


def back_up(database: Database, destination: Path, *, replace: bool = False) -> int:
    """Copy the book to `destination`, which is a file of mode 0600 in the end. Returns its records.

    The copy is one state of the book, re-opened and checked before it takes its place.
    Raises NoBackup, DiskFull or BookBusy.
    """
    if not database.is_sqlite:
        raise NoBackup("this book lies on a PostgreSQL server, and its backups are the server's.")
    try:
        with placed(destination, replace=replace) as fresh:
            _copy(database, fresh)
            return _count(fresh, str(destination))
    except FileExistsError:
        raise NoBackup(f"there is a file called {destination} already.") from None
    except OSError as error:
        raise NoBackup(f"{destination} could not be written ({error.strerror}).") from error


def daily_backup(database: Database, today: date) -> str | None:
    """At the first unlock of a day: one more copy beside the book, the last seven kept.

    Returns a sentence where it could not be made: the book itself is fine, so nobody is kept out.
    """
    if database.file is None:
        return None
    folder = database.file.with_name(f"{database.file.stem}-backups")
    copy = folder / f"{today.isoformat()}.db"
    try:
        if not copy.exists():
            back_up(database, copy)
            _keep_latest(folder)
    except (StoreError, OSError) as error:
        return f"Today's backup was not made. {error}"
    return None


def _copy(database: Database, fresh: Path) -> None:
    """SQLite itself would wait without end for another program that keeps the book to itself."""
    deadline = time.monotonic() + BUSY_SECONDS

    def check(status: int, _remaining: int, _total: int) -> None:
        if status == sqlite3.SQLITE_BUSY and time.monotonic() > deadline:
            raise BookBusy(database.where)

    with database.raw() as source, closing(sqlite3.connect(fresh)) as target:
        source.backup(target, progress=check)


def _count(copy: Path, shown: str) -> int:
    """The records of a copy that was opened anew and found whole."""
    with translated(shown), closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)) as book:
        found = book.execute("PRAGMA integrity_check").fetchall()
        if found != [("ok",)]:
            raise NoBackup("the copy could not be read back whole.")
        return int(book.execute("SELECT count(*) FROM record").fetchone()[0])


def _keep_latest(folder: Path) -> None:
    copies = sorted(path for path in folder.iterdir() if _DAILY.fullmatch(path.name))
    for old in copies[:-KEPT]:
        old.unlink()
