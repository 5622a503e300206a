"""Joining: what is no invitation, names that are too much alike, and clocks that are wrong."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest

from tests.book.conftest import ANA, BEN, Couple
from workbook.book import Book, NameTaken, Store, WrongCode
from workbook.entries import Goal
from workbook.store import ClockDiffers, RecoveryCodeGiven, invitations

DAY, YEAR = invitations.DAY, 365 * invitations.DAY
NEW = "seven words that ana just made up"


def put_clock(monkeypatch: pytest.MonkeyPatch, ahead: int) -> None:
    """Put the clock by which invitations count so many seconds ahead of this computer's."""
    monkeypatch.setattr(invitations, "time", SimpleNamespace(time=lambda: time.time() + ahead))


def test_a_recovery_code_is_refused_as_one_and_still_opens_its_owner_s_pages(
    store: Store, book: Book
) -> None:
    book.invite()
    recovery = book.change_passphrase(ANA[1], NEW)
    for typed in (recovery, recovery.lower().replace("-", " ")):
        with pytest.raises(RecoveryCodeGiven, match="never be passed on"):
            store.join(*BEN, typed)
    assert store.members() == ["Ana"]
    assert store.unlock_with_code("Ana", recovery).name == "Ana"


@pytest.mark.parametrize("name", ["ana", " ANA ", "Ａｎａ", "ªna"])
def test_names_that_differ_only_in_how_they_are_written_are_one_name(
    store: Store, book: Book, name: str
) -> None:
    code = book.invite()
    with pytest.raises(NameTaken):
        store.join(name, BEN[1], code)
    assert store.join(*BEN, code).name == "Ben"


def test_an_accent_makes_another_name_however_it_is_written(store: Store, book: Book) -> None:
    assert store.join("A\u0301na", BEN[1], book.invite()).name == "Ána"
    assert store.unlock("A\u0301na", BEN[1]).partner == "Ana"


def test_there_is_room_for_one_more_until_someone_has_joined(store: Store, book: Book) -> None:
    code = book.invite()
    assert store.has_room()
    store.join(*BEN, code)
    assert not store.has_room()


@pytest.mark.parametrize("ahead", [DAY - 60, 60 - DAY])
def test_a_clock_that_is_less_than_a_day_off_keeps_nobody_out(
    store: Store, book: Book, monkeypatch: pytest.MonkeyPatch, ahead: int
) -> None:
    put_clock(monkeypatch, ahead)
    code = book.invite()
    put_clock(monkeypatch, 0)
    assert store.join(*BEN, code).name == "Ben"


def test_an_invitation_from_a_clock_a_year_ahead_does_not_last_for_a_year(
    store: Store, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_clock(monkeypatch, YEAR)
    code = book.invite()
    put_clock(monkeypatch, 0)
    with pytest.raises(ClockDiffers, match="clock"):
        store.join(*BEN, code)
    assert store.join(*BEN, book.invite()).name == "Ben"


@pytest.mark.parametrize(("inviting", "joining"), [(-YEAR, 0), (0, YEAR)])
def test_an_invitation_that_a_wrong_clock_took_for_too_old_is_made_anew(
    store: Store, book: Book, monkeypatch: pytest.MonkeyPatch, inviting: int, joining: int
) -> None:
    put_clock(monkeypatch, inviting)
    code = book.invite()
    put_clock(monkeypatch, joining)
    with pytest.raises(WrongCode):
        store.join(*BEN, code)
    put_clock(monkeypatch, 0)
    assert store.join(*BEN, book.invite()).name == "Ben"


def test_whoever_joins_reads_nothing_from_before(couple: Couple) -> None:
    couple.ana.write(Goal(title="hers"))
    assert couple.ben.entries(Goal) == []
