"""The tables of a book: the same on SQLite and PostgreSQL. Ids are 16 random bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    LargeBinary,
    MetaData,
    Table,
    Text,
    insert,
    select,
    text,
)
from sqlalchemy.sql import Executable

SCHEMA = 1
"""The number of the layout below; a migration to the next one adds one."""

NEEDS = "0.1.0"
"""The lowest version of the program that opens a book with this layout."""

APPLICATION_ID = 0x43504C57
"""Marks a SQLite file as a book ("CPLW"), in the header field that SQLite keeps for it."""

tables = MetaData()

meta = Table(
    "meta",
    tables,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
member = Table(
    "member",
    tables,
    Column("id", LargeBinary, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("public_key", LargeBinary, nullable=False),
)
slot = Table(
    "slot",
    tables,
    Column("member", LargeBinary, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("kdf", Text, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("wrapped_root", LargeBinary, nullable=False),
)
room_key = Table(
    "room_key",
    tables,
    Column("room", LargeBinary, primary_key=True),
    Column("epoch", LargeBinary, primary_key=True),
    Column("holder", LargeBinary, primary_key=True),
    Column("wrapped_key", LargeBinary, nullable=False),
)
invite = Table(
    "invite",
    tables,
    Column("id", LargeBinary, primary_key=True),
    Column("wrapped_key", LargeBinary, nullable=False),
    Column("expires", BigInteger, nullable=False),
)
record = Table(
    "record",
    tables,
    Column("room", LargeBinary, primary_key=True),
    Column("writer", LargeBinary, primary_key=True),
    Column("n", BigInteger, primary_key=True, autoincrement=False),
    Column("id", LargeBinary, nullable=False),
    Column("epoch", LargeBinary, nullable=False),
    Column("sealed", LargeBinary),
)
head = Table(
    "head",
    tables,
    Column("room", LargeBinary, primary_key=True),
    Column("writer", LargeBinary, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)
draft = Table(
    "draft",
    tables,
    Column("member", LargeBinary, primary_key=True),
    Column("n", BigInteger, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)


def fetch(
    connection: Connection, statement: Executable, values: Mapping[str, Any] | None = None
) -> list[tuple[Any, ...]]:
    """The rows just as the driver returns them, unconverted: whoever reads them checks their types."""
    result = connection.execute(statement, values)
    assert result.cursor is not None
    rows: list[tuple[Any, ...]] = list(result.cursor.fetchall())
    result.close()
    return rows


def meta_value(connection: Connection, key: str) -> str | None:
    """One line of `meta`, or None."""
    rows = fetch(connection, select(meta.c.value).where(meta.c.key == key))
    return str(rows[0][0]) if rows else None


def put_meta(connection: Connection, key: str, value: str) -> None:
    """Set one line of `meta`."""
    connection.execute(meta.delete().where(meta.c.key == key))
    connection.execute(insert(meta), {"key": key, "value": value})


def put_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows in the order of their bytes, so that their order tells nothing about their making."""
    ordered = sorted(rows, key=lambda row: [str(value) for value in row.values()])
    connection.execute(insert(table), ordered)


def lay_out(connection: Connection, book: bytes) -> None:
    """Make the tables of a new book. book: its random id."""
    tables.create_all(connection, checkfirst=False)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    put_meta(connection, "schema", str(SCHEMA))
    put_meta(connection, "needs", NEEDS)
    put_meta(connection, "book", book.hex())


def is_laid_out(connection: Connection) -> bool:
    """Whether there is a book in this database."""
    if connection.dialect.name == "sqlite":
        query = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'meta'"
    else:
        # not to_regclass: it may answer from what this connection remembers of the catalog
        query = (
            "SELECT count(*) FROM pg_catalog.pg_tables "
            "WHERE tablename = 'meta' AND schemaname = current_schema()"
        )
    return bool(fetch(connection, text(query))[0][0])
