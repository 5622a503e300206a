"""What comes of a vote: the names that work for both, and what both agree to show each other beyond that."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from workbook.widgets.aside import Way
from workbook.widgets.control import Control, Message, module


class Named(msgspec.Struct, frozen=True):
    """One name. words: what stands below it. mark: why it stands first, if it does."""

    name: str
    words: str = ""
    mark: str = ""


class Listed(msgspec.Struct, frozen=True):
    """One member's list: its title, those above the line and those below."""

    title: str
    above: tuple[str, ...]
    below: tuple[str, ...]


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """What both agreed to show: their lists, and how the result came about, a sentence a rank."""

    title: str
    line: str
    lists: tuple[Listed, ...]
    course_title: str
    course: tuple[str, ...]


class Tick(msgspec.Struct, frozen=True):
    """Something that both have to tick. hint: what it shows, and that the tick itself shows to nobody."""

    label: str
    hint: str
    is_set: bool


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What came of it. ways: what one can do next. tick: None where there is nothing to show."""

    title: str
    sentences: tuple[str, ...] = ()
    names: tuple[Named, ...] = ()
    ways_title: str = ""
    ways: tuple[Way, ...] = ()
    tick: Tick | None = None
    opened: Opened | None = None


class Outcome(Control):
    """What came of a vote, as far as both may know it.

    read: returns it as it is now. tick: told whether the tick is set. look: called when somebody comes back
    to look, since the other may have answered meanwhile.
    """

    _esm = module("outcome")

    def __init__(
        self, read: Callable[[], Found], *, tick: Callable[[bool], None], look: Callable[[], None]
    ) -> None:
        super().__init__()
        self._read = read
        self.hear("tick", lambda message: tick(bool(message["yes"])))
        self.hear("look", lambda message: look())

    def now_showing(self) -> Message:
        """What came of it."""
        return {"found": msgspec.to_builtins(self._read())}
