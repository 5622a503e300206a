"""The README of an export: what the files are, and what each column holds, in which unit."""

from __future__ import annotations

import inspect
import types
from collections.abc import Iterator, Sequence
from datetime import date, time
from decimal import Decimal
from textwrap import fill
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from msgspec import Meta

from workbook.book.exchange.columns import ABOUT, references
from workbook.content import prose
from workbook.entries import Entry

WIDTH = 96


def text(kinds: Sequence[type[Entry]], files: str, currency: str) -> str:
    """The README. files: "csv" or "jsonl". currency: of the book, such as "USD"."""
    words = prose("columns")
    said = [words["title"], "=" * len(words["title"]), ""]
    for paragraph in (*words["paragraphs"], words["files"][files]):
        said += [fill(paragraph, WIDTH), ""]
    said += [words["about_title"], "-" * len(words["about_title"]), ""]
    said += [_line(column, words["about"][column]) for column in ABOUT] + [""]
    for kind in kinds:
        said += _kind(kind, files, currency)
    return "\n".join(said)


def _kind(kind: type[Entry], files: str, currency: str) -> Iterator[str]:
    words = prose("columns")["kinds"].get(kind.__name__, {})
    title = f"{kind.__name__}.{files}"
    yield from (title, "-" * len(title), fill(inspect.cleandoc(kind.__doc__ or "").split("\n")[0], WIDTH), "")
    for field in kind.__struct_fields__:
        meaning = words.get(field, field.replace("_", " "))
        yield _line(field, f"{meaning}; {unit(kind, field, currency)}")
    yield ""


def _line(column: str, words: str) -> str:
    return fill(f"{column}: {words}", WIDTH, initial_indent="  ", subsequent_indent="      ")


def unit(kind: type[Entry], field: str, currency: str) -> str:
    """In which unit, or which form, a column holds its values."""
    if field in references(kind):
        return "the id of that entry"
    hint = get_type_hints(kind, include_extras=True)[field]
    parts = [part for part in _parts(hint) if part is not type(None)]
    form = "a share from 0 to 1" if field == "coinsurance" else _form(parts[0], currency)
    return f"{form}, or empty" if len(parts) < len(_parts(hint)) else form


def _parts(hint: Any) -> tuple[Any, ...]:
    is_union = isinstance(hint, types.UnionType) or get_origin(hint) is Union
    return get_args(hint) if is_union else (hint,)


def _form(hint: Any, currency: str) -> str:
    if get_origin(hint) is Annotated:
        return _bounded(get_args(hint)[0], get_args(hint)[1], currency)
    if get_origin(hint) is Literal:
        return f"one of: {', '.join(get_args(hint))}"
    if get_origin(hint) in (tuple, dict):
        return "a list in JSON" if get_origin(hint) is tuple else "a table in JSON"
    return {
        str: "text",
        int: "a whole number",
        bool: "true or false",
        date: "a day, YYYY-MM-DD",
        time: "a time of day, HH:MM:SS",
        Decimal: f"an amount in {currency}, the book's currency",
    }[hint]


def _bounded(hint: Any, bounds: Meta, currency: str) -> str:
    if hint is not int:
        return _form(hint, currency)
    if bounds.le is None:
        return f"a whole number from {bounds.ge}"
    return f"a whole number from {bounds.ge} to {bounds.le}"
