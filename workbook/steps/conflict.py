"""Two tabs change one entry: the second one is told, once, before it puts its version on top."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.book import Book
from workbook.entries import Invalid
from workbook.formats import clock


class Watched:
    """Entries as they were when a form that changes them was opened."""

    def __init__(self, book: Book, ids: Sequence[str]) -> None:
        self._book = book
        self._seen = {entry_id: book.entry(entry_id).revised_at for entry_id in ids}

    def check(self, words: str) -> None:
        """Raise Invalid once for each entry that was changed since, with the time in the words."""
        for entry_id, seen in list(self._seen.items()):
            now = self._book.entry(entry_id).revised_at
            if now is not None and now != seen:
                self._seen[entry_id] = now
                raise Invalid("", words.format(time=clock(now.astimezone().time())))
