"""Entries that are asked for again and again: read once, found by what they name, never out of date."""

import gc
import types
from datetime import timedelta
from typing import NamedTuple

import pytest

from tests.book.conftest import ANA, DAY, Couple
from workbook.book import Book, Store, Written
from workbook.entries import Entry, Loop, LoopCheck, Reflection, Session
from workbook.store.errors import Locked


class Loops(NamedTuple):
    """Two loops, and the checks of each."""

    stairs: str
    dinner: str
    of_stairs: list[str]
    of_dinner: list[str]


@pytest.fixture
def loops(book: Book) -> Loops:
    stairs, dinner = book.write_many([Loop(name="The stairs"), Loop(name="Dinner")])
    days = [DAY + timedelta(weeks=week) for week in range(3)]
    checks = [LoopCheck(loop=loop, on=day, tried="yes") for day in days for loop in (stairs, dinner)]
    ids = book.write_many(checks)
    return Loops(stairs, dinner, ids[::2], ids[1::2])


def ids(book: Book, **where: object) -> list[str]:
    return [each.id for each in book.entries(LoopCheck, **where)]


def test_the_checks_of_one_loop_are_found_in_the_order_in_which_they_were_written(book, loops) -> None:
    assert ids(book, loop=loops.stairs) == loops.of_stairs
    assert ids(book, loop=loops.dinner) == loops.of_dinner
    assert ids(book, loop="of no loop") == []
    assert ids(book, loop=loops.stairs, on=DAY) == loops.of_stairs[:1]


def test_what_is_written_revised_and_erased_is_seen_by_who_looked_before(book, loops) -> None:
    assert ids(book, loop=loops.stairs) == loops.of_stairs
    moved, gone, stays = loops.of_stairs
    new = book.write(LoopCheck(loop=loops.stairs, on=DAY, tried="no chance"))
    book.revise(moved, loop=loops.dinner)
    book.erase(gone)
    assert ids(book, loop=loops.stairs) == [stays, new]
    assert ids(book, loop=loops.dinner) == sorted([moved, *loops.of_dinner], key=ids(book).index)


def test_what_another_window_writes_is_seen_by_who_looked_before(store: Store, book: Book, loops) -> None:
    before = ids(book, loop=loops.stairs)
    other = store.unlock(*ANA)
    added = other.write(LoopCheck(loop=loops.stairs, on=DAY, tried="yes"))
    assert ids(book, loop=loops.stairs) == [*before, added]


def test_a_list_that_was_handed_out_is_the_callers_own(book, loops) -> None:
    book.entries(LoopCheck).clear()
    book.entries(LoopCheck, loop=loops.stairs).clear()
    assert len(ids(book)) == 6
    assert ids(book, loop=loops.stairs) == loops.of_stairs


def test_entries_of_other_kinds_do_not_make_a_kind_be_read_again(book, loops) -> None:
    before = book.entries(LoopCheck)
    session = book.write(Session(on=DAY))
    book.write(Reflection(session=session))
    assert all(now is then for now, then in zip(book.entries(LoopCheck), before, strict=True))


def test_the_partners_entries_carry_their_name_for_who_looked_before(couple: Couple) -> None:
    assert couple.ana.entries(Session) == []
    couple.ben.write(Session(on=DAY), room="ours")
    assert [each.author for each in couple.ana.entries(Session)] == ["Ben"]


def test_after_lock_nothing_is_found_that_was_found_before(book, loops) -> None:
    assert ids(book)
    book.lock()
    with pytest.raises(Locked):
        book.entries(LoopCheck)
    with pytest.raises(Locked):
        book.entries(LoopCheck, loop=loops.stairs)


def test_a_locked_book_holds_no_entry_that_was_read(book, loops) -> None:
    book.entries(LoopCheck, loop=loops.stairs)
    assert any(isinstance(held, LoopCheck) for held in held_by(book))
    book.lock()
    assert not any(isinstance(held, Entry | Written) for held in held_by(book))


def held_by(book: Book) -> list[object]:
    """Everything that can be reached from a book, without what all of the program shares."""
    found: list[object] = [book]
    seen = {id(book)}
    for each in found:
        new = [held for held in referents(each) if id(held) not in seen]
        seen |= {id(held) for held in new}
        found += new
    return found


def referents(each: object) -> list[object]:
    if isinstance(each, Written):
        return [each.entry]
    shared = (type, types.ModuleType, types.FunctionType, types.MethodType)
    return [held for held in gc.get_referents(each) if not isinstance(held, shared)]
