"""The commands that keep a book: backup, restore, merge, doctor."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import click

from workbook import doctor as examination
from workbook.book import NoBook, Store, keeping, open_store
from workbook.book.keeping import Difference
from workbook.terminal import BROKEN, book_option, ending_in_words, place_of, progress, stopping
from workbook.unlocking import member_options, unlocked

UNCHANGED = "Nothing was changed."


@click.command()
@click.argument("destination", metavar="DEST", type=click.Path(path_type=Path))
@book_option
def backup(destination: Path, book: str | None) -> None:
    """Copy your book to DEST, even while it is in use; the copy is opened again and counted.

    DEST is a new file, or a folder, where it gets a name with the day. The copy is as sealed as the book.
    """
    with ending_in_words(), _opened(book) as store, stopping("No backup was made."):
        place = keeping.backup_place(destination.expanduser())
        with progress("Backing up") as report:
            count = store.backup(place, report)
        click.echo(f"{place}: {_records(count)}, opened again and counted.")


@click.command()
@click.argument("source", metavar="SRC", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Don't ask.")
@book_option
def restore(source: Path, yes: bool, book: str | None) -> None:
    """Put a backup in the place of your book, after saying what would be lost.

    The book as it was is kept beside it. Open pages notice, and have to be opened again.
    """
    with ending_in_words(), stopping(UNCHANGED):
        where = place_of(book)
        with progress("Comparing") as report:
            difference = keeping.compare(where, source.expanduser(), report)
        for line in _said(difference):
            click.echo(line)
        if not yes and difference.changed is not None:
            _confirm()
        with progress("Restoring") as report:
            aside = keeping.restore(where, source.expanduser(), report)
        click.echo(f"Restored: {_records(difference.records)}.")
        if aside is not None:
            click.echo(f"The book as it was is now {aside}. It may still hold erased entries.")


@click.command()
@click.argument("other", metavar="OTHER")
@book_option
@member_options
def merge(other: str, book: str | None, member: str | None, passphrase_file: Path | None) -> None:
    """Bring what OTHER, another copy of your book, holds into your book. OTHER is only read.

    This needs no passphrase. With --member, the outcome is checked with yours before it counts.
    """
    with ending_in_words(), stopping(UNCHANGED):
        where = place_of(book)
        checking = unlocked(where, member, passphrase_file) if member or passphrase_file else nullcontext()
        with checking as opened, _opened(book) as store, progress("Merging") as report:
            other = other if "://" in other else str(Path(other).expanduser())
            merged = store.merge(other, report, reader=opened[1] if opened else None)
        if not (merged.added or merged.emptied or merged.joined):
            click.echo("Your book already holds everything that the other copy holds.")
            return
        click.echo(
            f"{_records(merged.added)} came from the other copy; "
            f"{merged.emptied} erased there are erased here."
        )
        if merged.joined:
            click.echo("Your partner joined on the other copy, and is in this one now.")
        if merged.aside is not None:
            click.echo(
                f"The book as it was is now {merged.aside}. It still holds what was erased on the other copy."
            )


@click.command()
@book_option
def doctor(book: str | None) -> None:
    """Check that everything is in order, and say what to do where it isn't.

    What it prints names neither you, nor your book, nor its place. You can show it to others.
    """
    with ending_in_words():
        findings = examination.examine(place_of(book))
        for line in examination.lines(findings):
            click.echo(line)
    if any(finding.verdict == "bad" for finding in findings):
        sys.exit(1)


COMMANDS = backup, restore, merge, doctor


@contextmanager
def _opened(book: str | None) -> Iterator[Store]:
    store = open_store(place_of(book))
    try:
        if not store.members():
            raise NoBook
        yield store
    finally:
        store.close()


def _confirm() -> None:
    try:
        is_sure = click.confirm("Put the copy in the place of your book?", err=True)
    except click.Abort:
        is_sure = False
    if not is_sure:
        click.echo(f"{UNCHANGED} To go ahead, answer y, or say --yes.", err=True)
        sys.exit(BROKEN)


def _said(difference: Difference) -> list[str]:
    """What restoring would do, in lines."""
    holds = _records(difference.records)
    copied = f"The copy was written on {difference.copied:%Y-%m-%d at %H:%M} and holds {holds}."
    if difference.changed is None:
        return [copied, "There is no book yet where it would go."]
    if difference.lost is None:
        return [copied, "The book that is there now is damaged, so nobody can say what else it holds."]
    return [
        copied,
        f"The book was last written on {difference.changed:%Y-%m-%d at %H:%M}.",
        f"Lost: {_records(difference.lost)} written since, which the copy doesn't hold.",
        f"Back again: {_records(difference.returning or 0)} erased since, which the copy still holds.",
    ]


def _records(count: int) -> str:
    return "1 record" if count == 1 else f"{count:,} records"
