"""The command `workbook`."""

from __future__ import annotations

import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

import workbook
from workbook import places
from workbook.unlocking import member_options, unlocked

if TYPE_CHECKING:
    from workbook.book.exchange import DateOrder, Format, Progress

PORT = 8866
BROKEN = 2
"""The status of a command that could not do what was asked."""
STOPPED = 130
"""The status of long work that was stopped by Ctrl-C."""


class ServeByDefault(click.Group):
    """`workbook` alone, or with an option, means `workbook serve`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put "serve" before arguments that name no command."""
        own = {"--help", "--version"}
        if not args or (args[0].startswith("-") and args[0] not in own):
            args = ["serve", *args]
        return super().parse_args(ctx, args)


book_option = click.option(
    "--book",
    metavar="FILE_OR_URL",
    help="Your book: a file, or a PostgreSQL address. $WORKBOOK_BOOK if left out.",
)
demo_option = click.option(
    "--demo", is_flag=True, help="Open a made-up couple's book, which is gone afterwards."
)
port_option = click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True)
browser_option = click.option("--no-browser", is_flag=True, help="Only print the address.")


@click.group(cls=ServeByDefault)
@click.version_option(workbook.__version__, message="workbook %(version)s")
def main() -> None:
    """A private workbook for someone who would like their partner to come along to couples therapy,
    and then for the couple that goes.

    `workbook` alone opens it in your browser. It runs on this computer only, and nothing of it goes
    anywhere else. `workbook --demo` shows it with a made-up couple.
    """


@main.command()
@book_option
@demo_option
@port_option
@browser_option
@click.option(
    "--base-url", metavar="/x/", default="/", show_default=True, help="What every address begins with."
)
def serve(book: str | None, demo: bool, port: int, no_browser: bool, base_url: str) -> None:
    """Open the workbook in your browser. Ctrl-C ends it."""
    with ending_in_words(), the_book(book, demo) as where:
        from workbook.serve.server import serve_book

        serve_book(
            where,
            announce=lambda address: click.echo(f"Workbook is open at {address}"),
            is_demo=demo,
            port=port,
            open_browser=not no_browser,
            base_url=prefix(base_url),
        )


@main.command()
@click.argument("folder", metavar="[DIR]", type=click.Path(file_okay=False, path_type=Path), required=False)
@book_option
@demo_option
@port_option
@browser_option
def lab(folder: Path | None, book: str | None, demo: bool, port: int, no_browser: bool) -> None:
    """Open copies of the notebooks in JupyterLab.

    DIR is where the copies are kept; a folder among your documents if left out, and one that is gone
    afterwards with --demo. A copy that you edited is never overwritten. What is typed and shown is not
    saved into the notebooks.
    """
    with ending_in_words(), the_book(book, demo) as where:
        from workbook.serve.lab import default_folder, serve_lab

        kept = Path(where).parent / "notebooks" if demo else default_folder()
        serve_lab(
            (folder or kept).absolute(),
            where,
            announce=lambda address: click.echo(f"JupyterLab is open at {address}"),
            is_demo=demo,
            port=port,
            open_browser=not no_browser,
        )


@main.command("export")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "kind",
    type=click.Choice(["csv", "jsonl"]),
    default="csv",
    show_default=True,
    help="Files for a spreadsheet, or for a program.",
)
@book_option
@member_options
def export_(
    folder: Path, kind: Format, book: str | None, member: str | None, passphrase_file: Path | None
) -> None:
    """Write what you can read into DIR, a new folder, a file for each kind of entry.

    The files are in the clear: whoever has them can read them. A README in DIR explains each column.
    """
    with ending_in_words(), the_book(book, demo=False) as where:
        from workbook.book import exchange

        with unlocked(where, member, passphrase_file) as (_, own), stopping("Nothing was written."):
            with progress("Exporting") as steps:
                count = exchange.write_folder(own, folder.expanduser().absolute(), kind, steps)
            click.echo(f"{counted(count)} exported to {folder}. The files are in the clear.")


@main.command("import")
@click.argument("source", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--look", is_flag=True, help="Only say what would come in.")
@click.option("--written-by", metavar="NAME", help="Your name in the export, if it was another one there.")
@click.option(
    "--dates",
    type=click.Choice(["day-first", "month-first"]),
    help="How to read 03/02/2026, where a spreadsheet wrote dates its own way and no other date tells.",
)
@book_option
@member_options
def import_(
    source: Path,
    look: bool,
    written_by: str | None,
    dates: str | None,
    book: str | None,
    member: str | None,
    passphrase_file: Path | None,
) -> None:
    """Bring an export into your book: DIR is its folder, its zip file or one of its files.

    All that can be read comes in at once, into what only you can read, and nothing twice. It says of each
    line what became of it. What somebody else wrote stays theirs by name.
    """
    with ending_in_words(), the_book(book, demo=False) as where:
        from workbook.book import exchange

        order: DateOrder = "day first" if dates == "day-first" else "month first" if dates else ""
        with unlocked(where, member, passphrase_file) as (_, own), stopping("Nothing was brought in."):
            export = exchange.read(exchange.files_at(source.expanduser()), order)
            with progress("Importing") as steps:
                bring = exchange.look if look else exchange.take_in
                incoming = bring(own, export, written_by, steps)
            for line in exchange.lines(incoming, is_done=not look):
                click.echo(line)
            click.echo(exchange.summary(incoming, is_done=not look))
            for warning in exchange.warnings(incoming, own.name):
                click.echo(warning, err=True)


@contextmanager
def stopping(left: str) -> Iterator[None]:
    """Ctrl-C ends what is being done, with a line that says what is left of it."""
    try:
        yield
    except KeyboardInterrupt:
        click.echo(f"Stopped. {left}", err=True)
        sys.exit(STOPPED)


@contextmanager
def progress(label: str) -> Iterator[Progress]:
    """Shows on the terminal how far long work is; nothing where errors go elsewhere."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def show(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        yield show


def counted(entries: int) -> str:
    """A number of entries, in words."""
    return "1 entry" if entries == 1 else f"{entries:,} entries"


@contextmanager
def ending_in_words() -> Iterator[None]:
    """A stop is no failure, and a failure that has words for the person is one line, not a traceback."""
    from workbook.book import StoreError

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        sys.exit(0)
    except (StoreError, OSError) as error:
        click.echo(" ".join(str(error).split()), err=True)
        sys.exit(BROKEN)


@contextmanager
def the_book(book: str | None, demo: bool) -> Iterator[str]:
    """Where the book is, once it is known to open. A made-up one is gone afterwards.

    Raises StoreError, or click.UsageError where both are asked for.
    """
    if demo and book:
        raise click.UsageError("Choose either --demo or --book.")
    if not demo:
        where = absolute(book or places.named_book() or str(places.default_book()))
        check(where)
        yield where
        return
    from workbook.book.sample import write_sample

    with tempfile.TemporaryDirectory(prefix="workbook-") as folder:
        made_up = Path(folder) / "book.db"
        write_sample(made_up)
        yield str(made_up)


def absolute(book: str) -> str:
    """A file by its whole path, since kernels work in another folder; an address stays as it is."""
    return book if "://" in book or book == ":memory:" else str(Path(book).expanduser().absolute())


def check(where: str) -> None:
    """Say at once if a book can't be read, and not only in the browser. Raises StoreError."""
    from workbook.book import open_store

    store = open_store(where)
    try:
        store.members()
    finally:
        store.close()


def prefix(base_url: str) -> str:
    """The prefix of every address, with a slash at both ends."""
    inner = base_url.strip("/")
    return f"/{inner}/" if inner else "/"
