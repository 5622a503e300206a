"""The invitation: what it means, and the code to hand over by hand, shown once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from workbook.widgets.control import Control, Message, module


class Invite(Control):
    """What joining means, then a button that makes a code.

    words: `title`, `points`, `make`, `again`, `hide`, `label`, `hand_over`. instead: returns a sentence
    that stands there where nobody can be invited, else nothing. make: returns a code, which is told to
    the view and not kept, and a sentence about it.
    """

    _esm = module("invite")

    def __init__(
        self, words: Mapping[str, Any], instead: Callable[[], str], make: Callable[[], tuple[str, str]]
    ) -> None:
        super().__init__()
        self._words, self._instead, self._make = dict(words), instead, make
        self.hear("make", lambda message: self._tell_code())

    def now_showing(self) -> Message:
        """The words, and what stands in place of the button, if anything does."""
        return {"words": self._words, "instead": self._instead()}

    def _tell_code(self) -> None:
        if self._instead():
            self.refresh()
            return
        code, about = self._make()
        self.tell("code", code=code, about=about)
