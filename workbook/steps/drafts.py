"""What is being typed, kept: encrypted in the book within two seconds of the last keystroke."""

from __future__ import annotations

import asyncio
from typing import Any

from workbook.book import Book
from workbook.widgets import Form

PAUSE = 0.8
"""Seconds without a keystroke until a draft is written; the view itself waits 0.4 before it tells."""

Values = dict[str, Any]


class Drafts:
    """The drafts of one unlocked book, by the name of their form."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._kept = book.drafts()
        self._waiting: dict[str, tuple[Form, Values, asyncio.TimerHandle]] = {}

    def keep(self, name: str, form: Form) -> None:
        """Show a form's draft in it, if there is one, and keep what is typed from now on."""
        if name in self._kept:
            form.take_up(self._kept[name])
        form.on_draft = lambda values: self._changed(name, form, values)

    def flush(self) -> None:
        """Write every waiting draft now."""
        for name, (form, values, timer) in list(self._waiting.items()):
            timer.cancel()
            self._write(name, form, values)

    def _changed(self, name: str, form: Form, values: Values | None) -> None:
        waiting = self._waiting.pop(name, None)
        if waiting:
            waiting[2].cancel()
        if values is None:
            self._let_go(name)
            return
        timer = asyncio.get_running_loop().call_later(PAUSE, self._write, name, form, dict(values))
        self._waiting[name] = (form, dict(values), timer)

    def _write(self, name: str, form: Form, values: Values) -> None:
        self._waiting.pop(name, None)
        try:
            self._book.keep_draft(name, values)
        except Exception as error:  # noqa: BLE001 - said where it was done
            form.refuse(error)
            return
        self._kept[name] = values
        form.drafted()

    def _let_go(self, name: str) -> None:
        if self._kept.pop(name, None) is not None:
            self._book.keep_draft(name, None)
