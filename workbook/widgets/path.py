"""What one comes home to: one card, and the path of steps."""

from __future__ import annotations

from collections.abc import Callable

from workbook.widgets.control import Control, Message, module


class Path(Control):
    """One card with one button, and below it a quiet list of stops.

    read: returns `left_off`, `card`, `cards`, `path`, `words` and `question`.
    Messages: not_today, skip, back.
    """

    _esm = module("path")

    def __init__(self, read: Callable[[], Message]) -> None:
        super().__init__()
        self._read = read

    def now_showing(self) -> Message:
        """The card and the path as they are now."""
        return self._read()
