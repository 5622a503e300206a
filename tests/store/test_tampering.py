"""Whatever is done to the database from outside: the right values, or an error that names what is wrong.

One book with two members serves all examples. After each, its tables are put back as they were.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

from tests.store.conftest import ANA, BEN, SOFT, an_id, joined
from workbook.store import (
    NewerBook,
    Record,
    StoreError,
    Tampered,
    UnreadableBook,
    Vault,
    WrongPassphrase,
)
from workbook.store.engine import Database, open_file, open_server
from workbook.store.schema import fetch, tables

Rows = dict[str, list[dict[str, Any]]]

TABLES = {table.name: table for table in tables.sorted_tables}
RANDOM_EDITS = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
CHOICE = st.integers(0, 10_000)


class Seen(NamedTuple):
    """Everything that a member can be shown."""

    records: list[Record]
    draft: bytes | None
    partner: object


class Target:
    """A book that may be edited: where it is, how it was, and what its members saw then."""

    def __init__(self, place: str, database: Database) -> None:
        self.place = place
        self.database = database
        self.rows = all_rows(database)
        self.before = {name: seen_by(place, name, passphrase) for name, passphrase in (ANA, BEN)}


def seen_by(place: str, name: str, passphrase: str) -> Seen:
    vault = Vault.open(place, hardness=SOFT)
    try:
        unlocked = vault.unlock(name, passphrase)
        return Seen(unlocked.read(), unlocked.draft(), unlocked.partner)
    finally:
        vault.close()


def all_rows(database: Database) -> Rows:
    with database.reading() as connection:
        return {
            name: [dict(zip(table.c.keys(), row, strict=True)) for row in fetch(connection, select(table))]
            for name, table in TABLES.items()
        }


def put_back(database: Database, rows: Rows) -> None:
    with database.writing() as connection:
        for name, table in TABLES.items():
            connection.execute(table.delete())
            if rows[name]:
                connection.execute(insert(table), rows[name])


def assert_right_or_refused(target: Target, rows: Rows) -> dict[str, str]:
    """Show the edited book to both. Returns what each was told, "" for the right values."""
    told: dict[str, str] = {}
    try:
        put_back(target.database, rows)
        for member in (ANA, BEN):
            told[member[0]] = _told(target, member)
    finally:
        put_back(target.database, target.rows)
    return told


def _told(target: Target, member: tuple[str, str]) -> str:
    try:
        assert seen_by(target.place, *member) == target.before[member[0]]
    except (Tampered, WrongPassphrase, UnreadableBook, NewerBook) as error:
        return getattr(error, "what", type(error).__name__)
    return ""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    """A book with several unlocks of both, entries in every room, one of them erased, and a draft."""
    place = str(tmp_path_factory.mktemp("tampered") / "book.db")
    if request.param == "postgresql":
        place = request.getfixturevalue("module_schema")
    vault = Vault.open(place, hardness=SOFT)
    vault.create_member(*ANA)
    ana, ben = joined(vault)[1:]
    for unlocked in (ana, ben, vault.unlock(*ANA), vault.unlock(*BEN)):
        written = unlocked.append([(room, an_id(), an_id().encode()) for room in ("mine", "ours") * 2])
        unlocked.update_draft(lambda before: b"half a sentence")
        unlocked.erase([(each.room, each.writer, each.n) for each in written[-1:]])
    ana.change_passphrase(ANA[1], ANA[1])
    ana.append([("mine", an_id(), b"under a new key")])
    vault.close()
    database = open_server(place) if "://" in place else open_file(Path(place))
    yield Target(place, database)
    database.close()


def chosen(from_: list[Any], number: int) -> Any:
    """One of a list whose length the test cannot know beforehand."""
    return from_[number % len(from_)]


def copied(rows: Rows) -> Rows:
    return {name: [dict(row) for row in lines] for name, lines in rows.items()}


def flipped(value: Any, at: int, mask: int) -> Any:
    """The value with some bits of one byte changed."""
    if isinstance(value, bytes):
        at %= max(1, len(value))
        return value[:at] + bytes([value[at] ^ mask]) + value[at + 1 :] if value else bytes([mask])
    if isinstance(value, str):
        at %= max(1, len(value))
        return value[:at] + chr(33 + (ord(value[at]) + mask) % 90) + value[at + 1 :]
    return bytes([mask]) if value is None else value ^ mask


@RANDOM_EDITS
@given(table=CHOICE, row=CHOICE, column=CHOICE, at=st.integers(0, 5000), mask=st.integers(1, 255))
def test_no_changed_byte_anywhere_leads_to_a_wrong_value(
    target: Target, table: int, row: int, column: int, at: int, mask: int
) -> None:
    rows = copied(target.rows)
    filled = [name for name in TABLES if rows[name]]
    edited = chosen(filled, table)
    changed = chosen(rows[edited], row)
    name = chosen(list(changed), column)
    changed[name] = flipped(changed[name], at, mask)
    if _distinct(edited, rows[edited]):
        assert_right_or_refused(target, rows)


@RANDOM_EDITS
@given(table=CHOICE, one=CHOICE, other=CHOICE, columns=st.integers(1, 63))
def test_no_exchange_of_rows_leads_to_a_wrong_value(
    target: Target, table: int, one: int, other: int, columns: int
) -> None:
    rows = copied(target.rows)
    name = chosen([name for name in TABLES if len(rows[name]) > 1], table)
    first, second = chosen(rows[name], one), chosen(rows[name], other)
    for position, column in enumerate(first):
        if columns >> position & 1:
            first[column], second[column] = second[column], first[column]
    if _distinct(name, rows[name]):
        assert_right_or_refused(target, rows)


def _distinct(table: str, lines: list[dict[str, Any]]) -> bool:
    """Whether the rows can lie in the table at all, by its primary key."""
    keys = [tuple(row[column.name] for column in TABLES[table].primary_key) for row in lines]
    names = [row["name"] for row in lines if table == "member"]
    return len(set(keys)) == len(keys) and len(set(names)) == len(names)


@pytest.mark.parametrize("table", ["member", "room_key", "record", "head", "draft"])
def test_every_row_that_is_taken_away_is_missed_by_those_who_could_read_it(
    target: Target, table: str
) -> None:
    for missing in range(len(target.rows[table])):
        rows = copied(target.rows)
        del rows[table][missing]
        told = assert_right_or_refused(target, rows)
        assert any(told.values()), f"nobody missed row {missing}"


@pytest.mark.parametrize("table", ["record", "head", "room_key"])
def test_every_changed_seal_is_noticed_and_named(target: Target, table: str) -> None:
    column = {"room_key": "wrapped_key"}.get(table, "sealed")
    for changed in range(len(target.rows[table])):
        rows = copied(target.rows)
        row = rows[table][changed]
        if row[column] is not None:
            row[column] = flipped(row[column], 40, 1)
            told = assert_right_or_refused(target, rows)
            assert any(word in " ".join(told.values()) for word in ("record", "head", "keys"))


def test_a_writer_that_is_cut_at_its_end_is_missed(target: Target) -> None:
    for writer in {(row["room"], row["writer"]) for row in target.rows["record"]}:
        rows = copied(target.rows)
        last = max(row["n"] for row in rows["record"] if (row["room"], row["writer"]) == writer)
        rows["record"] = [
            row for row in rows["record"] if (row["room"], row["writer"], row["n"]) != (*writer, last)
        ]
        told = assert_right_or_refused(target, rows)
        assert f"record {last} of writer {writer[1].hex()[:8]}" in " ".join(told.values())


def test_a_whole_writer_that_is_taken_away_is_missed_once_another_has_named_it(target: Target) -> None:
    writers = [(row["room"], row["writer"]) for row in target.rows["head"]]
    missed = 0
    for writer in writers:
        rows = copied(target.rows)
        for table in ("record", "head"):
            rows[table] = [row for row in rows[table] if (row["room"], row["writer"]) != writer]
        missed += any(_refusals(target, rows).values())
    rooms = len({room for room, _ in writers})
    assert missed == len(writers) - rooms  # the last one of each room is what an older copy lacks, too


def _refusals(target: Target, rows: Rows) -> dict[str, str]:
    told: dict[str, str] = {}
    try:
        put_back(target.database, rows)
        for member in (ANA, BEN):
            try:
                seen_by(target.place, *member)
                told[member[0]] = ""
            except StoreError as error:
                told[member[0]] = str(error)
    finally:
        put_back(target.database, target.rows)
    return told


@pytest.mark.parametrize("elsewhere", [{"writer": bytes(16)}, {"n": 99}, {"room": bytes(16)}])
def test_a_record_that_is_copied_to_another_address_changes_nothing(
    target: Target, elsewhere: dict[str, Any]
) -> None:
    rows = copied(target.rows)
    for row in target.rows["record"]:
        rows["record"] = [*target.rows["record"], {**row, **elsewhere}]
        told = assert_right_or_refused(target, rows)
        assert any(told.values()) == ("room" not in elsewhere)  # a room without a key is nobody's


@pytest.mark.parametrize("value", ["text", 7, 7.5, "", b""])
def test_values_of_another_type_are_refused(target: Target, value: Any) -> None:
    if not target.database.is_sqlite:
        value = b"\0"  # PostgreSQL itself keeps other types out
    for table in ("slot", "room_key", "record", "head", "draft"):
        column = list(target.rows[table][0])[-1]
        rows = copied(target.rows)
        for row in rows[table]:
            row[column] = value
        with target.database.writing() as connection:
            for row in rows[table]:
                _put_raw(connection, table, row)
        try:
            told = [_told(target, member) for member in (ANA, BEN)]
        finally:
            put_back(target.database, target.rows)
        assert all(told), table


def _put_raw(connection: Any, table: str, row: dict[str, Any]) -> None:
    """Update the last column past SQLAlchemy, which would not let other types through."""
    *key, last = row.items()
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    where = " AND ".join(f"{name} = {mark}" for name, value in key if value is not None)
    values = (last[1], *(value for _, value in key if value is not None))
    connection.exec_driver_sql(f"UPDATE {table} SET {last[0]} = {mark} WHERE {where}", values)
