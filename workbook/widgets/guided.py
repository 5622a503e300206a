"""Boxes that are filled in one after the other beside a quiet clock: for two at one screen, or for one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from workbook.widgets.control import Message, module
from workbook.widgets.fields import Field
from workbook.widgets.form import Form, Values


class Guided(Form):
    """A form of which one box lies open at a time; before Save, all of it is shown once more.

    words: `title`, `before` (what to know first), and the words of the buttons and the clock.
    minutes: how long it may take, one of which is chosen. facts: lines that stand before the first box;
    facts_open: whether they are shown at once, or only when somebody asks for them.
    on_save: None where nothing is kept. by_key: as for a Form. The clock runs in the view alone.
    """

    _esm = module("clock", "saving", "guided")

    def __init__(
        self,
        fields: Sequence[Field],
        words: Mapping[str, Any],
        *,
        minutes: Sequence[int],
        facts: Sequence[str] = (),
        facts_open: bool = True,
        room: str = "",
        on_save: Callable[[Values], Values] | None,
        on_cancel: Callable[[], None],
        by_key: bool = True,
    ) -> None:
        super().__init__(
            fields, on_save=on_save or (lambda values: values), on_cancel=on_cancel, by_key=by_key
        )
        self._prose, self._minutes = dict(words), list(minutes)
        self._facts, self._facts_open = list(facts), facts_open
        self._room, self._is_kept = room, on_save is not None

    def now_showing(self) -> Message:
        """The boxes, what is in them, and the words around them."""
        shown = super().now_showing()
        return {
            "words": self._prose,
            "boxes": shown["spec"]["fields"],
            "values": shown["values"],
            "state": shown["state"],
            "minutes": self._minutes,
            "facts": self._facts,
            "facts_open": self._facts_open,
            "room": self._room,
            "kept": self._is_kept,
            "by_key": shown["spec"]["by_key"],
        }
