"""Two names side by side: this one, that one, or neither; a few taps sort a list and draw a line in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from workbook.entries import Invalid
from workbook.insight.pairs import InOrder, Tap, sort_by_pairs
from workbook.widgets.control import Message, module
from workbook.widgets.form import Form, Values
from workbook.widgets.sorting import Sortable


class Pairing(Form):
    """A form of two cards instead of fields. Its values are `order`, `acceptable` and the `taps` since then.

    read: returns the cards. words: the prose. begun: the order and how many of it are acceptable, as they
    were saved; none before. standing: what becomes of what was saved, in words; empty while there is
    nothing. left_out: whom the list leaves out, in words, if anybody. on_save: handed the values once all
    are sorted, with `order` as it now is and no taps. on_withdraw: takes back what was saved.
    Cards that come later are asked about against those that have their place; cards that go just go.
    """

    _esm = module("saving", "pairing")

    def __init__(
        self,
        read: Callable[[], Sequence[Sortable]],
        words: Mapping[str, Any],
        *,
        begun: tuple[Sequence[str], int],
        standing: Callable[[], str],
        left_out: Callable[[], str],
        on_save: Callable[[Values], Values],
        on_withdraw: Callable[[], None],
    ) -> None:
        super().__init__([], on_save=on_save, values=_values(*begun))
        self._read, self._prose = read, dict(words)
        self._standing, self._left_out = standing, left_out
        self.hear("tap", self._tapped)
        self.hear("undo", lambda message: self._go_on(taps=self._taps()[:-1]))
        self.hear("line", self._move_line)
        self.hear("afresh", lambda message: self._go_on(**_values((), 0)))
        self.hear("withdraw", lambda message: on_withdraw())

    def now_showing(self) -> Message:
        """The two cards to choose from, or the sorted list, and the state line."""
        shown, now = super().now_showing(), self.now()
        return {
            "words": self._prose,
            "cards": {card.key: msgspec.to_builtins(card) for card in self._read()},
            "pair": now.pair,
            "order": now.order,
            "acceptable": now.acceptable,
            "taps": len(self._taps()),
            "most_left": now.most_left,
            "sealed": self._standing(),
            "left_out": self._left_out(),
            "room": shown["spec"]["room"],
            "state": shown["state"],
        }

    def now(self) -> InOrder:
        """How far the sorting is."""
        taps = [Tap(*tap) for tap in self._taps()]
        keys = [card.key for card in self._read()]
        return sort_by_pairs(keys, taps, self.values["order"], self.values["acceptable"])

    def _taps(self) -> list[Any]:
        return list(self.values["taps"])

    def _tapped(self, message: Message) -> None:
        """A tap counts for the pair that it was meant for, so that a hasty second one changes nothing."""
        this, that, answer = (str(message[name]) for name in ("this", "that", "answer"))
        if self.now().pair == (this, that) and answer in ("this", "that", "neither"):
            self._go_on(taps=[*self._taps(), [this, that, answer]])

    def _move_line(self, message: Message) -> None:
        now = self.now()
        line = min(max(now.acceptable + (1 if message["down"] else -1), 0), len(now.order))
        if now.pair is None:
            self._go_on(**_values(now.order, line))

    def _go_on(self, **changes: Any) -> None:
        self.values |= changes
        self._state = {"words": "Not saved yet", "mood": "open"}
        if self.on_draft:
            self.on_draft(self.values)
        self.refresh()

    def _save(self, message: Message) -> None:
        now = self.now()
        if now.pair is not None or not now.order:
            self.refuse(Invalid("", self._prose["unfinished" if now.pair else "empty"]))
            return
        self.values |= _values(now.order, now.acceptable)
        super()._save({"values": self.values})


def _values(order: Sequence[str], acceptable: int) -> Values:
    return {"order": list(order), "acceptable": acceptable, "taps": []}
