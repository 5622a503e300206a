"""Books to report on, and what is in a PDF."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject

from workbook.book import Book, Store
from workbook.report import Notes, Part
from workbook.store import Vault
from workbook.store.hardness import LOWEST

DAY = date(2026, 3, 2)
FOOT = "Not therapy."
SHOWING = (b"Tj", b"TJ", b"'", b'"')
"""Operators of PDF that put glyphs on a page."""


class Couple(NamedTuple):
    """A book with both of its members unlocked."""

    ana: Book
    ben: Book


@pytest.fixture
def couple(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Couple]:
    """Ana's book that Ben has joined, with nothing of the person who runs the tests."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    store = Store(Vault.open(tmp_path / "book.db", hardness=LOWEST))
    store.create_member("Ana", "six words that ana knows well")
    ana = store.unlock("Ana", "six words that ana knows well")
    store.join("Ben", "six words that ben knows well", ana.invite())
    yield Couple(ana, store.unlock("Ben", "six words that ben knows well"))
    store.close()


def page_of(*parts: Part, **more: Any) -> Notes:
    """A page with these parts."""
    return Notes(title="Notes", about=("2 March 2026",), parts=parts, foot=FOOT, **more)


def reader(pdf: bytes) -> PdfReader:
    """What reads a PDF."""
    return PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """Its text without anything white: a line may be broken anywhere."""
    return "".join("".join(page.extract_text() for page in reader(pdf).pages).split())


def tags_of(pdf: bytes) -> list[DictionaryObject]:
    """The elements of its structure tree, from top to bottom."""
    root: Any = reader(pdf).trailer["/Root"]
    return list(_tags(root["/StructTreeRoot"]["/K"]))


def _tags(node: Any) -> Iterator[DictionaryObject]:
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from _tags(child)
    elif isinstance(node, DictionaryObject) and "/S" in node:
        yield node
        yield from _tags(node.get("/K", DictionaryObject()))


def glyphs_of(pdf: bytes) -> set[int]:
    """The numbers of all glyphs that its one page shows; 0 is the box for one that a font lacks."""
    page = reader(pdf).pages[0]
    return set(_glyphs(page.get_contents(), page["/Resources"]))


def _glyphs(content: Any, resources: Any) -> Iterator[int]:
    for operands, operator in ContentStream(content, None).operations:
        if operator in SHOWING:
            parts = operands[0] if isinstance(operands[0], list) else [operands[0]]
            for part in parts:
                raw = getattr(part, "original_bytes", b"")
                yield from (int.from_bytes(raw[at : at + 2]) for at in range(0, len(raw), 2))
    for name, drawn in resources.get_object().get("/XObject", {}).items():
        form = drawn.get_object()
        assert name
        if form.get("/Subtype") == "/Form":
            yield from _glyphs(form, form.get("/Resources", resources))
