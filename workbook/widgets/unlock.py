"""The door of a book: unlock, just look, begin, or come back with a recovery code."""

from __future__ import annotations

from typing import Any

from workbook.widgets.control import Control, Message, module


class Unlock(Control):
    """Shows one view at a time; a passphrase arrives as one message and is not kept here.

    Views: welcome, unlock, demo, keep, join, forgotten, code, invited.
    Messages: look, begin, keep_line, look_with, read_first, unlock, open_as, keep, suggest, have_code, join,
    forgotten, recover, written, back;
    from an invited member's first page look_around, not_now and to_leaving. What they ask or decline there
    is not sent.
    """

    _esm = module("unlock")

    def __init__(self, words: dict[str, Any]) -> None:
        super().__init__()
        self._words = words
        self._showing: Message | None = None

    def show_view(self, view: str, *, focus: bool = False, **content: Any) -> None:
        """Show a view with its content. A recovery code is shown once and then forgotten here."""
        self._showing = {"view": view, "words": self._words, "focus": focus, **content}
        self.refresh()
        if view == "code":
            self._showing = None

    def now_showing(self) -> Message | None:
        """The view that stands now."""
        return self._showing
