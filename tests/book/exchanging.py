"""What the tests of export and import share: books in memory, exports as bytes, and what stands in them."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from tests.book.conftest import ANA, SOFT
from workbook.book import Book, Store, exchange
from workbook.book.exchange.columns import ABOUT
from workbook.book.exchange.reading import Files
from workbook.book.exchange.taking_out import Format, files
from workbook.entries import BY_NAME
from workbook.store import Vault


def new_book(name: str = ANA[0]) -> Book:
    """An empty book in memory."""
    store = Store(Vault.open(":memory:", hardness=SOFT))
    store.create_member(name, ANA[1])
    return store.unlock(name, ANA[1])


def exported(book: Book, kind: Format = "csv") -> dict[str, bytes]:
    """The files of an export by their names."""
    return {name: data for name, data, _ in files(book, kind)}


def bring(book: Book, found: Files, **options: Any) -> exchange.Incoming:
    """Import these files."""
    return exchange.take_in(book, exchange.read(found), **options)


def rows(data: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file, cell by cell as they stand there."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def content(found: Files) -> dict[str, list[Any]]:
    """What stands in the content columns, byte by byte, by file and row."""
    said: dict[str, list[Any]] = {}
    for name, data in found.items():
        if name.partition(".")[0] in BY_NAME:
            read = rows(data) if name.endswith(".csv") else map(json.loads, data.decode().splitlines())
            said[name] = [{key: cell for key, cell in row.items() if key not in ABOUT} for row in read]
    return said


def counts(incoming: exchange.Incoming) -> dict[str, int]:
    """How many lines came to what, those that are none left out."""
    kinds = ("new", "later", "here", "copy", "different", "refused")
    return {what: incoming.count(what) for what in kinds if incoming.count(what)}


def whys(incoming: exchange.Incoming) -> list[str]:
    """Why lines were refused."""
    return [each.why for each in incoming.outcomes if each.what == "refused"]
