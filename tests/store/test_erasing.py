"""Erasing: only by the author, for good in this file, and seen by everybody who could read it."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select, update

from tests.store.conftest import ANA, BEN, Couple, OpenVault, an_id
from workbook.store import NotYours, Record, Room, Tampered, Unlocked, Vault
from workbook.store.engine import Database
from workbook.store.schema import fetch, record


def address(of: Record) -> tuple[Room, str, int]:
    return of.room, of.writer, of.n


def emptied(of: Record) -> Record:
    return msgspec.structs.replace(of, payload=None)


def test_an_erased_record_shows_once_more_without_its_payload(couple: Couple) -> None:
    kept, gone = couple.ana.append([("ours", an_id(), b"kept"), ("ours", an_id(), b"gone")])
    assert couple.ben.read() == [kept, gone]
    couple.ana.erase([address(gone)])
    for reader in (couple.ana, couple.ben):
        assert reader.read() == [emptied(gone)]
        assert reader.read() == []


def test_after_a_new_unlock_an_erased_record_is_there_without_its_payload(couple: Couple) -> None:
    kept, gone = couple.ana.append([("ours", an_id(), b"kept"), ("mine", an_id(), b"gone")])
    couple.ana.erase([address(gone)])
    again = couple.vault.unlock(*ANA).read()
    assert sorted(again, key=lambda each: each.room) == [emptied(gone), kept]
    assert couple.vault.unlock(*BEN).read() == [kept]


def test_a_record_written_and_erased_between_two_reads_shows_once(couple: Couple) -> None:
    (gone,) = couple.ana.append([("ours", an_id(), b"quick")])
    couple.ana.erase([address(gone)])
    assert couple.ben.read() == [emptied(gone)]


def test_the_sealed_bytes_are_gone_from_the_table(vault: Vault, unlocked: Unlocked) -> None:
    (gone,) = unlocked.append([("mine", an_id(), b"gone")])
    unlocked.erase([address(gone)])
    with vault._database.reading() as connection:  # type: ignore[union-attr]
        query = select(record.c.sealed).where(record.c.id == bytes.fromhex(gone.id))
        assert fetch(connection, query) == [(None,)]


def test_the_sealed_bytes_are_gone_from_the_file(tmp_path: Path, open_vault: OpenVault) -> None:
    vault = open_vault(tmp_path / "book.db")
    vault.create_member(*ANA)
    ana = vault.unlock(*ANA)
    (gone,) = ana.append([("mine", an_id(), b"gone" * 100)])
    with vault._database.reading() as connection:  # type: ignore[union-attr]
        ((sealed,),) = fetch(connection, select(record.c.sealed).where(record.c.n == 1))
    assert sealed[:64] in (tmp_path / "book.db").read_bytes()
    ana.erase([address(gone)])
    assert sealed[:64] not in (tmp_path / "book.db").read_bytes()
    assert sealed[-64:] not in (tmp_path / "book.db").read_bytes()


def test_a_partner_cannot_erase_what_the_other_wrote(couple: Couple) -> None:
    (hers,) = couple.ana.append([("ours", an_id(), b"hers")])
    couple.ben.read()
    with pytest.raises(NotYours):
        couple.ben.erase([address(hers)])
    assert couple.vault.unlock(*ANA).read() == [hers]


def test_erasing_several_is_all_or_none(couple: Couple) -> None:
    (hers,) = couple.ana.append([("ours", an_id(), b"hers")])
    (his,) = couple.ben.append([("ours", an_id(), b"his")])
    with pytest.raises(NotYours):
        couple.ben.erase([address(his), address(hers)])
    with pytest.raises(NotYours):
        couple.ben.erase([address(his), ("ours", his.writer, 99)])
    assert {each.payload for each in couple.vault.unlock(*BEN).read()} == {b"hers", b"his"}


def test_several_in_both_rooms_go_in_one_step(couple: Couple) -> None:
    items: list[tuple[Room, str, bytes]] = [
        ("ours", an_id(), b"a"),
        ("mine", an_id(), b"b"),
        ("ours", an_id(), b"c"),
    ]
    written = couple.ana.append(items)
    couple.ana.erase([address(each) for each in written])
    assert {each.payload for each in couple.vault.unlock(*ANA).read()} == {None}
    assert len(couple.ben.read()) == 2


def test_erasing_twice_changes_nothing(vault: Vault, unlocked: Unlocked) -> None:
    (gone,) = unlocked.append([("mine", an_id(), b"gone")])
    unlocked.erase([address(gone), address(gone)])
    unlocked.erase([address(gone)])
    assert vault.unlock(*ANA).read() == [emptied(gone)]


def test_what_an_earlier_unlock_wrote_can_be_erased(vault: Vault, unlocked: Unlocked) -> None:
    (gone,) = unlocked.append([("mine", an_id(), b"gone")])
    later = vault.unlock(*ANA)
    later.erase([address(gone)])
    assert later.read() == [gone, emptied(gone)]
    assert unlocked.read() == [emptied(gone)]


def test_the_openings_of_a_writer_cannot_be_erased(unlocked: Unlocked) -> None:
    (written,) = unlocked.append([("mine", an_id(), b"x")])
    with pytest.raises(NotYours):
        unlocked.erase([("mine", written.writer, 0)])


def test_an_empty_record_that_nobody_erased_is_named(
    vault: Vault, unlocked: Unlocked, database: Database
) -> None:
    (written,) = unlocked.append([("mine", an_id(), b"x")])
    with database.writing() as connection:
        connection.execute(update(record).where(record.c.n == 1).values(sealed=None))
    with pytest.raises(Tampered, match=f"record 1 of writer {written.writer[:8]}"):
        vault.unlock(*ANA)


def test_an_erased_record_that_was_put_back_is_named(
    vault: Vault, unlocked: Unlocked, database: Database
) -> None:
    (gone,) = unlocked.append([("mine", an_id(), b"gone")])
    with database.reading() as connection:
        ((sealed,),) = fetch(connection, select(record.c.sealed).where(record.c.n == 1))
    unlocked.erase([address(gone)])
    with database.writing() as connection:
        connection.execute(update(record).where(record.c.n == 1).values(sealed=sealed))
    with pytest.raises(Tampered, match=f"record 1 of writer {gone.writer[:8]}"):
        vault.unlock(*ANA)


def test_an_erased_record_cannot_be_given_the_id_of_another(
    vault: Vault, unlocked: Unlocked, database: Database
) -> None:
    gone, kept = unlocked.append([("mine", an_id(), b"gone"), ("mine", an_id(), b"kept")])
    unlocked.erase([address(gone)])
    with database.writing() as connection:
        connection.execute(update(record).where(record.c.n == 1).values(id=bytes.fromhex(kept.id)))
    with pytest.raises(Tampered, match=f"record 1 of writer {gone.writer[:8]}"):
        vault.unlock(*ANA)
