"""A circle to breathe with."""

from __future__ import annotations

from workbook.widgets.control import Control, Message, module


class Breathing(Control):
    """A slow circle that one starts and stops; whoever wants no motion gets the words alone.

    words: `title`, `hint`, `begin`, `end`, and in `said` what stands in the circle: `rest`, `in`, `out`.
    """

    _esm = module("breathing")

    def __init__(self, words: Message) -> None:
        super().__init__()
        self._words = dict(words)

    def now_showing(self) -> Message:
        """The circle at rest."""
        return self._words
