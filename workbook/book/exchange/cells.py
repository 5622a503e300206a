"""A value as a cell of a CSV file, and back: exactly, and so that no spreadsheet takes it for a formula."""

from __future__ import annotations

import json
import re
import types
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, Union, get_args, get_origin

import msgspec

MARK = "'"
"""Stands before a text that a spreadsheet might calculate, and before one that begins with it."""
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", MARK)

DateOrder = Literal["", "day first", "month first"]
"""How a local date is read: told by the others of its file, or by whoever brings it in; "" for not told."""


class Unreadable(ValueError):  # noqa: N818 - named for what the cell is
    """A cell that cannot be a value of its column, or a file that is none. Its text says why."""


def protected(text: str) -> str:
    """The text as a cell: with one apostrophe before it where a spreadsheet might calculate it.

    That is where it begins with = + - @, a tab or a line's end, or with such a sign behind characters that a
    program may pass over, such as spaces and those that cannot be seen. A text that begins with an apostrophe
    gets one more, so that `bare` can always take off exactly one.
    """
    return MARK + text if text.startswith(_STARTS) or _begins_unseen(text) else text


def bare(cell: str) -> str:
    """The text of a cell; the other way round of `protected`."""
    return cell.removeprefix(MARK)


def _begins_unseen(text: str) -> bool:
    """Whether the first sign that counts, behind what may be passed over, begins a formula."""
    for character in text:
        if character in _STARTS:
            return True
        if character.isprintable() and not character.isspace():
            return False
    return False


def encode(value: Any, hint: Any) -> str:
    """A value of a field as a cell. Only None is an empty cell where a field may be None."""
    if value is None:
        return ""
    if isinstance(value, str):
        return protected(value) if value or not _may_be_none(hint) else MARK
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return str(value)
    if isinstance(value, date | time):
        return value.isoformat()
    return json.dumps(msgspec.to_builtins(value, str_keys=True), ensure_ascii=False)


def decode(cell: str, hint: Any, order: DateOrder = "") -> Any:
    """The value of a cell of a field with this type; None for an empty one that may be so.

    Also in the forms that a spreadsheet makes of it when it saves: TRUE, 120,00 and a local date, where
    `order` tells the day from the month. Raises Unreadable.
    """
    kind = _plain(hint)
    if kind is str or get_origin(kind) is Literal:
        is_empty = cell == "" and (kind is not str or _may_be_none(hint))
        return None if is_empty else bare(cell)
    if cell.strip() == "":
        return None
    if get_origin(kind) in (tuple, dict):
        return _from_json(bare(cell))
    read = _READ[kind]
    return read_date(bare(cell).strip(), order) if kind is date else read(bare(cell).strip())


def _may_be_none(hint: Any) -> bool:
    return type(None) in get_args(hint)


def _plain(hint: Any) -> Any:
    """The type of a field without None."""
    if isinstance(hint, types.UnionType) or get_origin(hint) is Union:
        return next(part for part in get_args(hint) if part is not type(None))
    return hint


def _from_json(cell: str) -> Any:
    try:
        return json.loads(cell)
    except (ValueError, RecursionError):
        raise Unreadable("this should be a list or a table in JSON, as the export wrote it") from None


_LOCAL_DATE = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")


def read_date(text: str, order: DateOrder = "") -> date:
    """A day, as 2026-03-02 or as 2.3.2026, 02/03/2026. Raises Unreadable where it could be two days."""
    try:
        return date.fromisoformat(text[:10] if re.fullmatch(r"\d{4}-\d\d-\d\d[T ].*", text) else text)
    except ValueError:
        found = _LOCAL_DATE.fullmatch(text)
    if not found:
        raise Unreadable(f"{_shortened(text)} is not a day; write it as 2026-03-02")
    first, sign, second, year = int(found[1]), found[2], int(found[3]), int(found[4])
    if not order and sign != "." and first <= 12 and second <= 12 and first != second:
        raise Unreadable(f"{text} can be two days; write it as 2026-03-02, or say which comes first")
    month_first = order == "month first" or (not order and sign != "." and second > 12)
    month, day = (first, second) if month_first else (second, first)
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable(f"{text} is not a day; write it as 2026-03-02") from None


def order_in(cells: list[str]) -> DateOrder:
    """Which comes first in the local dates of a file, where one of them tells; "" where none does."""
    for cell in cells:
        found = _LOCAL_DATE.fullmatch(bare(cell).strip())
        if found and int(found[1]) > 12:
            return "day first"
        if found and int(found[3]) > 12:
            return "month first"
    return ""


def _read_whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise Unreadable(f"{_shortened(text)} is not a whole number") from None


def _read_amount(text: str) -> Decimal:
    if re.fullmatch(r"\d+,\d{3}", text):
        raise Unreadable(f"{text} can be two amounts; write it with a point and without thousands")
    written = text.replace(",", ".") if text.count(",") == 1 and "." not in text else text
    try:
        return Decimal(written)
    except InvalidOperation:
        raise Unreadable(f"{_shortened(text)} is not a number") from None


def _read_time(text: str) -> time:
    try:
        return time.fromisoformat(text if len(text) != 4 else f"0{text}")
    except ValueError:
        raise Unreadable(f"{_shortened(text)} is not a time of day; write it as 18:30") from None


def _read_answer(text: str) -> bool:
    answer = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}.get(text.lower())
    if answer is None:
        raise Unreadable(f"{_shortened(text)} is neither true nor false")
    return answer


_READ: dict[Any, Callable[[str], Any]] = {
    int: _read_whole,
    bool: _read_answer,
    Decimal: _read_amount,
    time: _read_time,
    date: read_date,
}


def _shortened(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:39]}…")
