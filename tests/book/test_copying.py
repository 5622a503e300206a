"""From looking to keeping: what was written in a book in memory goes into one on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.book.conftest import ANA, ONE_OF_EACH, Couple
from workbook.book import Book, Store
from workbook.book.ledger import Version
from workbook.entries import KINDS, Goal


@pytest.fixture
def looked(open_soft: Callable[[str], Store]) -> Book:
    """A book in memory in which everything was tried once."""
    store = open_soft(":memory:")
    store.create_member("You", "six random words")
    book = store.unlock("You", "six random words")
    book.write_many(ONE_OF_EACH.values())
    return book


def test_everything_is_copied_under_its_id(store: Store, book: Book, looked: Book) -> None:
    looked.copy_to(book)
    for each in (book, store.unlock(*ANA)):
        for kind in KINDS:
            found = [(written.id, written.entry) for written in each.entries(kind)]
            assert found == [(written.id, written.entry) for written in looked.entries(kind)]


def test_a_copy_belongs_to_the_member_whose_book_it_is_in(book: Book, looked: Book) -> None:
    looked.copy_to(book)
    assert {written.author for kind in KINDS for written in book.entries(kind)} == {"Ana"}
    assert {written.room for kind in KINDS for written in book.entries(kind)} == {"mine"}


def test_the_history_is_copied_with_its_times(store: Store, book: Book, looked: Book) -> None:
    entry_id = looked.write(Goal(title="a"))
    looked.revise(entry_id, title="b")
    looked.copy_to(book)
    expected = [(version.entry.title, version.written_at) for version in looked.versions(entry_id)]
    found = [(version.entry.title, version.written_at) for version in store.unlock(*ANA).versions(entry_id)]
    assert found == expected
    assert [title for title, _ in found] == ["a", "b"]


def test_what_is_written_next_comes_after_what_was_copied(store: Store, book: Book, looked: Book) -> None:
    entry_id = looked.write(Goal(title="copied"))
    looked.copy_to(book)
    book.revise(entry_id, title="revised in its new place")
    assert store.unlock(*ANA).entry(entry_id).entry.title == "revised in its new place"


def test_what_was_erased_while_looking_stays_erased(book: Book, looked: Book) -> None:
    erased = looked.write(Goal(title="erased"))
    looked.erase(erased)
    looked.copy_to(book)
    with pytest.raises(KeyError):
        book.entry(erased)


def test_drafts_are_copied_too(store: Store, book: Book, looked: Book) -> None:
    looked.keep_draft("journal/new", {"takeaway": "half a"})
    looked.copy_to(book)
    assert store.unlock(*ANA).drafts() == {"journal/new": {"takeaway": "half a"}}


def test_the_partner_s_entries_are_not_copied_as_one_s_own(
    couple: Couple, open_soft: Callable[[str], Store]
) -> None:
    couple.ben.write(Goal(title="from Ben"), "ours")
    couple.ana.write(Goal(title="from Ana"))
    store = open_soft(":memory:")
    store.create_member(*ANA)
    other = store.unlock(*ANA)
    assert len(couple.ana.entries(Goal)) == 2
    couple.ana.copy_to(other)
    assert [written.entry.title for written in other.entries(Goal)] == ["from Ana"]


def test_nothing_is_read_into_the_book_by_another_thread_while_it_is_copied(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.write(Goal(title="Walks"))
    every = book._ledger.every

    def watched() -> Iterator[Version]:
        with ThreadPoolExecutor(1) as chart:
            assert not chart.submit(book._one_at_a_time.acquire, blocking=False).result()
        yield from every()

    monkeypatch.setattr(book._ledger, "every", watched)
    assert len(book.to_take_along()) == 1
