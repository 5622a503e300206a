"""What each prefers in a therapist: sealed until both have said it, and shown in full only if both tick."""

from __future__ import annotations

from workbook.book import ballots
from workbook.book.ballots import Ballot, Standing
from workbook.book.book import Book
from workbook.entries import Criterion, Preference

BALLOT = Ballot(
    "preferences", Preference, ("gender", "how", "language", "culture", "faith", "lgbtq", "access", "alone")
)
"""Reasons stay with whoever wrote them."""


def wishes_of(standing: Standing) -> str:
    """What one ticks to show: the wishes of this round, not those of another one."""
    return f"{BALLOT.name} wishes {standing.round}"


def are_open(book: Book, standing: Standing) -> bool:
    """Whether both have ticked that each may see the other's wishes."""
    return standing.state == "matched" and ballots.both_consent(book, wishes_of(standing))


def counts(book: Book, name: str) -> bool:
    """Whether something of this name counts for the member in choosing a therapist."""
    return any(each.entry.name == name for each in book.own(Criterion))


def let_count(book: Book, name: str, *, must_have: bool) -> None:
    """Add something to what counts for the member, once. Raises Invalid."""
    if not counts(book, name):
        book.write(Criterion(name=name, must_have=must_have))
