"""Leaving a book that two share, with all that is one's own: first a book of one's own, whole and read back.

Only then does anything go from the shared one. What was shared stays in it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from workbook import places
from workbook.book.book import Book
from workbook.book.ledger import encode
from workbook.book.opening import Store, open_store
from workbook.entries import Invalid
from workbook.store import StoreError

Drafts = dict[str, dict[str, Any]]
Versions = frozenset[tuple[str, bytes]]
"""The id and the words of each version, as they are written down."""


class OwnBook(msgspec.Struct, frozen=True):
    """A book of one's own that was written and read back.

    entries: how many it holds. recovery_code: shown once.
    """

    where: Path
    entries: int
    recovery_code: str
    contents: tuple[Versions, Drafts]


class NotTaken(StoreError):  # noqa: N818 - named for what happened, as the errors of the store are
    """The book of one's own does not hold everything, so nothing was erased and nobody has left."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{why} Nothing was erased, and you have not left. Write your own book again first.")


def free_place(store: Store) -> Path:
    """Where a book of one's own could lie: beside the shared one, under a name that is still free."""
    beside, number = _file(store), 2
    while (place := beside.with_name(f"{beside.stem}-{number}{beside.suffix}")).exists():
        number += 1
    return place


def chosen_place(store: Store, typed: str) -> Path:
    """Where someone wants their own book; a bare name lies beside the shared one. Raises Invalid."""
    if not typed.strip() or "\0" in typed:
        raise Invalid("file", "choose a file for your own book")
    place = _file(store).parent / Path(typed.strip()).expanduser()
    if not place.parent.is_dir() and place.parent != places.user_data():
        raise Invalid("file", f"there is no folder {place.parent}; choose one that is there")
    if place.exists() or place.is_symlink():
        raise Invalid(
            "file",
            "there is already something of this name, and nothing is ever overwritten; choose another name",
        )
    return place


def write_own_book(book: Book, store: Store, place: Path, passphrase: str) -> OwnBook:
    """Write a member's own book to a file that is not there yet, open it again, and compare it with this one.

    It has the member's name and passphrase. It appears whole or not at all.
    Raises WrongPassphrase, NoBackup where the file can't be made, or NotTaken.
    """
    source = store.unlock(book.name, passphrase)
    try:
        contents = _contents(source)
        recovery_code = _write(source, place, passphrase)
    finally:
        source.lock()
    own = open_store(place)
    found = own.unlock(book.name, passphrase)
    read_back = _contents(found)
    found.lock()
    own.close()
    if read_back != contents:
        place.unlink()
        raise NotTaken("Your own book couldn't be read back whole.")
    return OwnBook(place, len({id_ for id_, _ in contents[0]}), recovery_code, contents)


def leave(book: Book, own: OwnBook) -> None:
    """Leave for good: what only this member could read goes from the shared book, and their ways in with it.

    Raises NotTaken where the own book is gone or lacks anything, NoPartner for the only one left, Unread.
    """
    if not own.where.is_file():
        raise NotTaken(f"Your own book is no longer at {own.where}.")
    if _contents(book) != own.contents:
        raise NotTaken("Something was written since that belongs in your own book.")
    book.leave()


def _write(source: Book, place: Path, passphrase: str) -> str:
    """Made in memory, so that nothing half done ever lies in a file."""
    memory = open_store(":memory:")
    try:
        new = memory.create_member(source.name, passphrase)
        own = memory.unlock(new.name, passphrase)
        source.copy_to(own)
        own.lock()
        memory.backup(place)
    finally:
        memory.close()
    return new.recovery_code


def _contents(book: Book) -> tuple[Versions, Drafts]:
    versions = frozenset((each.record.id, encode(each.line)) for each in book.to_take_along())
    return versions, book.drafts()


def _file(store: Store) -> Path:
    return places.default_book() if "://" in store.where else Path(store.where).absolute()
