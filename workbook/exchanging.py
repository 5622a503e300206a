"""The commands that bring entries out of a book and into it: export, import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbook.book import exchange
from workbook.terminal import book_option, ending_in_words, place_of, progress, stopping
from workbook.unlocking import member_options, unlocked

if TYPE_CHECKING:
    from workbook.book.exchange import DateOrder, Format


@click.command("export")
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
    """Write what you can read into DIR, a new folder, with a file for each kind of entry.

    The files aren't locked: anyone who has them can read them. A README in DIR explains each column.
    """
    with (
        ending_in_words(),
        unlocked(place_of(book), member, passphrase_file) as (_, own),
        stopping("Nothing was written."),
    ):
        with progress("Exporting") as steps:
            count = exchange.write_folder(own, folder.expanduser().absolute(), kind, steps)
        click.echo(f"{counted(count)} exported to {folder}. The files aren't locked.")


@click.command("import")
@click.argument("source", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--look", is_flag=True, help="Only say what would come in.")
@click.option("--written-by", metavar="NAME", help="Your name in the export, if it was different there.")
@click.option(
    "--dates",
    type=click.Choice(["day-first", "month-first"]),
    help="How to read 03/02/2026, if a spreadsheet wrote dates its own way and no other date tells.",
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

    Everything that can be read comes in at once, for you alone, and nothing twice. It says for each
    line what became of it. What someone else wrote keeps their name.
    """
    with ending_in_words():
        order: DateOrder = "day first" if dates == "day-first" else "month first" if dates else ""
        with (
            unlocked(place_of(book), member, passphrase_file) as (_, own),
            stopping("Nothing was brought in."),
        ):
            export = exchange.read(exchange.files_at(source.expanduser()), order)
            with progress("Importing") as steps:
                bring = exchange.look if look else exchange.take_in
                incoming = bring(own, export, written_by, steps)
            for line in exchange.lines(incoming, is_done=not look):
                click.echo(line)
            click.echo(exchange.summary(incoming, is_done=not look))
            for warning in exchange.warnings(incoming, own.name):
                click.echo(warning, err=True)


COMMANDS = export_, import_


def counted(entries: int) -> str:
    """A number of entries, in words."""
    return "1 entry" if entries == 1 else f"{entries:,} entries"
