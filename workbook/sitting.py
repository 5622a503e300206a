"""Two at one page, one after the other: sealed answers of the one who passed it on can still open."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from workbook.book import Book, StoreError, ballots


class Sitting:
    """Keeps the book of whoever passed the page on: unlocked, aside, never shown.

    over: called when the idle minutes of the one aside are up. It is locked then, or by `end` before.
    """

    def __init__(self, over: Callable[[], None]) -> None:
        self._over = over
        self._aside: Book | None = None
        self._timer: asyncio.TimerHandle | None = None

    @property
    def aside(self) -> str | None:
        """The name of the member whose book is kept aside, if one is."""
        return self._aside.name if self._aside else None

    def begin(self, book: Book) -> int:
        """Keep a book aside, in place of the one before; returns for how many minutes at most."""
        minutes = book.settings().idle_minutes
        self.end()
        self._aside = book
        self._timer = asyncio.get_running_loop().call_later(minutes * 60, self._time_is_up)
        return minutes

    def end(self) -> None:
        """Lock the book that is kept aside."""
        if self._timer:
            self._timer.cancel()
        if self._aside:
            self._aside.lock()
        self._aside = self._timer = None

    def joined_by(self, book: Book) -> None:
        """Someone unlocked: go on if they are the partner of the one aside, else end."""
        if book.partner is None or book.partner != self.aside:
            self.end()

    def settle(self) -> None:
        """Publish what the one aside is to open by now."""
        if self._aside is None:
            return
        try:
            ballots.settle(self._aside)
        except StoreError:  # it is published at that member's next unlock instead
            self.end()

    def _time_is_up(self) -> None:
        self.end()
        self._over()
