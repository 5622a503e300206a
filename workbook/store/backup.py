"""Copies of a book on SQLite, made while it is in use and read back before they count."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path

from workbook.store.engine import Database, translated
from workbook.store.errors import NoBackup, StoreError
from workbook.store.placing import placed

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much. What it raises ends the work, and leaves everything as it was."""

KEPT = 7
PAGES = 1000
"""Pages of the database that are copied between two reports."""

_DAILY = re.compile(r"\d{4}-\d{2}-\d{2}\.db")


def unreported(done: int, total: int) -> None:
    """The progress that nobody watches."""


def back_up(
    database: Database, destination: Path, *, replace: bool = False, progress: Progress = unreported
) -> int:
    """Copy the book to `destination`, which is a file of mode 0600 in the end. Returns its records.

    The copy is one state of the book, re-opened, checked and counted before it takes its place.
    Raises NoBackup, DiskFull or BookBusy.
    """
    if not database.is_sqlite:
        raise NoBackup("this book is on a PostgreSQL server, and the server makes its backups.")
    try:
        with placed(destination, replace=replace) as fresh:
            with database.raw() as source, closing(sqlite3.connect(fresh)) as target:
                expected = copy_state(source, target, progress)
            if count_whole(fresh, str(destination)) != expected:
                raise NoBackup("the copy doesn't hold what the book holds. Try again.")
            return expected
    except FileExistsError:
        raise NoBackup(f"there is already a file called {destination}. Choose another name.") from None
    except OSError as error:
        raise NoBackup(
            f"{destination} couldn't be written ({error.strerror}). Choose another place."
        ) from error


def backups_of(file: Path) -> Path:
    """The folder beside a book where its automatic backups lie."""
    return file.with_name(f"{file.stem}-backups")


def set_aside(database: Database, before: str, progress: Progress = unreported) -> Path | None:
    """One more backup, made before something that changes much: where it lies. None on a server.

    before: what is about to happen, as a word for the file's name.
    """
    if database.file is None:
        return None
    copy = backups_of(database.file) / aside_name(before)
    back_up(database, copy, progress=progress)
    return copy


def aside_name(before: str) -> str:
    """The name of a copy that is set aside now."""
    now = datetime.now().astimezone()
    return f"before-{before}-{now:%Y-%m-%d-%H%M%S}-{now.microsecond:06}.db"


def daily_backup(database: Database, today: date) -> str | None:
    """At the first unlock of a day: one more copy beside the book, the last seven kept.

    Returns a sentence where it could not be made: the book itself is fine, so nobody is kept out.
    """
    if database.file is None:
        return None
    folder = backups_of(database.file)
    copy = folder / f"{today.isoformat()}.db"
    try:
        if not copy.exists():
            back_up(database, copy)
            _keep_latest(folder)
    except (StoreError, OSError) as error:
        if copy.exists():  # whole, by another unlock at the same time
            return None
        return f"Today's backup was not made. {error}"
    return None


def copy_state(
    source: sqlite3.Connection, target: sqlite3.Connection, progress: Progress = unreported
) -> int:
    """Copy one state of a book, however much is written to it meanwhile. Returns its records."""

    def report(_status: int, remaining: int, total: int) -> None:
        progress(total - remaining, total)

    with _held(source):
        count = int(source.execute("SELECT count(*) FROM record").fetchone()[0])
        source.backup(target, pages=PAGES, progress=report)
    return count


@contextmanager
def _held(source: sqlite3.Connection) -> Iterator[None]:
    """Let nothing be written for the moment: SQLite would begin anew with each write, perhaps for ever."""
    source.execute("BEGIN")
    try:
        yield
    finally:
        source.rollback()


def count_whole(copy: Path, shown: str) -> int:
    """The records of a copy that was opened anew and found whole. Raises NoBackup."""
    with translated(shown), closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)) as book:
        found = book.execute("PRAGMA integrity_check").fetchall()
        if found != [("ok",)]:
            raise NoBackup("the copy couldn't be read back whole. Try again.")
        return int(book.execute("SELECT count(*) FROM record").fetchone()[0])


def _keep_latest(folder: Path) -> None:
    copies = sorted(path for path in folder.iterdir() if _DAILY.fullmatch(path.name))
    for old in copies[:-KEPT]:
        old.unlink(missing_ok=True)
