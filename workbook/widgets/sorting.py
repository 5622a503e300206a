"""Cards that are sorted into a few places, each by a tap, a key or by being dragged there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from workbook.entries import Invalid
from workbook.widgets.control import Message, module
from workbook.widgets.form import Form, Values


class Sortable(msgspec.Struct, frozen=True, kw_only=True):
    """One card to sort. what: one plain line. lines: pairs of a label and the words, told when asked."""

    key: str
    title: str
    what: str = ""
    lines: tuple[tuple[str, str], ...] = ()


class Sorter(Form):
    """A form of cards instead of fields: its one value is `places`, by a card's key.

    read: returns the cards. words: the prose, with `places` by their name. standing: what becomes of the
    sorting that was saved, in words; empty while there is none. on_save: handed the values; `places` holds
    only cards that are there. on_withdraw: takes back what was saved.
    Where there is room, the cards lie in columns; where there isn't, in one list.
    """

    _esm = module("saving", "sorting")

    def __init__(
        self,
        read: Callable[[], Sequence[Sortable]],
        words: Mapping[str, Any],
        *,
        places: Mapping[str, str],
        standing: Callable[[], str],
        on_save: Callable[[Values], Values],
        on_withdraw: Callable[[], None],
    ) -> None:
        super().__init__([], on_save=on_save, values={"places": dict(places)})
        self._read, self._prose, self._standing = read, dict(words), standing
        self.hear("withdraw", lambda message: on_withdraw())

    def now_showing(self) -> Message:
        """The cards, where each lies, and the state line."""
        shown = super().now_showing()
        return {
            "words": self._prose,
            "cards": msgspec.to_builtins(list(self._read())),
            "places": self.places(),
            "sealed": self._standing(),
            "room": shown["spec"]["room"],
            "state": shown["state"],
            "heard": shown["heard"],
        }

    def places(self) -> dict[str, str]:
        """Where each card lies that is there and was sorted."""
        placed, known = self.values.get("places") or {}, self._prose["places"]
        keys = [card.key for card in self._read()]
        return {key: placed[key] for key in keys if placed.get(key) in known}

    def sorted_places(self) -> dict[str, str]:
        """The same, for what is to be kept. Raises Invalid while no card is sorted."""
        placed = self.places()
        if not placed:
            raise Invalid("places", self._prose["empty"])
        return placed
