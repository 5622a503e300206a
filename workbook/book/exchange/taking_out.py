"""Export: what a member can read, as files that other programs open. In the clear."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import re
import secrets
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import msgspec

from workbook.book.book import Book
from workbook.book.exchange import cells, guide
from workbook.book.exchange.columns import about, columns, in_utc, named, readable
from workbook.book.written import Written
from workbook.entries import Entry, field_types
from workbook.store import DiskFull, Progress, StoreError, unreported

Format = Literal["csv", "jsonl"]

FORMAT = 1
"""The layout of an export; a later one may need a later program."""
ABOUT_FILE = "export.json"
README = "README.txt"
BOM = "\ufeff"
STEP = 200
"""Entries from one report of progress to the next."""


class NoExport(StoreError):  # noqa: N818 - named for what is the case, as the errors of the store are
    """Nothing was exported, and nothing is left of the attempt."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{why} Nothing was written.")


def write_folder(book: Book, folder: Path, kind: Format, progress: Progress = unreported) -> int:
    """Export into a folder that is not there yet, or empty. Returns the number of entries.

    It appears whole or not at all: the files are written into a folder beside it that then takes its name.
    Only its owner can look into it. Raises NoExport, or DiskFull.
    """
    _check(folder)
    try:
        with _beside(folder) as part:
            count = 0
            for name, data, entries in files(book, kind, progress):
                _write(part / name, data)
                count += entries
            if folder.exists():
                folder.rmdir()
            part.rename(folder)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise DiskFull(str(folder)) from None
        raise NoExport(f"{folder} can't be written: {error.strerror}.") from None
    return count


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """A new folder beside another, gone in the end. Named before it is made: a stop at any moment ends it."""
    part = folder.with_name(f".{folder.name}.{secrets.token_hex(8)}")
    try:
        try:
            part.mkdir(mode=0o700)
        except OSError as error:
            raise NoExport(f"{folder.parent} can't be written to: {error.strerror}.") from None
        yield part
    finally:
        shutil.rmtree(part, ignore_errors=True)


def zipped(book: Book, kind: Format, progress: Progress = unreported) -> bytes:
    """The same files as the bytes of one zip file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data, _ in files(book, kind, progress):
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def files(book: Book, kind: Format, progress: Progress = unreported) -> Iterator[tuple[str, bytes, int]]:
    """The files of an export, one a kind of entry: name, bytes and number of entries; two more about it."""
    found = readable(book)
    total, done = sum(map(len, found.values())), 0
    for entry_kind, entries in found.items():
        encode = _csv if kind == "csv" else _jsonl
        counted = _counting(entries, done, total, progress)
        yield f"{entry_kind.__name__}.{kind}", encode(entry_kind, counted), len(entries)
        done += len(entries)
    progress(total, total)
    yield ABOUT_FILE, _about(book, kind, found), 0
    yield README, guide.text(list(found), kind, book.settings().currency).encode(), 0


def _counting(
    entries: Sequence[Written[Any]], done: int, total: int, progress: Progress
) -> Iterator[Written[Any]]:
    for position, each in enumerate(entries):
        if position % STEP == 0:
            progress(done + position, total)
        yield each


def _csv(kind: type[Entry], entries: Iterator[Written[Any]]) -> bytes:
    """RFC 4180: commas, each cell in quotes, lines that end in CR LF, UTF-8 with a byte order mark."""
    text, hints = io.StringIO(newline=""), field_types(kind)
    text.write(BOM)
    rows = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    rows.writerow(columns(kind))
    for each in entries:
        known = [cells.protected(value or "") for value in about(each).values()]
        rows.writerow(known + [cells.encode(getattr(each.entry, name), hints[name]) for name in hints])
    return text.getvalue().encode()


def _jsonl(kind: type[Entry], entries: Iterator[Written[Any]]) -> bytes:
    """One JSON object a line, UTF-8; amounts as text, so that no digit is lost.

    What some programs take for a line's end, too, is escaped.
    """
    lines = (
        _json(about(each) | {name: getattr(each.entry, name) for name in kind.__struct_fields__})
        for each in entries
    )
    return b"".join(_ESCAPED.sub(lambda found: _ESCAPES[found[0]], line) + b"\n" for line in lines)


_ESCAPES = {each.encode(): f"\\u{ord(each):04x}".encode() for each in "\x85\u2028\u2029"}
_ESCAPED = re.compile(b"|".join(_ESCAPES))
_json = msgspec.json.Encoder(decimal_format="string").encode


def _about(book: Book, kind: Format, found: dict[type[Entry], list[Written[Any]]]) -> bytes:
    entries = [each for kind_ in found.values() for each in kind_]
    there = {each.id for each in entries} | {each.shared_from for each in entries}
    loose = sorted({id_ for each in entries for id_ in named(each.entry)} - there)
    said = {
        "format": FORMAT,
        "program": version("couples-workbook"),
        "files": kind,
        "made_at": in_utc(datetime.now(UTC)),
        "book": book.id,
        "member": book.name,
        "entries": {kind_.__name__: len(entries) for kind_, entries in found.items()},
        "named_but_not_here": loose,
    }
    return json.dumps(said, ensure_ascii=False, indent=2).encode() + b"\n"


def _check(folder: Path) -> None:
    if not folder.name or "\0" in str(folder):
        raise NoExport("Choose a folder for the export.")
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise NoExport(f"{folder} is already there, and it is not a folder.")
    if folder.is_dir() and any(folder.iterdir()):
        raise NoExport(f"{folder} is not empty, and nothing is ever overwritten. Choose a new folder.")
    if not folder.parent.is_dir():
        raise NoExport(f"There is no folder {folder.parent}.")


def _write(file: Path, data: bytes) -> None:
    """One file of mode 0600, on the disk when this returns."""
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:  # noqa: PTH123
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
