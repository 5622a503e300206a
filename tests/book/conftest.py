"""Books to test with: one member's, and a couple's, on a file of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from workbook.book import Book, Store
from workbook.entries import Entry, Goal, GoalRating, Reflection, Session, Settings
from workbook.store import Hardness, Vault

SOFT = Hardness(memory=64, passes=1)
"""A passphrase costs next to nothing here: only a test may say so."""

ANA, BEN = ("Ana", "six words that ana knows well"), ("Ben", "six words that ben knows well")
SOME_ID = "0123456789abcdef0123456789abcdef"
DAY = date(2026, 3, 2)

ONE_OF_EACH: dict[type[Entry], Entry] = {
    Session: Session(
        on=DAY,
        together="alone",
        with_whom="Ines Aldana",
        place="Mill Street",
        agenda="the roof",
        tags=("money", "sleep"),
        paid=Decimal("120.50"),
    ),
    Reflection: Reflection(session=SOME_ID, closeness=0, understood=10, hope=5, helped="tea", takeaway="ask first"),
    Goal: Goal(
        title="Eat together",
        today="hardly ever",
        good_enough="Thursdays",
        levels=("never", "once", "most weeks", "every week", "twice a week"),
        importance=3,
        difficulty=2,
        until=date(2026, 7, 31),
    ),
    GoalRating: GoalRating(goal=SOME_ID, level=-2, on=DAY, seen="an empty table"),
    Settings: Settings(idle_minutes=5),
}


class Couple(NamedTuple):
    """A book with both of its members unlocked."""

    store: Store
    ana: Book
    ben: Book


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the person who runs the tests is read or written."""
    folder = tmp_path_factory.mktemp("system")
    monkeypatch.setenv("XDG_STATE_HOME", str(folder / "state"))
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "data"))
    monkeypatch.delenv("WORKBOOK_BOOK", raising=False)


@pytest.fixture
def open_soft() -> Iterator[Callable[[str | Path], Store]]:
    """Opens a store with a soft passphrase, and closes it after the test."""
    opened: list[Store] = []

    def open_(where: str | Path) -> Store:
        opened.append(Store(Vault.open(where, hardness=SOFT)))
        return opened[-1]

    yield open_
    for store in opened:
        store.close()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The file of the book."""
    return tmp_path / "book.db"


@pytest.fixture
def store(place: Path, open_soft: Callable[[str | Path], Store]) -> Store:
    """A book that Ana began."""
    store = open_soft(place)
    store.create_member(*ANA)
    return store


@pytest.fixture
def book(store: Store) -> Book:
    """Ana's book, with nothing written yet."""
    return store.unlock(*ANA)


@pytest.fixture
def couple(store: Store, book: Book) -> Couple:
    """The book that Ana began and Ben joined while she had it open."""
    store.join(*BEN, book.invite())
    return Couple(store, book, store.unlock(*BEN))
