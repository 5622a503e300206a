"""Two names side by side: a few answers put a list in order and draw the line below which nobody would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

Answer = Literal["this", "that", "neither"]
Pair = tuple[str, str]


class Tap(msgspec.Struct, frozen=True):
    """One answer to "this one, that one, or neither?"."""

    this: str
    that: str
    answer: Answer


class InOrder(msgspec.Struct, frozen=True):
    """How far the sorting is.

    order: who has a place already, the best first; the first `acceptable` of them would do.
    pair: whom to ask about next, (this, that); None once everyone has a place.
    most_left: how many taps it takes from here at most.
    """

    order: tuple[str, ...]
    acceptable: int
    pair: Pair | None
    most_left: int


def sort_by_pairs(
    names: Sequence[str], taps: Sequence[Tap], order: Sequence[str] = (), acceptable: int = 0
) -> InOrder:
    """Where the taps given so far have put each of the names, and which pair to ask about next.

    names: who is to be sorted, each once; asked about in this order.
    taps: the answers so far; to undo the last one, leave it out. One about a pair that does not come up,
    because a name has gone or others stand in between now, is passed over.
    order, acceptable: a list that was sorted before, to go on from.

    Each name is put into the list by halving it, so that n names take about n log n taps: at most 8 for
    five, 33 for twelve. "Neither" draws the line above the other name of the pair: that one, all below it
    and the new one are not acceptable. Below a line only the first is asked about, since whoever isn't
    better than that is not acceptable either, and their order changes nothing.
    Raises ValueError for a name that is there twice and an `acceptable` outside of 0 … len(order).
    """
    if len(set(names)) != len(names) or len(set(order)) != len(order):
        raise ValueError("a name is there twice")
    if not 0 <= acceptable <= len(order):
        raise ValueError(f"between 0 and {len(order)} can be acceptable")
    there = set(names)
    line = sum(name in there for name in order[:acceptable])
    placed = [name for name in order if name in there]
    return _go_on(_List(placed, line), [name for name in names if name not in placed], taps)


def _go_on(listed: _List, waiting: Sequence[str], taps: Sequence[Tap]) -> InOrder:
    answers = {(tap.this, tap.that): tap.answer for tap in taps}
    for place, name in enumerate(waiting):
        open_ = listed.place(name, answers)
        if open_ is not None:
            low, high = open_
            left = (high - low).bit_length() + listed.most_for(len(waiting) - place - 1)
            pair = (name, listed.order[(low + high) // 2])
            return InOrder(tuple(listed.order), listed.line, pair, left)
    return InOrder(tuple(listed.order), listed.line, None, 0)


class _List:
    """A list with a line; the first `line` names are above it."""

    def __init__(self, order: list[str], line: int) -> None:
        self.order, self.line = order, line

    def place(self, name: str, answers: Mapping[Pair, Answer]) -> tuple[int, int] | None:
        """Give the name its place; or return between which places it may lie, as far as the answers go."""
        low, high = 0, self._asked()
        while low < high:
            middle = (low + high) // 2
            answer = answers.get((name, self.order[middle]))
            if answer is None:
                return low, high
            if answer == "neither":
                self.line = middle
                self.order.append(name)
                return None
            low, high = (low, middle) if answer == "this" else (middle + 1, high)
        self._put(name, low)
        return None

    def _asked(self) -> int:
        """How many of the list a new name is asked against: those above the line, and the first below."""
        return min(self.line + 1, len(self.order))

    def _put(self, name: str, place: int) -> None:
        if place <= self.line:
            self.order.insert(place, name)
            self.line += 1
        else:
            self.order.append(name)

    def most_for(self, more: int) -> int:
        """The most taps that as many more names take, once the one that is asked about has its place."""
        sizes = (min(self.line + 1, len(self.order)) + 1 + each for each in range(more))
        return sum(size.bit_length() for size in sizes)
