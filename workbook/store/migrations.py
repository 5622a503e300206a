"""From one layout of the tables to the next: numbered functions, each one transaction, after a backup."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from sqlalchemy import Connection

from workbook.store.backup import back_up
from workbook.store.engine import Database
from workbook.store.errors import NewerBook, UnreadableBook
from workbook.store.schema import SCHEMA, meta_value, put_meta


class Migration(NamedTuple):
    """A step to the layout `number`, which programs from version `needs` on can open."""

    number: int
    needs: str
    change: Callable[[Connection], None]


_NUMBER = re.compile(r"[1-9]\d{0,5}", re.ASCII)

MIGRATIONS: list[Migration] = []
"""In their order, from SCHEMA 2 on; a new book is made with the latest layout at once."""


def bring_up_to_date(database: Database) -> None:
    """Run the migrations that a book lacks. Raises NewerBook where it is ahead of this program."""
    with database.reading() as connection:
        number = _schema(database, connection)
    lacking = [step for step in MIGRATIONS if step.number > number]
    if lacking and database.file is not None:
        copy = database.file.with_name(f"{database.file.stem}-before-schema-{lacking[-1].number}.db")
        back_up(database, copy, replace=True)
    for step in lacking:
        _run(database, step)


def _run(database: Database, step: Migration) -> None:
    """Another program may have run the step while this one waited for its turn."""
    with database.writing() as connection:
        if _schema(database, connection) < step.number:
            step.change(connection)
            put_meta(connection, "schema", str(step.number))
            put_meta(connection, "needs", step.needs)


def _schema(database: Database, connection: Connection) -> int:
    latest = max([SCHEMA, *(step.number for step in MIGRATIONS)])
    stated = meta_value(connection, "schema") or ""
    if not _NUMBER.fullmatch(stated):
        raise UnreadableBook(database.where, "it does not say which version of the program made it.")
    if int(stated) > latest:
        raise NewerBook(meta_value(connection, "needs") or "unknown")
    return int(stated)
