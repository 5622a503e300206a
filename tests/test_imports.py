"""What an import brings in: a page shows before anything heavy is loaded, and that stays so."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"pandas", "matplotlib", "scipy", "numpy"}
SCREEN = {"ipywidgets", "anywidget", "IPython", "voila", "jupyterlab"}
VAULT = {"sqlalchemy", "cryptography", "psycopg"}


def brought_in(statement: str) -> set[str]:
    """The top-level modules that a fresh interpreter has loaded after a statement."""
    program = f"{statement}\nimport sys\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("statement", ["import workbook", "from workbook import open_store, show, frame"])
def test_the_package_brings_in_nothing_that_draws_or_shows(statement: str) -> None:
    assert brought_in(statement) & (HEAVY | SCREEN) == set()


def test_the_desk_with_all_its_pages_brings_in_nothing_that_draws() -> None:
    loaded = brought_in("import workbook.desk\nfrom workbook.steps.page import pages\npages()")
    assert loaded & HEAVY == set()
    assert "ipywidgets" in loaded


@pytest.mark.parametrize(
    "module",
    ["book", "store", "store.errors", "entries", "book.diary", "book.sample", "insight.sessions", "content"],
)
def test_a_book_can_be_written_without_anything_that_draws_or_shows(module: str) -> None:
    assert brought_in(f"import workbook.{module}") & (HEAVY | SCREEN) == set()


def test_writing_and_reading_entries_does_not_wait_for_pandas() -> None:
    program = """
from datetime import date
from workbook.store import Hardness, Vault
from workbook.book import Store
from workbook.entries import Session
store = Store(Vault.open(":memory:", hardness=Hardness(memory=64, passes=1)))
store.create_member("Ana", "six words")
book = store.unlock("Ana", "six words")
book.write(Session(on=date(2026, 3, 2)))
assert len(book.entries(Session)) == 1
"""
    assert brought_in(program) & (HEAVY | SCREEN) == set()


def test_the_server_s_driver_is_brought_in_by_a_server_s_address_alone() -> None:
    assert brought_in("import workbook") & {"psycopg"} == set()
    assert VAULT & brought_in("import workbook") == {"sqlalchemy", "cryptography"}
