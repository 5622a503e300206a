"""Erasing: an entry goes with all its versions, here and in every open book."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.book.conftest import ANA, Couple
from tests.book.test_writing import room_for
from workbook.book import Book, Store, StoreError
from workbook.entries import Goal


def test_an_erased_entry_is_gone_with_all_its_versions(store: Store, book: Book) -> None:
    entry_id = book.write(Goal(title="a"))
    book.revise(entry_id, title="b")
    book.erase(entry_id)
    for each in (book, store.unlock(*ANA)):
        assert each.entries(Goal) == []
        assert each.frame(Goal).empty
        with pytest.raises(KeyError):
            each.history(entry_id)


def test_versions_from_two_open_books_are_erased_together(store: Store, book: Book) -> None:
    other = store.unlock(*ANA)
    entry_id = book.write(Goal(title="a"))
    other.revise(entry_id, title="b")
    book.erase(entry_id)
    assert store.unlock(*ANA).entries(Goal) == []


def test_an_open_book_notices_what_another_one_erased(store: Store, book: Book) -> None:
    other = store.unlock(*ANA)
    entry_id = book.write(Goal(title="a"))
    assert other.entry(entry_id).entry.title == "a"
    book.erase(entry_id)
    for read in (other.entry, other.history, other.versions):
        with pytest.raises(KeyError):
            read(entry_id)
    assert other.frame(Goal).empty


def test_the_partner_s_open_book_notices_too(couple: Couple) -> None:
    kept, erased = couple.ana.write_many([Goal(title="kept"), Goal(title="erased")], "ours")
    assert len(couple.ben.entries(Goal)) == 2
    couple.ana.erase(erased)
    assert [written.id for written in couple.ben.entries(Goal)] == [kept]


def test_erasing_one_entry_leaves_the_others(store: Store, book: Book) -> None:
    ids = book.write_many(Goal(title=f"{n}") for n in range(3))
    book.erase(ids[1])
    for each in (book, store.unlock(*ANA)):
        assert [written.entry.title for written in each.entries(Goal)] == ["0", "2"]


def test_several_are_erased_together_or_not_at_all(store: Store, book: Book, place: Path) -> None:
    ids = book.write_many(Goal(title=f"{n}") for n in range(3))
    with room_for(place, more=0), pytest.raises(StoreError):
        book.erase_many(ids[:2])
    assert len(store.unlock(*ANA).entries(Goal)) == len(book.entries(Goal)) == 3
    book.erase_many(ids[:2])
    assert [written.id for written in store.unlock(*ANA).entries(Goal)] == ids[2:]


def test_what_is_erased_cannot_be_erased_or_revised_again(book: Book) -> None:
    entry_id = book.write(Goal(title="a"))
    book.erase(entry_id)
    with pytest.raises(KeyError):
        book.erase(entry_id)
    with pytest.raises(KeyError):
        book.revise(entry_id, title="b")


def test_an_erased_seal_is_no_longer_in_the_file(book: Book, place: Path) -> None:
    book.write(Goal(title="kept", today="x" * 5_000))
    entry_id = book.write(Goal(title="erased", today="x" * 5_000))
    sealed = _seal(place, entry_id)
    assert sealed[100:200] in place.read_bytes()
    book.erase(entry_id)
    assert sealed[100:200] not in place.read_bytes()


def _seal(place: Path, entry_id: str) -> bytes:
    with closing(sqlite3.connect(place)) as file:
        (row,) = file.execute("SELECT sealed FROM record WHERE id = ?", [bytes.fromhex(entry_id)]).fetchall()
    return bytes(row[0])
