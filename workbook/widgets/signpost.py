"""A sentence that shows the way to another page."""

from __future__ import annotations

from workbook.widgets.control import Control, Message, module


class Signpost(Control):
    """A sentence of ours, and a button that turns to the page of this address."""

    _esm = module("signpost")

    def __init__(self, words: str, label: str, page: str) -> None:
        super().__init__()
        self._showing: Message = {"words": words, "label": label, "page": page}

    def now_showing(self) -> Message:
        """The sentence and the way."""
        return self._showing
