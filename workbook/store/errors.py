"""Each thing that can go wrong with a book and that its reader can do something about.

The text of an error is for the person at the screen: what happened, that nothing was lost, what to do.
"""
# ruff: noqa: N818 - errors are named for what the reader meets, as in the rest of the book

from __future__ import annotations


class StoreError(Exception):
    """What every error of the store derives from."""


class WrongPassphrase(StoreError):
    """The passphrase does not open this member's part of the book."""

    def __init__(self) -> None:
        super().__init__(
            "This name and passphrase don't belong together. Nothing was changed. "
            "Try again, or use your recovery code."
        )


class WrongCode(StoreError):
    """A recovery code or an invitation that does not fit, was used, or has expired."""

    def __init__(self, kind: str = "code") -> None:
        super().__init__(
            f"This {kind} doesn't fit: it may be mistyped, used already or out of date. "
            "Nothing was changed. Check it and try again."
        )


class RecoveryCodeGiven(WrongCode):
    """A recovery code where an invitation is asked for. It was not tried."""

    def __init__(self) -> None:
        StoreError.__init__(
            self,
            "This is not an invitation: it looks like a recovery code, which opens someone's own pages. "
            "It was not tried, and it was not used up. A recovery code should never be passed on: anyone who "
            "holds it can read everything its owner wrote. Give it back, and ask for an invitation.",
        )


class ClockDiffers(WrongCode):
    """An invitation from a day that this computer's clock has not reached."""

    def __init__(self) -> None:
        StoreError.__init__(
            self,
            "By this computer's clock, this invitation was made on a day that is still to come. Nothing was "
            "changed. Set the clock right and try again, or ask for a new invitation.",
        )


class Tampered(StoreError):
    """What lies in the database is not what the program wrote there. `what` names the part."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(
            f"The book doesn't fit together: {what} was changed, moved or removed outside this program. "
            "None of it was shown and nothing was overwritten. Open a backup instead, and keep this file."
        )


class NewerBook(StoreError):
    """The book was written by a later version of the program. `needs` says which one opens it."""

    def __init__(self, needs: str) -> None:
        self.needs = needs
        super().__init__(
            f"This book was written by a newer version of the program. Nothing was changed. "
            f"Install version {needs} or newer to open it."
        )


class BookBusy(StoreError):
    """Another program held the book for longer than ten seconds."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"Another program is using the book {where} and did not let go within ten seconds. "
            "What was saved before is safe; this was not saved. Close the other program and try again."
        )


class UnreadableBook(StoreError):
    """There is something where the book should be, and it is not a book that can be read."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(
            f"{where} can't be opened as a book: {why} Nothing was changed. "
            "Check that this is where your book is, or put a backup back."
        )


class ReadOnlyBook(StoreError):
    """The book can be read but not written."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"The book {where} can be read but not written to. What was saved before is safe; "
            "this was not saved. Allow writing to the file and its folder, or copy the book elsewhere."
        )


class DiskFull(StoreError):
    """There is no room left where the book lies."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"There is no room left on the disk of {where}. What was saved before is safe; "
            "this was not saved. Free some space and try again."
        )


class NoBook(StoreError):
    """Nothing can be kept before the first member has begun the book."""

    def __init__(self) -> None:
        super().__init__("There is no book here yet. Nothing was changed. Begin one first.")


class AlreadyBegun(StoreError):
    """The book has a first member; whoever else comes needs an invitation."""

    def __init__(self) -> None:
        super().__init__(
            "Someone has already begun this book. Nothing was changed. "
            "Unlock it, or join it with an invitation."
        )


class AlreadyTwo(StoreError):
    """The book has both of its members."""

    def __init__(self) -> None:
        super().__init__(
            "This book already has its two members. Nothing was changed. "
            "Unlock it, or begin a book of your own."
        )


class NameTaken(StoreError):
    """The other member goes by this name."""

    def __init__(self) -> None:
        super().__init__("The other member of this book uses this name. Nothing was changed. Choose another.")


class UnsuitableName(StoreError):
    """A member's name is empty or longer than the book can keep."""

    def __init__(self, longest: int) -> None:
        super().__init__(f"A name has 1 to {longest} characters. Nothing was changed. Choose another name.")


