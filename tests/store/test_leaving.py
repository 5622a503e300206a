"""Leaving: what only one member could open goes in one transaction; the other reads on under a new key."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.store.conftest import ANA, BEN, SOFT, Couple, OpenVault, an_id, joined
from workbook.store import (
    AlreadyTwo,
    Locked,
    NoPartner,
    PartnerLeft,
    Record,
    Unlocked,
    Unread,
    Vault,
    WrongPassphrase,
    YouLeft,
)
from workbook.store.engine import Database
from workbook.store.schema import draft, fetch, head, record, room_key, slot

FEW = settings(max_examples=40, deadline=None)
DEEDS = st.lists(
    st.tuples(st.sampled_from(["ana", "ana 2", "ben"]), st.sampled_from(["mine", "ours", "erase"])),
    max_size=25,
)


def left(couple: Couple) -> Unlocked:
    """Ana leaves; Ben's window, which has not looked since."""
    couple.ana.read()
    couple.ana.leave()
    return couple.ben


def rows(database: Database, table: Any) -> list[tuple[Any, ...]]:
    with database.reading() as connection:
        return fetch(connection, select(table))


def test_everything_that_only_one_could_open_is_gone(couple: Couple, database: Database) -> None:
    couple.ana.append([("mine", an_id(), b"hers"), ("ours", an_id(), b"shared")])
    couple.ana.update_draft(lambda before: b"half a")
    rooms = couple.ana._rooms
    assert rooms is not None
    ring = rooms.ring
    left(couple)
    ben = bytes.fromhex(couple.ben.member.id)
    assert [
        row for table in (record, head) for row in rows(database, table) if row[0] == ring.mine.room
    ] == []
    assert {row[0] for row in rows(database, slot)} == {row[0] for row in rows(database, draft)} == {ben}
    assert {row[2] for row in rows(database, room_key)} == {ben}
    assert couple.vault.members() == [couple.ben.member]
    with pytest.raises(WrongPassphrase):
        couple.vault.unlock(*ANA)


def test_whoever_leaves_is_locked_out_at_once(couple: Couple) -> None:
    other = couple.vault.unlock(*ANA)
    other.append([("mine", an_id(), b"from another window")])
    couple.ana.read()
    left(couple)
    with pytest.raises(Locked):
        couple.ana.leave()
    for attempt in (other.read, other.leave, other.invite, other.draft):
        with pytest.raises(YouLeft):
            attempt()
    with pytest.raises(YouLeft):
        other.append([("mine", an_id(), b"late")])


def test_the_other_reads_what_was_shared_and_is_alone_then(couple: Couple) -> None:
    (shared,) = couple.ana.append([("ours", an_id(), b"shared")])
    ben = left(couple)
    assert ben.read() == [shared]
    assert (ben.partner, ben.has_partner) == (couple.ana.member, False)
    with pytest.raises(AlreadyTwo):
        ben.invite()
    with pytest.raises(NoPartner):
        ben.leave()
    assert not couple.vault.has_room()


def test_what_the_other_writes_then_is_under_a_key_that_left_nobody_else(
    couple: Couple, database: Database
) -> None:
    rooms = couple.ana._rooms
    assert rooms is not None
    assert rooms.ring.ours is not None
    (known,) = rooms.ring.ours.epochs
    ben = left(couple)
    ben.read()
    (written,) = ben.append([("ours", an_id(), b"after")])
    ben.erase([(written.room, written.writer, written.n)])
    writer = bytes.fromhex(written.writer)
    mine = [row for row in rows(database, record) if row[1] == writer]
    assert [row[4] == known for row in mine] == [False] * len(mine) != []
    (last,) = (row[2] for row in rows(database, head) if row[1] == writer)
    assert last[: len(known)] != known
    assert [each.payload for each in couple.vault.unlock(*BEN).read()] == [None]


def test_nothing_goes_to_both_under_the_old_key_in_the_moment_of_leaving(couple: Couple) -> None:
    couple.ben.append([("ours", an_id(), b"before")])
    ben = left(couple)
    with pytest.raises(PartnerLeft):
        ben.append([("ours", an_id(), b"at the same moment")])
    ben.append([("mine", an_id(), b"for himself")])
    assert {each.payload for each in couple.vault.unlock(*BEN).read()} == {b"before", b"for himself"}


def test_nobody_leaves_over_something_that_they_have_not_read(couple: Couple) -> None:
    other = couple.vault.unlock(*ANA)
    other.append([("mine", an_id(), b"from another window")])
    with pytest.raises(Unread):
        couple.ana.leave()
    assert len(couple.ana.read()) == 1
    couple.ben.append([("ours", an_id(), b"from the other")])
    with pytest.raises(Unread):
        couple.ana.leave()
    assert [each.payload for each in couple.ana.read()] == [b"from the other"]
    couple.ana.leave()


def test_one_alone_has_nobody_to_leave_it_to(unlocked: Unlocked, vault: Vault) -> None:
    with pytest.raises(NoPartner):
        unlocked.leave()
    assert vault.unlock(*ANA).member == unlocked.member


def test_both_are_there_as_before_when_leaving_is_cut_off(
    couple: Couple, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(*_: object) -> None:
        raise ConnectionAbortedError

    couple.ana.append([("mine", an_id(), b"hers")])
    monkeypatch.setattr("workbook.store.open_rooms.remove_member", cut_off)
    with pytest.raises(ConnectionAbortedError):
        couple.ana.leave()
    assert [each.payload for each in couple.vault.unlock(*ANA).read()] == [b"hers"]
    assert couple.vault.unlock(*BEN).has_partner


@FEW
@given(DEEDS)
def test_whatever_was_done_before_leaving_the_other_keeps_theirs_and_all_that_was_shared(
    deeds: list[tuple[str, str]],
) -> None:
    vault = Vault.open(":memory:", hardness=SOFT)
    vault.create_member(*ANA)
    couple = joined(vault)
    windows = {"ana": couple.ana, "ana 2": vault.unlock(*ANA), "ben": couple.ben}
    written: dict[str, list[Record]] = {name: [] for name in windows}
    for who, deed in deeds:
        if deed != "erase":
            written[who] += windows[who].append([(deed, an_id(), deed.encode())])  # type: ignore[list-item]
        elif written[who]:
            gone = written[who].pop()
            windows[who].erase([(gone.room, gone.writer, gone.n)])
    couple.ana.read()
    couple.ana.leave()
    kept = [each for who, all_ in written.items() for each in all_ if who == "ben" or each.room == "ours"]
    found = [each for each in vault.unlock(*BEN).read() if each.payload is not None]
    assert sorted(found, key=repr) == sorted(kept, key=repr)
    vault.close()


def test_a_book_that_one_left_opens_again_after_closing(
    place: str, couple: Couple, open_vault: OpenVault
) -> None:
    left(couple)
    couple.vault.close()
    again = open_vault(place)
    assert [each.name for each in again.members()] == ["Ben"]
    assert len(again.unlock(*BEN).warnings) == 1
    assert again.unlock(*BEN).warnings == []
