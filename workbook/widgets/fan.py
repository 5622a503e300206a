"""Small cards side by side, of which one at a time is taken up."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from workbook.widgets.control import Control, Message, module


class Leaf(msgspec.Struct, frozen=True):
    """One of the cards: its name, its title, a line on its face, and a sentence once it is taken up."""

    name: str
    title: str
    line: str
    intro: str


class Fan(Control):
    """Cards of ours to choose from. on_open: told the name of the one that is taken up."""

    _esm = module("fan")

    def __init__(self, label: str, leaves: Sequence[Leaf], on_open: Callable[[str], None]) -> None:
        super().__init__()
        self._label, self._leaves, self._on_open = label, list(leaves), on_open
        self._open = ""
        self.hear("open", lambda message: self._take_up(str(message["card"])))

    def now_showing(self) -> Message:
        """The cards, and which of them is taken up."""
        return {"label": self._label, "cards": msgspec.to_builtins(self._leaves), "open": self._open}

    def _take_up(self, name: str) -> None:
        if any(leaf.name == name for leaf in self._leaves):
            self._open = name
            self._on_open(name)
            self.tell("opened", card=name)
