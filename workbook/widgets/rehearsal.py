"""Replies to rehearse: each is turned over to one thing to say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbook.widgets.control import Control, Message, module


class Rehearsal(Control):
    """Cards that are turned over, each by itself.

    words: `title`, `intro`, and what turns a card: `over` and `back`.
    replies: for each card `reply`, what stands on its back to `say`, and what follows `then`.
    """

    _esm = module("rehearsal")

    def __init__(self, words: Mapping[str, str], replies: Sequence[Mapping[str, str]]) -> None:
        super().__init__()
        self._showing: Message = {"words": dict(words), "replies": [dict(each) for each in replies]}

    def now_showing(self) -> Message:
        """The cards, all of them with their face up."""
        return self._showing
