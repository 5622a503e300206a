"""Something that takes its time: asked for, watched while it is done, and called off if one likes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from workbook.widgets.control import Control, Message, module


class Task(Control):
    """Words, a form with what the task needs to know, then its progress, a question, or what came of it.

    A file that is handed over comes as the bytes of one message, and is kept by nobody here.
    words: `title`, `start`, `cancel`, `again` and, as wanted, `points`, `label`, `hint`, `file`.
    asks: "line" or "choice" where something is to be typed or chosen, else "". takes_file: whether a file
    can be handed over. instead: returns a sentence where the task cannot be done, else nothing.
    given: returns the line that is suggested, or pairs of value and label to choose from.
    Messages: start (value; a file's bytes as data), yes, no, cancel. Is told of long work:
    working (words, can_cancel), progress (done, total).
    """

    _esm = module("longwork", "task")

    def __init__(
        self,
        words: Mapping[str, Any],
        *,
        asks: str = "",
        takes_file: bool = False,
        instead: Callable[[], str] = str,
        given: Callable[[], str | Sequence[tuple[str, str]]] = str,
    ) -> None:
        super().__init__()
        self._words, self._asks, self._takes_file = dict(words), asks, takes_file
        self._instead, self._given = instead, given

    def now_showing(self) -> Message:
        """The form, or what stands in its place."""
        return {
            "words": self._words,
            "asks": self._asks,
            "takes_file": self._takes_file,
            "instead": self._instead(),
            "given": self._given(),
        }

    def question(self, lines: Sequence[str], words: Mapping[str, str]) -> None:
        """Ask once more. words: `title`, `yes` and `no`."""
        self.tell("question", lines=list(lines), question=dict(words))

    def done(self, lines: Sequence[str]) -> None:
        """Say what came of it."""
        self.tell("done", lines=list(lines))
