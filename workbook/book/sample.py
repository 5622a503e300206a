"""The made-up couple's book, written from data/sample/*.csv the way a couple would write it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args, get_origin

from workbook import places
from workbook.book import ballots, candidates, preferences, sortings, trials
from workbook.book.ballots import Ballot
from workbook.book.book import Book, Item, new_id
from workbook.book.opening import Store, open_store
from workbook.entries import (
    Affordable,
    Agreement,
    Alternative,
    AlternativeTry,
    Assignment,
    AssignmentLog,
    Candidate,
    CandidateRating,
    CoverCall,
    Criterion,
    Decision,
    DriveHome,
    Entry,
    FeePlan,
    FirstSession,
    GamePlan,
    Goal,
    GoalRating,
    Helps,
    Invitation,
    Loop,
    LoopCheck,
    Moment,
    Noticed,
    PauseCard,
    Plan,
    Preference,
    Ranking,
    Reflection,
    Review,
    Room,
    SatisfactionScore,
    Session,
    Sorting,
    Talk,
    Thought,
    Trial,
    TrialAnswer,
    field_types,
)

PASSPHRASE = "made up for show and no secret"  # noqa: S105 - said to everyone
"""Opens both made-up members: what it protects is shown to everyone who asks for the demo."""

FILES: dict[str, type[Entry]] = {
    "sessions": Session,
    "goals": Goal,
    "reflections": Reflection,
    "goal_ratings": GoalRating,
    "satisfaction_scores": SatisfactionScore,
    "loops": Loop,
    "loop_checks": LoopCheck,
    "helps": Helps,
    "plans": Plan,
    "game_plans": GamePlan,
    "assignments": Assignment,
    "assignment_logs": AssignmentLog,
    "fee_plans": FeePlan,
    "affordable": Affordable,
    "cover_calls": CoverCall,
    "invitations": Invitation,
    "moments": Moment,
    "talks": Talk,
    "trials": Trial,
    "first_sessions": FirstSession,
    "thoughts": Thought,
    "alternatives": Alternative,
    "alternative_tries": AlternativeTry,
    "noticed": Noticed,
    "pause_cards": PauseCard,
    "candidates": Candidate,
    "criteria": Criterion,
    "candidate_ratings": CandidateRating,
    "decisions": Decision,
    "reviews": Review,
    "drive_homes": DriveHome,
    "agreements": Agreement,
}
"""The files of the sample, and the kind of entry that a row of each is."""

ANSWERS: dict[str, tuple[type[Entry], Callable[[Book, Any], Ballot]]] = {
    "trial_answers": (TrialAnswer, lambda book, answer: trials.ballot(book.entry(answer.trial))),
    "sortings": (Sorting, lambda book, sorting: sortings.BALLOT),
    "preferences": (Preference, lambda book, answer: preferences.BALLOT),
    "rankings": (Ranking, lambda book, ranking: candidates.RANKING),
}
"""The files of what each answered on their own, and the ballot that each answers."""

REFERENCES = ("session", "goal", "loop", "assignment", "trial", "candidate", "to")
"""Fields that name another row by its key."""

WAYS = ("tries", "order")
"""Fields that name another row, or several, by its key, or a way that every book knows by its own name."""

LEVELS = ("much_less", "less", "as_hoped", "more", "much_more")

Row = dict[str, str]


def write_sample(where: str | Path) -> None:
    """Write the made-up couple's book to a place where there is none yet."""
    store = open_store(where)
    books = dict(_two_members(store))
    ids = {row["key"]: new_id() for name in FILES for row in rows(name) if row.get("key")}
    for author, book in books.items():
        book.post(list(_written_by(author, ids)))
    for author, book in books.items():
        _answer(author, book, ids)
    for book in books.values():
        ballots.settle(book)
        book.lock()
    store.close()


def rows(name: str) -> Iterator[Row]:
    """The rows of one of the sample's files."""
    with (places.DATA / "sample" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def members() -> list[str]:
    """The names of the made-up two."""
    return [row["name"] for row in rows("members")]


def _two_members(store: Store) -> Iterator[tuple[str, Book]]:
    first, second = members()
    store.create_member(first, PASSPHRASE)
    book = store.unlock(first, PASSPHRASE)
    store.join(second, PASSPHRASE, book.invite())
    yield second, store.unlock(second, PASSPHRASE)
    yield first, book


def _written_by(author: str, ids: dict[str, str]) -> Iterator[Item]:
    for name, kind in FILES.items():
        for row in rows(name):
            if row["author"] == author:
                room: Room = "ours" if row.get("room") == "ours" else "mine"
                yield Item(entry_of(kind, row, ids), room, ids.get(row.get("key", ""), "") or new_id())


def _answer(author: str, book: Book, ids: dict[str, str]) -> None:
    """Seal what one of the two answered to each question that both are asked."""
    for name, (kind, ballot_of) in ANSWERS.items():
        for row in rows(name):
            if row["author"] == author:
                entry: Any = entry_of(kind, row, ids)
                ballots.seal(book, ballot_of(book, entry), entry)


def entry_of(kind: type[Entry], row: Row, ids: dict[str, str]) -> Entry:
    """A row as an entry. An empty cell is the field's default; keys of other rows become ids."""
    hints = field_types(kind)
    values = {name: _value(hints[name], name, row[name], ids) for name in hints if row.get(name)}
    if kind is Goal and any(row[level] for level in LEVELS):
        values["levels"] = tuple(row[level] for level in LEVELS)
    return kind(**values)


def _value(hint: Any, name: str, cell: str, ids: dict[str, str]) -> Any:
    if name in REFERENCES:
        return ids[cell]
    if get_origin(hint) is dict:
        pairs = (part.partition("=") for part in cell.split(";"))
        inner = get_args(hint)[1]
        return {ids.get(named, named): _value(inner, "", words, ids) for named, _, words in pairs}
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        return tuple(_value(inner, name, part, ids) for part in cell.split(";"))
    if name in WAYS:
        return ids.get(cell, cell)
    kinds = {part for part in get_args(hint) if part is not type(None)} or {hint}
    for kind, read in _READ.items():
        if kind in kinds:
            return read(cell)
    return cell


_READ: dict[type, Callable[[str], Any]] = {
    date: date.fromisoformat,
    time: time.fromisoformat,
    bool: lambda cell: cell == "yes",
    int: int,
    Decimal: Decimal,
}
