"""Leaving the book: what it means, a book of one's own, and one's name typed to leave."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from workbook.widgets.control import Control, Message, module


class Leaving(Control):
    """Words, then a form for a book of one's own, then a field for one's name.

    The passphrase comes as one message and is not kept here.
    words: as in the prose. instead: returns a sentence where nobody can leave, else nothing.
    place: returns where a book of one's own could lie.
    Messages: begin, write (file, passphrase), leave (name).
    """

    _esm = module("leaving")

    def __init__(
        self, words: Mapping[str, Any], instead: Callable[[], str], place: Callable[[], str]
    ) -> None:
        super().__init__()
        self._words, self._instead = dict(words), instead
        self.hear("begin", lambda message: self.tell("form", file=place()))

    def now_showing(self) -> Message:
        """The words, and what stands in place of the button, if anything does."""
        return {"words": self._words, "instead": self._instead()}

    def written(self, **about: str) -> None:
        """Show the own book: where it is, how to open it, and its recovery code, which is not kept here."""
        self.tell("written", **about)
