"""What there is so far, as cards that can be searched, changed, looked back on and erased."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import msgspec

from workbook.widgets.control import Control, Message, module

PAGE = 20
UNDO_SECONDS = 10.0
"""How long an erased entry can be brought back; while the pointer or the focus is on Undo, no time passes."""
LEAST_SECONDS = 3.0
"""What is left at least when the pointer or the focus goes from it."""


class Action(msgspec.Struct, frozen=True):
    """Something to do with a card: edit, history, erase, or an action of the page's own."""

    name: str
    label: str


class Ask(msgspec.Struct, frozen=True):
    """A question on a card that one tap answers. The action is called `name:answer`."""

    name: str
    label: str
    answers: tuple[str, ...]


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """One entry as a card. lines: pairs of a label and the words. group: a heading that cards share."""

    id: str
    title: str
    on: date | None = None
    meta: str = ""
    lines: tuple[tuple[str, str], ...] = ()
    tags: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()
    ask: Ask | None = None
    group: str = ""

    def holds(self, text: str) -> bool:
        """Whether a text occurs in the card's words, in whichever case."""
        words = [self.title, self.meta, *self.tags, *(line for _, line in self.lines)]
        return any(text in each.casefold() for each in words)


class Search(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked of the cards. shown: how many more pages than the first."""

    text: str = ""
    tag: str = ""
    since: str = ""
    until: str = ""
    shown: int = 0

    def finds(self, card: Card) -> bool:
        """Whether a card fits all that was asked."""
        day = card.on.isoformat() if card.on else ""
        return (
            card.holds(self.text.casefold().strip())
            and (not self.tag or self.tag in card.tags)
            and (not self.since or day >= self.since)
            and (not self.until or day <= self.until)
        )


class Cards(Control):
    """A list of cards.

    read: returns every card, newest first.
    acts: by the name of an action, what to do with a card's id. "erase" is held back for ten
    seconds, in which it can be undone; `settle` does at once what is held back. What is erased within
    the ten seconds of another joins it: one Undo brings both back.
    on_undo: called after something was brought back.
    answers: by the name of an Ask, what to do with a card's id and the answer.
    versions: for "history", the versions of an entry as (when, lines), oldest first.
    """

    _esm = module("undo", "cards")

    def __init__(
        self,
        read: Callable[[], Sequence[Card]],
        prose: dict[str, Any],
        *,
        acts: dict[str, Callable[[str], None]] | None = None,
        answers: dict[str, Callable[[str, str], None]] | None = None,
        versions: Callable[[str], list[tuple[str, list[tuple[str, str]]]]] | None = None,
        searchable: bool = True,
    ) -> None:
        super().__init__()
        self._read, self._prose, self._versions = read, prose, versions
        self._acts, self._answers = acts or {}, answers or {}
        self._searchable = searchable
        self.on_undo: Callable[[], None] = self.again
        self._erasing: dict[str, Callable[[str], None]] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._left = UNDO_SECONDS
        self.hear("find", self._find)
        self.hear("act", self._act)
        self.hear("undo", lambda message: self._undo())
        self.hear("hold", lambda message: self._stop_clock())
        self.hear("go_on", lambda message: self._start_clock(max(self._left, LEAST_SECONDS)))

    def now_showing(self) -> Message:
        """The heading and the search; the cards follow when the view asks."""
        return {
            "title": self._prose["title"],
            "empty": self._prose["empty"],
            "labels": self._prose["labels"],
            "searchable": self._searchable,
        }

    def again(self) -> None:
        """Let the views ask anew, because something was written."""
        self.tell("again")

    @property
    def held_back(self) -> frozenset[str]:
        """The ids of what is erased but can still be brought back."""
        return frozenset(self._erasing)

    def hold_back(self, entry_id: str, erase: Callable[[str], None] | None = None) -> None:
        """Erase an entry once nobody brought it back in time. erase: how, if not as the action does."""
        self._erasing[entry_id] = erase or self._acts["erase"]
        self._start_clock(UNDO_SECONDS)
        words, count = self._prose["erased"], len(self._erasing)
        if count > 1:
            words = self._prose["erased_several"].format(count=count)
        self.tell("erased", words=words, undo=self._prose["undo"])
        self.again()

    def settle(self) -> None:
        """Erase now what was waiting for an undo."""
        self._stop_clock()
        for entry_id in list(self._erasing):
            self._erase(entry_id)

    def _kept(self) -> list[Card]:
        return [card for card in self._read() if card.id not in self._erasing]

    def _find(self, message: Message) -> None:
        asked = msgspec.convert({k: v for k, v in message.items() if k != "do"}, Search)
        kept = self._kept()
        fitting = [card for card in kept if asked.finds(card)]
        shown = fitting[: PAGE * (asked.shown + 1)]
        self.tell(
            "found",
            items=[msgspec.to_builtins(card) for card in shown],
            words=self._count(len(kept), len(fitting)),
            tags=_tags(kept),
            left=len(fitting) - len(shown),
            kept=len(kept),
        )

    def _count(self, kept: int, fitting: int) -> str:
        if not kept:
            return str(self._prose["empty"])
        if not fitting:
            return str(self._prose["none_found"])
        one, several = self._prose["counts"]
        return str(one if fitting == 1 else several).format(count=fitting)

    def _act(self, message: Message) -> None:
        action, entry_id = str(message["action"]), str(message["id"])
        if action == "history" and self._versions:
            versions = [{"when": when, "lines": lines} for when, lines in self._versions(entry_id)]
            self.tell("history", id=entry_id, versions=versions, words=self._prose["history"])
        elif action == "erase":
            self.hold_back(entry_id)
        elif action in self._acts:
            self._acts[action](entry_id)
        elif action.partition(":")[0] in self._answers:
            name, _, answer = action.partition(":")
            self._answers[name](entry_id, answer)

    def _start_clock(self, seconds: float) -> None:
        self._stop_clock()
        if self._erasing:
            self._timer = asyncio.get_running_loop().call_later(seconds, self.settle)

    def _stop_clock(self) -> None:
        if self._timer:
            self._left = self._timer.when() - asyncio.get_running_loop().time()
            self._timer.cancel()
            self._timer = None

    def _undo(self) -> None:
        self._stop_clock()
        self._erasing.clear()
        self.tell("settled")
        self.on_undo()

    def _erase(self, entry_id: str) -> None:
        erase = self._erasing.pop(entry_id)
        try:
            erase(entry_id)
        except Exception as error:  # noqa: BLE001 - said where it was done
            self.refuse(error)
            self.again()
        else:
            self.tell("settled")


def _tags(cards: Sequence[Card]) -> list[str]:
    """The tags in use, most used first, a handful."""
    counts: dict[str, int] = {}
    for card in cards:
        for tag in card.tags:
            counts[tag] = counts.get(tag, 0) + 1
    return sorted(counts, key=lambda tag: (-counts[tag], tag))[:12]
