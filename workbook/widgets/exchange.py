"""Files that go out of the book and come in again: how far it is, and a way to stop."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from workbook.widgets.control import Control, Message, module

PIECE = 256 * 1024
"""Bytes of a file that go to the browser at once."""


class TakeOut(Control):
    """Which files, a bar while they are made, and the finished file.

    Messages: make (format), more (at), cancel. Is told of long work: working, progress, stopped.
    """

    _esm = module("longwork", "passage", "takeout")

    def __init__(self, words: Mapping[str, Any]) -> None:
        super().__init__()
        self._words = dict(words)
        self._file: tuple[str, bytes, str] = ("", b"", "")
        self.hear("more", lambda message: self._hand_piece(int(message["at"])))

    def now_showing(self) -> Message:
        """The words."""
        return {"words": self._words}

    def hand_over(self, name: str, data: bytes, said: str) -> None:
        """Give a file to the browser, piece by piece as it asks; then it says a sentence."""
        self._file = (name, data, said)
        self._hand_piece(0)

    def _hand_piece(self, at: int) -> None:
        name, data, said = self._file
        count = max(1, -(-len(data) // PIECE))
        piece = data[at * PIECE : (at + 1) * PIECE]
        if at + 1 >= count:
            self._file = ("", b"", "")
        self.tell_bytes("piece", piece, name=name, at=at, count=count, said=said)


class Ticked(Control):
    """Things to tick, and a button that saves one file of those that are ticked.

    items: returns pairs of a name and a label, as they are now; without any, `words["empty"]` is shown.
    make: returns the file's text for the names that are ticked. It raises Invalid where there is none.
    """

    _esm = module("ticked")

    def __init__(
        self,
        words: Mapping[str, Any],
        items: Callable[[], Sequence[tuple[str, str]]],
        name: str,
        kind: str,
        make: Callable[[Sequence[str]], str],
    ) -> None:
        super().__init__()
        self._words, self._items = dict(words), items
        self.hear(
            "make",
            lambda message: self.tell("file", name=name, type=kind, text=make(list(message["ticked"]))),
        )

    def now_showing(self) -> Message:
        """The words and the things."""
        return {"words": self._words, "items": self._items()}


class BringIn(Control):
    """Files are chosen, what would come in is shown line by line, and comes in once that is confirmed.

    Messages: begin, piece (name, data), look (me, order, columns), bring, cancel. Is told of long
    work (working, progress, stopped), and columns, found, brought.
    """

    _esm = module("longwork", "passage", "bringin")

    def __init__(self, words: Mapping[str, Any]) -> None:
        super().__init__()
        self._words = dict(words)

    def now_showing(self) -> Message:
        """The words."""
        return {"words": self._words}
