"""Slips that join into one letter while they are written, marked and heard as the other one hears it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from workbook.widgets.control import Control, Message, module


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A phrase that is marked in a text, in a colour and a word.

    start, end: where it stands, in code points. category: which colour. word: what kind of phrase.
    why: what may be hard to hear in it. instead: what could stand there.
    """

    start: int
    end: int
    category: str
    word: str
    why: str
    instead: str = ""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the letter. heard: for each question, whether it "answers", "raises" or is "quiet"."""

    text: str
    heard: Sequence[str]


class Slip(msgspec.Struct, frozen=True, kw_only=True):
    """One slip as it stands in the letter. name: its field in the form."""

    name: str
    label: str
    text: str
    marks: Sequence[Mark] = ()
    lines: Sequence[Line] = ()


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """The letter as it reads now.

    note: a sentence in place of the marks, where nothing is marked for a reason. is_silent: whether that
    reason is harm, so that the page on safety is offered. answered: for each question, whether the letter
    answers it. spoken: its lines to say aloud. may_ask: whether the end, which proposes asking, stands.
    """

    slips: Sequence[Slip] = ()
    note: str = ""
    is_silent: bool = False
    answered: Sequence[bool] = ()
    spoken: Sequence[str] = ()
    may_ask: bool = True


class Letter(Control):
    """Shows a letter while its slips are written elsewhere on the page.

    read: returns how it reads now; asked anew at each `refresh`. move: called with a slip's name and −1
    (up) or +1 (down). words: tables `letter`, `hear` and `end`, and the list `questions`.
    """

    _esm = module("letter")

    def __init__(
        self, read: Callable[[], Reading], move: Callable[[str, int], None], words: Mapping[str, Any]
    ) -> None:
        super().__init__()
        self._read = read
        self._words = {name: words[name] for name in ("letter", "hear", "end", "questions")}
        self.hear("move", lambda message: move(str(message["slip"]), int(message["by"])))

    def now_showing(self) -> Message:
        """The letter as it reads now."""
        return {"words": self._words, **msgspec.to_builtins(self._read())}


class SideBySide(Control):
    """Two of several versions beside each other. read: returns them as (when, text), oldest first."""

    _esm = module("sidebyside")

    def __init__(self, read: Callable[[], Sequence[tuple[str, str]]], words: Mapping[str, str]) -> None:
        super().__init__()
        self._read, self._words = read, dict(words)

    def now_showing(self) -> Message:
        """Every version."""
        return {"words": self._words, "versions": [list(each) for each in self._read()]}
