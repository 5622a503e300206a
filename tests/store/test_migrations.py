"""A newer program brings a book up to date, once, after a backup; an older one leaves a newer book alone."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, update

from tests.store.conftest import ANA, OpenVault, an_id
from workbook.store import NewerBook, Unlocked, UnreadableBook, Vault
from workbook.store.engine import Database
from workbook.store.migrations import MIGRATIONS, Migration
from workbook.store.schema import meta, meta_value


def add_a_colour(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE member ADD COLUMN colour TEXT")


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program one version later, with another column in a table."""
    monkeypatch.setattr("workbook.store.migrations.MIGRATIONS", [Migration(2, "0.3.0", add_a_colour)])


def schema_of(database: Database) -> tuple[str | None, str | None]:
    with database.reading() as connection:
        return meta_value(connection, "schema"), meta_value(connection, "needs")


def test_no_migration_is_needed_as_yet(vault: Vault, database: Database) -> None:
    assert MIGRATIONS == []
    assert schema_of(database) == ("1", "0.1.0")


def test_a_book_is_brought_up_to_date_when_it_is_opened(
    place: str,
    unlocked: Unlocked,
    database: Database,
    open_vault: OpenVault,
    request: pytest.FixtureRequest,
) -> None:
    written = unlocked.append([("mine", an_id(), b"x")])
    request.getfixturevalue("next_version")
    assert open_vault(place).unlock(*ANA).read() == written
    assert schema_of(database) == ("2", "0.3.0")
    assert open_vault(place).members() == [unlocked.member]


def test_the_book_as_it_was_is_kept_beside_it(
    tmp_path: Path, open_vault: OpenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = open_vault(tmp_path / "book.db")
    first.create_member(*ANA)
    written = first.unlock(*ANA).append([("mine", an_id(), b"x")])
    with monkeypatch.context() as later:
        later.setattr("workbook.store.migrations.MIGRATIONS", [Migration(2, "0.3.0", add_a_colour)])
        open_vault(tmp_path / "book.db")
    assert open_vault(tmp_path / "book-before-schema-2.db").unlock(*ANA).read() == written


def test_a_migration_that_fails_changes_nothing(
    place: str,
    unlocked: Unlocked,
    database: Database,
    open_vault: OpenVault,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(connection: Connection) -> None:
        add_a_colour(connection)
        raise ZeroDivisionError

    with monkeypatch.context() as later:
        later.setattr("workbook.store.migrations.MIGRATIONS", [Migration(2, "0.3.0", fail)])
        with pytest.raises(ZeroDivisionError):
            open_vault(place)
    assert schema_of(database) == ("1", "0.1.0")
    with database.writing() as connection:
        add_a_colour(connection)  # which would fail if the first had stayed


def test_two_programs_that_migrate_at_once_do_it_once(
    place: str, vault: Vault, open_vault: OpenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbook.store.migrations.MIGRATIONS", [Migration(2, "0.3.0", add_a_colour)])
    opened: list[Vault] = []
    threads = [threading.Thread(target=lambda: opened.append(open_vault(place))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [[each.name for each in one.members()] for one in opened] == [["Ana"]] * 3


def test_a_newer_book_is_refused_with_the_version_it_needs(
    place: str, vault: Vault, database: Database, open_vault: OpenVault
) -> None:
    with database.writing() as connection:
        connection.execute(update(meta).where(meta.c.key == "schema").values(value="2"))
        connection.execute(update(meta).where(meta.c.key == "needs").values(value="0.3.0"))
    with pytest.raises(NewerBook, match=r"0\.3\.0") as refused:
        open_vault(place)
    assert refused.value.needs == "0.3.0"


@pytest.mark.parametrize("stated", ["", "0", "-1", "one", "1.5", "²", pytest.param("9" * 5000, id="long")])
def test_a_book_that_does_not_say_its_version_is_not_guessed_at(
    place: str, vault: Vault, database: Database, open_vault: OpenVault, stated: str
) -> None:
    with database.writing() as connection:
        connection.execute(update(meta).where(meta.c.key == "schema").values(value=stated))
    with pytest.raises(UnreadableBook, match="version"):
        open_vault(place)
    with database.writing() as connection:
        connection.execute(delete(meta))
    with pytest.raises(UnreadableBook, match="version"):
        open_vault(place)
