"""A page to save: what may stand on it is ticked in, and a preview shows exactly the page that is saved."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from workbook.entries import Invalid
from workbook.widgets.control import Control, Message, module


class Thing(msgspec.Struct, frozen=True, kw_only=True):
    """Something to tick in: its id, a label such as its day, and its words."""

    id: str
    words: str
    label: str = ""


class Group(msgspec.Struct, frozen=True):
    """Things of one sort, below a title."""

    title: str
    things: tuple[Thing, ...]


class Choice(msgspec.Struct, frozen=True):
    """What is chosen: the days, the paper, and the ids of what is ticked."""

    since: date | None
    until: date | None
    paper: str
    ticks: frozenset[str] = frozenset()


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """The page as it came out. said: how it fits, and what was left off; nothing to save without a file.

    picture: the page as PNG. words: for those who do not see it, a title and lines for each of its parts.
    """

    said: Sequence[str] = ()
    file: bytes = b""
    picture: bytes = b""
    words: Sequence[tuple[str, Sequence[str]]] = ()


class OnePage(Control):
    """Ticks, a preview, and a button that saves the page which the preview shows.

    words: as in the prose. first: what is chosen at first. offer: what may be ticked for a choice.
    make: makes the page, off the event loop.
    Messages: open (it was unfolded), choose (since, until, paper, ticks), save.
    """

    _esm = module("onepage")

    def __init__(
        self,
        words: Mapping[str, Any],
        first: Choice,
        offer: Callable[[Choice], Sequence[Group]],
        make: Callable[[Choice], Made],
    ) -> None:
        super().__init__()
        self._words, self._choice, self._offer, self._make = dict(words), first, offer, make
        self._made: Made | None = None
        self._making: asyncio.Task[None] | None = None
        self._is_open, self._is_asked = False, False
        self.hear("open", lambda message: self._open())
        self.hear("choose", self._choose)
        self.hear("save", lambda message: self._save())

    def now_showing(self) -> Message:
        """The words, and what is chosen; what may be ticked comes once it is unfolded."""
        choice = self._choice
        days = {"since": _iso(choice.since), "until": _iso(choice.until)}
        return {"words": self._words, "paper": choice.paper, **days, "open": self._is_open}

    def again(self) -> None:
        """Something was written: offer what there is now, and make the page anew."""
        if self._is_open:
            self._open()

    def _open(self) -> None:
        self._is_open = True
        groups = self._offer(self._choice)
        there = {thing.id for group in groups for thing in group.things}
        self._choice = msgspec.structs.replace(self._choice, ticks=self._choice.ticks & there)
        self.tell("things", groups=msgspec.to_builtins(groups), ticks=sorted(self._choice.ticks))
        self._begin()

    def _choose(self, message: Message) -> None:
        """Take over what was chosen. Raises Invalid for a day that can't be read."""
        before = self._choice
        self._choice = Choice(
            _day("since", message["since"]),
            _day("until", message["until"]),
            str(message["paper"]),
            frozenset(map(str, message["ticks"])),
        )
        if (before.since, before.until) != (self._choice.since, self._choice.until):
            self._open()
        else:
            self._begin()

    def _begin(self) -> None:
        """Make the page for what is chosen and written now, after the one that is being made."""
        self._made, self._is_asked = None, True
        if self._making is None or self._making.done():
            self._making = asyncio.ensure_future(self._work())

    async def _work(self) -> None:
        made = Made()
        try:
            while self._is_asked:
                self._is_asked = False
                made = await asyncio.get_running_loop().run_in_executor(None, self._make, self._choice)
        except Exception as error:  # noqa: BLE001 - said where it was done
            self.refuse(error)
        else:
            self._show(made)

    def _show(self, made: Made) -> None:
        self._made = made
        self.tell_bytes("made", made.picture, said=list(made.said), words=made.words, fits=bool(made.file))

    def _save(self) -> None:
        """Hand out the file that the preview shows; while another one is being made, nothing."""
        if self._made and self._made.file:
            self.tell_bytes("file", self._made.file, name=self._words["file"], type="application/pdf")


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(field: str, typed: Any) -> date | None:
    try:
        return date.fromisoformat(str(typed)) if typed else None
    except ValueError:
        raise Invalid(field, "this should be a date, with a year between 1900 and 2199") from None
