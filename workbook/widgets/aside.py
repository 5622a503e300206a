"""A few calm sentences that come and go: how things stand, ways on from there, at most one button."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from workbook.widgets.control import Control, Message, module


class Way(msgspec.Struct, frozen=True):
    """One way on: a name, a line about it, and, where a page goes with it, the page and its link's words."""

    name: str
    words: str = ""
    page: str = ""
    label: str = ""


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What is said. ways_title: stands above the ways. end: stands below them. hint: beside the button.

    other: a second, quieter button.
    """

    title: str
    sentences: tuple[str, ...] = ()
    ways_title: str = ""
    ways: tuple[Way, ...] = ()
    end: str = ""
    button: str = ""
    other: str = ""
    hint: str = ""


class Aside(Control):
    """Sentences on how things stand; nothing while there is nothing to say.

    read: returns what is to be said now. act: what the button does; other: what the second one does.
    takes_focus: whether what is said anew while somebody looks is brought to their notice.
    """

    _esm = module("aside")

    def __init__(
        self,
        read: Callable[[], Said | None],
        act: Callable[[], None],
        *,
        other: Callable[[], None] | None = None,
        takes_focus: bool = True,
    ) -> None:
        super().__init__()
        self._read, self._takes_focus = read, takes_focus
        self._said = read()
        self.hear("act", lambda message: act())
        if other:
            self.hear("other", lambda message: other())

    def now_showing(self) -> Message:
        """What is said."""
        return {"said": msgspec.to_builtins(self._said), "anew": False}

    def again(self) -> None:
        """Say what is to be said now, if it is something else than before."""
        said = self._read()
        if said != self._said:
            self._said = said
            self.tell("show", **self.now_showing() | {"anew": self._takes_focus})
