"""What counts, and how candidates rate by it: each a single control, however long the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from workbook.widgets.control import Message, module
from workbook.widgets.form import Form, Values

HEAVIEST = 5


class Weighed(msgspec.Struct, frozen=True, kw_only=True):
    """One criterion: its name, how much it counts, 0–5, and whether it must be met.

    given: whether everyone begins with it, so that it can count for nothing but not go.
    """

    name: str
    weight: int = 3
    must_have: bool = False
    given: bool = False


class Rated(msgspec.Struct, frozen=True):
    """One candidate to rate."""

    key: str
    name: str


class Weights(Form):
    """A form of criteria instead of fields, folded: its one value is `rows`, as of `Weighed`.

    words: the prose. rows: the criteria as they stand. on_save: handed the values.
    """

    _esm = module("saving", "rows", "weights")

    def __init__(
        self, words: Mapping[str, Any], rows: Sequence[Weighed], *, on_save: Callable[[Values], Values]
    ) -> None:
        super().__init__([], on_save=on_save, values={"rows": msgspec.to_builtins(list(rows))})
        self._prose = dict(words)

    def now_showing(self) -> Message:
        """The criteria and the state line."""
        shown = super().now_showing()
        return {
            "words": self._prose,
            "rows": self.values["rows"],
            "heaviest": HEAVIEST,
            "room": shown["spec"]["room"],
            "state": shown["state"],
            "heard": shown["heard"],
        }


class Ratings(Form):
    """A form of answers 0–10 by candidate and criterion, folded: its one value is `scores`.

    read: returns the candidates, and the criteria that count. words: the prose. scores: by a candidate's
    key and a criterion's name, as they were saved; what is not answered is not there.
    One candidate is shown at a time, so that many of them are as quick as one.
    """

    _esm = module("saving", "rows", "ratings")

    def __init__(
        self,
        read: Callable[[], tuple[Sequence[Rated], Sequence[Weighed]]],
        words: Mapping[str, Any],
        *,
        scores: Mapping[str, Mapping[str, int]],
        on_save: Callable[[Values], Values],
    ) -> None:
        super().__init__([], on_save=on_save, values={"scores": {key: dict(scores[key]) for key in scores}})
        self._read, self._prose = read, dict(words)

    def now_showing(self) -> Message:
        """The candidates, the criteria, the answers and the state line."""
        shown = super().now_showing()
        candidates, criteria = self._read()
        return {
            "words": self._prose,
            "candidates": msgspec.to_builtins(list(candidates)),
            "criteria": msgspec.to_builtins(list(criteria)),
            "scores": self.values["scores"],
            "room": shown["spec"]["room"],
            "state": shown["state"],
            "heard": shown["heard"],
        }
