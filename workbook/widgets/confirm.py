"""Something to read once more before it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from workbook.widgets.control import Control, Message, module


class Confirm(Control):
    """A question with the exact text that it is about, and a yes and a no.

    words: `title`, `note`, `yes` and `no`. lines: pairs of a label and the text.
    """

    _esm = module("confirm")

    def __init__(
        self,
        words: Mapping[str, str],
        lines: Sequence[tuple[str, str]],
        yes: Callable[[], None],
        no: Callable[[], None],
    ) -> None:
        super().__init__()
        self._words, self._lines = dict(words), list(lines)
        self.hear("yes", lambda message: yes())
        self.hear("no", lambda message: no())

    def now_showing(self) -> Message:
        """The question and what it is about."""
        return {"words": self._words, "lines": self._lines}
