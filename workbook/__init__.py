"""A private workbook for a couple on the way to therapy.

>>> from workbook import open_store
>>> store = open_store(":memory:")
>>> store.members()
[]

Importing the package brings in neither pandas nor matplotlib nor scipy nor ipywidgets: a page that
needs one of them imports it when it is first shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.book import open_store
from workbook.entries import Invalid
from workbook.store import BookBusy, NewerBook, Tampered, WrongPassphrase

if TYPE_CHECKING:
    from pandas import DataFrame

__version__ = "0.1.0"

__all__ = [
    "BookBusy",
    "Invalid",
    "NewerBook",
    "Tampered",
    "WrongPassphrase",
    "frame",
    "open_store",
    "show",
]


def show(page: str | None = None) -> None:
    """Show one page by its name, such as "journal", or the whole book if left out."""
    from workbook.desk import show as show_page

    show_page(page)


def frame(kind: str) -> DataFrame:
    """One's own entries of a kind, such as "Reflection", of the book unlocked in this kernel.

    One row an entry, typed columns; empty, with a printed hint, while the book is locked.
    Raises ValueError for a kind that the book does not know.
    """
    from workbook.desk import frame as frame_of

    return frame_of(kind)
