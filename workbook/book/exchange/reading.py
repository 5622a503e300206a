"""The files of an export, from a folder, a zip file or one file, as rows of values."""

from __future__ import annotations

import csv
import io
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from workbook.book.exchange import cells
from workbook.book.exchange.cells import DateOrder, Unreadable
from workbook.book.exchange.columns import ABOUT, columns
from workbook.book.exchange.taking_out import ABOUT_FILE, FORMAT
from workbook.entries import BY_NAME, Entry, field_types
from workbook.store import StoreError

LARGEST = 512 * 1024 * 1024
"""Bytes that the files of one export may come to, unpacked."""
LONGEST_CELL = 2**31 - 1
SEPARATORS = (",", ";", "\t")


class NoImport(StoreError):  # noqa: N818 - named for what is the case, as the errors of the store are
    """What was given is no export that can be read. Nothing was brought in."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{why} Nothing was brought in.")


class Broken(Unreadable):
    """A CSV file that can't be read from a line on."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(why)
        self.line = line


class Row(msgspec.Struct, frozen=True):
    """One line of a file. about: the columns of `ABOUT` that it has. values: the fields of its kind."""

    file: str
    line: int
    kind: type[Entry]
    about: Mapping[str, str]
    values: Mapping[str, Any]


class Refused(msgspec.Struct, frozen=True):
    """A line of a file, or with line 0 the whole file, that cannot be read, and why."""

    file: str
    line: int
    why: str


class Export(msgspec.Struct, frozen=True):
    """What was read of an export. loose: ids that its entries name and that were not in it to begin with."""

    rows: list[Row]
    refused: list[Refused]
    loose: frozenset[str] = frozenset()


Files = Mapping[str, bytes]


def files_at(place: Path) -> Files:
    """The files of an export that lies in a folder, in a zip file or in one file. Raises NoImport."""
    try:
        if place.is_dir():
            found = [each for each in sorted(place.iterdir()) if each.is_file() and _is_wanted(each.name)]
            if sum(each.stat().st_size for each in found) > LARGEST:
                raise NoImport(f"The files in {place} are too large to be an export of this program.")
            return {each.name: each.read_bytes() for each in found}
        return files_in(place.name, place.read_bytes())
    except OSError as error:
        raise NoImport(f"{place} can't be read: {error.strerror}.") from None


def files_in(name: str, data: bytes) -> Files:
    """The files of an export in a zip file, or one file of it, by their names. Raises NoImport."""
    if data[:4] != b"PK\x03\x04":
        return {name: data}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = {PurePosixPath(each.filename).name: each for each in archive.infolist()}
            wanted = {name: each for name, each in found.items() if _is_wanted(name)}
            if sum(each.file_size for each in wanted.values()) > LARGEST:
                raise NoImport(f"{name} holds too much to be an export of this program.")
            return {name: archive.read(each) for name, each in wanted.items()}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        raise NoImport(f"{name} is damaged, or not a zip file that can be read.") from None


def _is_wanted(name: str) -> bool:
    return name == ABOUT_FILE or PurePosixPath(name).suffix.lower() in (".csv", ".jsonl")


def read(files: Files, order: DateOrder = "") -> Export:
    """The rows of an export's files; lines that can't be read are refused, the others are not.

    order: how local dates are read that a spreadsheet wrote, where no date of the file tells.
    Raises NoImport for an export of a later program, naming the version it needs, or for no export at all.
    """
    loose = _loose(files.get(ABOUT_FILE))
    rows: list[Row] = []
    refused: list[Refused] = []
    for name, data in files.items():
        if name == ABOUT_FILE or not _is_wanted(name):
            continue
        kind = kind_of(name)
        if kind is None:
            refused.append(Refused(name, 0, "no kind of entry has this name; it was left alone"))
            continue
        try:
            for each in _rows(name, kind, data, order):
                (rows if isinstance(each, Row) else refused).append(each)  # type: ignore[arg-type]
        except Unreadable as error:
            refused.append(Refused(name, 0, str(error)))
    if not rows and not refused and ABOUT_FILE not in files:
        raise NoImport("There are no files of an export here, such as Session.csv or Session.jsonl.")
    return Export(rows, refused, loose)


def kind_of(name: str) -> type[Entry] | None:
    """The kind whose file has this name, also as "Session (1).csv"; None for another name."""
    stem = PurePosixPath(name).stem.partition(" ")[0].casefold()
    return next((kind for known, kind in BY_NAME.items() if known.casefold() == stem), None)


def _loose(data: bytes | None) -> frozenset[str]:
    """What the export says about itself. Raises NoImport where a later program is needed to read it."""
    if data is None:
        return frozenset()
    try:
        said = json.loads(data.decode("utf-8-sig"))
        layout, program = said["format"], str(said["program"])
        loose = frozenset(map(str, said.get("named_but_not_here", ())))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise NoImport(f"{ABOUT_FILE} is damaged: it doesn't say which program wrote these files.") from None
    if not isinstance(layout, int) or layout > FORMAT:
        raise NoImport(
            f"This export was made by a newer version of the program; install version {program} or newer."
        )
    return loose


