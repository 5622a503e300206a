"""Unlocking a book at the command line: who it is, and the passphrase."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import click

from workbook.book import Book, NoBook, Store, StoreError, open_store

Command = TypeVar("Command", bound=Callable[..., object])


class CannotAsk(StoreError):  # noqa: N818 - named for what is the case, as the errors of the store are
    """What has to be known is not given in a way that can be read, and there is no terminal to ask on."""


def member_options(command: Command) -> Command:
    """Give a command the options `--member` and `--passphrase-file`, as `member` and `passphrase_file`."""
    member = click.option(
        "--member",
        metavar="NAME",
        help="Your name in the book; you are asked for it if the book has two members.",
    )
    passphrase_file = click.option(
        "--passphrase-file",
        metavar="F",
        type=click.Path(dir_okay=False, path_type=Path),
        help="A file whose first line is the passphrase. If you leave it out, you are asked on the terminal.",
    )
    return member(passphrase_file(command))


@contextmanager
def unlocked(where: str, member: str | None, passphrase_file: Path | None) -> Iterator[tuple[Store, Book]]:
    """The book as a member sees it, locked again afterwards.

    Raises NoBook where nobody has begun one, WrongPassphrase, CannotAsk, or OSError for the file.
    """
    store = open_store(where)
    try:
        name = _whose(store.members(), member)
        book = store.unlock(name, _passphrase(name, passphrase_file))
        try:
            yield store, book
        finally:
            book.lock()
    finally:
        store.close()


def _whose(members: list[str], named: str | None) -> str:
    """Whose pages to open: the one who is named, or the only member's, else whom the terminal names."""
    if not members:
        raise NoBook
    if named:
        return named
    if len(members) == 1:
        return members[0]
    if not sys.stdin.isatty():
        raise CannotAsk(f"Say who you are: --member {members[0]!r} or --member {members[1]!r}.")
    chosen: str = click.prompt("Who", type=click.Choice(members), err=True)
    return chosen


def _passphrase(name: str, file: Path | None) -> str:
    """The first line of the file, else what is typed unseen at the terminal."""
    if file is not None:
        try:
            with file.open(encoding="utf-8-sig") as lines:
                return lines.readline().rstrip("\n")
        except UnicodeDecodeError:
            raise CannotAsk(
                f"{file} can't be read as a passphrase: it isn't text in UTF-8. "
                "Save it as UTF-8 and try again."
            ) from None
    if not sys.stdin.isatty():
        raise CannotAsk(
            "There is no terminal to ask you for the passphrase. Name a file with --passphrase-file."
        )
    typed: str = click.prompt(f"Passphrase of {name}", hide_input=True, err=True)
    return typed
