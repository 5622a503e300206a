"""Books to test with: one member's, and a couple's, on a file of their own."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

import pytest
from msgspec import Meta

from tests.conftest import ANA, BEN, SOFT
from workbook.book import Book, Store
from workbook.entries import KINDS, Entry
from workbook.store import Vault

SOME_ID = "0123456789abcdef0123456789abcdef"
DAY = date(2026, 3, 2)
FITTING = {"Ranking": {"acceptable": 1}}
"""Fields of a kind that have to fit to the others."""


def filled(kind: type[Entry]) -> Entry:
    """An entry with something in every field, so that none can get lost unnoticed."""
    hints = get_type_hints(kind, include_extras=True)
    values = {name: _something(name, hints[name]) for name in kind.__struct_fields__}
    return kind(**values | FITTING.get(kind.__name__, {}))


def _something(name: str, hint: Any) -> Any:
    outer, parts = get_origin(hint), get_args(hint)
    if outer is Annotated:
        bounds: Meta = parts[1]
        return "EUR" if bounds.pattern else bounds.le or _something(name, parts[0])
    if outer is Literal:
        return parts[-1]
    if outer in (Union, types.UnionType):
        return _something(name, next(part for part in parts if part is not type(None)))
    if outer is tuple:
        return tuple(_something(f"{name} {n}", part) for n, part in enumerate(parts) if part is not Ellipsis)
    if outer is dict:
        return {"a": _something(name, parts[1])}
    return {str: f"some {name}", bool: True, int: 1, date: DAY, time: time(18, 30), Decimal: Decimal("0.50")}[
        hint
    ]


ONE_OF_EACH = {kind: filled(kind) for kind in KINDS}


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