class EmptyPassphrase(StoreError):
    """A passphrase needs at least one character."""

    def __init__(self) -> None:
        super().__init__("The passphrase is empty. Nothing was changed. Choose a passphrase.")


class NotYours(StoreError):
    """Only the author erases a record."""

    def __init__(self) -> None:
        super().__init__("Only the person who wrote this can erase it. Nothing was changed.")


class NoPartner(StoreError):
    """The shared room cannot be written before both have joined."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing can go to both of you until your partner has joined. What was saved before is safe; "
            "this was not saved. Save it for yourself alone."
        )


class PartnerLeft(StoreError):
    """The other member has left the book while this was on its way into the shared room."""

    def __init__(self) -> None:
        super().__init__(
            "Your partner left this book a moment ago. What was saved before is safe; this was not saved. "
            "Save it again, for yourself alone."
        )


class YouLeft(StoreError):
    """The member has left the book, in another window or before an old copy of their keys was put back."""

    def __init__(self) -> None:
        super().__init__(
            "You have left this book. What was yours until then is in your own book; "
            "what you typed here since is not. Open your own book to go on."
        )


class Unread(StoreError):
    """Something was written since this window last read the book, so nobody can leave by what it knows."""

    def __init__(self) -> None:
        super().__init__(
            "Something was written in this book at this very moment. Nothing was erased, and you have not "
            "left. Try again."
        )


class Locked(StoreError):
    """The keys are gone: the book was locked."""

    def __init__(self) -> None:
        super().__init__("The book is locked. What was saved before is safe. Unlock it to go on.")


class PassphraseChanged(StoreError):
    """The passphrase was changed in another window, so these keys are no longer the member's."""

    def __init__(self) -> None:
        super().__init__(
            "Your passphrase was changed in another window. What was saved before is safe; "
            "unlock again with the new one."
        )


class BookMoved(StoreError):
    """The file that was opened is no longer at its place: another one lies there, or none."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"The book {where} was moved, restored or replaced while it was open. "
            "This may not be saved in the book that is there now. Open it again and check."
        )


class NoBackup(StoreError):
    """A backup was not made. The book itself is as it was."""

    def __init__(self, why: str) -> None:
        super().__init__(f"No backup was made: {why} The book itself is as it was.")


class Cancelled(StoreError):
    """Whoever asked for something long has called it off."""

    def __init__(self) -> None:
        super().__init__("Cancelled. Nothing was changed.")


class AnotherBook(StoreError):
    """Two files that should be copies of one book belong to two books."""

    def __init__(self) -> None:
        super().__init__(
            "This is another book, not a copy of this one. Nothing was changed. Choose a copy of this book: "
            "only copies of the same book can be merged or take each other's place."
        )


class SameBook(StoreError):
    """A book cannot be put together with itself, or take its own place."""

    def __init__(self) -> None:
        super().__init__(
            "This is the book itself, not a copy of it. Nothing was changed. Choose the other file."
        )


class CannotMerge(StoreError):
    """Two copies of a book that do not go together."""

    def __init__(self, why: str) -> None:
        super().__init__(f"The two copies can't be merged: {why} Nothing was changed.")


class CannotRemove(StoreError):
    """A book's keys are gone from its file, and some of its files are still there."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"The book can't be opened any more, but not all of its files are gone: {why} "
            "Any copy that you made yourself is as it was. "
            "Close the book everywhere, then remove the files that are left."
        )


class CannotRestore(StoreError):
    """A copy did not take the place of the book."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"The copy was not put in place: {why} Nothing was changed. Try again, or choose another copy."
        )