def _rows(name: str, kind: type[Entry], data: bytes, order: DateOrder) -> Iterator[Row | Refused]:
    text = decoded(data)
    return _of_csv(name, kind, text, order) if name.lower().endswith(".csv") else _of_json(name, kind, text)


def decoded(data: bytes) -> str:
    """The text of a file: UTF-8, or UTF-16 where it begins with its mark. Raises Unreadable."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable("this isn't UTF-8: save it again as “CSV UTF-8”") from None


# CSV


def table(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV file with the line on which each begins; the separator is the one of its head.

    Raises Broken, with the line, where the rest can't be read.
    """
    csv.field_size_limit(LONGEST_CELL)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    line = 1
    try:
        for row in rows:
            if row:
                yield line, row
            line = rows.line_num + 1
    except csv.Error as error:
        raise Broken(line, f"from here on this is not a CSV file, or it was cut off ({error})") from None


def _separator(text: str) -> str:
    head = text[: min(place for place in (text.find("\n"), text.find("\r"), len(text)) if place >= 0)]
    return max(SEPARATORS, key=head.count)


def _of_csv(name: str, kind: type[Entry], text: str, order: DateOrder) -> Iterator[Row | Refused]:
    rows: list[tuple[int, list[str]]] = []
    try:
        rows.extend(table(text))
    except Broken as error:
        yield Refused(name, error.line, str(error))
    if not rows:
        raise Unreadable("it is empty")
    head, body = [_name(cell) for cell in rows[0][1]], rows[1:]
    places = _places(kind, head, body)
    hints = field_types(kind)
    told = order or cells.order_in([row[at] for _, row in body for at in places.values() if at < len(row)])
    for line, row in body:
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(head) and any(row[len(head) :]):
            yield Refused(name, line, f"it has {len(row)} cells, and the first line has {len(head)}")
            continue
        try:
            given = {column: row[at] for column, at in places.items() if at < len(row)}
            known = {column: cells.bare(given[column]) for column in ABOUT if column in given}
            values = {
                field: _value(field, given[field], hint, told)
                for field, hint in hints.items()
                if field in given
            }
        except Unreadable as error:
            yield Refused(name, line, str(error))
            continue
        yield Row(name, line, kind, known, _without_defaults(kind, values))


def _value(field: str, cell: str, hint: Any, order: DateOrder) -> Any:
    try:
        return cells.decode(cell, hint, order)
    except Unreadable as error:
        raise Unreadable(f"{field}: {error}") from None


def _name(cell: str) -> str:
    return cells.bare(cell).strip().casefold()


def _places(kind: type[Entry], head: Sequence[str], body: list[tuple[int, list[str]]]) -> dict[str, int]:
    """Where each known column stands. Raises Unreadable where one is needed, unknown or there twice."""
    wanted = columns(kind)
    filled = [at for at in range(len(head)) if any(at < len(row) and row[at].strip() for _, row in body)]
    unknown = [head[at] for at in filled if head[at] not in wanted]
    missing = [each for each in needed(kind) if each not in head]
    if missing or unknown:
        raise Unreadable(_what_is_wrong(kind, missing, unknown))
    if len({*head} - {""}) < len([each for each in head if each]):
        raise Unreadable("its first line has a column twice")
    return {each: head.index(each) for each in wanted if each in head}


def _what_is_wrong(kind: type[Entry], missing: Sequence[str], unknown: Sequence[str]) -> str:
    said = []
    if missing:
        said.append(f"it has no column {', '.join(missing)}")
    if unknown:
        said.append(f"this program doesn't know its column {', '.join(each[:40] for each in unknown)}")
    return f"{'; '.join(said)}. The columns are {', '.join(columns(kind))}"


def needed(kind: type[Entry]) -> list[str]:
    """The columns without which no entry of this kind can be made."""
    return [field.name for field in msgspec.structs.fields(kind) if field.required]


def _without_defaults(kind: type[Entry], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values, without an empty one where the field is what it is if left out."""
    optional = {field.name: field for field in msgspec.structs.fields(kind) if not field.required}
    return {
        name: value for name, value in values.items() if value is not None or not _stands_in(optional, name)
    }


def _stands_in(optional: Mapping[str, Any], name: str) -> bool:
    return name in optional and optional[name].default is not None


# JSON Lines


def _of_json(name: str, kind: type[Entry], text: str) -> Iterator[Row | Refused]:
    known = set(columns(kind))
    for line, written in enumerate(text.split("\n"), start=1):
        if not written.strip():
            continue
        try:
            said = json.loads(written)
        except (ValueError, RecursionError):
            yield Refused(name, line, "this is not a line of JSON")
            continue
        why = _wrong_with(kind, said, known)
        if why:
            yield Refused(name, line, why)
            continue
        about = {column: str(said[column]) for column in ABOUT if said.get(column) is not None}
        yield Row(name, line, kind, about, {field: said[field] for field in said if field not in ABOUT})


def _wrong_with(kind: type[Entry], said: Any, known: set[str]) -> str:
    if not isinstance(said, dict):
        return "this is not an entry"
    unknown = [each for each in said if each not in known]
    missing = [each for each in needed(kind) if each not in said]
    return _what_is_wrong(kind, missing, unknown) if missing or unknown else ""
