"""An unlocked book while it is shown: its pages, its drafts, and the clock that locks it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from ipywidgets import Box, Widget

from workbook import places
from workbook.book import Book, BookBusy, DiskFull, ReadOnlyBook, Store, ballots
from workbook.steps.drafts import Drafts
from workbook.steps.page import Page, PageSpec
from workbook.widgets import Showing

_log = logging.getLogger(__name__)

PAUSE_BEFORE_BUILDING = 0.25
"""Seconds of quiet after which the next page is built ahead of the first click on it."""


class OpenBook:
    """An unlocked book on the stage: its pages, its drafts, and the clock that locks it.

    store: where the book lies. looking: whether it is only looked at, so that nothing is kept.
    idle: called with the minutes when nobody was there. written: called after each write, before the
    pages show it. let_go: closes the book, with a sentence for the door.
    """

    def __init__(
        self,
        book: Book,
        store: Store,
        stage: Box,
        specs: list[PageSpec],
        *,
        alone: bool,
        looking: bool,
        idle: Callable[[int], None],
        written: Callable[[], None],
        let_go: Callable[[str], None],
    ) -> None:
        self.book, self.store, self.drafts = book, store, Drafts(book)
        self.is_looked_at = looking
        self._stage, self._specs, self._alone = stage, {s.name: s for s in specs}, alone
        self._idle, self._written, self.let_go = idle, written, let_go
        self._built: dict[str, Page] = {}
        self.page = ""
        self._loop = asyncio.get_running_loop()
        self._drawing = ThreadPoolExecutor(1, thread_name_prefix="drawing")
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._is_closed = False
        self._extent = 0
        self._settle()
        self.sign_of_life()

    def turn_to(self, name: str) -> None:
        """Make a page the one that is shown, with what the partner wrote; build it on its first visit."""
        if self.book.extent() != self._extent:
            self._show_changes()
        self.build(name)
        self.page = name

    def build(self, name: str) -> None:
        """Build a page and mount it beside those that are built; once built, it stays."""
        if name in self._specs and name not in self._built:
            self._built[name] = page = Page(self._specs[name], self, alone=self._alone)
            self._stage.children = (*self._stage.children, page.box)

    def build_ahead(self) -> None:
        """While nobody waits, build the pages that may be wanted next, and warm up what draws."""
        # A traceless page first: it stands before anyone can ask for it, so that nobody has to ask.
        specs = sorted(self._specs.values(), key=lambda spec: not spec.traceless)
        everything = places.builds_ahead()
        wanted = [spec.name for spec in specs if everything or spec.traceless]
        waiting = [name for name in wanted if name not in self._built]
        if waiting:
            self.build(waiting[0])
            self._timers["build"] = self._loop.call_later(PAUSE_BEFORE_BUILDING, self.build_ahead)
        elif everything:
            self._drawing.submit(_warm_up)

    def later(self, work: Callable[[], Showing], then: Callable[[Showing], None]) -> None:
        """Draw off the event loop; what comes too late for a closed page is let go."""
        future = self._loop.run_in_executor(self._drawing, work)
        future.add_done_callback(
            lambda done: None if done.cancelled() or self._is_closed else then(_drawn(done))
        )

    def wrote(self) -> None:
        """Let every page show what was written, once what was written is acknowledged."""
        self._loop.call_soon(self._show_changes)

    def _show_changes(self) -> None:
        if self._is_closed:
            return
        self._written()
        if self._is_closed:
            return
        self._settle()
        for page in self._built.values():
            page.changed()

    def _settle(self) -> None:
        """Publish what ballots are due, and remember how far the book was read."""
        try:
            ballots.settle(self.book)
        except (ReadOnlyBook, BookBusy, DiskFull):  # it is published another time; what there is can be read
            _log.info("nothing could be published")
        self._extent = self.book.extent()

    def sign_of_life(self) -> None:
        """Begin the minutes anew after which the book locks itself."""
        if "idle" in self._timers:
            self._timers["idle"].cancel()
        minutes = self.book.settings().idle_minutes
        self._timers["idle"] = self._loop.call_later(minutes * 60, self._idle, minutes)

    def finish(self) -> None:
        """Finish what waits for an undo, and keep what is being typed."""
        for page in self._built.values():
            page.settle()
        self.drafts.flush()

    def close(self) -> None:
        """Keep what is being typed, and close every page with all its widgets. Locking is the caller's.

        Raises what `finish` does, once nothing is on the screen any more.
        """
        self._is_closed = True
        for timer in self._timers.values():
            timer.cancel()
        try:
            self.finish()
        finally:
            self._drawing.shutdown(wait=False, cancel_futures=True)
            for page in self._built.values():
                close_all(page.box)
            self._built.clear()
            self._stage.children = ()
            if self.is_looked_at:
                self.store.close()


def _drawn(done: asyncio.Future[Showing]) -> Showing:
    """What was drawn, or in words that it could not be."""
    error = done.exception()
    if error is None:
        return done.result()
    _log.warning("%s while drawing", type(error).__name__)
    return Showing(
        empty="This chart can't be drawn right now. Your entries are safe; reload the page to try again."
    )


def _warm_up() -> None:
    """Import what draws, and read the rules of tone, before the first chart or letter is asked for."""
    import scipy.stats  # noqa: F401

    from workbook.charts import draw_goals, to_svg
    from workbook.insight import tone

    to_svg(draw_goals([]))
    tone.labels()


def close_all(widget: Widget) -> None:
    """Close a widget with everything in it: nothing of it stays in the kernel or on the screen."""
    for child in getattr(widget, "children", ()):
        close_all(child)
    widget.layout.close()
    widget.close()
