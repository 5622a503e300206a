"""The made-up couple's book, written from data/sample/*.csv the way a couple would write it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from workbook import places
from workbook.book.book import Book, Item, new_id
from workbook.book.opening import Store, open_store
from workbook.entries import Entry, Goal, GoalRating, Reflection, Room, Session

PASSPHRASE = "made up for show and no secret"  # noqa: S105 - said to everyone
"""Opens both made-up members: what it protects is shown to everyone who asks for the demo."""

Row = dict[str, str]


def write_sample(where: str | Path) -> None:
    """Write the made-up couple's book to a place where there is none yet."""
    store = open_store(where)
    books = dict(_two_members(store))
    ids = {row["key"]: new_id() for name in ("sessions", "goals") for row in rows(name)}
    for author, book in books.items():
        book.post([Item(entry, room, entry_id) for entry, room, entry_id in _written_by(author, ids)])
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


def _written_by(author: str, ids: dict[str, str]) -> Iterator[tuple[Entry, Room, str]]:
    for name, read in _READ.items():
        for row in rows(name):
            if row["author"] == author:
                room: Room = "ours" if row.get("room") == "ours" else "mine"
                yield read(row, ids), room, ids.get(row.get("key", ""), "") or new_id()


def _session(row: Row, _: dict[str, str]) -> Session:
    return Session(
        on=date.fromisoformat(row["on"]),
        together=row["together"],  # type: ignore[arg-type] # checked when written
        with_whom=row["with_whom"],
        place=row["place"],
        agenda=row["agenda"],
        tags=tuple(tag for tag in row["tags"].split(";") if tag),
        paid=Decimal(row["paid"]) if row["paid"] else None,
    )


def _reflection(row: Row, ids: dict[str, str]) -> Reflection:
    scales = ("understood", "mattered", "pace", "closeness", "hope")
    texts = ("helped", "hurt", "takeaway")
    answers: dict[str, Any] = {name: int(row[name]) if row[name] else None for name in scales}
    answers |= {name: row[name] for name in texts}
    return Reflection(session=ids[row["session"]], **answers)


def _goal(row: Row, _: dict[str, str]) -> Goal:
    described = [row[name] for name in ("much_less", "less", "as_hoped", "more", "much_more")]
    return Goal(
        title=row["title"],
        today=row["today"],
        good_enough=row["good_enough"],
        levels=(described[0], described[1], described[2], described[3], described[4])
        if any(described)
        else None,
        importance=int(row["importance"]),
        difficulty=int(row["difficulty"]),
        until=date.fromisoformat(row["until"]) if row["until"] else None,
    )


def _goal_rating(row: Row, ids: dict[str, str]) -> GoalRating:
    return GoalRating(
        goal=ids[row["goal"]], level=int(row["level"]), on=date.fromisoformat(row["on"]), seen=row["seen"]
    )


_READ = {"sessions": _session, "goals": _goal, "reflections": _reflection, "goal_ratings": _goal_rating}
