"""A CSV file of another journal: its columns are told apart by a person, and each row becomes a Note."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from workbook.book.exchange.cells import DateOrder, Unreadable, order_in, read_date
from workbook.book.exchange.reading import Broken, Export, Refused, Row, decoded, table
from workbook.entries import Note

NEEDED = ("on", "text")
PARTS = (*NEEDED, "tags", "mood")
_USUAL = {
    "on": ("date", "day", "on", "created", "when", "datum", "fecha", "timestamp", "time"),
    "text": ("text", "entry", "note", "notes", "body", "content", "journal", "description"),
    "tags": ("tags", "tag", "labels", "activities", "categories"),
    "mood": ("mood", "feeling", "rating", "score"),
}


def head_of(data: bytes) -> list[str]:
    """The columns of a CSV file. Raises Unreadable."""
    first = next(table(decoded(data)), None)
    if first is None:
        raise Unreadable("it is empty")
    return first[1]


def guessed(head: Sequence[str]) -> dict[str, str]:
    """Which column is probably which part of a note; a part that none looks like is left out."""
    found: dict[str, str] = {}
    for part, usual in _USUAL.items():
        columns = [column for column in head if column not in found.values()]
        likely = next(
            (column for name in usual for column in columns if name in re.split(r"\W+", column.lower())), ""
        )
        found |= {part: likely} if likely else {}
    return found


def as_export(name: str, data: bytes, columns: Mapping[str, str], order: DateOrder = "") -> Export:
    """Each row as a Note. columns: by part of a note, the name of its column; a part may be left out.

    Raises Unreadable where the day or the text has no column.
    """
    rows: list[tuple[int, list[str]]] = []
    refused: list[Refused] = []
    try:
        rows.extend(table(decoded(data)))
    except Broken as error:
        refused.append(Refused(name, error.line, str(error)))
    head, body = (rows[0][1], rows[1:]) if rows else ([], [])
    places = {part: head.index(column) for part, column in columns.items() if column and column in head}
    if any(part not in places for part in NEEDED):
        raise Unreadable("say which column is the day and which is the text")
    told = order or order_in([row[places["on"]] for _, row in body if places["on"] < len(row)])
    notes: list[Row] = []
    for line, row in body:
        given = {part: row[at] for part, at in places.items() if at < len(row)}
        if not any(cell.strip() for cell in given.values()):
            continue
        try:
            notes.append(Row(name, line, Note, {}, _values(given, told)))
        except Unreadable as error:
            refused.append(Refused(name, line, str(error)))
    return Export(notes, refused)


def _values(given: Mapping[str, str], order: DateOrder) -> dict[str, Any]:
    tags = re.split(r"[,;|]", given.get("tags", "").strip("[]"))
    return {
        "on": read_date(given.get("on", "").strip(), order),
        "text": given.get("text", ""),
        "tags": tuple(dict.fromkeys(filter(None, (tag.strip(" \"'#") for tag in tags)))),
        "mood": given.get("mood", "").strip(),
    }
