"""What someone finds who searches the disk: nothing that was written, in no file, at no moment."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from tests.store.conftest import ANA, BEN, Couple, OpenVault, an_id, joined
from workbook.store import Vault
from workbook.store.schema import fetch, record, room_key

MARKER = b"MARKER-7f3a-do-not-find-me"


def assert_nowhere(folder: Path, *secrets: bytes) -> None:
    for file in (path for path in folder.rglob("*") if path.is_file()):
        content = file.read_bytes()
        assert not [secret for secret in secrets if secret in content], file


def test_what_is_written_lies_in_no_file_in_the_clear(tmp_path: Path, open_vault: OpenVault) -> None:
    vault = open_vault(tmp_path / "book.db", seen_folder=tmp_path / "seen")
    recovery = vault.create_member(*ANA)
    couple = joined(vault)
    (written, _) = couple.ana.append([("mine", an_id(), MARKER), ("ours", an_id(), MARKER)])
    couple.ana.update_draft(lambda before: MARKER * 300)
    secrets = (MARKER, ANA[1].encode(), BEN[1].encode(), recovery.encode())
    with vault._database.writing() as connection:  # type: ignore[union-attr]
        connection.exec_driver_sql("DELETE FROM head")
        assert (tmp_path / "book.db-journal").stat().st_size > 0
        assert_nowhere(tmp_path, *secrets)
        connection.rollback()
    vault.backup(tmp_path / "copy.db")
    couple.ana.erase([(written.room, written.writer, written.n)])
    vault.close()
    assert {"book.db", "copy.db", "seen", "book-backups"} <= {path.name for path in tmp_path.iterdir()}
    assert_nowhere(tmp_path, *secrets)


def test_a_partner_finds_no_private_bytes_with_all_the_keys_they_have(couple: Couple) -> None:
    couple.ana.append([("mine", an_id(), MARKER)])
    keys = couple.ben._rooms.ring  # type: ignore[union-attr]
    private = couple.ana._rooms.ring.mine  # type: ignore[union-attr]
    known = set(keys.mine.epochs) | set(keys.ours.epochs)  # type: ignore[union-attr]
    with couple.vault._database.reading() as connection:  # type: ignore[union-attr]
        epochs = {
            row[0] for row in fetch(connection, select(record.c.epoch).where(record.c.room == private.room))
        }
    assert epochs
    assert not epochs & known


def test_sizes_on_disk_come_in_steps(vault: Vault) -> None:
    ana = vault.unlock(*ANA)
    ana.append([("mine", an_id(), b"x" * length) for length in range(0, 600, 7)])
    with vault._database.reading() as connection:  # type: ignore[union-attr]
        lengths = {len(row[0]) for row in fetch(connection, select(record.c.sealed))}
    assert lengths == {step + 12 + 16 for step in (256, 512, 768)}


def test_the_rows_of_keys_do_not_say_what_they_are_for(couple: Couple) -> None:
    with couple.vault._database.reading() as connection:  # type: ignore[union-attr]
        rows = fetch(connection, select(room_key.c.holder, room_key.c.wrapped_key))
    assert len(rows) == 6  # of each member: mine, ours, signing
    assert {len(wrapped) for _, wrapped in rows} == {512 + 12 + 16}
