"""A chart's holder: the question as its title, the finding, the drawing, the table; and a table alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from workbook.widgets.control import Control, Message, module


class Table(msgspec.Struct, frozen=True):
    """The numbers behind a chart: names of columns, and rows of plain values.

    shown: the same rows as the reader writes them, where that differs from what a file gets.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    shown: Sequence[Sequence[Any]] | None = None


class Offer(msgspec.Struct, frozen=True):
    """Something that can be done about what a chart found. words: what it is about. label: of its button."""

    key: str
    words: str
    label: str


class Showing(msgspec.Struct, frozen=True, kw_only=True):
    """What a chart says: its finding, what that rests on, the drawing as SVG, the table, what to do about it.

    alt: the whole finding, for those who do not see the drawing; the finding itself if left out.

    Where there is nothing to draw, `empty` tells what will be here.
    """

    finding: str = ""
    alt: str = ""
    rests_on: str = ""
    svg: str = ""
    table: Table | None = None
    offers: Sequence[Offer] = ()
    empty: str = ""


class Picture(Control):
    """Holds the place of a chart until it is drawn, so that nothing jumps.

    draw: called with whether the page is narrow, off the event loop; returns what to show.
    later: runs a function in the background and hands its result to another one.
    words: of saving it: `save`, `png`, `svg`, `csv`, `unlocked`, and `not_therapy`, which stands in the file.
    on_offer: called with the key of what was taken up.
    """

    _esm = module("table", "savechart", "picture")

    def __init__(
        self,
        question: str,
        draw: Callable[[bool], Showing],
        later: Callable[[Callable[[], Showing], Callable[[Showing], None]], None],
        height: int = 320,
        words: Mapping[str, str] | None = None,
        on_offer: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__()
        self._words = dict(words or {})
        self._question, self._draw, self._later, self._height = question, draw, later, height
        self._drawn: Showing | None = None
        if on_offer:
            self.hear("offer", lambda message: on_offer(str(message["key"])))
        self.hear("draw", lambda message: self._later_drawn(narrow=bool(message.get("narrow"))))

    def now_showing(self) -> Message:
        """The question and a placeholder, or the chart once it is drawn."""
        shown = self._drawn or Showing()
        told = {"question": self._question, "height": self._height, "words": self._words}
        return {**told, **msgspec.to_builtins(shown)}

    def again(self) -> None:
        """Something was written: views in sight ask for a new drawing; the old one stands until then."""
        self.tell("stale")

    def _later_drawn(self, *, narrow: bool) -> None:
        self._later(lambda: self._draw(narrow), self._hang)

    def _hang(self, showing: Showing) -> None:
        self._drawn = showing
        self.refresh()


class Grid(Control):
    """A table that stands by itself. read: returns it, or None while there is nothing to compare."""

    _esm = module("table", "grid")

    def __init__(self, title: str, read: Callable[[], Table | None]) -> None:
        super().__init__()
        self._title, self._read = title, read

    def now_showing(self) -> Message:
        """The title and the table."""
        table = self._read()
        return {"title": self._title, "table": msgspec.to_builtins(table) if table else None}
