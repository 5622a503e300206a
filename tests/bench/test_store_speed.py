"""How fast the store is, as ratios to plain SQLite doing the same in the same run. Never fails on time.

Run with `pytest tests/bench/test_store_speed.py --benchmark-enable --benchmark-only -s`.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from workbook.store import Hardness, Record, Room, Vault

SOFT = Hardness(memory=64, passes=1)
ANA = ("Ana", "words")
PAYLOAD = os.urandom(700)
MANY = 100_000


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    vault = Vault.open(tmp_path / "book.db", hardness=SOFT, seen_folder=tmp_path / "seen")
    vault.create_member(*ANA)
    yield vault
    vault.close()


def items(count: int) -> list[tuple[Room, str, bytes]]:
    return [("mine", secrets.token_hex(16), PAYLOAD) for _ in range(count)]


def medians(runs: tuple[Callable[[], object], Callable[[], object]], times: int) -> list[float]:
    """Seconds of each, the median of several, taken by turns: what else the machine does hits both."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(times):
        for run, seconds in zip(runs, taken, strict=True):
            start = time.perf_counter()
            run()
            seconds.append(time.perf_counter() - start)
    return [statistics.median(seconds) for seconds in taken]


def report(what: str, store: float, plain: float) -> None:
    print(f"\n{what}: {store * 1000:.2f} ms, plain {plain * 1000:.2f} ms, ratio {store / plain:.2f}")


def plain_database(path: Path) -> sqlite3.Connection:
    """A table like ours with the same pragmas, filled by nobody yet."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=TRUNCATE", "synchronous=EXTRA", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE record (id BLOB PRIMARY KEY, payload BLOB)")
    return connection


def test_a_durable_append(benchmark: BenchmarkFixture, vault: Vault, tmp_path: Path) -> None:
    ana = vault.unlock(*ANA)
    with closing(plain_database(tmp_path / "plain.db")) as plain:

        def insert() -> None:
            plain.execute("BEGIN IMMEDIATE")
            plain.execute("INSERT INTO record VALUES (?, ?)", (secrets.token_bytes(16), PAYLOAD))
            plain.execute("COMMIT")

        report("durable append of 700 bytes", *medians((lambda: ana.append(items(1)), insert), 300))
    assert len(benchmark(lambda: ana.append(items(1)))) == 1


def test_unlocking_and_reading_a_hundred_thousand_records(
    benchmark: BenchmarkFixture, vault: Vault, tmp_path: Path
) -> None:
    vault.unlock(*ANA).append(items(MANY))

    def read() -> list[Record]:
        return vault.unlock(*ANA).read()

    with closing(plain_database(tmp_path / "plain.db")) as plain:
        plain.execute("BEGIN")
        plain.executemany(
            "INSERT INTO record VALUES (?, ?)", ((secrets.token_bytes(16), PAYLOAD) for _ in range(MANY))
        )
        plain.execute("COMMIT")
        report(f"unlock and read {MANY:,} records", *medians((read, lambda: fetched(plain)), 5))
    assert len(benchmark(read)) == MANY


def fetched(plain: sqlite3.Connection) -> list[object]:
    return plain.execute("SELECT * FROM record").fetchall()


def test_looking_for_news_where_there_is_none(benchmark: BenchmarkFixture, vault: Vault) -> None:
    ana = vault.unlock(*ANA)
    ana.append(items(1000))
    ana.read()
    assert benchmark(ana.read) == []
