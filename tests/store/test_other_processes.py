"""Two programs at one book: each sees what the other wrote, and none waits for ever or loses anything."""

from __future__ import annotations

import threading
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import delete, text

from tests.store.conftest import ANA, BEN, Couple, OpenVault, an_id
from workbook.store import BookBusy, StoreError, Tampered, Unlocked, Vault
from workbook.store.engine import Database
from workbook.store.schema import fetch, head


@pytest.fixture
def other(place: str, couple: Couple, open_vault: OpenVault) -> Unlocked:
    """Ana once more, through a connection of its own."""
    unlocked = open_vault(place).unlock(*ANA)
    unlocked.read()
    return unlocked


def test_each_program_reads_what_the_other_added_and_no_more(couple: Couple, other: Unlocked) -> None:
    first = other.append([("mine", an_id(), b"one"), ("ours", an_id(), b"two")])
    assert couple.ana.read() == first
    assert couple.ben.read() == first[1:]
    second = other.append([("mine", an_id(), b"three")])
    assert couple.ana.read() == second
    assert couple.ana.read() == couple.ben.read() == other.read() == []


def test_many_threads_and_programs_that_write_at_once_lose_nothing(
    place: str, couple: Couple, open_vault: OpenVault
) -> None:
    unlocked = [couple.ana, couple.ben, open_vault(place).unlock(*ANA), open_vault(place).unlock(*BEN)]
    written: list[str] = []

    def write(who: Unlocked) -> None:
        for _ in range(12):
            record, _ = who.append([("ours", an_id(), b"x" * 700), ("mine", an_id(), b"y")])
            written.append(record.id)
            who.read()

    threads = [threading.Thread(target=write, args=(who,)) for who in unlocked * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    shared = [each.id for each in couple.vault.unlock(*BEN).read() if each.room == "ours"]
    assert sorted(shared) == sorted(written)
    assert len(written) == 96


def test_every_new_writer_names_those_before_it(vault: Vault) -> None:
    for _ in range(4):
        vault.unlock(*ANA).append([("mine", an_id(), b"x")])
    reader = vault.unlock(*ANA)._rooms._readers["mine"]  # type: ignore[union-attr]
    assert len(reader.ends) == 4
    assert len(reader.named) == 3
    assert set(reader.named.items()) <= set(reader.ends.items())


def test_a_new_writer_names_one_that_another_program_began_since_the_last_read(
    couple: Couple, other: Unlocked
) -> None:
    (theirs,) = other.append([("ours", an_id(), b"x")])
    couple.ben.append([("ours", an_id(), b"y")])
    reader = couple.vault.unlock(*BEN)._rooms._readers["ours"]  # type: ignore[union-attr]
    assert reader.named[bytes.fromhex(theirs.writer)] == theirs.n


def test_an_invitation_made_in_one_window_is_known_in_the_other(
    place: str, vault: Vault, unlocked: Unlocked, open_vault: OpenVault
) -> None:
    window = open_vault(place).unlock(*ANA)
    window.invite()
    vault.join(*BEN, unlocked.invite())
    assert window.read() == []
    (shared,) = window.append([("ours", an_id(), b"hello")])
    assert unlocked.read() == [shared]
    assert vault.unlock(*BEN).read() == [shared]


def test_a_writer_that_vanishes_while_the_book_is_open_is_missed(
    couple: Couple, other: Unlocked, database: Database
) -> None:
    (written,) = other.append([("mine", an_id(), b"x")])
    couple.ana.read()
    with database.writing() as connection:
        connection.execute(delete(head).where(head.c.writer == bytes.fromhex(written.writer)))
    with pytest.raises(Tampered, match=f"writer {written.writer[:8]}"):
        couple.ana.read()


def test_nothing_is_lost_to_a_read_that_failed(couple: Couple, other: Unlocked, database: Database) -> None:
    (written,) = other.append([("mine", an_id(), b"x")])
    with database.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE head RENAME TO elsewhere")
    with pytest.raises(StoreError):
        couple.ana.read()
    with database.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO head")
    assert couple.ana.read() == [written]


def test_a_book_that_another_program_holds_is_busy_and_then_free(couple: Couple, database: Database) -> None:
    _have_no_patience(couple.vault)
    with database.writing() as connection:
        connection.execute(delete(head).where(head.c.writer == bytes(16)))
        with pytest.raises(BookBusy):
            couple.ana.append([("mine", an_id(), b"not saved")])
    (saved,) = couple.ana.append([("mine", an_id(), b"saved")])
    assert couple.vault.unlock(*ANA).read() == [saved]


def _have_no_patience(vault: Vault) -> None:
    """The ten seconds of the real thing would only make the test long."""
    database = vault._database
    assert database is not None
    patience = "PRAGMA busy_timeout=50" if database.is_sqlite else "SET SESSION lock_timeout = '50ms'"
    with database._connection.begin():
        database._connection.exec_driver_sql(patience)


def test_a_reader_that_does_not_let_go_keeps_a_write_out_but_not_for_good(
    tmp_path: Path, open_vault: OpenVault
) -> None:
    vaults = [open_vault(tmp_path / "book.db") for _ in range(2)]
    vaults[0].create_member(*ANA)
    ana = vaults[0].unlock(*ANA)
    _have_no_patience(vaults[0])
    assert vaults[1].members()
    with vaults[1]._database.reading() as connection:  # type: ignore[union-attr]
        connection.exec_driver_sql("SELECT * FROM member").fetchall()
        with pytest.raises(BookBusy):
            ana.append([("mine", an_id(), b"not saved")])
    (saved,) = ana.append([("mine", an_id(), b"saved")])
    assert vaults[1].unlock(*ANA).read() == [saved]


def test_real_patience_is_ten_seconds(vault: Vault) -> None:
    vault.members()
    database = vault._database
    assert database is not None
    asked = "PRAGMA busy_timeout" if database.is_sqlite else "SHOW lock_timeout"
    with database.reading() as connection:
        ((patience,),) = fetch(connection, text(asked))
    assert patience in (10_000, "10s")


def test_after_a_lost_connection_the_next_try_works(schema: str, server: str, open_vault: OpenVault) -> None:
    vault = open_vault(schema)
    vault.create_member(*ANA)
    ana = vault.unlock(*ANA)
    ana.append([("mine", an_id(), b"before")])
    with psycopg.connect(server.replace("+psycopg", ""), autocommit=True) as administrator:
        administrator.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
            "AND backend_type = 'client backend' AND query NOT LIKE 'CREATE SCHEMA%'"
        )
    with pytest.raises(StoreError, match="server"):
        ana.append([("mine", an_id(), b"lost")])
    ana.append([("mine", an_id(), b"after")])
    assert [each.payload for each in open_vault(schema).unlock(*ANA).read()].count(b"after") == 1
