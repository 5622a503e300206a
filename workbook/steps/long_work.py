"""Long work that a control asks for: done off the event loop, watched while it is done, and called off."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from workbook.book.keeping import Cancelled, Progress

if TYPE_CHECKING:
    from workbook.widgets import Control

Result = TypeVar("Result")

BETWEEN = 0.1
"""Seconds between two reports of how far something is."""


class LongWork:
    """One piece of work at a time. Its control is told how far it is, and calls it off with "cancel".

    stopped: what the control is told once the work was called off; the error itself where it is left out.
    Tells: working (words, can_cancel), progress (done, total), stopped (said), and what went wrong.
    """

    def __init__(self, view: Control, stopped: str = "") -> None:
        self._view, self._stopped = view, stopped
        self._called_off = threading.Event()
        self._task: asyncio.Task[None] | None = None
        view.hear("cancel", lambda message: self._called_off.set())

    def begin(
        self,
        words: str,
        work: Callable[[Progress], Result],
        then: Callable[[Result], None],
        *,
        can_cancel: bool = True,
    ) -> None:
        """Do the work, and hand what came of it to `then`; nothing while something is being done.

        words: what is being done. What the work raises is said where it was asked for.
        """
        if self._task is None or self._task.done():
            self._called_off.clear()
            self._view.tell("working", words=words, can_cancel=can_cancel)
            self._task = asyncio.ensure_future(self._do(work, then))

    async def _do(self, work: Callable[[Progress], Result], then: Callable[[Result], None]) -> None:
        loop = asyncio.get_running_loop()
        try:
            then(await loop.run_in_executor(None, work, self._reporter(loop)))
        except Exception as error:  # noqa: BLE001 - said where it was asked for
            if isinstance(error, Cancelled) and self._stopped:
                self._view.tell("stopped", said=self._stopped)
            else:
                self._view.refuse(error)

    def _reporter(self, loop: asyncio.AbstractEventLoop) -> Progress:
        told = 0.0

        def report(done: int, total: int) -> None:
            nonlocal told
            if self._called_off.is_set():
                raise Cancelled
            if time.monotonic() - told > BETWEEN:
                told = time.monotonic()
                loop.call_soon_threadsafe(lambda: self._view.tell("progress", done=done, total=total))

        return report
