"""The people to call, read from data/helplines.csv.

Anyone may correct that file by hand, so a line that cannot be used is left out and named, and the
others still stand.
"""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import msgspec

from workbook import content, places

FILE = places.DATA / "helplines.csv"
COLUMNS = ("country", "name", "number", "text_line", "site", "serves", "source", "source_date")
NEEDED = ("country", "name")
"""Without these columns no line says whom to call."""

_NUMBER = re.compile(r"\+?[0-9][0-9 ()./-]*")
_DAY = re.compile(r"\d{4}-\d\d(-\d\d)?")
_NO_COUNTRIES = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}
"""Regions of the list of names that are no country: unions, test locales, "unknown"."""


class Helpline(msgspec.Struct, frozen=True):
    """Someone to call: the columns of the file, as text; empty where the file says nothing.

    country: two letters (ISO 3166-1), such as GB. source_date: as 2026-09 or 2026-09-14.
    """

    country: str
    name: str
    number: str
    text_line: str
    site: str
    serves: str
    source: str
    source_date: str


class Left(msgspec.Struct, frozen=True):
    """What could not be used: the number of its line in the file, the first being 1, and why."""

    line: int
    why: str


class Helplines(msgspec.Struct, frozen=True):
    """The lines in the order of the file, and what was left out of them."""

    lines: tuple[Helpline, ...] = ()
    left: tuple[Left, ...] = ()


def read(file: Path = FILE) -> Helplines:
    """Read the file. No lines where it is missing, unreadable, or without a column that is needed."""
    try:
        first, *rest = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        return Helplines(left=(Left(1, f"the file can't be read ({type(error).__name__})"),))
    except ValueError:
        return Helplines(left=(Left(1, "the file is empty"),))
    header = _cells(first) or []
    missing = tuple(Left(1, f"the column “{name}” is missing") for name in COLUMNS if name not in header)
    if any(name not in header for name in NEEDED):
        return Helplines(left=missing)
    found = [_line(number, header, row) for number, row in enumerate(rest, start=2) if row.strip()]
    left = (each for each in found if isinstance(each, Left))
    return Helplines(tuple(each for each in found if isinstance(each, Helpline)), (*missing, *left))


def _cells(row: str) -> list[str] | None:
    """The cells of one row, each read by itself so that one bad row spoils no other; None for such a row."""
    try:
        return [cell.strip() for cell in next(csv.reader([row], strict=True))]
    except csv.Error:
        return None


def _line(number: int, header: list[str], row: str) -> Helpline | Left:
    cells = _cells(row)
    if cells is None:
        return Left(number, "its quotation marks don't match")
    if len(cells) != len(header):
        return Left(number, f"it has {len(cells)} columns, and the first line has {len(header)}")
    given = dict(zip(header, cells, strict=True))
    line = Helpline(**{name: given.get(name, "") for name in COLUMNS})
    why = _wrong_with(line)
    return Left(number, why) if why else line


def _wrong_with(line: Helpline) -> str:
    """Why a line cannot be used; empty if it can."""
    if line.country not in _countries():
        return f"“{line.country}” is not a country's two letters"
    if not line.name:
        return "it has no name"
    if line.number and not _NUMBER.fullmatch(line.number):
        return f"“{line.number}” is not a number that can be called"
    if not (line.number or line.text_line or line.site):
        return "it has neither a number nor a site"
    if line.source_date and not _is_day(line.source_date):
        return f"“{line.source_date}” is not a date such as 2026-09 or 2026-09-14"
    return ""


def _is_day(words: str) -> bool:
    try:
        return bool(_DAY.fullmatch(words) and _day(words))
    except ValueError:
        return False


def _day(words: str) -> date:
    return date.fromisoformat(f"{words}-01" if len(words) == len("2026-09") else words)


def country(code: str) -> str:
    """A country's name. Raises KeyError for letters that are no country's."""
    return _countries()[code]


def _countries() -> dict[str, str]:
    from babel import Locale

    names = Locale.parse(content.LOCALE).territories
    return {code: name for code, name in names.items() if code.isalpha() and code not in _NO_COUNTRIES}


def dated(line: Helpline) -> str:
    """The date of a line's source as one says it, "September 2026"; empty where it is not known."""
    from babel.dates import format_date

    if not line.source_date:
        return ""
    pattern = "MMMM yyyy" if len(line.source_date) == len("2026-09") else "d MMMM yyyy"
    return format_date(_day(line.source_date), pattern, locale=content.LOCALE)
