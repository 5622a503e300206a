"""Backups: whole, checked, one a day, seven kept, and never a reason to keep anybody out."""

from __future__ import annotations

import os
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.store.conftest import ANA, OpenVault, an_id
from workbook.store import NoBackup, Unlocked, Vault
from workbook.store.backup import daily_backup
from workbook.store.placing import placed

DAY = date(2026, 3, 2)


@pytest.fixture
def place(file: Path) -> str:
    """On SQLite alone."""
    return str(file)


def backups(file: Path) -> list[str]:
    return sorted(path.name for path in (file.parent / "book-backups").iterdir())


def back_up_on(vault: Vault, day: date) -> str | None:
    assert vault._database is not None
    return daily_backup(vault._database, day)


def test_a_backup_is_a_book_with_everything_in_it(
    tmp_path: Path, unlocked: Unlocked, vault: Vault, open_vault: OpenVault
) -> None:
    written = unlocked.append([("mine", an_id(), b"x") for _ in range(9)])
    copy = tmp_path / "elsewhere" / "copy.db"
    assert vault.backup(copy) == 10  # with the record that begins the writer
    assert open_vault(copy).unlock(*ANA).read() == written
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert [path.name for path in copy.parent.iterdir() if path.is_file()] == ["copy.db"]


def test_a_backup_made_while_the_book_is_written_to_is_whole(
    tmp_path: Path, unlocked: Unlocked, vault: Vault, file: Path, open_vault: OpenVault
) -> None:
    def write() -> None:
        for _ in range(30):
            unlocked.append([("mine", an_id(), b"x" * 700)])

    thread = threading.Thread(target=write)
    thread.start()
    other = open_vault(file)
    copies = [tmp_path / f"{number}.db" for number in range(5)]
    counts = [other.backup(copy) for copy in copies]
    thread.join()
    for count, copy in zip(counts, copies, strict=True):
        assert len(open_vault(copy).unlock(*ANA).read()) == max(0, count - 1)


def test_first_unlocks_of_a_day_at_one_moment_make_one_backup_and_no_warning(
    unlocked: Unlocked, file: Path, open_vault: OpenVault
) -> None:
    vaults = [open_vault(file) for _ in range(6)]
    for vault in vaults:
        vault.unlock(*ANA)
    together = threading.Barrier(len(vaults))

    def back_up_at_once(vault: Vault) -> str | None:
        together.wait()
        return back_up_on(vault, DAY)

    with ThreadPoolExecutor(len(vaults)) as threads:
        assert set(threads.map(back_up_at_once, vaults)) == {None}
    assert f"{DAY}.db" in backups(file)


def test_a_stop_as_the_file_of_a_copy_is_made_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = os.open

    def make_and_stop(*about: Any) -> int:
        os.close(make(*about))
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "open", make_and_stop)
    with pytest.raises(KeyboardInterrupt), placed(tmp_path / "copy.db"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_backup_takes_the_place_of_nothing(tmp_path: Path, vault: Vault, file: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    for taken in (tmp_path / "letter.txt", file, tmp_path):
        with pytest.raises(NoBackup, match="already"):
            vault.backup(taken)
    assert (tmp_path / "letter.txt").read_text() == "dear"
    assert not list(tmp_path.glob(".*"))


def test_a_backup_that_cannot_be_written_says_so(tmp_path: Path, vault: Vault) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(NoBackup):
        vault.backup(tmp_path / "file" / "copy.db")


def test_the_first_unlock_of_a_day_makes_a_backup_and_the_next_does_not(vault: Vault, file: Path) -> None:
    vault.unlock(*ANA).append([("mine", an_id(), b"x")])
    (made,) = backups(file)
    before = (file.parent / "book-backups" / made).stat()
    assert vault.unlock(*ANA).warnings == []
    assert (file.parent / "book-backups" / made).stat() == before
    assert stat.S_IMODE(before.st_mode) == 0o600
    assert date.fromisoformat(made.removesuffix(".db")) >= DAY


def test_the_last_seven_days_are_kept_and_nothing_else_is_touched(vault: Vault, file: Path) -> None:
    vault.members()
    (file.parent / "book-backups").mkdir()
    (file.parent / "book-backups" / "my own copy.db").write_text("keep me")
    for day in range(10):
        assert back_up_on(vault, DAY + timedelta(days=day)) is None
    assert backups(file) == [*(f"2026-03-{day:02}.db" for day in range(5, 12)), "my own copy.db"]


def test_a_backup_that_fails_is_a_warning_and_keeps_nobody_out(vault: Vault, file: Path) -> None:
    (file.parent / "book-backups").write_text("in the way")
    unlocked = vault.unlock(*ANA)
    (warning,) = unlocked.warnings
    assert warning.startswith("Today's backup was not made.")
    unlocked.append([("mine", an_id(), b"x")])


def test_a_book_that_does_not_fit_together_replaces_no_backup(vault: Vault, file: Path) -> None:
    unlocked = vault.unlock(*ANA)
    unlocked.append([("mine", an_id(), b"x")])
    (file.parent / "book-backups" / backups(file)[0]).unlink()
    with vault._database.writing() as connection:  # type: ignore[union-attr]
        connection.exec_driver_sql("DELETE FROM record")
    with pytest.raises(Exception, match="doesn't fit together"):
        vault.unlock(*ANA)
    assert backups(file) == []


def test_a_book_in_memory_can_be_saved_to_a_file(tmp_path: Path, open_vault: OpenVault) -> None:
    vault = open_vault(":memory:")
    vault.create_member(*ANA)
    written = vault.unlock(*ANA).append([("mine", an_id(), b"x")])
    assert vault.backup(tmp_path / "kept.db") == 2
    assert open_vault(tmp_path / "kept.db").unlock(*ANA).read() == written


def test_a_server_makes_its_own_backups(tmp_path: Path, schema: str, open_vault: OpenVault) -> None:
    vault = open_vault(schema)
    vault.create_member(*ANA)
    with pytest.raises(NoBackup, match="server"):
        vault.backup(tmp_path / "copy.db")
    assert vault.unlock(*ANA).warnings == []
