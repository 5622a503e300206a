"""Which days are looked at: chips for the usual ones, two dates for others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import msgspec

from workbook.entries import Invalid
from workbook.insight.span import ALL_DAYS, Span, span
from workbook.widgets.control import Control, Message, module


class Chip(msgspec.Struct, frozen=True):
    """Days that a tap chooses."""

    name: str
    label: str
    is_set: bool


class Days(Control):
    """Lets one choose the days that the page is about.

    chips: by name, what reckons the days of a chip. words: `title`, `since`, `until`, and by `chips` what
    each is called. describe: says in a sentence which days are chosen. on_choose: called after a choice.
    """

    _esm = module("span")

    def __init__(
        self,
        words: Mapping[str, Any],
        chips: Mapping[str, Callable[[], Span]],
        describe: Callable[[Span], str],
        on_choose: Callable[[], None],
    ) -> None:
        super().__init__()
        self.chosen = ALL_DAYS
        self._words, self._chips = dict(words), dict(chips)
        self._describe, self._on_choose = describe, on_choose
        self.hear("chip", lambda message: self._choose(self._chips[str(message["name"])]()))
        self.hear("choose", self._typed)

    def now_showing(self) -> Message:
        """The chips, the dates and the sentence."""
        chips = [
            Chip(name, self._words["chips"][name], days() == self.chosen)
            for name, days in self._chips.items()
        ]
        return {
            "words": {name: self._words[name] for name in ("title", "since", "until")},
            "chips": msgspec.to_builtins(chips),
            "since": self.chosen.first.isoformat() if self.chosen.first else "",
            "until": self.chosen.last.isoformat() if self.chosen.last else "",
            "said": self._describe(self.chosen),
        }

    def _typed(self, message: Message) -> None:
        first, last = (_day(name, str(message.get(name) or "")) for name in ("since", "until"))
        self._choose(span(first, last))

    def _choose(self, chosen: Span) -> None:
        self.chosen = chosen
        self.refresh()
        self._on_choose()


def _day(name: str, typed: str) -> date | None:
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise Invalid(name, "this should be a date, such as 3 February 2026") from None
