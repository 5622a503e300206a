"""Sentences that are ticked in the browser alone, advice that is the same for all, people to call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workbook.widgets.control import Control, Message, module


class Numbers(Control):
    """People to call, by country, folded to one country at a time; the choice stays in the view.

    words: those of the page on safety. countries, left: as for `Safety`.
    """

    _esm = module("helplines", "numbers")

    def __init__(self, words: Message, countries: Sequence[dict[str, Any]], left: Sequence[str]) -> None:
        super().__init__()
        self._showing: Message = {"words": words, "countries": list(countries), "left": list(left)}

    def now_showing(self) -> Message:
        """The same for everyone."""
        return self._showing


class Safety(Control):
    """What must leave no trace: ticks and the chosen country live in the view, and nothing of them is sent.

    words: tables `sentences`, `advice`, `numbers` and `devices`, each with the words of its part.
    countries: dicts of code, name and lines; a line has name, serves, number, text_line, site and source,
    all of them text. Every view is handed all of them. left: sentences on what the list had to leave out.

    It hears nothing but that a view is ready.
    """

    _esm = module("helplines", "safety")

    def __init__(self, words: Message, countries: Sequence[dict[str, Any]], left: Sequence[str]) -> None:
        super().__init__()
        self._showing: Message = {"words": words, "countries": list(countries), "left": list(left)}

    def now_showing(self) -> Message:
        """The same for everyone, whatever is ticked."""
        return self._showing
