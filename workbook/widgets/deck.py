"""A deck of cards of which one lies on top: it is answered, then it turns over."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from workbook.widgets.control import Control, Message, module


class DeckCard(msgspec.Struct, frozen=True, kw_only=True):
    """One card: the words on its front, what stands on its back with its source, the answer so far."""

    key: str
    front: str
    back: str
    source: str = ""
    answer: str = ""


class Deck(Control):
    """One card at a time. An answer turns it over; every card can be skipped and come back to.

    read: returns the cards, in their order. words: the prose, with `answers` by their name.
    answered: told a card's key and the answer. turned: told the key of the card whose back now lies
    open, or None while a front does. leave: called before a card whose back lies open is left; False
    keeps it there.
    """

    _esm = module("deck")

    def __init__(
        self,
        read: Callable[[], Sequence[DeckCard]],
        words: Mapping[str, Any],
        *,
        answered: Callable[[str, str], None],
        turned: Callable[[str | None], None],
        leave: Callable[[], bool],
    ) -> None:
        super().__init__()
        self._read, self._words = read, dict(words)
        self._answered, self._turned, self._leave = answered, turned, leave
        self._at, self._open, self._said = self._first_unanswered(), False, ""
        self.hear("answer", lambda message: self._answer(str(message["answer"])))
        self.hear("turn", lambda message: self._turn())
        self.hear("move", lambda message: self._move(int(message["by"])))
        self.hear("again", lambda message: self._lay(0))

    @property
    def key(self) -> str:
        """The key of the card on top; nothing after the last one."""
        cards = self._read()
        return cards[self._at].key if self._at < len(cards) else ""

    def now_showing(self) -> Message:
        """The side of the card that lies open, and how far along one is."""
        cards = self._read()
        self._at = min(self._at, len(cards))
        card = cards[self._at] if self._at < len(cards) else None
        return {
            "words": self._words,
            "card": msgspec.to_builtins(card) if card else None,
            "at": self._at + 1,
            "count": len(cards),
            "answered": sum(bool(each.answer) for each in cards),
            "open": self._open,
            "said": self._said,
        }

    def open_at(self, key: str, *, focus: bool = True) -> None:
        """Lay this card on top with its back open."""
        keys = [card.key for card in self._read()]
        if key in keys:
            self._lay(keys.index(key), is_open=True, focus=focus)

    def next(self, said: str = "") -> None:
        """Go on to the next card. said: what was done with the one before, for those who can't see it."""
        self._lay(self._at + 1, said=said)

    def shut(self) -> None:
        """Turn the card on top to its front, because there is nothing on its back any more."""
        self._lay(self._at, focus=False)

    def _first_unanswered(self) -> int:
        cards = self._read()
        return next((place for place, card in enumerate(cards) if not card.answer), len(cards))

    def _answer(self, answer: str) -> None:
        if answer in self._words["answers"] and self.key:
            self._answered(self.key, answer)
            self._lay(self._at, is_open=True)

    def _turn(self) -> None:
        if not self._open or self._leave():
            self._lay(self._at, is_open=not self._open)

    def _move(self, by: int) -> None:
        if not self._open or self._leave():
            self._lay(self._at + by)

    def _lay(self, at: int, *, is_open: bool = False, said: str = "", focus: bool = True) -> None:
        self._at, self._open, self._said = max(at, 0), is_open, said
        showing = self.now_showing()
        self._turned(self.key if is_open else None)
        self.tell("show", **showing, focus=focus)
