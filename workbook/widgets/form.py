"""The controls for one kind of entry: fields, a Save, and a line that says in words how things stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import msgspec

from workbook import formats
from workbook.entries import well_formed
from workbook.widgets.control import Control, Message, module
from workbook.widgets.fields import Field

Values = dict[str, Any]
Draft = Callable[[Values | None], None]


class Form(Control):
    """A form for one entry.

    on_save: handed all values; returns the values to show afterwards. What it raises stands at the
    field, and what was typed stays.
    on_change: handed the values at each change; what it returns stands below the fields at once.
    answer: a sentence for what was saved, which `on_save` may set.
    by_key: whether Ctrl+S saves it too: not where saving seals, proposes, shares or ends something.
    on_draft: handed what is being typed, soon after the last keystroke, and None once it is saved.

    A view numbers what it sends, and is told which number was heard last along with the values: what it has
    sent since is newer than these, and stays.
    """

    _esm = module("ladder", "saving", "form")

    def __init__(
        self,
        fields: Sequence[Field],
        *,
        on_save: Callable[[Values], Values],
        more: Sequence[Field] = (),
        values: Values | None = None,
        save: str = "Save",
        room: str = "Only you",
        title: str = "",
        more_label: str = "More",
        on_cancel: Callable[[], None] | None = None,
        focus: bool = False,
        by_key: bool = True,
    ) -> None:
        super().__init__()
        self.fields, self.more = list(fields), list(more)
        self.values: Values = dict(values or {})
        self.on_draft: Draft | None = None
        self.on_change: Callable[[Values], str] | None = None
        self.answer = ""
        self._on_save, self._on_cancel = on_save, on_cancel
        self._words = {"save": save, "room": room, "title": title, "more_label": more_label}
        self._state = {"words": "", "mood": ""}
        self._heard = 0
        self._focus, self._by_key = focus, by_key
        self._given = {} if on_cancel else dict(values or {})  # a form that changes an entry shows all it has
        self.hear("ready", self._ready)
        self.hear("change", self._changed)
        self.hear("save", self._save)
        self.hear("cancel", self._cancel)

    def now_showing(self) -> Message:
        """The fields, the values in them, and the state line."""
        answered_more = any(
            self.values.get(field.name) not in (None, "", [], self._given.get(field.name))
            for field in self.more
        )
        spec = {
            **self._words,
            "fields": msgspec.to_builtins(self.fields),
            "more": msgspec.to_builtins(self.more),
            "more_open": answered_more,
            "by_key": self._by_key,
            "cancel": "Cancel" if self._on_cancel else None,
        }
        return {
            "spec": spec,
            "values": self.values,
            "state": self._state,
            "focus": self._focus,
            "heard": self._heard,
        }

    def take_up(self, draft: Values) -> None:
        """Show what was being typed before, as it was left."""
        self.values |= draft
        self.say("Saved as a draft. Not in your book yet.", "open")

    def set_fields(self, fields: Sequence[Field]) -> None:
        """Show other fields, keeping what is typed."""
        if self.fields != list(fields):
            self.fields = list(fields)
            self.refresh()

    def fill(self, values: Values) -> None:
        """Put what was chosen elsewhere on the page into its fields; what is typed into others stays."""
        self.values |= values
        self.tell("fill", values=values)
        self.think()
        if self.on_draft:
            self.on_draft(self.values)

    def say(self, words: str, mood: str) -> None:
        """Set the state line. mood: open (unsaved), good (saved) or bad (lost, refused)."""
        self._state = {"words": words, "mood": mood}
        self.tell("state", **self._state)

    def drafted(self) -> None:
        """Say that the draft is on disk. Called once it is."""
        self.say(f"Saved as a draft {clock()}. Not in your book yet.", "open")

    def _ready(self, _: Message) -> None:
        self.refresh()
        self.think()

    def _take_over(self, message: Message) -> None:
        self.values |= _values(message)
        self._heard = int(message.get("number", self._heard))

    def _changed(self, message: Message) -> None:
        self._take_over(message)
        self.think()
        if self.on_draft:
            self.on_draft(self.values)

    def think(self) -> None:
        """Say below the fields what follows from the values in them."""
        if self.on_change:
            self.tell("live", words=self.on_change(self.values))

    def _save(self, message: Message) -> None:
        self._take_over(message)
        try:
            self.values = self._on_save(self.values)
        except Exception as error:  # noqa: BLE001 - said where it was done
            if self.on_draft:
                self.on_draft(self.values)
            self.refuse(error)
            return
        self._state = {
            "words": f"Saved {clock()}" + (f". {self.answer}" if self.answer else ""),
            "mood": "good",
        }
        self.tell("saved", words=self._state["words"], values=self.values, heard=self._heard)
        self.think()
        if self.on_draft:
            self.on_draft(None)

    def _cancel(self, _: Message) -> None:
        if self.on_draft:
            self.on_draft(None)
        if self._on_cancel:
            self._on_cancel()


def _values(message: Message) -> Values:
    return {name: well_formed(value) for name, value in dict(message.get("values") or {}).items()}


def clock() -> str:
    """The time of day, as a state line tells it."""
    return formats.clock(datetime.now().astimezone().time())
