"""What SQLite, PostgreSQL and the system report, in the store's own errors."""

from __future__ import annotations

import errno
import sqlite3

from workbook.store.errors import BookBusy, BookMoved, DiskFull, ReadOnlyBook, StoreError, UnreadableBook

_BUSY = {"55P03", "40P01", "40001"}
_READ_ONLY = {"25006", "42501"}
_FULL = {"53100"}


def from_system(error: OSError, where: str) -> StoreError:
    """The store's error for what the system reports of a file that is to be made."""
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return ReadOnlyBook(where)
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return DiskFull(where)
    return UnreadableBook(where, f"the system says: {error.strerror}.")


def as_store_error(error: BaseException | None, where: str) -> StoreError:
    """The store's error for what a database driver raised."""
    if isinstance(error, sqlite3.Error):
        return _from_sqlite(error, where)
    sqlstate = getattr(error, "sqlstate", None)
    if sqlstate in _BUSY:
        return BookBusy(where)
    if sqlstate in _READ_ONLY:
        return ReadOnlyBook(where)
    if sqlstate in _FULL:
        return DiskFull(where)
    if sqlstate is None or sqlstate[:2] in ("08", "28", "3D", "53", "57"):
        return UnreadableBook(where, "the database server doesn't answer, or doesn't let the program in.")
    return UnreadableBook(where, f"the database server reports error {sqlstate}.")


def _from_sqlite(error: sqlite3.Error, where: str) -> StoreError:
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    if code == sqlite3.SQLITE_READONLY_DBMOVED:
        return BookMoved(where)
    match code & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return BookBusy(where)
        case sqlite3.SQLITE_READONLY:
            return ReadOnlyBook(where)
        case sqlite3.SQLITE_FULL:
            return DiskFull(where)
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return UnreadableBook(where, "the program isn't allowed to open it, or its folder.")
        case sqlite3.SQLITE_IOERR:
            return UnreadableBook(where, "the disk reports an error.")
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return UnreadableBook(where, "the file is damaged or incomplete.")
        case _:
            return UnreadableBook(where, f"the database reports: {error}.")
