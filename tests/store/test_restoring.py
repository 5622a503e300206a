"""A backup put back: what would be lost is told before, the book as it was is kept, and no step is half."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.store.conftest import ANA, OpenVault, an_id
from workbook.store import (
    AnotherBook,
    BookBusy,
    BookMoved,
    Cancelled,
    CannotRestore,
    NewerBook,
    SameBook,
    UnreadableBook,
    Vault,
    compare,
    restore,
)
from workbook.store.seen import OLDER_COPY


@pytest.fixture
def place(file: Path) -> str:
    """On SQLite alone."""
    return str(file)


@pytest.fixture
def copy(vault: Vault, tmp_path: Path) -> Path:
    """A backup with two entries; since then one was erased and two were written."""
    ana = vault.unlock(*ANA)
    kept = ana.append([("mine", an_id(), b"kept"), ("mine", an_id(), b"erased since")])
    vault.backup(tmp_path / "copy.db")
    ana.erase([("mine", kept[1].writer, kept[1].n)])
    ana.append([("mine", an_id(), b"new"), ("mine", an_id(), b"newer")])
    return tmp_path / "copy.db"


def said(place: Path, open_vault: OpenVault) -> list[bytes]:
    found = open_vault(place).unlock(*ANA).read()
    return sorted(each.payload for each in found if each.payload is not None)


def test_what_would_be_lost_and_what_would_come_back_is_counted_before(file: Path, copy: Path) -> None:
    before = file.read_bytes()
    found = compare(str(file), copy)
    assert (found.records, found.lost, found.returning) == (3, 3, 1)  # the Erasure is a record as well
    assert found.changed is not None
    assert found.copied <= found.changed
    assert file.read_bytes() == before


def test_the_copy_takes_the_place_of_the_book_and_the_book_as_it_was_is_kept(
    file: Path, copy: Path, open_vault: OpenVault
) -> None:
    aside = restore(str(file), copy)
    assert aside is not None
    assert said(file, open_vault) == [b"erased since", b"kept"]
    assert said(aside, open_vault) == [b"kept", b"new", b"newer"]
    assert stat.S_IMODE(file.stat().st_mode) == stat.S_IMODE(aside.stat().st_mode) == 0o600
    restore(str(file), aside)
    assert said(file, open_vault) == [b"kept", b"new", b"newer"]


def test_a_window_that_is_open_notices_and_writes_into_neither(
    file: Path, copy: Path, vault: Vault, open_vault: OpenVault
) -> None:
    ana = vault.unlock(*ANA)
    ana.append([("mine", an_id(), b"last")])
    restore(str(file), copy)
    for use in (lambda: ana.append([("mine", an_id(), b"lost?")]), ana.read, vault.members):
        with pytest.raises(BookMoved, match="restored"):
            use()
    vault.close()
    assert said(file, open_vault) == [b"erased since", b"kept"]


def test_a_restored_book_is_warned_of_as_an_older_one(
    file: Path, copy: Path, tmp_path: Path, open_vault: OpenVault
) -> None:
    open_vault(file, seen_folder=tmp_path / "seen").unlock(*ANA)
    restore(str(file), copy)
    assert open_vault(file, seen_folder=tmp_path / "seen").unlock(*ANA).warnings == [OLDER_COPY]


def test_a_book_is_restored_where_none_is(
    file: Path, copy: Path, tmp_path: Path, open_vault: OpenVault
) -> None:
    place = tmp_path / "new folder" / "book.db"
    assert compare(str(place), copy).lost == 0
    assert restore(str(place), copy) is None
    assert said(place, open_vault) == [b"erased since", b"kept"]


def test_a_damaged_book_is_restored_and_its_bytes_are_kept(
    file: Path, copy: Path, vault: Vault, open_vault: OpenVault
) -> None:
    vault.close()
    damaged = file.read_bytes()[:4096] + os.urandom(9000)
    file.write_bytes(damaged)
    found = compare(str(file), copy)
    assert (found.lost, found.returning) == (None, None)
    aside = restore(str(file), copy)
    assert aside is not None
    assert aside.read_bytes() == damaged
    assert said(file, open_vault) == [b"erased since", b"kept"]


@pytest.mark.parametrize("spoil", ["empty", "half", "words", "missing", "folder"])
def test_a_copy_that_is_none_takes_no_book_s_place(
    file: Path, copy: Path, tmp_path: Path, spoil: str
) -> None:
    bad, whole, before = tmp_path / spoil, copy.read_bytes(), file.read_bytes()
    if spoil == "folder":
        bad.mkdir()
    elif spoil != "missing":
        bad.write_bytes({"empty": b"", "half": whole[: len(whole) // 2], "words": b"dear " * 99}[spoil])
    for use in (compare, restore):
        with pytest.raises(UnreadableBook):
            use(str(file), bad)
    assert file.read_bytes() == before
    assert not [path for path in tmp_path.rglob("*") if path.name.startswith((".", "before-"))]


def test_another_couples_book_takes_no_book_s_place(
    file: Path, copy: Path, tmp_path: Path, open_vault: OpenVault
) -> None:
    other = open_vault(tmp_path / "theirs.db")
    other.create_member(*ANA)
    for use in (compare, restore):
        with pytest.raises(AnotherBook):
            use(other.where, copy)
        with pytest.raises(AnotherBook):
            use(str(file), Path(other.where))


def test_a_book_does_not_take_its_own_place_nor_a_server_s(file: Path, vault: Vault) -> None:
    with pytest.raises(SameBook):
        restore(str(file), file)
    with pytest.raises(CannotRestore, match="server"):
        restore("postgresql+psycopg://somewhere/book", file)


def test_a_file_that_is_no_book_is_not_overwritten(copy: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear " * 99)
    with pytest.raises(UnreadableBook):
        restore(str(tmp_path / "letter.txt"), copy)
    assert (tmp_path / "letter.txt").read_text() == "dear " * 99


def test_a_newer_copy_is_refused(file: Path, copy: Path, open_vault: OpenVault) -> None:
    with open_vault(copy)._database.writing() as connection:  # type: ignore[union-attr]
        connection.exec_driver_sql("UPDATE meta SET value = '9' WHERE key = 'schema'")
        connection.exec_driver_sql("UPDATE meta SET value = '9.1' WHERE key = 'needs'")
    with pytest.raises(NewerBook, match=r"9\.1"):
        restore(str(file), copy)


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_restore_that_is_called_off_changes_nothing(
    file: Path, copy: Path, tmp_path: Path, at: int
) -> None:
    before, reports = file.read_bytes(), 0

    def stop(_done: int, _total: int) -> None:
        nonlocal reports
        reports += 1
        if reports == at:
            raise Cancelled

    with pytest.raises(Cancelled):
        restore(str(file), copy, stop)
    assert file.read_bytes() == before
    assert not list(tmp_path.rglob("before-*"))


def test_a_book_that_another_program_writes_to_at_the_moment_is_waited_for(
    file: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbook.store.restoring.BUSY_SECONDS", 0)
    program = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None); "
        "c.execute('BEGIN IMMEDIATE'); print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", program, str(file)]
    with subprocess.Popen(command, stdin=-1, stdout=-1) as holding:
        assert holding.stdout is not None
        holding.stdout.readline()
        with pytest.raises(BookBusy):
            restore(str(file), copy)
        holding.communicate()
    assert restore(str(file), copy) is not None
