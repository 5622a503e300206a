"""Another copy of a book, read without touching it: what is worked with is a copy of the copy."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection

from workbook.store.backup import Progress, copy_state, count_whole, unreported
from workbook.store.bookfile import check_book_file, exists
from workbook.store.engine import BUSY_SECONDS, Database, open_file, open_server, translated
from workbook.store.errors import AnotherBook, NoBackup, UnreadableBook
from workbook.store.migrations import bring_up_to_date
from workbook.store.schema import APPLICATION_ID, is_laid_out, meta_value


@contextmanager
def opened(other: str, progress: Progress = unreported) -> Iterator[Database]:
    """Another book, of any layout that this program knows, for as long as the block lasts.

    other: a file, of which a copy is opened, or the address of a server.
    Raises UnreadableBook for one that is missing, incomplete or damaged, and NewerBook.
    """
    if "://" in other:
        with closing(open_server(other)) as database:
            _check_book(database)
            yield database
        return
    with tempfile.TemporaryDirectory(prefix="workbook-") as folder:
        copy = Path(folder) / "copy.db"
        copy_file(Path(other), copy, progress)
        with closing(open_file(copy)) as database:
            database.where = other
            _check_book(database)
            yield database


def copy_file(source: Path, copy: Path, progress: Progress = unreported) -> int:
    """Copy one state of a book's file, checked as a whole. Returns its records. Raises UnreadableBook."""
    if not exists(source):
        raise UnreadableBook(str(source), "there is no such file.")
    check_book_file(source, APPLICATION_ID)
    uri = f"{source.absolute().as_uri()}?mode=ro"
    with (
        translated(str(source)),
        closing(sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS)) as there,
        closing(sqlite3.connect(copy)) as here,
    ):
        copy_state(there, here, progress)
    try:
        return count_whole(copy, str(source))
    except NoBackup:
        raise UnreadableBook(str(source), "the file is damaged or incomplete.") from None


def _check_book(database: Database) -> None:
    with database.reading() as connection:
        if not is_laid_out(connection):
            raise UnreadableBook(database.where, "it is incomplete.")
    if database.file is not None:
        bring_up_to_date(database)


def check_same_book(one: Connection, other: Connection) -> None:
    """Raise AnotherBook where two databases are not copies of one book."""
    if meta_value(one, "book") != meta_value(other, "book"):
        raise AnotherBook
