"""The command `workbook`."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

import workbook
from workbook import exchanging, keeping
from workbook.terminal import book_option, ending_in_words, place_of

PORT = 8866
SEGMENT = re.compile(r"(?!\.)[A-Za-z0-9._~+-]+")
"""What may stand between two slashes of an address's path without any encoding; it begins with no dot."""


class ServeByDefault(click.Group):
    """`workbook` alone, or with an option, means `workbook serve`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put "serve" before arguments that name no command."""
        own = {"--help", "--version"}
        if not args or (args[0].startswith("-") and args[0] not in own):
            args = ["serve", *args]
        return super().parse_args(ctx, args)


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

    `workbook` alone opens it in your browser. It runs on this computer only, and nothing you write
    goes anywhere else. `workbook --demo` shows it with a made-up couple.
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

    DIR is where the copies are kept. If you leave it out, it is a folder among your documents, or, with
    --demo, one that is gone afterwards. A copy that you edited is never overwritten. What is typed and
    shown is not saved into the notebooks.
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


for command in (*exchanging.COMMANDS, *keeping.COMMANDS):
    main.add_command(command)


@contextmanager
def the_book(book: str | None, demo: bool) -> Iterator[str]:
    """Where the book is, once it is known to open. A made-up one is gone afterwards.

    Raises StoreError, or click.UsageError where both are asked for.
    """
    if demo and book:
        raise click.UsageError("--demo and --book don't go together. Choose one of them.")
    if not demo:
        where = place_of(book)
        check(where)
        yield where
        return
    from workbook.book.sample import write_sample

    with tempfile.TemporaryDirectory(prefix="workbook-") as folder:
        made_up = Path(folder) / "book.db"
        write_sample(made_up)
        yield str(made_up)


def check(where: str) -> None:
    """Say at once if a book can't be read, and not only in the browser. Raises StoreError."""
    from workbook.book import open_store

    store = open_store(where)
    try:
        store.members()
    finally:
        store.close()


def prefix(base_url: str) -> str:
    """The prefix of every address, with a slash at both ends. Raises click.BadParameter for what is none."""
    inner = base_url.strip("/")
    if inner and not all(SEGMENT.fullmatch(segment) for segment in inner.split("/")):
        why = f"{base_url} is no path of plain letters and digits, such as /notes/."
        raise click.BadParameter(why, param_hint="--base-url")
    return f"/{inner}/" if inner else "/"
