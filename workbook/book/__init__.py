"""A member's unlocked book: what one person, or two, wrote down, as typed entries and frames."""

from workbook.book.book import Book
from workbook.book.opening import NewMember, Store, open_store
from workbook.book.written import Written
from workbook.store import (
    BookBusy,
    DiskFull,
    NameTaken,
    NewerBook,
    NoBook,
    ReadOnlyBook,
    StoreError,
    Tampered,
    UnreadableBook,
    WrongCode,
    WrongPassphrase,
)

__all__ = [
    "Book",
    "BookBusy",
    "DiskFull",
    "NameTaken",
    "NewMember",
    "NewerBook",
    "NoBook",
    "ReadOnlyBook",
    "Store",
    "StoreError",
    "Tampered",
    "UnreadableBook",
    "Written",
    "WrongCode",
    "WrongPassphrase",
    "open_store",
]
