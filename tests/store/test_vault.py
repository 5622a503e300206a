"""The vault while it is locked: when a book comes into being, who is in it, and its plain settings."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest

from tests.store.conftest import ANA, BEN, Couple, OpenVault, an_id
from workbook.store import (
    AlreadyBegun,
    BookMoved,
    EmptyPassphrase,
    Locked,
    NoBook,
    UnsuitableName,
    Vault,
    WrongPassphrase,
)


def test_looking_at_a_book_that_is_not_there_makes_nothing(tmp_path: Path, open_vault: OpenVault) -> None:
    vault = open_vault(tmp_path / "deep" / "book.db")
    assert vault.members() == []
    assert vault.setting("leave_to") is None
    with pytest.raises(WrongPassphrase):
        vault.unlock(*ANA)
    with pytest.raises(NoBook):
        vault.set_setting("leave_to", "x")
    assert list(tmp_path.iterdir()) == []


def test_a_book_and_its_folders_are_for_their_owner_alone(tmp_path: Path, open_vault: OpenVault) -> None:
    file = tmp_path / "new" / "folder" / "book.db"
    open_vault(file).create_member(*ANA)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(file.parent.parent.stat().st_mode) == 0o700


def test_a_closed_book_is_one_file(tmp_path: Path, open_vault: OpenVault) -> None:
    folder = tmp_path / "here"
    vault = open_vault(folder / "book.db")
    vault.create_member(*ANA)
    vault.unlock(*ANA).append([("mine", an_id(), b"x")])
    vault.close()
    assert [path.name for path in folder.iterdir() if path.is_file()] == ["book.db"]


def test_a_book_has_one_first_member(place: str, vault: Vault, open_vault: OpenVault) -> None:
    for other in (vault, open_vault(place)):
        with pytest.raises(AlreadyBegun):
            other.create_member(*BEN)
    assert [member.name for member in vault.members()] == ["Ana"]


def test_two_who_begin_the_same_book_at_once_do_not_overwrite_each_other(
    place: str, open_vault: OpenVault
) -> None:
    vaults = [open_vault(place), open_vault(place)]
    outcomes: list[str] = []

    def begin(vault: Vault, name: str, passphrase: str) -> None:
        try:
            vault.create_member(name, passphrase)
            outcomes.append(name)
        except AlreadyBegun:
            outcomes.append("already begun")

    threads = [
        threading.Thread(target=begin, args=(vault, *member))
        for vault, member in zip(vaults, (ANA, BEN), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (winner,) = set(outcomes) - {"already begun"}
    assert len(outcomes) == 2
    assert [member.name for member in open_vault(place).members()] == [winner]


def test_members_are_listed_in_the_order_in_which_they_joined(place: str, open_vault: OpenVault) -> None:
    vault = open_vault(place)
    vault.create_member("Zoe", "z")
    vault.join("Abe", "a", vault.unlock("Zoe", "z").invite())
    assert [member.name for member in vault.members()] == ["Zoe", "Abe"]


def test_a_member_has_the_same_id_before_and_after_unlocking(couple: Couple) -> None:
    assert couple.vault.members() == [couple.ana.member, couple.ben.member]


@pytest.mark.parametrize("name", ["", "   ", "x" * 101])
def test_a_name_has_a_sensible_length(place: str, open_vault: OpenVault, name: str) -> None:
    with pytest.raises(UnsuitableName):
        open_vault(place).create_member(name, "p")


def test_an_empty_passphrase_is_refused(place: str, open_vault: OpenVault) -> None:
    with pytest.raises(EmptyPassphrase):
        open_vault(place).create_member("Ana", "")
    assert open_vault(place).members() == []


def test_a_plain_setting_is_there_while_the_book_is_locked(
    place: str, vault: Vault, open_vault: OpenVault
) -> None:
    assert vault.setting("leave_to") is None
    vault.set_setting("leave_to", "weather")
    vault.set_setting("leave_to", "news")
    assert open_vault(place).setting("leave_to") == "news"


@pytest.mark.parametrize("key", ["schema", "needs", "book", "first"])
def test_a_setting_cannot_take_the_place_of_what_the_book_says_of_itself(vault: Vault, key: str) -> None:
    with pytest.raises(ValueError, match="not a setting"):
        vault.set_setting(key, "x")


def test_a_book_in_memory_is_a_full_book(open_vault: OpenVault) -> None:
    vault = open_vault(":memory:")
    vault.create_member(*ANA)
    ana = vault.unlock(*ANA)
    vault.join(*BEN, ana.invite())
    (shared,) = vault.unlock(*BEN).append([("ours", an_id(), b"hello")])
    assert ana.read() == [shared]
    assert open_vault(":memory:").members() == []


def test_another_window_finds_the_book_that_was_made_meanwhile(place: str, open_vault: OpenVault) -> None:
    early = open_vault(place)
    assert early.members() == []
    open_vault(place).create_member(*ANA)
    assert early.unlock(*ANA).member.name == "Ana"


def test_the_password_of_a_server_is_not_shown(schema: str, open_vault: OpenVault) -> None:
    vault = open_vault(schema.replace("workbook@", "workbook:hunter2@"))
    assert "hunter2" not in vault.where
    assert vault.where.startswith("postgresql+psycopg://workbook:***@")


def test_a_closed_vault_takes_nothing_more(vault: Vault) -> None:
    ana = vault.unlock(*ANA)
    vault.close()
    with pytest.raises(Locked):
        ana.append([("mine", an_id(), b"late")])
    with pytest.raises(Locked):
        vault.unlock(*ANA)


def test_a_book_that_was_replaced_while_open_takes_nothing_more(
    tmp_path: Path, open_vault: OpenVault
) -> None:
    file = tmp_path / "book.db"
    vault = open_vault(file)
    vault.create_member(*ANA)
    ana = vault.unlock(*ANA)
    vault.backup(tmp_path / "copy.db")
    (tmp_path / "copy.db").replace(file)
    for use in (ana.read, lambda: ana.append([("mine", an_id(), b"into the void")])):
        with pytest.raises(BookMoved):
            use()
    assert open_vault(file).unlock(*ANA).read() == []


def test_a_write_into_a_file_that_was_just_replaced_is_not_acknowledged(
    tmp_path: Path, open_vault: OpenVault
) -> None:
    vault = open_vault(tmp_path / "book.db")
    vault.create_member(*ANA)
    ana = vault.unlock(*ANA)
    vault.backup(tmp_path / "copy.db")

    def replace_meanwhile(before: bytes | None) -> bytes | None:
        (tmp_path / "copy.db").replace(tmp_path / "book.db")
        return b"into the void"

    with pytest.raises(BookMoved):
        ana.update_draft(replace_meanwhile)


def test_unlocking_in_a_worker_thread_serves_the_main_thread(vault: Vault) -> None:
    opened: list[object] = []
    thread = threading.Thread(target=lambda: opened.append(vault.unlock(*ANA)))
    thread.start()
    thread.join()
    (record,) = opened[0].append([("mine", an_id(), b"from the main thread")])  # type: ignore[attr-defined]
    assert vault.unlock(*ANA).read() == [record]
