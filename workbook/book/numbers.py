"""Showing each other one's numbers: by both's consent, unseen by each other, for as long as both want it.

While both have ticked, each one's numbers lie in the room of both, without a word that anyone wrote. What
only one of the two can read, a goal or a session, is not among them. A tick that is taken back hides them.
"""

from __future__ import annotations

from datetime import date

from workbook.book import agreements, ballots
from workbook.book.book import Book
from workbook.book.written import Written
from workbook.entries import SCALES, Goal, GoalRating, Numbers, Reflection, SatisfactionScore, Session

TO = "numbers"
"""What one ticks to show."""


def ticked(book: Book) -> bool:
    """Whether one has ticked."""
    return ballots.consents(book, TO)


def tick(book: Book, yes: bool) -> None:
    """Tick, or take the tick back. Raises Invalid while one is alone."""
    ballots.consent(book, TO, yes)
    follow_consent(book)


def are_open(book: Book) -> bool:
    """Whether both have ticked, and both are there."""
    return book.has_ours and ballots.both_consent(book, TO)


def theirs(book: Book) -> Numbers | None:
    """The other's numbers; None unless both have ticked and the other's are there."""
    if not are_open(book):
        return None
    return next((each.entry for each in reversed(book.entries(Numbers)) if each.author != book.name), None)


def follow_consent(book: Book) -> None:
    """Let one's numbers of now lie in the room of both while both have ticked; else take them out."""
    wanted = _own(book) if are_open(book) else None
    there = book.own(Numbers)
    outdated = [each.id for each in there if each.entry != wanted]
    if wanted and len(outdated) == len(there):
        book.write(wanted, room="ours")
    if outdated:
        book.erase_many(outdated)


def common_goals(book: Book) -> dict[str, Written[Goal]]:
    """The goals on which both agreed, by the key that both know them by."""
    found = [each for each in book.once(Goal) if agreements.stands(book, each)]
    return {each.key: each for each in found}


def _own(book: Book) -> Numbers:
    keys = {each.id: key for key, each in common_goals(book).items()}
    ratings = [each.entry for each in book.own(GoalRating) if each.entry.goal in keys]
    scores = [each.entry for each in book.own(SatisfactionScore)]
    return Numbers(
        levels=tuple((keys[each.goal], each.on, each.level) for each in ratings),
        answers=tuple(_answers(book)),
        scores=tuple((each.scale, each.on, each.total) for each in scores if each.scale != "own"),
    )


def _answers(book: Book) -> list[tuple[date, tuple[int | None, ...]]]:
    """What one answered on the scales, of the sessions that both can read."""
    common = {each.id: each.entry.on for each in book.entries(Session) if each.room == "ours"}
    common |= {each.shared_from: each.entry.on for each in book.entries(Session) if each.shared_from}
    own = [each.entry for each in book.own(Reflection) if each.entry.session in common]
    rows = [(common[each.session], tuple(getattr(each, scale) for scale in SCALES)) for each in own]
    return [row for row in rows if any(value is not None for value in row[1])]
