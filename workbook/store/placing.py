"""Files that appear whole or not at all: written under a temporary name beside their place, then moved."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def placed(destination: Path, *, replace: bool = False) -> Iterator[Path]:
    """An empty file of mode 0600 to fill; it takes its place, durably, when the block ends well.

    Missing parent folders are made with mode 0700.
    Raises FileExistsError where something lies at the destination already, unless `replace`.
    """
    make_folder(destination.parent)
    fresh = destination.with_name(f".{destination.name}.{secrets.token_hex(4)}.new")
    try:  # from before it is made: a stop at any moment leaves nothing
        os.close(os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        yield fresh
        _flush(fresh)
        if replace:
            fresh.replace(destination)
        else:
            _move_to_free_place(fresh, destination)
        _flush(destination.parent)
    finally:
        fresh.unlink(missing_ok=True)
        fresh.with_name(f"{fresh.name}-journal").unlink(missing_ok=True)


def make_folder(folder: Path) -> None:
    """Make a folder and its missing parents, for their owner alone.

    Raises NotADirectoryError where something else has its name, or that of a parent.
    """
    if folder.is_dir():
        return
    make_folder(folder.parent)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except FileExistsError:
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder)) from None


def _move_to_free_place(fresh: Path, destination: Path) -> None:
    """A hard link, unlike a move, never takes the place of a file that appeared meanwhile."""
    try:
        os.link(fresh, destination)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if destination.exists():
            raise FileExistsError(str(destination)) from None
        fresh.rename(destination)


def _flush(path: Path) -> None:
    """Make a file, or a folder's list of names, durable; Windows cannot open a folder and needs not."""
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
