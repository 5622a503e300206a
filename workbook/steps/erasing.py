"""Erasing what one wrote of a kind, or everything; and what remains elsewhere, said plainly."""

from __future__ import annotations

import os
import unicodedata
from typing import TYPE_CHECKING, Any

from workbook.book import erasing, keeping
from workbook.entries import BY_NAME, Invalid
from workbook.steps.keeping import no_file
from workbook.steps.long_work import LongWork
from workbook.widgets import Task

if TYPE_CHECKING:
    from workbook.steps.page import Page

Message = dict[str, Any]


def add_erasing(p: Page) -> None:
    """Put erasing on a page: a kind, then everything."""
    _add_kind(p)
    _add_everything(p)


def _add_kind(p: Page) -> None:
    words = p.text["erase"]["kind"]
    names = p.text["erase"]["kinds"]

    def choices() -> list[tuple[str, str]]:
        return [
            (kind.__name__, words["choice"].format(name=names[kind.__name__], count=count))
            for kind, count in erasing.counts(p.book).items()
            if kind.__name__ in names
        ]

    view = Task(p.text["keeping"] | words, asks="choice", given=choices)
    chosen = ""

    def ask(message: Message) -> None:
        nonlocal chosen
        chosen = str(message["value"])
        if chosen not in names:
            raise Invalid("", words["none_chosen"])
        going = erasing.counted(erasing.with_kind(p.book, BY_NAME[chosen]))
        lines = [
            words["going"].format(name=names[kind.__name__], count=count) for kind, count in going.items()
        ]
        view.question([*lines, words["remains"]], words["question"])

    def erase(message: Message) -> None:
        p.finish()
        count = erasing.erase_kind(p.book, BY_NAME[chosen])
        view.done([words["erased"].format(count=count)])
        p.wrote()

    view.hear("start", ask)
    view.hear("yes", erase)
    p.on_change(view.refresh)
    p.add(view)


def _add_everything(p: Page) -> None:
    words = p.text["erase"]["everything"]

    def instead() -> str:
        if os.environ.get("WORKBOOK_DEMO"):
            return str(words["demo"])
        return str(words["two"].format(partner=p.book.partner)) if p.book.partner else no_file(p)

    view = Task(p.text["keeping"] | words | {"label": _label(p)}, asks="line", instead=instead)
    work = LongWork(view)

    def erased(_: None) -> None:
        p.store.reopen()
        p.let_go(words["erased"])

    def erase(message: Message) -> None:
        if instead():
            raise Invalid("", instead())
        if unicodedata.normalize("NFC", str(message["value"])).strip() != p.book.name:
            raise Invalid("", words["not_the_name"].format(name=p.book.name))
        p.finish()
        where, book = p.store.where, p.book.id
        work.begin(
            words["working"], lambda _: keeping.erase_everything(where, book), erased, can_cancel=False
        )

    view.hear("start", erase)
    p.on_change(view.refresh)
    p.add(view)


def _label(p: Page) -> str:
    return str(p.text["erase"]["everything"]["sign"].format(name=p.book.name))
