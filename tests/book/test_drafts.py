"""Drafts: what is being typed is still there after anything, and is nobody else's."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.book.conftest import ANA, BEN, Couple
from workbook.book import Book, Store
from workbook.entries import KINDS

TYPED = {"on": "2026-03-02", "closeness": None, "takeaway": "ask before fi", "hope": 7, "tags": ["a", "b"]}


def drafts_at(place: Path) -> list[tuple[bytes, bytes]]:
    with closing(sqlite3.connect(place)) as file:
        return file.execute("SELECT member, sealed FROM draft").fetchall()


def test_nothing_is_being_typed_at_first(book: Book) -> None:
    assert book.drafts() == {}


def test_a_draft_is_still_there_after_the_book_was_closed(store: Store, book: Book) -> None:
    book.keep_draft("journal/new", TYPED)
    book.lock()
    assert store.unlock(*ANA).drafts() == {"journal/new": TYPED}


def test_a_draft_is_replaced_and_let_go_by_its_form(store: Store, book: Book) -> None:
    for words in ("a", "ab", "abc"):
        book.keep_draft("journal/new", {"takeaway": words})
    book.keep_draft("progress/new", {"title": "Walks"})
    assert book.drafts() == {"journal/new": {"takeaway": "abc"}, "progress/new": {"title": "Walks"}}
    book.keep_draft("journal/new", None)
    assert store.unlock(*ANA).drafts() == {"progress/new": {"title": "Walks"}}


def test_letting_go_of_what_was_never_typed_changes_nothing(book: Book) -> None:
    book.keep_draft("progress/new", {"title": "Walks"})
    book.keep_draft("journal/new", None)
    assert book.drafts() == {"progress/new": {"title": "Walks"}}


def test_two_open_books_keep_each_other_s_drafts(store: Store, book: Book) -> None:
    other = store.unlock(*ANA)
    book.keep_draft("journal/new", {"takeaway": "here"})
    other.keep_draft("progress/new", {"title": "there"})
    expected = {"journal/new": {"takeaway": "here"}, "progress/new": {"title": "there"}}
    assert book.drafts() == other.drafts() == expected


def test_all_drafts_of_a_member_are_one_blob_of_one_size(book: Book, place: Path) -> None:
    book.keep_draft("journal/new", {"takeaway": "a"})
    ((_, short),) = drafts_at(place)
    book.keep_draft("progress/new", {"title": "b" * 1_000})
    ((_, longer),) = drafts_at(place)
    assert len(short) == len(longer)
    assert short != longer


def test_drafts_are_the_member_s_own(couple: Couple, place: Path) -> None:
    couple.ana.keep_draft("journal/new", {"takeaway": "from Ana"})
    assert couple.ben.drafts() == {}
    couple.ben.keep_draft("journal/new", {"takeaway": "from Ben"})
    assert couple.store.unlock(*ANA).drafts() == {"journal/new": {"takeaway": "from Ana"}}
    assert couple.store.unlock(*BEN).drafts() == {"journal/new": {"takeaway": "from Ben"}}
    assert len(drafts_at(place)) == 2


def test_a_draft_is_no_entry(book: Book) -> None:
    book.keep_draft("journal/new", TYPED)
    assert all(book.entries(kind) == [] for kind in KINDS)


@pytest.mark.parametrize("words", ["👩🏽‍❤️‍👨🏿", "שלום", "<img src=x onerror=alert(1)>", "line\nline", "\x00"])
def test_odd_words_in_a_draft_come_back_as_typed(book: Book, words: str) -> None:
    book.keep_draft("journal/new", {"takeaway": words})
    assert book.drafts() == {"journal/new": {"takeaway": words}}


def test_a_draft_survives_a_new_passphrase(store: Store, book: Book) -> None:
    book.keep_draft("journal/new", TYPED)
    book.change_passphrase(ANA[1], "seven words that ana just made up")
    assert store.unlock(ANA[0], "seven words that ana just made up").drafts() == {"journal/new": TYPED}
