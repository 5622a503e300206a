"""Writing: what goes in comes back, alone, in numbers, and in both rooms at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.book.conftest import ANA, DAY, ONE_OF_EACH, SOME_ID, Couple
from workbook.book import Book, Store, StoreError, open_store
from workbook.book.book import Item, new_id
from workbook.entries import KINDS, Entry, Goal, Invalid, Reflection, Session


@contextmanager
def room_for(place: Path, more: int) -> Iterator[None]:
    """A file that takes a number of records and then refuses, in the middle of a transaction."""
    with closing(sqlite3.connect(place)) as file:
        limit = file.execute("SELECT count(*) FROM record").fetchone()[0] + more
        file.execute(
            f"CREATE TRIGGER full BEFORE INSERT ON record WHEN (SELECT count(*) FROM record) >= {limit} "
            "BEGIN SELECT RAISE(ABORT, 'no more'); END"
        )
        yield
        file.execute("DROP TRIGGER full")


@pytest.mark.parametrize("kind", KINDS)
def test_an_entry_comes_back_as_it_was_written(book: Book, kind: type[Entry]) -> None:
    book.write(ONE_OF_EACH[kind])
    assert [written.entry for written in book.entries(kind)] == [ONE_OF_EACH[kind]]


@pytest.mark.parametrize("kind", KINDS)
def test_an_entry_is_there_after_a_new_unlock(store: Store, book: Book, kind: type[Entry]) -> None:
    entry_id = book.write(ONE_OF_EACH[kind])
    book.lock()
    (written,) = store.unlock(*ANA).entries(kind)
    assert (written.id, written.entry) == (entry_id, ONE_OF_EACH[kind])


def test_the_book_knows_who_wrote_an_entry_where_and_when(book: Book) -> None:
    before = datetime.now().astimezone() - timedelta(milliseconds=1)
    entry_id = book.write(Goal(title="Walks"))
    (written,) = book.entries(Goal)
    assert (written.id, written.author, written.room, written.revised_at) == (entry_id, "Ana", "mine", None)
    assert before <= written.written_at <= datetime.now().astimezone()


def test_ids_are_random_and_of_one_length(book: Book) -> None:
    ids = book.write_many(Goal(title=f"{n}") for n in range(50))
    assert len(set(ids)) == 50
    assert {len(entry_id) for entry_id in ids} == {32}
    assert ids != sorted(ids)


def test_entries_come_in_the_order_in_which_they_were_written(store: Store, book: Book) -> None:
    for n in range(5):
        book.write(Goal(title=f"alone {n}"))
    book.write_many(Goal(title=f"at once {n}") for n in range(5))
    titles = [f"alone {n}" for n in range(5)] + [f"at once {n}" for n in range(5)]
    assert [written.entry.title for written in store.unlock(*ANA).entries(Goal)] == titles


def test_an_entry_is_found_by_its_id(book: Book) -> None:
    entry_id = book.write(Goal(title="Walks"))
    assert book.entry(entry_id).entry == Goal(title="Walks")
    with pytest.raises(KeyError):
        book.entry(SOME_ID)


def test_writing_many_returns_their_ids_in_order(book: Book) -> None:
    ids = book.write_many([Goal(title="a"), Session(on=DAY), Goal(title="b")])
    assert [type(book.entry(entry_id).entry).__name__ for entry_id in ids] == ["Goal", "Session", "Goal"]


def test_writing_nothing_writes_nothing(book: Book, place: Path) -> None:
    before = place.read_bytes()
    assert book.write_many([]) == []
    assert place.read_bytes() == before


def test_one_invalid_entry_among_many_keeps_all_out(store: Store, book: Book) -> None:
    with pytest.raises(Invalid):
        book.write_many([Goal(title="fine"), Goal(title=""), Goal(title="fine as well")])
    assert book.entries(Goal) == []
    assert store.unlock(*ANA).entries(Goal) == []


def test_many_entries_are_all_there_or_none_when_the_file_fails_midway(
    store: Store, book: Book, place: Path
) -> None:
    book.write(Goal(title="before"))
    with room_for(place, more=2), pytest.raises(StoreError):
        book.write_many(Goal(title=f"{n}") for n in range(3))
    assert [written.entry.title for written in book.entries(Goal)] == ["before"]
    assert [written.entry.title for written in store.unlock(*ANA).entries(Goal)] == ["before"]


def test_what_could_not_be_written_can_be_written_again(store: Store, book: Book, place: Path) -> None:
    with room_for(place, more=0), pytest.raises(StoreError):
        book.write(Goal(title="again"))
    book.write(Goal(title="again"))
    assert [written.entry.title for written in store.unlock(*ANA).entries(Goal)] == ["again"]


def test_entries_in_both_rooms_are_all_there_or_none(couple: Couple, place: Path) -> None:
    couple.ana.write_many([Session(on=DAY)], "ours")
    couple.ana.write(Goal(title="before"))
    session = new_id()
    items = [Item(Session(on=DAY), "ours", session), Item(Reflection(session=session), "mine", new_id())]
    with room_for(place, more=1), pytest.raises(StoreError):
        couple.ana.post(items)
    for book in (couple.ana, couple.store.unlock(*ANA)):
        assert (len(book.entries(Session)), len(book.entries(Reflection))) == (1, 0)
    couple.ana.post(items)
    assert (len(couple.ben.entries(Session)), len(couple.ana.entries(Reflection))) == (2, 1)


def test_one_invalid_entry_keeps_those_in_the_other_room_out(couple: Couple) -> None:
    items = [
        Item(Session(on=DAY), "ours", new_id()),
        Item(Reflection(session=SOME_ID, hope=11), "mine", new_id()),
    ]
    with pytest.raises(Invalid):
        couple.ana.post(items)
    assert couple.ana.entries(Session) == couple.ben.entries(Session) == []


def test_two_open_books_see_what_the_other_writes(store: Store, book: Book) -> None:
    other = store.unlock(*ANA)
    entry_id = other.write(Goal(title="from another tab"))
    assert book.entry(entry_id).entry == Goal(title="from another tab")
    book.write(Goal(title="back"))
    assert [written.entry.title for written in other.entries(Goal)] == ["from another tab", "back"]


def test_a_book_in_memory_is_a_full_book(open_soft: Callable[[str], Store]) -> None:
    store = open_soft(":memory:")
    store.create_member(*ANA)
    store.unlock(*ANA).write_many(ONE_OF_EACH.values())
    again = store.unlock(*ANA)
    assert [again.entries(kind)[0].entry for kind in KINDS] == list(ONE_OF_EACH.values())


def test_a_store_opens_where_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBOOK_BOOK", str(tmp_path / "named.db"))
    assert open_store().where == str(tmp_path / "named.db")
    assert open_store().members() == []
    assert not (tmp_path / "named.db").exists()
