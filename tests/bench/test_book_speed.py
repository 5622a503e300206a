"""How long the book takes to write one entry and to open with many, beside plain SQLite and pandas."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from statistics import median

import pandas as pd
import pytest

from workbook.book import Book, Store
from workbook.entries import Reflection
from workbook.store import Hardness, Vault

SOFT = Hardness(memory=64, passes=1)
"""Stretching the passphrase is left out of what is measured."""
ANA = ("Ana", "six words that ana knows well")
WRITES = 200
ENTRIES = 100_000
ROUNDS = 7
PRAGMAS = ("journal_mode=TRUNCATE", "synchronous=EXTRA", "secure_delete=ON")
WORDS = (
    "the",
    "a",
    "we",
    "said",
    "later",
    "again",
    "kitchen",
    "rain",
    "bus",
    "list",
    "quiet",
    "morning",
    "money",
)


def store_at(place: Path) -> Store:
    return Store(Vault.open(place, hardness=SOFT))


def reflections(count: int) -> Iterator[Reflection]:
    """Entries of about 700 bytes, with gaps, from a seed."""
    chance = random.Random(1)
    texts = [" ".join(chance.choices(WORDS, k=40)) for _ in range(500)]
    for place in range(count):
        helped, hurt, takeaway = chance.choices(texts, k=3)
        yield Reflection(
            session=f"{place // 2:032x}",
            closeness=chance.choice([None, *range(11)]),
            understood=place % 11,
            pace=chance.choice([None, 5]),
            helped=helped,
            hurt=hurt,
            takeaway=takeaway,
        )


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[Callable[[bytes], None]]:
    """A bare durable insert into SQLite, with the pragmas of the book."""
    with closing(sqlite3.connect(tmp_path / "plain.db", isolation_level=None)) as file:
        for pragma in PRAGMAS:
            file.execute(f"PRAGMA {pragma}")
        file.execute("CREATE TABLE entry (n INTEGER PRIMARY KEY, sealed BLOB)")

        def insert(sealed: bytes) -> None:
            file.execute("BEGIN IMMEDIATE")
            file.execute("INSERT INTO entry (sealed) VALUES (?)", [sealed])
            file.execute("COMMIT")

        yield insert


def test_writing_one_entry(benchmark, capsys, tmp_path: Path, plain: Callable[[bytes], None]) -> None:
    store = store_at(tmp_path / "book.db")
    store.create_member(*ANA)
    book, (entry,) = store.unlock(*ANA), reflections(1)
    sealed = bytes(1024)  # what 700 bytes take once they are padded and sealed
    bare: list[float] = []

    def insert_plainly() -> None:
        """Before each write, so that both meet the same disk."""
        bare.append(seconds(lambda: plain(sealed)))

    benchmark.pedantic(lambda: book.write(entry), setup=insert_plainly, rounds=WRITES, warmup_rounds=5)
    store.close()
    ours, baseline = benchmark.stats.stats.median, median(bare)
    with capsys.disabled():
        ratio = f"{ours / baseline:.1f} × a bare insert of {baseline * 1000:.2f} ms; target ≤ 10"
        print(f"\nwrite one entry: {ours * 1000:.2f} ms, {ratio}")


def test_opening_a_book_of_a_hundred_thousand_entries(benchmark, capsys, tmp_path: Path) -> None:
    place, table = tmp_path / "book.db", tmp_path / "plain.db"
    _write_both(place, table)
    parts: dict[str, list[float]] = {"store": [], "book": [], "frame": [], "read_sql": []}

    def open_both() -> None:
        with closing(sqlite3.connect(table)) as file:
            parts["read_sql"].append(seconds(lambda: _read_plain(file)))
        _open_book(place, parts)

    benchmark.pedantic(open_both, rounds=ROUNDS, warmup_rounds=1)
    store, book, frame, baseline = (median(taken) for taken in parts.values())
    total = store + book + frame
    with capsys.disabled():
        shares = f"store {store * 1000:.0f} ms, entries {book * 1000:.0f} ms, frame {frame * 1000:.0f} ms"
        ratio = f"{total / baseline:.2f} × read_sql of {baseline * 1000:.0f} ms; target ≤ 2"
        print(f"\nopen {ENTRIES:,} entries: {total * 1000:.0f} ms ({shares}), {ratio}")


def _write_both(place: Path, table: Path) -> None:
    store = store_at(place)
    store.create_member(*ANA)
    book = store.unlock(*ANA)
    book.write_many(reflections(ENTRIES))
    with closing(sqlite3.connect(table)) as file:
        book.frame(Reflection).to_sql("reflection", file, index=False)
    store.close()


def _read_plain(file: sqlite3.Connection) -> pd.DataFrame:
    return pd.read_sql("SELECT * FROM reflection", file, parse_dates=["written_at", "revised_at"])


def _open_book(place: Path, parts: dict[str, list[float]]) -> None:
    """Unlock and read everything once, noting what each layer takes."""
    store = store_at(place)
    begun = time.perf_counter()
    unlocked = store._vault.unlock(*ANA)
    opened = time.perf_counter()
    book = Book(unlocked)
    typed = time.perf_counter()
    frame = book.frame(Reflection)
    framed = time.perf_counter()
    assert len(frame) == ENTRIES
    store.close()
    for part, taken in (("store", opened - begun), ("book", typed - opened), ("frame", framed - typed)):
        parts[part].append(taken)
