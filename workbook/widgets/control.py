"""What every control of ours has in common: its words travel as messages, never as state.

A widget's traits are synced, and JupyterLab may save them into the notebook file. So a control
has no traits for what people write: its view asks for what to show, and is told.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import anywidget

from workbook.entries import Invalid

Message = dict[str, Any]
Hear = Callable[[Message], None]

ASSETS = Path(__file__).parent / "assets"
_log = logging.getLogger(__name__)


@cache
def module(*names: str) -> str:
    """The source of a control's view: its modules joined, as a view is loaded from one text."""
    return "\n".join((ASSETS / f"{name}.js").read_text(encoding="utf-8") for name in ("dom", *names))


class Control(anywidget.AnyWidget):
    """A widget that hears messages by name and tells its views what to show.

    Views send `{"do": name, …}`; `hear` says what happens then. What they send as bytes is the message's
    `data`. A view that appears sends "ready" and is told what `now_showing` returns.
    """

    _esm = "export default {}"

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self._hearers: dict[str, Hear] = {"ready": lambda message: self.refresh()}
        self._thread, self._loop = threading.get_ident(), _running_loop()
        self.on_msg(self._dispatch)

    def hear(self, do: str, hearer: Hear) -> None:
        """Call the hearer for each message of this name."""
        self._hearers[do] = hearer

    def tell(self, do: str, **content: Any) -> None:
        """Send a message to every view. A closed control has none left to tell."""
        if self.comm is not None:
            self.send({"do": do, **content})

    def tell_bytes(self, do: str, data: bytes, **content: Any) -> None:
        """The same, with bytes beside it."""
        if self.comm is not None:
            self.send({"do": do, **content}, [data])

    def now_showing(self) -> Message | None:
        """What a view that has just appeared should show; None where that comes later."""
        return None

    def refresh(self) -> None:
        """Tell the views what to show now."""
        showing = self.now_showing()
        if showing is not None:
            self.tell("show", **showing)

    def _dispatch(self, _: Any, message: Message, data: Sequence[memoryview]) -> None:
        """Act on the thread that made the control: JupyterLab lets messages be heard on another one."""
        if self._loop is None or threading.get_ident() == self._thread:
            self._respond(message, data)
        else:
            self._loop.call_soon_threadsafe(self._respond, message, data)

    def _respond(self, message: Message, data: Sequence[memoryview]) -> None:
        hearer = self._hearers.get(str(message.get("do")))
        if hearer is None:
            return
        try:
            hearer(message | {"data": bytes(data[0])} if data else message)
        except Exception as error:  # noqa: BLE001 - said where it was done
            self.refuse(error)

    def refuse(self, error: Exception) -> None:
        """Say what went wrong where it was done. Nothing of what was written goes into a log."""
        if isinstance(error, Invalid):
            self.tell("refused", field=error.field, rule=error.rule)
        else:
            _log.warning("%s in %s", type(error).__name__, type(self).__name__)
            self.tell("refused", field="", rule=in_words(error))


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def in_words(error: Exception) -> str:
    """An error for the person at the screen: its own words where it has them."""
    if type(error).__module__.startswith("workbook."):
        return str(error)
    return (
        f"That didn't work ({type(error).__name__}). What you typed is still here, and nothing that was "
        "saved is lost. Try again, or reload the page."
    )
