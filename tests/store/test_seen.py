"""An older copy that was put back: not to be told from the file alone, so this machine remembers."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.store.conftest import ANA, OpenVault, an_id
from workbook.store import Vault
from workbook.store.seen import OLDER_COPY, UNCOUNTED


@pytest.fixture
def reopened(file: Path, tmp_path: Path, open_vault: OpenVault) -> Callable[[], Vault]:
    """The book, opened by a program on this machine."""
    return lambda: open_vault(file, seen_folder=tmp_path / "state" / "seen")


def test_an_older_copy_that_was_put_back_is_warned_of(
    file: Path, tmp_path: Path, reopened: Callable[[], Vault]
) -> None:
    vault = reopened()
    vault.create_member(*ANA)
    ana = vault.unlock(*ANA)
    ana.append([("mine", an_id(), b"one")])
    vault.backup(tmp_path / "older.db")
    ana.append([("mine", an_id(), b"two")])
    vault.close()
    assert reopened().unlock(*ANA).warnings == []
    (tmp_path / "older.db").replace(file)
    again = reopened().unlock(*ANA)
    assert again.warnings == [OLDER_COPY]
    assert [record.payload for record in again.read()] == [b"one"]


def test_a_window_that_has_seen_less_does_not_lower_what_another_one_counted(
    file: Path, tmp_path: Path, reopened: Callable[[], Vault]
) -> None:
    vault = reopened()
    vault.create_member(*ANA)
    one, other = vault.unlock(*ANA), reopened().unlock(*ANA)
    one.append([("mine", an_id(), b"one")])
    other.append([("mine", an_id(), b"two")])
    vault.backup(tmp_path / "older.db")
    other.append([("mine", an_id(), b"three")])
    one.append([("mine", an_id(), b"four")])
    vault.close()
    (tmp_path / "older.db").replace(file)
    assert reopened().unlock(*ANA).warnings == [OLDER_COPY]


def test_a_book_that_only_grew_is_not_warned_of(reopened: Callable[[], Vault]) -> None:
    reopened().create_member(*ANA)
    for _ in range(3):
        ana = reopened().unlock(*ANA)
        assert ana.warnings == []
        (written,) = ana.append([("mine", an_id(), b"x")])
        ana.erase([("mine", written.writer, written.n)])


def test_what_is_remembered_is_a_number_for_its_owner_alone(
    tmp_path: Path, reopened: Callable[[], Vault]
) -> None:
    vault = reopened()
    vault.create_member(*ANA)
    vault.unlock(*ANA).append([("mine", an_id(), b"x")])
    (kept,) = (tmp_path / "state" / "seen").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert kept.read_text() == f'{{"{vault.members()[0].id}":2}}'


def test_nothing_is_remembered_where_nobody_says_where(
    file: Path, tmp_path: Path, open_vault: OpenVault
) -> None:
    vault = open_vault(file)
    vault.create_member(*ANA)
    vault.unlock(*ANA).append([("mine", an_id(), b"x")])
    assert not (tmp_path / "state").exists()


def test_a_count_that_cannot_be_kept_is_a_warning_and_no_obstacle(
    tmp_path: Path, reopened: Callable[[], Vault]
) -> None:
    (tmp_path / "state").write_text("in the way")
    vault = reopened()
    vault.create_member(*ANA)
    ana = vault.unlock(*ANA)
    ana.append([("mine", an_id(), b"x")])
    assert ana.warnings == [UNCOUNTED]


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'{"x": "y"}', b"\xff"])
def test_a_count_that_was_spoiled_counts_as_none(
    tmp_path: Path, reopened: Callable[[], Vault], content: bytes
) -> None:
    vault = reopened()
    vault.create_member(*ANA)
    vault.unlock(*ANA).append([("mine", an_id(), b"x")])
    (kept,) = (tmp_path / "state" / "seen").iterdir()
    kept.write_bytes(content)
    assert vault.unlock(*ANA).warnings == []
