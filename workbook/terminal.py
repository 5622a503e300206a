"""What commands have in common: which book, how far they are, and how they end in words."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from workbook import places
from workbook.book import StoreError

BROKEN = 2
"""The status of a command that could not do what was asked."""
STOPPED = 130
"""The status of long work that was stopped by Ctrl-C."""

book_option = click.option(
    "--book",
    metavar="FILE_OR_URL",
    help="Your book: a file, or a PostgreSQL address. $WORKBOOK_BOOK if left out.",
)


def place_of(book: str | None) -> str:
    """Where the book is that a command is about."""
    return absolute(book or places.named_book() or str(places.default_book()))


def absolute(book: str) -> str:
    """A file by its whole path, since kernels work in another folder; an address stays as it is."""
    return book if "://" in book or book == ":memory:" else str(Path(book).expanduser().absolute())


@contextmanager
def ending_in_words() -> Iterator[None]:
    """A stop is no failure, and a failure that has words for the person is one line, not a traceback."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        sys.exit(0)
    except (StoreError, OSError) as error:
        click.echo(" ".join(str(error).split()), err=True)
        sys.exit(BROKEN)


@contextmanager
def stopping(left: str) -> Iterator[None]:
    """Ctrl-C ends what is being done, with a line that says what is left of it."""
    try:
        yield
    except KeyboardInterrupt:
        click.echo(f"Stopped. {left}", err=True)
        sys.exit(STOPPED)


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """Shows on the terminal how far long work is; nothing where errors go elsewhere."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def show(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        yield show
