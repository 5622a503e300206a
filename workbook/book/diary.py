"""Sessions and what one member wrote about each, written together and read together; goals and ratings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from workbook.book import agreements
from workbook.book.book import Book, Item, new_id
from workbook.book.written import Written
from workbook.entries import Assignment, Goal, GoalRating, Reflection, Review, Room, Session
from workbook.insight.sessions import numbered

if TYPE_CHECKING:
    from pandas import DataFrame

    from workbook.insight.goals import Standing


Who = Literal["together", "alone", "partner"]


class Page(msgspec.Struct, frozen=True):
    """One session as this member sees it: its number, and their own reflection if they wrote one."""

    number: int
    session: Written[Session]
    reflection: Written[Reflection] | None


def pages(book: Book) -> list[Page]:
    """Every session that the member can read, newest first."""
    sessions = book.once(Session)
    numbers = numbered((each.id, each.entry.on, each.author) for each in sessions)
    own = {each.entry.session: each for each in book.own(Reflection)}
    found = [Page(numbers[each.id], each, own.get(each.id)) for each in sessions]
    return sorted(found, key=lambda each: (each.session.entry.on, each.number), reverse=True)


def page(book: Book, session: str) -> Page:
    """The session with this id. Raises KeyError."""
    found = [each for each in pages(book) if each.session.id == session]
    if not found:
        raise KeyError(session)
    return found[0]


def last_takeaway(book: Book) -> str:
    """What the member took away from the last session for which they wrote something down."""
    taken = [each.reflection.entry.takeaway for each in pages(book) if each.reflection]
    return next((words for words in taken if words.strip()), "")


def write_session(
    book: Book,
    session: Session,
    reflection: Mapping[str, Any],
    levels: Mapping[str, int],
    homework: Sequence[str] = (),
) -> str:
    """Write a session, one's reflection on it, how goals stand and what was agreed, in one transaction.

    reflection: fields of Reflection but `session`. levels: goal id -> level. homework: what to do.
    The session goes to the room of both where there is one; the rest begins in `mine`. A session that
    the partner has already written down for that day is not written twice.
    Returns the id of the session.
    """
    room: Room = "ours" if book.has_ours else "mine"
    there = _partners(book, session)
    session_id = there or new_id()
    items = [] if there else [Item(session, room, session_id)]
    items.append(Item(Reflection(session=session_id, **reflection), "mine", new_id()))
    items += [Item(GoalRating(goal=g, level=n, on=session.on), "mine", new_id()) for g, n in levels.items()]
    items += [Item(Assignment(what=what), "mine", new_id()) for what in homework]
    book.post(items)
    return session_id


def revise_session(
    book: Book, session: str, changes: Mapping[str, Any], reflection: Mapping[str, Any]
) -> None:
    """Change one's own session and reflection in one transaction; a first reflection is written."""
    found = page(book, session)
    revisions: dict[str, Mapping[str, Any]] = {}
    if changes and found.session.author == book.name:
        revisions[session] = changes
    if found.reflection:
        revisions[found.reflection.id] = reflection
    first = not found.reflection and any(value not in (None, "") for value in reflection.values())
    new = [Item(Reflection(session=session, **reflection), "mine", new_id())] if first else []
    book.revise_many(revisions, new)


def erase_session(book: Book, session: str) -> None:
    """Erase one's own part: the reflection, and the session where one wrote it oneself."""
    found = page(book, session)
    erased = [found.reflection.id] if found.reflection else []
    if found.session.author == book.name:
        erased.append(session)
    book.erase_many(erased)


def who_was_there(session: Written[Session], book: Book) -> Who:
    """Who was at a session, seen from the member: what the partner calls alone is their partner alone."""
    swapped: dict[Who, Who] = {"together": "together", "alone": "partner", "partner": "alone"}
    together = session.entry.together
    return together if session.author == book.name else swapped[together]


def held(book: Book, today: date) -> list[date]:
    """The days of the sessions that took place until today, in time order."""
    days = {each.number: each.session.entry.on for each in pages(book)}
    return [day for _, day in sorted(days.items()) if day <= today]


def asked(book: Book) -> list[str]:
    """What reviews since the last session would ask the therapist, a line each."""
    last = max((each.session.entry.on for each in pages(book)), default=date.min)
    boxes = [each.entry.ask for each in book.once(Review) if each.entry.on >= last]
    return [line.strip() for box in boxes for line in box.splitlines() if line.strip()]


def goals(book: Book, at_most: int | None = None) -> list[Written[Goal]]:
    """The member's own goals and those of the partner's on which both agreed.

    The most important come first where only some are wanted.
    """
    found = [each for each in book.once(Goal) if each.author == book.name or agreements.stands(book, each)]
    if at_most is None:
        return found
    return sorted(found, key=lambda each: -each.entry.importance)[:at_most]


def latest_ratings(book: Book) -> dict[str, GoalRating]:
    """The member's last rating of each goal, by the goal's id."""
    ratings = sorted((each.entry for each in book.own(GoalRating)), key=lambda rating: rating.on)
    return {rating.goal: rating for rating in ratings}


def standings(book: Book) -> list[Standing]:
    """Where each of the member's goals stands, by their own ratings alone."""
    from workbook.insight.goals import standings

    ratings, own = book.frame(GoalRating), [each.id for each in book.own(GoalRating)]
    return standings(goal_frame(book), ratings[ratings["id"].isin(own)])


def goal_frame(book: Book) -> DataFrame:
    """The frame of the member's goals: their own and those on which both agreed, each once."""
    frame = book.frame(Goal)
    return frame[frame["id"].isin([each.id for each in goals(book)])]


def revise_goal(book: Book, goal: str, changes: Mapping[str, Any]) -> None:
    """Change one's own goal, and with it what lies of it in the room of both: that then waits for a yes."""
    proposed = agreements.proposal(book, book.entry(goal))
    book.revise_many({goal: changes} | ({proposed.id: changes} if proposed else {}))


def erase_goal(book: Book, goal: str) -> None:
    """Erase one's ratings of a goal; where one wrote it oneself, the goal too, for both."""
    written = book.entry(goal)
    erased = {each.id for each in book.own(GoalRating, goal=goal)}
    if written.author == book.name:
        proposed = agreements.proposal(book, written)
        erased |= {goal, *([proposed.id] if proposed else [])}
    book.erase_many(erased)


def _partners(book: Book, session: Session) -> str | None:
    """A session of that day which the partner wrote down and the member has not reflected on yet.

    Only where both say the same of who was there: each may have been alone with the therapist that day. And
    only where the member adds nothing to the session itself, which only its author can change.
    """
    if session != Session(on=session.on, together=session.together):
        return None
    candidates = (each for each in pages(book) if not each.reflection and each.session.author != book.name)
    return next(
        (
            each.session.id
            for each in candidates
            if each.session.entry.on == session.on and who_was_there(each.session, book) == session.together
        ),
        None,
    )
