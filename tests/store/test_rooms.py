"""What a room promises: what goes in comes out, for those who may read it and for nobody else."""

from __future__ import annotations

import pytest

from tests.store.conftest import ANA, BEN, Couple, an_id
from workbook.store import Locked, NoPartner, Record, Unlocked, Vault


def contents(records: list[Record]) -> list[tuple[str, bytes | None]]:
    return sorted((record.room, record.payload or b"") for record in records)


def test_what_was_written_comes_back_after_a_new_unlock(vault: Vault, unlocked: Unlocked) -> None:
    written = unlocked.append([("mine", an_id(), b"one"), ("mine", an_id(), b"two")])
    assert [record.payload for record in written] == [b"one", b"two"]
    assert vault.unlock(*ANA).read() == written


def test_a_record_carries_its_id_its_room_and_its_author(couple: Couple) -> None:
    chosen = an_id()
    (record,) = couple.ben.append([("ours", chosen, b"hello")])
    assert (record.id, record.room, record.author) == (chosen, "ours", couple.ben.member.id)
    assert couple.ana.read() == [record]


def test_what_append_returned_is_not_read_again(unlocked: Unlocked) -> None:
    unlocked.append([("mine", an_id(), b"one")])
    assert unlocked.read() == []


def test_a_partner_cannot_read_what_the_other_kept_private(couple: Couple) -> None:
    couple.ana.append([("mine", an_id(), b"only ana"), ("ours", an_id(), b"both")])
    assert contents(couple.ben.read()) == [("ours", b"both")]
    assert contents(couple.vault.unlock(*BEN).read()) == [("ours", b"both")]


def test_records_of_both_rooms_come_back_in_the_order_of_the_items(couple: Couple) -> None:
    rooms = ["ours", "mine", "ours", "mine"]
    written = couple.ana.append([(room, an_id(), room.encode()) for room in rooms])  # type: ignore[misc]
    assert [record.room for record in written] == rooms
    assert [record.payload for record in written] == [room.encode() for room in rooms]


@pytest.mark.parametrize("length", [0, 1, 246, 247, 248, 300, 20_000])
def test_a_payload_of_any_length_comes_back_exactly(couple: Couple, length: int) -> None:
    payload = bytes(index % 251 for index in range(length))
    couple.ana.append([("mine", an_id(), payload), ("ours", an_id(), payload)])
    assert {record.payload for record in couple.vault.unlock(*ANA).read()} == {payload}
    assert {record.payload for record in couple.ben.read()} == {payload}


def test_one_bad_item_keeps_all_of_them_out(vault: Vault, unlocked: Unlocked) -> None:
    with pytest.raises(ValueError, match="hexadecimal"):
        unlocked.append([("mine", an_id(), b"good"), ("mine", "abcd", b"bad")])
    with pytest.raises(NoPartner):
        unlocked.append([("mine", an_id(), b"good"), ("ours", an_id(), b"too early")])
    assert vault.unlock(*ANA).read() == []


def test_writing_goes_on_after_an_append_that_failed(vault: Vault, unlocked: Unlocked) -> None:
    unlocked.append([("mine", an_id(), b"one")])
    with pytest.raises(NoPartner):
        unlocked.append([("ours", an_id(), b"too early")])
    unlocked.append([("mine", an_id(), b"two")])
    assert contents(vault.unlock(*ANA).read()) == [("mine", b"one"), ("mine", b"two")]


def test_a_locked_book_gives_and_takes_nothing(vault: Vault, unlocked: Unlocked) -> None:
    unlocked.lock()
    for use in (unlocked.read, unlocked.draft, unlocked.invite, lambda: unlocked.has_partner):
        with pytest.raises(Locked):
            use()
    with pytest.raises(Locked):
        unlocked.append([("mine", an_id(), b"late")])
    assert vault.unlock(*ANA).read() == []


def test_many_unlocks_in_a_row_read_everything_that_each_wrote(vault: Vault) -> None:
    for number in range(5):
        vault.unlock(*ANA).append([("mine", an_id(), bytes([number]))])
    assert contents(vault.unlock(*ANA).read()) == [("mine", bytes([number])) for number in range(5)]


def test_two_members_at_the_same_vault_see_what_the_other_shares_at_once(couple: Couple) -> None:
    for number in range(3):
        (sent,) = couple.ana.append([("ours", an_id(), bytes([number]))])
        assert couple.ben.read() == [sent]
        (answer,) = couple.ben.append([("ours", an_id(), bytes([number + 100]))])
        assert couple.ana.read() == [answer]
