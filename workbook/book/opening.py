"""Opening a store, and the members who have a passphrase in it."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import msgspec

from workbook import places
from workbook.book.book import Book
from workbook.entries import Invalid, well_formed
from workbook.store import Merged, Progress, Vault, unreported

LONGEST_NAME = 80


class NewMember(msgspec.Struct, frozen=True, kw_only=True):
    """Someone who now has a passphrase in the book."""

    name: str
    recovery_code: str
    """Shown once. With it, and without the passphrase, the member's pages open again."""


def open_store(where: str | Path | None = None) -> Store:
    """The store at a file, at a PostgreSQL URL, or in memory (":memory:").

    Left out: the book that $WORKBOOK_BOOK names, else the one in the user data folder. A file that
    does not exist yet is made when its first member is.
    Raises UnreadableBook, NewerBook or BookBusy.
    """
    place = str(where or places.named_book() or places.default_book())
    seen = None if place == ":memory:" else places.user_state() / "seen"
    return Store(Vault.open(place, seen_folder=seen))


class Store:
    """Where a book rests: its members, and the way to unlock it as one of them."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    @property
    def where(self) -> str:
        """Where the book is kept, in words that may be shown."""
        return self._vault.where

    def members(self) -> list[str]:
        """The names of those who have a passphrase here, in the order in which they joined."""
        return [member.name for member in self._vault.members()]

    def has_room(self) -> bool:
        """Whether a partner can still join: one member is here, and there never was another."""
        return self._vault.has_room()

    def create_member(self, name: str, passphrase: str) -> NewMember:
        """Begin the book with its first member. Raises Invalid, or AlreadyBegun where there is one."""
        chosen = _plausible_name(name)
        return NewMember(name=chosen, recovery_code=self._vault.create_member(chosen, _given(passphrase)))

    def join(self, name: str, passphrase: str, code: str) -> NewMember:
        """Let the partner in, by the one-use code of an invitation.

        Raises WrongCode for a code that is unknown, used or expired, and NameTaken or Invalid.
        """
        chosen = _plausible_name(name)
        return NewMember(name=chosen, recovery_code=self._vault.join(chosen, _given(passphrase), code))

    def unlock(self, name: str, passphrase: str) -> Book:
        """The book as this member sees it. Raises WrongPassphrase, or Tampered naming what was changed."""
        return Book(self._vault.unlock(unicodedata.normalize("NFC", name), passphrase))

    def unlock_with_code(self, name: str, recovery_code: str) -> Book:
        """The book, opened with the recovery code; a new passphrase can be set. Raises WrongCode."""
        return Book(self._vault.unlock_with_code(unicodedata.normalize("NFC", name), recovery_code))

    def layout(self) -> int:
        """The number of the layout that the book is kept in. Raises NoBook."""
        return self._vault.layout()

    def setting(self, key: str) -> str | None:
        """A plain setting outside the encryption, for what must be known while the book is locked."""
        return self._vault.setting(key)

    def set_setting(self, key: str, value: str) -> None:
        """Set what `setting` reads."""
        self._vault.set_setting(key, value)

    def backup(self, destination: Path, progress: Progress = unreported) -> int:
        """Copy the book while it is in use; the copy is re-opened. Returns its number of records."""
        return self._vault.backup(destination, progress)

    def merge(self, other: str | Path, progress: Progress = unreported, reader: Book | None = None) -> Merged:
        """Add what another copy of this book holds, all or nothing; the other copy is only read.

        No passphrase is needed, since all of it stays sealed. reader: a member's unlocked book, which looks
        at the outcome before it counts. Raises SameBook, AnotherBook, CannotMerge, NewerBook or Tampered.
        """
        return self._vault.merge(other, progress, reader._unlocked if reader else None)

    def reopen(self) -> None:
        """Find what lies at the book's file now, after it was replaced or removed."""
        self._vault.reopen()

    def close(self) -> None:
        """Let go of the file or the server."""
        self._vault.close()


def _plausible_name(name: str) -> str:
    chosen: str = unicodedata.normalize("NFC", well_formed(name)).strip()
    if not chosen:
        raise Invalid("name", "choose a name; any will do")
    if len(chosen) > LONGEST_NAME:
        raise Invalid("name", f"a name can be up to {LONGEST_NAME} characters long")
    if not chosen.isprintable():
        raise Invalid("name", "a name is one line of letters, digits and signs")
    return chosen


def _given(passphrase: str) -> str:
    if not passphrase:
        raise Invalid("passphrase", "choose a passphrase")
    return passphrase
