"""Passphrases and recovery codes: who gets in, what a change of passphrase does, and what a file may ask."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from tests.store.conftest import ANA, BEN, SOFT, Couple, OpenVault, an_id
from workbook.store import (
    EmptyPassphrase,
    Hardness,
    PassphraseChanged,
    Tampered,
    Unlocked,
    Vault,
    WrongCode,
    WrongPassphrase,
)
from workbook.store.engine import Database
from workbook.store.hardness import derive, parse
from workbook.store.schema import fetch, room_key, slot

NEW = "six quite different words this time"


def test_only_the_right_name_and_passphrase_open_the_book(vault: Vault) -> None:
    for name, passphrase in [(ANA[0], BEN[1]), ("Zoe", ANA[1]), (ANA[0], ANA[1] + " "), (ANA[0], "")]:
        with pytest.raises(WrongPassphrase):
            vault.unlock(name, passphrase)
    assert vault.unlock(*ANA).member.name == "Ana"


def test_a_passphrase_is_the_same_however_its_accents_are_typed(place: str, open_vault: OpenVault) -> None:
    vault = open_vault(place)
    vault.create_member("José", "caf\u00e9 am\u00e9lie")
    assert vault.unlock("Jose\u0301", "cafe\u0301 ame\u0301lie").member.name == "José"


def test_an_unknown_name_costs_as_much_as_a_wrong_passphrase(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    costs: list[Hardness] = []

    def counted(passphrase: str, salt: bytes, hardness: Hardness) -> bytes:
        costs.append(hardness)
        return derive(passphrase, salt, hardness)

    monkeypatch.setattr("workbook.store.members.derive", counted)
    for name in ("Ana", "Zoe"):
        with pytest.raises(WrongPassphrase):
            vault.unlock(name, "wrong")
    assert costs == [SOFT, SOFT]


def test_a_recovery_code_opens_the_book_however_it_is_copied(place: str, open_vault: OpenVault) -> None:
    vault = open_vault(place)
    code = vault.create_member(*ANA)
    (record,) = vault.unlock(*ANA).append([("mine", an_id(), b"kept")])
    for copied in (code, code.lower(), code.replace("-", " "), code.replace("0", "o").replace("1", "l")):
        assert vault.unlock_with_code("Ana", copied).read() == [record]


def test_a_wrong_recovery_code_opens_nothing(vault: Vault) -> None:
    for code in ("", "AAAA", "-".join(["7K3M"] * 8), "é" * 32):
        with pytest.raises(WrongCode):
            vault.unlock_with_code("Ana", code)


def test_a_new_passphrase_takes_the_place_of_the_old_one_and_of_the_code(
    place: str, open_vault: OpenVault
) -> None:
    vault = open_vault(place)
    old_code = vault.create_member(*ANA)
    ana = vault.unlock(*ANA)
    (before,) = ana.append([("mine", an_id(), b"before")])
    new_code = ana.change_passphrase(ANA[1], NEW)
    (after,) = ana.append([("mine", an_id(), b"after")])
    with pytest.raises(WrongPassphrase):
        vault.unlock(*ANA)
    with pytest.raises(WrongCode):
        vault.unlock_with_code("Ana", old_code)
    for opened in (vault.unlock("Ana", NEW), vault.unlock_with_code("Ana", new_code)):
        assert sorted(opened.read(), key=lambda record: record.payload or b"") == [after, before]


def test_changing_the_passphrase_asks_for_the_old_one(unlocked: Unlocked) -> None:
    for old in ("wrong", "", None):
        with pytest.raises(WrongPassphrase):
            unlocked.change_passphrase(old, NEW)
    with pytest.raises(EmptyPassphrase):
        unlocked.change_passphrase(ANA[1], "")


def test_after_the_recovery_code_a_new_passphrase_can_be_set_once(place: str, open_vault: OpenVault) -> None:
    vault = open_vault(place)
    ana = vault.unlock_with_code("Ana", vault.create_member(*ANA))
    ana.change_passphrase(None, NEW)
    with pytest.raises(WrongPassphrase):
        ana.change_passphrase(None, "another")
    assert vault.unlock("Ana", NEW).member == ana.member


def test_an_old_copy_with_the_old_passphrase_opens_only_what_was_in_it(
    tmp_path: Path, open_vault: OpenVault
) -> None:
    vault = open_vault(tmp_path / "book.db")
    vault.create_member(*ANA)
    ana = vault.unlock(*ANA)
    ana.append([("mine", an_id(), b"before")])
    old_keys = ana._rooms.ring.mine.epochs.copy()  # type: ignore[union-attr]
    ana.change_passphrase(ANA[1], NEW)
    ana.append([("mine", an_id(), b"after")])
    with vault._database.reading() as connection:  # type: ignore[union-attr]
        epochs = {row[0] for row in connection.exec_driver_sql("SELECT epoch FROM record WHERE n = 1")}
    assert len(epochs) == 2
    assert len(epochs & old_keys.keys()) == 1


def test_the_newest_key_of_a_room_cannot_be_taken_away_so_that_the_old_one_is_used_again(
    vault: Vault, unlocked: Unlocked, database: Database
) -> None:
    unlocked.append([("mine", an_id(), b"before")])
    unlocked.change_passphrase(ANA[1], NEW)
    newest = unlocked._rooms.ring.mine.newest  # type: ignore[union-attr]
    with database.writing() as connection:
        connection.execute(delete(room_key).where(room_key.c.epoch == newest))
    with pytest.raises(Tampered, match="row of keys"):
        vault.unlock("Ana", NEW)


def test_a_change_of_passphrase_elsewhere_is_noticed_before_anything_is_written(
    place: str, vault: Vault, unlocked: Unlocked, open_vault: OpenVault
) -> None:
    open_vault(place).unlock(*ANA).change_passphrase(ANA[1], NEW)
    for use in (unlocked.read, unlocked.draft, lambda: unlocked.append([("mine", an_id(), b"stale")])):
        with pytest.raises(PassphraseChanged):
            use()
    assert vault.unlock("Ana", NEW).read() == []


def test_both_members_keep_their_rooms_through_changes_of_passphrase(couple: Couple) -> None:
    couple.ana.change_passphrase(ANA[1], NEW)
    (shared,) = couple.ana.append([("ours", an_id(), b"still shared")])
    couple.ben.change_passphrase(BEN[1], NEW + "!")
    assert couple.ben.read() == [shared]
    assert couple.vault.unlock("Ana", NEW).read() == [shared]
    assert couple.vault.unlock("Ben", NEW + "!").read() == [shared]


@pytest.mark.parametrize(
    "kdf",
    [
        "argon2id$m=65535$t=3$p=1",
        "argon2id$m=65536$t=2$p=1",
        "argon2id$m=1048577$t=3$p=1",
        "argon2id$m=65536$t=11$p=1",
        "argon2id$m=65536$t=3$p=0",
        "argon2id$m=65536$t=3$p=99",
        "argon2i$m=65536$t=3$p=1",
        "scrypt",
        "",
    ],
)
def test_a_cost_out_of_bounds_is_refused_whatever_the_file_asks(kdf: str) -> None:
    with pytest.raises(Tampered, match="cost"):
        parse(kdf, Hardness())


def test_a_file_cannot_make_unlocking_endless(vault: Vault, database: Database) -> None:
    with database.writing() as connection:
        connection.execute(update(slot).values(kdf="argon2id$m=999999999$t=3$p=1"))
    with pytest.raises(Tampered, match="cost"):
        vault.unlock(*ANA)


def test_the_standard_cost_is_what_a_book_states(tmp_path: Path) -> None:
    vault = Vault.open(tmp_path / "book.db")
    vault.create_member(*ANA)
    assert vault.unlock(*ANA).member.name == "Ana"
    with vault._database.reading() as connection:  # type: ignore[union-attr]
        stated = fetch(connection, select(slot.c.kdf).where(slot.c.kind == "passphrase"))
    assert stated == [("argon2id$m=262144$t=3$p=1",)]
    vault.close()
