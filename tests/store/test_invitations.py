"""The invitation: one code, for one partner, once."""

from __future__ import annotations

import threading
import time

import pytest
from sqlalchemy import select, update

from tests.store.conftest import ANA, BEN, Couple, OpenVault, an_id
from workbook.store import AlreadyTwo, NameTaken, NoPartner, Tampered, Unlocked, Vault, WrongCode
from workbook.store.engine import Database
from workbook.store.schema import fetch, invite, member


def invitations(vault: Vault) -> int:
    with vault._database.reading() as connection:  # type: ignore[union-attr]
        return len(fetch(connection, select(invite.c.id)))


def test_the_shared_room_begins_when_the_partner_has_joined(vault: Vault, unlocked: Unlocked) -> None:
    code = unlocked.invite()
    assert (unlocked.partner, unlocked.has_partner) == (None, False)
    with pytest.raises(NoPartner):
        unlocked.append([("ours", an_id(), b"too early")])
    vault.join(*BEN, code)
    ben = vault.unlock(*BEN)
    assert unlocked.read() == []
    assert (unlocked.partner, ben.partner) == (ben.member, unlocked.member)
    assert unlocked.append([("ours", an_id(), b"welcome")]) == ben.read()


def test_a_code_works_once(couple: Couple, place: str, open_vault: OpenVault) -> None:
    vault = open_vault(place)
    with pytest.raises(AlreadyTwo):
        couple.ana.invite()
    assert invitations(vault) == 0


def test_a_used_code_is_a_wrong_code(vault: Vault, unlocked: Unlocked) -> None:
    code = unlocked.invite()
    vault.join(*BEN, code)
    with pytest.raises(WrongCode):
        vault.join("Cem", "other words", code)
    assert [each.name for each in vault.members()] == ["Ana", "Ben"]


def test_two_who_use_one_code_at_once_do_not_both_get_in(
    place: str, vault: Vault, unlocked: Unlocked, open_vault: OpenVault
) -> None:
    code, outcomes = unlocked.invite(), []

    def enter(other: Vault, name: str) -> None:
        try:
            outcomes.append(other.join(name, "words", code) and "in")
        except WrongCode:
            outcomes.append("out")

    threads = [threading.Thread(target=enter, args=(open_vault(place), name)) for name in ("Ben", "Cem")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["in", "out"]
    assert len(vault.members()) == 2


def test_a_new_invitation_voids_the_one_before(vault: Vault, unlocked: Unlocked) -> None:
    old, new = unlocked.invite(), unlocked.invite()
    assert invitations(vault) == 1
    with pytest.raises(WrongCode):
        vault.join(*BEN, old)
    vault.join(*BEN, new.lower().replace("-", " "))
    assert unlocked.read() == []
    assert unlocked.has_partner


def test_a_replaced_code_does_not_open_the_shared_room_in_an_old_copy(unlocked: Unlocked) -> None:
    unlocked.invite()
    unlocked.read()
    before = unlocked._rooms.ring.ours  # type: ignore[union-attr]
    unlocked.invite()
    unlocked.read()
    after = unlocked._rooms.ring.ours  # type: ignore[union-attr]
    assert not set(before.epochs.values()) & set(after.epochs.values())  # type: ignore[union-attr]


def test_an_invitation_expires_and_its_row_goes(vault: Vault, unlocked: Unlocked) -> None:
    code = unlocked.invite(days=-1)
    assert invitations(vault) == 1
    with pytest.raises(WrongCode):
        vault.join(*BEN, code)
    assert invitations(vault) == 0


def test_an_expired_invitation_goes_at_the_next_unlock(vault: Vault, unlocked: Unlocked) -> None:
    unlocked.invite(days=-1)
    vault.unlock(*ANA)
    assert invitations(vault) == 0


def test_an_invitation_cannot_be_made_to_last_longer_in_the_database(
    vault: Vault, unlocked: Unlocked, database: Database
) -> None:
    code = unlocked.invite()
    with database.writing() as connection:
        connection.execute(update(invite).values(expires=int(time.time()) + 10**9))
    with pytest.raises(Tampered, match="invitation"):
        vault.join(*BEN, code)


def test_a_recovery_code_is_no_invitation(place: str, open_vault: OpenVault) -> None:
    vault = open_vault(place)
    recovery = vault.create_member(*ANA)
    vault.unlock(*ANA).invite()
    for code in (recovery, "", "7K3M-7K3M", recovery[:32]):
        with pytest.raises(WrongCode):
            vault.join(*BEN, code)


def test_the_partner_takes_another_name(vault: Vault, unlocked: Unlocked) -> None:
    code = unlocked.invite()
    for name in ("Ana", "ANA", " ana "):
        with pytest.raises(NameTaken):
            vault.join(name, "words", code)
    vault.join(*BEN, code)


def test_what_both_wrote_before_is_there_for_whoever_unlocks_later(couple: Couple) -> None:
    couple.ana.append([("ours", an_id(), b"from ana")])
    couple.ben.append([("ours", an_id(), b"from ben")])
    for name, passphrase in (ANA, BEN):
        records = couple.vault.unlock(name, passphrase).read()
        authors = {record.payload: record.author for record in records}
        assert authors == {b"from ana": couple.ana.member.id, b"from ben": couple.ben.member.id}


def test_the_first_key_that_the_partner_showed_is_the_one_that_counts(
    couple: Couple, database: Database
) -> None:
    with database.writing() as connection:
        stranger = update(member).where(member.c.name == "Ben").values(public_key=bytes(32))
        connection.execute(stranger)
    with pytest.raises(Tampered, match="member"):
        couple.vault.unlock(*ANA)


def test_a_member_slipped_into_the_database_is_noticed(
    vault: Vault, unlocked: Unlocked, database: Database
) -> None:
    with database.writing() as connection:
        connection.execute(member.insert(), {"id": bytes(16), "name": "Eve", "public_key": bytes(32)})
    with pytest.raises(Tampered, match="member"):
        vault.unlock(*ANA)
