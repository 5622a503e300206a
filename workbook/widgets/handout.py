"""What leaves the page: a sheet to print, a file to save."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from workbook.widgets.control import Control, Message, module


class Sheet(Control):
    """Questions or lines on a sheet that prints by itself, folded until it is wanted.

    items: what stands on it, or what reads that anew at each `refresh`. empty: stands there in place of
    no items. room: whether there is a line to write on below each. answers: boxes to tick below each; the
    sheet is then in large type, to be read while one is on the telephone.
    """

    _esm = module("sheet")

    def __init__(
        self,
        title: str,
        items: Sequence[str] | Callable[[], Sequence[str]],
        *,
        intro: str = "",
        empty: str = "",
        room: bool = False,
        answers: Sequence[str] = (),
        print_words: str = "Print",
    ) -> None:
        super().__init__()
        self._items = items
        self._words: Message = {
            "title": title,
            "intro": intro,
            "empty": empty,
            "room": room,
            "answers": list(answers),
            "print": print_words,
        }

    def now_showing(self) -> Message:
        """The sheet's words."""
        return self._words | {"items": list(self._items() if callable(self._items) else self._items)}


class Download(Control):
    """A button that saves a file. make: returns its text when it is asked for."""

    _esm = module("download")

    def __init__(self, label: str, name: str, kind: str, make: Callable[[], str], *, hint: str = "") -> None:
        super().__init__()
        self._showing: Message = {"label": label, "hint": hint}
        self.hear("make", lambda message: self.tell("file", name=name, type=kind, text=make()))

    def now_showing(self) -> Message:
        """The button and what it is for."""
        return self._showing
