"""Sharing one entry: its exact text is shown once more, then a copy lies in the room of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import TYPE_CHECKING, Any

from workbook.book import Book, Written
from workbook.entries import Entry
from workbook.formats import clock, day
from workbook.steps.slot import Slot
from workbook.widgets import Confirm
from workbook.widgets.fields import typed_values

if TYPE_CHECKING:
    from workbook.steps.page import Page

Lines = Sequence[tuple[str, str]]


def standing(
    book: Book, written: Written[Any], copies: Mapping[str, Written[Any]], words: Mapping[str, str]
) -> str:
    """Who can read an entry, in words. copies: as from `copies`. words: the table `rooms` of the page."""
    if written.source_author:
        return str(words["brought_in"].format(name=written.source_author))
    if written.author != book.name:
        return str(words["from_partner"].format(name=written.author, day=day(written.written_at.date())))
    if written.id in copies:
        return str(words["shared"].format(day=day(copies[written.id].written_at.date())))
    return str(words[written.room])


def copies(book: Book, kind: type[Entry]) -> dict[str, Written[Any]]:
    """The shared copies of one's own entries of a kind, by the id of what was shared."""
    return {
        each.shared_from: each
        for each in book.entries(kind)
        if each.shared_from and each.author == book.name and each.room == "ours"
    }


def possible(book: Book, written: Written[Any], copies: Mapping[str, Written[Any]]) -> str:
    """What can be done about sharing an entry: "share", "take_back" or nothing."""
    if written.author != book.name or written.source_author or not book.has_ours:
        return ""
    if written.id in copies:
        return "take_back"
    return "share" if written.room == "mine" else ""


def ask_to_share(p: Page, slot: Slot, entry_id: str, lines: Lines) -> None:
    """Show what would be shared, word for word, and share it when that is confirmed."""
    _ask(p, slot, "share", lines, lambda: p.book.share(entry_id))


def ask_to_take_back(p: Page, slot: Slot, copy: str, lines: Lines) -> None:
    """Say what taking a copy back does and doesn't, and do it when that is confirmed."""
    _ask(p, slot, "take_back", lines, lambda: p.book.erase(copy))


def _ask(p: Page, slot: Slot, what: str, lines: Lines, act: Any) -> None:
    words = {name: text.format(name=p.book.partner) for name, text in p.text[what].items()}

    def confirmed() -> None:
        act()
        slot.close()
        slot.wrote()

    slot.put(Confirm(words, lines, confirmed, slot.close))


def in_full(entry: Entry, fields: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Everything that an entry says, field by field, in the words of its form.

    fields: the prose of the form's fields; a field that nobody fills in, such as a reference, has none.
    """
    typed = typed_values(entry)
    return [
        (fields[name]["label"], _said(getattr(entry, name), value, fields[name].get("options", {})))
        for name, value in typed.items()
        if name in fields and value not in (None, "", ())
    ]


def _said(value: Any, typed: Any, options: Any) -> str:
    """A value as its reader writes it; the words of an option for a choice."""
    if isinstance(value, date):
        return day(value)
    if isinstance(value, time):
        return clock(value)
    return _answer(typed, options)


def _answer(value: Any, options: Any) -> str:
    if isinstance(options, Mapping):
        return str(options.get(value, value))
    return next((str(option["label"]) for option in options if option["value"] == value), str(value))
