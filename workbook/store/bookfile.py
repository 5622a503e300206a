"""Whether what lies at a path can be a book, before SQLite is let at it."""

from __future__ import annotations

import errno
from pathlib import Path

from workbook.store.errors import UnreadableBook

_MAGIC = b"SQLite format 3\0"
_HEADER = 100


def check_book_file(path: Path, application_id: int) -> None:
    """Raise UnreadableBook, saying why, for a folder, an empty, cut or foreign file, or a forbidden one."""
    if path.is_dir():
        raise UnreadableBook(str(path), "it is a folder.")
    header = _header(path)
    if not header:
        raise UnreadableBook(str(path), "it is empty.")
    if len(header) < _HEADER or header[: len(_MAGIC)] != _MAGIC:
        raise UnreadableBook(str(path), "it is not a book of this program, or it is damaged.")
    if int.from_bytes(header[68:72], "big") != application_id:
        raise UnreadableBook(str(path), "it belongs to another program.")


def exists(path: Path) -> bool:
    """Whether anything lies at a path. Raises UnreadableBook where the folder may not be looked into."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise UnreadableBook(str(path), _reason(error)) from None
    return True


def _header(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(_HEADER)
    except OSError as error:
        raise UnreadableBook(str(path), _reason(error)) from None


def _reason(error: OSError) -> str:
    if error.errno in (errno.EACCES, errno.EPERM):
        return "the program isn't allowed to read it, or its folder."
    return f"the system says: {error.strerror}."
