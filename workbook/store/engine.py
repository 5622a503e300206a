"""The database of a book: one connection, on SQLite or PostgreSQL, with its errors in our words."""

from __future__ import annotations

import sqlite3
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import QueuePool, StaticPool

from workbook.store.errors import BookMoved, Locked, StoreError, UnreadableBook
from workbook.store.troubles import as_store_error

BUSY_SECONDS = 10

_PRAGMAS = (
    "PRAGMA journal_mode=TRUNCATE",
    "PRAGMA synchronous=EXTRA",
    "PRAGMA secure_delete=ON",
    "PRAGMA foreign_keys=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA trusted_schema=OFF",
)
_SESSION = (
    f"SET lock_timeout = '{BUSY_SECONDS}s'",
    "SELECT set_config('synchronous_commit', 'on', false) "
    "WHERE current_setting('synchronous_commit') = 'off'",
)


class Database:
    """One connection, used by one thread at a time; every write is one durable transaction."""

    def __init__(self, engine: Engine, where: str, file: Path | None = None) -> None:
        self.where = where
        self.file = file
        self.is_sqlite = engine.dialect.name == "sqlite"
        self._lock = threading.RLock()
        self._writes = 0
        with translated(where):
            self._connection = engine.connect()
        self._place = _place(file)
        self._close = weakref.finalize(self, _close, engine, self._connection, file, self._place)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A short transaction that sees one state of the book. Raises the store's errors."""
        begin = "BEGIN" if self.is_sqlite else "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
        with self._transaction(begin) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that no other writer overlaps: durable when it ends, undone when it raises.

        Raises BookBusy after ten seconds of waiting, ReadOnlyBook, DiskFull, BookMoved.
        """
        with self._transaction(self._take_turn) as connection:
            self._writes += 1
            yield connection
        with self._lock:
            self._check_usable()

    def changes(self) -> tuple[int, int] | None:
        """Differs from the last time when anything was written, here or elsewhere; None if unknowable."""
        if not self.is_sqlite:
            return None
        with self._lock, translated(self.where):
            self._check_usable()
            version: int = _driver(self._connection).execute("PRAGMA data_version").fetchone()[0]
            return version, self._writes

    def use(self) -> threading.RLock:
        """Held by whoever keeps state that goes with the connection."""
        return self._lock

    @contextmanager
    def raw(self) -> Iterator[sqlite3.Connection]:
        """SQLite's own connection, for its online backup."""
        with self._lock, translated(self.where):
            self._check_usable()
            yield _driver(self._connection)

    def close(self) -> None:
        """End the connection; a SQLite book is one file afterwards."""
        with self._lock:
            self._close()

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        with self._lock, translated(self.where):
            self._check_usable()
            try:
                with self._connection.begin():
                    self._connection.exec_driver_sql(begin)
                    yield self._connection
            except BaseException:
                self._undo()
                raise

    def _undo(self) -> None:
        """SQLite keeps a transaction open whose commit found the book busy."""
        if self.is_sqlite:
            _driver(self._connection).rollback()

    @property
    def _take_turn(self) -> str:
        if self.is_sqlite:
            return "BEGIN IMMEDIATE"
        return "SELECT pg_advisory_xact_lock(hashtext('couples-workbook ' || current_schema()))"

    def _check_usable(self) -> None:
        """A closed book takes nothing; a file moved away still would, and nobody would find it again."""
        if not self._close.alive:
            raise Locked
        if self.file is not None and _place(self.file) != self._place:
            raise BookMoved(self.where)


def open_file(path: Path) -> Database:
    """The SQLite database at `path`, which must be there; read-only where the file is."""
    uri = path.absolute().as_uri() + "?mode=rw"
    return Database(_sqlite(uri), str(path), path)


def open_memory() -> Database:
    """A SQLite database that lives as long as its connection."""
    return Database(_sqlite("file::memory:"), ":memory:")


def open_server(address: str) -> Database:
    """A PostgreSQL database by its URL. Raises UnreadableBook where it cannot be reached."""
    url = server_url(address)
    try:
        return Database(_postgresql(url), url.render_as_string(hide_password=True))
    except ImportError:
        raise StoreError(
            "This book is on a PostgreSQL server, and the driver for it isn't installed. "
            "Nothing was changed. Install couples-workbook[postgres]."
        ) from None


def server_url(address: str) -> URL:
    """The URL of a PostgreSQL book, with its driver. Raises UnreadableBook for another kind of address."""
    try:
        url = make_url(address)
    except ArgumentError:
        raise UnreadableBook("This address", "it is not one of a PostgreSQL server.") from None
    if url.drivername not in ("postgresql", "postgres", "postgresql+psycopg"):
        shown = url.render_as_string(hide_password=True)
        raise UnreadableBook(shown, "a book is a file, or on a PostgreSQL server.")
    return url.set(drivername="postgresql+psycopg")


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Turn what the drivers raise into the store's errors."""
    try:
        yield
    except DBAPIError as error:
        raise as_store_error(error.orig, where) from error
    except sqlite3.Error as error:
        raise as_store_error(error, where) from error


def _sqlite(uri: str) -> Engine:
    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            for pragma in _PRAGMAS:
                connection.execute(pragma)
        except BaseException:
            connection.close()
            raise
        return connection

    return create_engine("sqlite://", creator=connect, poolclass=StaticPool, hide_parameters=True)


def _postgresql(url: URL) -> Engine:
    import psycopg
    from sqlalchemy import event

    class BinaryCursor(psycopg.Cursor[tuple[object, ...]]):
        """Asks the server for bytes as bytes, not as text to be decoded."""

        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            self.format = psycopg.pq.Format.BINARY

    def prepare(connection: psycopg.Connection[tuple[object, ...]], _: object) -> None:
        for statement in _SESSION:
            connection.execute(statement.encode())
        connection.commit()

    engine = create_engine(
        url,
        connect_args={"cursor_factory": BinaryCursor, "connect_timeout": BUSY_SECONDS},
        poolclass=QueuePool,
        pool_size=1,
        hide_parameters=True,
    )
    event.listen(engine, "connect", prepare)
    return engine


def _driver(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


def _close(engine: Engine, connection: Connection, file: Path | None, place: tuple[int, int] | None) -> None:
    """Going back to DELETE is what removes SQLite's emptied journal, unless it is another file's by now."""
    try:
        if file is not None and not connection.invalidated and _place(file) == place:
            with translated(""):
                _driver(connection).execute("PRAGMA journal_mode=DELETE")
    except StoreError:
        pass  # another program is using the journal at this moment, and removes it when it closes
    finally:
        connection.close()
        engine.dispose()


def _place(file: Path | None) -> tuple[int, int] | None:
    if file is None:
        return None
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
