"""What one member proposes and the other agrees to. It stands from then on, as it was worded then.

A proposal lies in `ours`. An agreement is to what the proposal says: once its author words it otherwise, it
waits for the other again. Whoever would have it otherwise sets it aside, for themselves alone: its author
learns of a yes, and of nothing else.
"""

from __future__ import annotations

from typing import Any

from workbook.book.book import Book
from workbook.book.written import Kind, Written
from workbook.entries import Agreement


def proposal(book: Book, written: Written[Kind]) -> Written[Kind] | None:
    """What of an entry lies in the room of both: itself, or the copy that its author shared."""
    if written.room == "ours":
        return written
    copies = (each for each in book.entries(type(written.entry)) if each.shared_from == written.id)
    return next((each for each in copies if each.room == "ours"), None)


def agreement(book: Book, proposed: Written[Any]) -> Written[Agreement] | None:
    """The other member's agreement to a proposal, given since it says what it says."""
    given = [
        each
        for each in _answers(book, proposed, agrees=True)
        if each.room == "ours" and each.author != proposed.author
    ]
    return given[-1] if given else None


def stands(book: Book, written: Written[Any]) -> bool:
    """Whether an entry was proposed to both, and the other agreed."""
    proposed = proposal(book, written)
    return proposed is not None and agreement(book, proposed) is not None


def is_aside(book: Book, proposed: Written[Any]) -> bool:
    """Whether the member has set a proposal aside since it says what it says."""
    return any(each.author == book.name for each in _answers(book, proposed, agrees=False))


def waiting(book: Book, kind: type[Kind]) -> list[Written[Kind]]:
    """What the partner has proposed of this kind and the member has not answered, oldest first."""
    if not book.has_ours:
        return []
    return [
        each
        for each in book.entries(kind)
        if each.author != book.name and not agreement(book, each) and not is_aside(book, each)
    ]


def agree(book: Book, proposed: Written[Any]) -> None:
    """Agree to what the other proposed; it then stands."""
    if proposed.author != book.name and agreement(book, proposed) is None:
        take_back(book, proposed)
        book.write(Agreement(to=proposed.id), room="ours")


def set_aside(book: Book, proposed: Written[Any]) -> None:
    """Have it otherwise, without telling: the proposal no longer asks the member for an answer."""
    if proposed.author != book.name and not is_aside(book, proposed):
        take_back(book, proposed)
        book.write(Agreement(to=proposed.id, agrees=False))


def take_back(book: Book, proposed: Written[Any]) -> None:
    """Take back one's answer, whichever it was."""
    book.erase_many(each.id for each in book.own(Agreement, to=proposed.id))


def _answers(book: Book, proposed: Written[Any], *, agrees: bool) -> list[Written[Agreement]]:
    since = proposed.revised_at
    found = book.entries(Agreement, to=proposed.id, agrees=agrees)
    return [each for each in found if since is None or each.written_at >= since]
